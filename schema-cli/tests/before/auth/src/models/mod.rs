//! The tables. Where one breaks a rule, the rule is waived at that place, with the reason.

mod auth_code;
mod oauth_connection;
mod session;
mod user;
mod user_password;
mod user_role;

pub use auth_code::*;
pub use oauth_connection::*;
pub use session::*;
pub use user::*;
pub use user_password::*;
pub use user_role::*;
