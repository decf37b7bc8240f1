mod audit;
mod catalogue;
mod orders;
mod users;

pub use audit::AuditLog;
pub use catalogue::Product;
pub use orders::{Order, OrderItem, OrderStatus};
pub use users::{User, UserSession};
