use tablewright::prelude::*;

#[derive(Table)]
pub struct Tenant {
    pub id: Uuid,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
#[derive(Table)]
pub struct Owner {
    pub id: Uuid,
    #[references(Tenant, on_delete = restrict)]
    pub tenant_id: Uuid,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
#[derive(Table)]
pub struct Pet {
    pub id: Uuid,
    #[references(Tenant, on_delete = restrict)]
    pub tenant_id: Uuid,
    #[column(external = "the program checks it")]
    pub owner_id: Option<Uuid>,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
