//! The runtime against a real PostgreSQL, on hand-expanded models: what the derives emit has this form.

#[path = "runtime/more.rs"]
mod more;
#[path = "runtime/order.rs"]
mod order;
#[path = "runtime/user.rs"]
mod user;

#[path = "runtime/support.rs"]
mod support;

#[path = "runtime/batches.rs"]
mod batches;
#[path = "runtime/pages.rs"]
mod pages;
#[path = "runtime/reads.rs"]
mod reads;
#[path = "runtime/writes.rs"]
mod writes;
