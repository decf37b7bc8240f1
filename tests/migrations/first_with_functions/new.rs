//! The tables call functions of the user's own, and one of these reads a table when it is called.

use tablewright::prelude::*;

#[derive(Table)]
#[index("norm_name(name)")]
#[policy(members_only, using = "is_mine(owner_ref)")]
#[check("valid_code(code)")]
#[trigger("BEFORE UPDATE", function = "touch_row")]
pub struct Article {
    pub id: Uuid,
    pub name: String,
    pub owner_ref: String,
    #[column(default = "make_ref()")]
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
