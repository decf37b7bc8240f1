#![deny(warnings, missing_docs, clippy::pedantic)]
//! A program whose own names shadow the prelude's compiles all the same.

/// Shadows of what generated code might name.
pub mod shadows {
    /// No option.
    pub struct Option;
    /// No result.
    pub struct Result;
    /// No string.
    pub struct String;
    /// No vector.
    pub struct Vec;
    /// No box.
    pub struct Box;
    /// No default.
    pub trait Default {}
    /// No clone.
    pub trait Clone {}
    /// No future.
    pub trait Future {}
    /// No table.
    pub trait Table {}
}

use shadows::{Clone, Default, Future, Option, Result, String, Table, Vec};
use tablewright::prelude::{DateTime, Json, Utc, Uuid};

/// What something is in.
#[derive(tablewright::prelude::Enumeration)]
pub enum State {
    /// Not yet.
    Open,
    /// At last.
    Done,
}

/// A label.
#[derive(tablewright::prelude::SqlType)]
pub struct Label(pub std::string::String);

/// A user.
#[derive(tablewright::prelude::Table)]
pub struct User {
    /// The key.
    pub id: Uuid,
    /// When it came.
    pub created_at: DateTime<Utc>,
    /// When it changed.
    pub updated_at: DateTime<Utc>,
}

/// A task.
#[derive(tablewright::prelude::Table)]
#[table(soft_delete)]
#[index(user_id, created_at desc, id desc)]
pub struct Task {
    /// The key.
    pub id: Uuid,
    /// Whose.
    #[references(User, on_delete = restrict)]
    pub user_id: Uuid,
    /// Which.
    #[column(unique)]
    pub code: std::string::String,
    /// What.
    pub label: std::option::Option<Label>,
    /// How far.
    #[column(default = "'open'")]
    pub state: State,
    /// More.
    pub extra: Json<std::vec::Vec<i64>>,
    /// When it came.
    pub created_at: DateTime<Utc>,
    /// When it changed.
    pub updated_at: DateTime<Utc>,
    /// When it went.
    pub deleted_at: std::option::Option<DateTime<Utc>>,
}

/// The shadows are in scope, and used.
pub fn shadows(_: &Option, _: &Result, _: &String, _: &Vec, _: &dyn Default, _: &dyn Clone, _: &dyn Future, _: &dyn Table) {}

fn main() {}
