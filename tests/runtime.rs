//! Every helper against a real server.
#![allow(clippy::option_option, clippy::struct_field_names, reason = "the models are what they are")]
#![allow(clippy::default_trait_access, reason = "this is how a program writes it")]

#[path = "runtime/more.rs"]
mod more;
#[path = "runtime/order.rs"]
mod order;
#[path = "runtime/payment.rs"]
mod payment;
#[path = "runtime/user.rs"]
mod user;

#[path = "runtime/slow.rs"]
mod slow;
#[path = "runtime/support.rs"]
mod support;

#[path = "runtime/batches.rs"]
mod batches;
#[path = "runtime/bulk.rs"]
mod bulk;
#[path = "runtime/cancelled.rs"]
mod cancelled;
#[path = "runtime/pages.rs"]
mod pages;
#[path = "runtime/payments.rs"]
mod payments;
#[path = "runtime/reads.rs"]
mod reads;
#[path = "runtime/transactions.rs"]
mod transactions;
#[path = "runtime/writes.rs"]
mod writes;
