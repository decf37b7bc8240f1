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
#[table(allow(tenant, reason = "as it was before"))]
pub struct Pet {
    pub id: Uuid,
    #[references(Tenant, on_delete = restrict)]
    pub tenant_id: Uuid,
    #[references(Owner, on_delete = cascade)]
    pub owner_id: Option<Uuid>,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
