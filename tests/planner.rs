//! What the models are promised about their indexes, checked with the planner of a real server: the statements of the examples,
//! and random tables, indexes and queries.

#[path = "planner/plan.rs"]
mod plan;

#[path = "planner/promises.rs"]
mod promises;
#[path = "planner/random.rs"]
mod random;
