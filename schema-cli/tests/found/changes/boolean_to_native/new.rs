use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
#[enumeration(storage = native)]
pub enum MemberType { Admin, Regular }
#[derive(Debug, Table)]
pub struct Member { pub id: Uuid, #[column(renamed_from = "is_admin")] pub member_type: MemberType, pub created_at: DateTime<Utc>, pub updated_at: DateTime<Utc> }
