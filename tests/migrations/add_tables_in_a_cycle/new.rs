//! Two new tables that reference each other.

use tablewright::prelude::*;

#[derive(Table)]
pub struct User {
    pub id: Uuid,
    #[column(pii)]
    pub email: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
pub struct Team {
    pub id: Uuid,
    #[references(Member, on_delete = set_null, cycle)]
    pub lead_member_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
pub struct Member {
    pub id: Uuid,
    #[references(Team, on_delete = cascade)]
    pub team_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
