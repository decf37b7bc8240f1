//! A function that a check calls has another body, and new ones come before what calls them.

use tablewright::prelude::*;

#[derive(Table)]
#[index("norm_name(name)")]
#[check("valid_code(code)")]
#[trigger("BEFORE UPDATE", function = "touch_row")]
pub struct Article {
    pub id: Uuid,
    pub name: String,
    pub code: String,
    #[column(default = "make_ref()")]
    pub reference: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
