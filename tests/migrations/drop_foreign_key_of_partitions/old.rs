use tablewright::prelude::*;

#[derive(Table)]
pub struct User {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(append_only, partition_by = "RANGE (created_at)", primary_key(id, created_at))]
#[partition(events_other, default)]
pub struct Event {
    pub id: Uuid,
    #[references(User, on_delete = restrict)]
    pub user_id: Uuid,
    pub created_at: DateTime<Utc>,
}
