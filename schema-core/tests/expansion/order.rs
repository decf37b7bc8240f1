/// A customer's order.
#[derive(Table)]
#[table(soft_delete)]
#[index(user_id, ordered_at desc, id desc)]
#[index(status, ordered_at, where = "shipped_at IS NULL")]
#[check("cancelled_at IS NULL OR shipped_at IS NULL")]
pub struct Order {
    pub id: Uuid,
    #[column(unique)]
    pub order_number: String,
    /// Who ordered.
    #[references(User, on_delete = restrict)]
    pub user_id: Uuid,
    pub status: OrderStatus,
    #[column(numeric(12, 2), check = "total_amount >= 0")]
    pub total_amount: Decimal,
    #[column(default = "'standard'")]
    pub carrier: Option<String>,
    #[column(default = "now()")]
    pub ordered_at: DateTime<Utc>,
    pub shipped_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Enumeration)]
pub enum OrderStatus {
    Pending,
    #[enumeration(value = "on-hold")]
    OnHold,
}
