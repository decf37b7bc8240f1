// The models of the main example, without waivers: no rule may speak here.

/// A customer.
#[derive(Table)]
#[table(soft_delete)]
pub struct User {
    pub id: Uuid,
    #[column(pii, unique, check = "position('@' in email) > 1")]
    pub email: String,
    #[column(pii)]
    pub display_name: String,
    pub password_hash: String,
    pub role: UserRole,
    #[column(default = "true")]
    pub is_active: bool,
    pub email_verified_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Enumeration)]
pub enum UserRole { Customer, Staff, Admin }

/// A signed-in device.
#[derive(Table)]
#[index(user_id, where = "revoked_at IS NULL")]
pub struct UserSession {
    pub id: Uuid,
    #[references(User, on_delete = restrict)]
    pub user_id: Uuid,
    #[column(unique)]
    pub token_hash: Vec<u8>,
    pub ip_address: Option<IpAddr>,
    pub device_label: Option<String>,
    pub expires_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// Something to buy.
#[derive(Table)]
#[table(soft_delete)]
#[index(tags, using = gin)]
#[index("lower(name)")]
pub struct Product {
    pub id: Uuid,
    #[column(unique)]
    pub sku: String,
    pub name: String,
    pub description: Option<String>,
    #[column(numeric(12, 2), check = "price >= 0")]
    pub price: Decimal,
    #[column(default = "0", check = "stock_quantity >= 0")]
    pub stock_quantity: i64,
    #[column(default = "'{}'")]
    pub tags: Vec<String>,
    pub attributes: Json<Attributes>,
    #[column(generated = "to_tsvector('english', name || ' ' || coalesce(description, ''))", type = "TSVECTOR")]
    pub search_text: TsVector,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// A customer's order.
#[derive(Table)]
#[table(soft_delete)]
#[index(user_id, ordered_at desc)]
#[index(status, where = "shipped_at IS NULL")]
#[check("cancelled_at IS NULL OR shipped_at IS NULL")]
pub struct Order {
    pub id: Uuid,
    #[column(unique)]
    pub order_number: String,
    #[references(User, on_delete = restrict)]
    pub user_id: Uuid,
    pub status: OrderStatus,
    #[column(numeric(12, 2), check = "total_amount >= 0")]
    pub total_amount: Decimal,
    pub shipping_address: Json<Address>,
    #[column(default = "now()")]
    pub ordered_at: DateTime<Utc>,
    pub shipped_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Enumeration)]
pub enum OrderStatus { Pending, Paid, Shipped, Cancelled }

/// One product of an order.
#[derive(Table)]
#[unique(order_id, product_id)]
pub struct OrderItem {
    pub id: Uuid,
    #[references(Order, on_delete = restrict)]
    pub order_id: Uuid,
    #[references(Product, on_delete = restrict)]
    pub product_id: Uuid,
    #[column(small, check = "quantity > 0")]
    pub quantity: i32,
    #[column(numeric(12, 2), check = "unit_price >= 0")]
    pub unit_price: Decimal,
    #[column(numeric(12, 2), generated = "unit_price * quantity")]
    pub line_total: Decimal,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// Who changed what.
#[derive(Table)]
#[table(append_only)]
#[index(entity, entity_id, created_at desc)]
pub struct AuditLog {
    pub id: Uuid,
    #[references(User, on_delete = set_null)]
    pub actor_user_id: Option<Uuid>,
    pub action: AuditAction,
    pub entity: String,
    #[column(external = "the row of the table that `entity` names; it may be gone")]
    pub entity_id: Uuid,
    #[column(reason = "the row as it was: its columns change with the table")]
    pub old_values: Option<serde_json::Value>,
    #[column(reason = "the row as it became: its columns change with the table")]
    pub new_values: Option<serde_json::Value>,
    pub created_at: DateTime<Utc>,
}

#[derive(Enumeration)]
pub enum AuditAction { Insert, Update, Delete }
