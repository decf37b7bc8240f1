use tablewright::prelude::*;

use super::User;

/// What was done, by whom.
#[derive(Table)]
#[table(name = "audit_log", append_only, allow(table_name, reason = "a log is one thing"))]
#[index(entity_name, entity_key, created_at desc)]
pub struct AuditLog {
    pub id: Uuid,
    #[references(User, on_delete = restrict)]
    pub actor_user_id: Option<Uuid>,
    pub entity_name: String,
    pub entity_key: String,
    pub action: AuditAction,
    #[column(reason = "a copy of a row of any table")]
    pub new_values: Option<serde_json::Value>,
    pub created_at: DateTime<Utc>,
}

#[derive(Enumeration)]
#[enumeration(storage = native)]
pub enum AuditAction {
    Insert,
    Update,
    Delete,
}
