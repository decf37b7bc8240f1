//! Declared queries of every shape against a real server.
#![allow(clippy::option_option, clippy::default_trait_access, reason = "the models are what they are")]

#[path = "queries/models.rs"]
mod models;
#[path = "queries/support.rs"]
mod support;

#[path = "queries/batches.rs"]
mod batches;
#[path = "queries/cost.rs"]
mod cost;
#[path = "queries/pages.rs"]
mod pages;
#[path = "queries/shapes.rs"]
mod shapes;
