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
#[foreign_key(tenant_id, owner_id, references = Owner(tenant_id, id), on_delete = set_null)]
pub struct Pet {
    pub id: Uuid,
    #[references(Tenant, on_delete = restrict)]
    pub tenant_id: Uuid,
    pub owner_id: Option<Uuid>,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
