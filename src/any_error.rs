//! The errors of several tables in one type, the violated constraint kept.

use std::any::Any;
use std::fmt;

use sqlx::error::{DatabaseError, ErrorKind};

use crate::cursor::CursorError;
use crate::error::{Constraint, Error, PageError, Unquoted, Violation};

/// Any error of a helper: what a function returns that calls helpers of several tables, lists pages and runs sqlx.
///
/// `?` turns each of them into it, and the constraint is still known.
///
/// ```no_run
/// use tablewright::prelude::*;
/// use tablewright::{AnyError, sqlx};
/// # #[derive(Clone, Copy, Debug, PartialEq, Eq)]
/// # enum UserConstraint { EmailUnique }
/// # impl tablewright::Constraint for UserConstraint {
/// #     const ALL: &'static [(&'static str, Self)] = &[("users_email_unique", Self::EmailUnique)];
/// # }
///
/// fn status(error: &AnyError) -> u16 {
///     match error {
///         AnyError::Constraint(violation) if violation.is(UserConstraint::EmailUnique) => 409,
///         AnyError::Constraint(_) => 422,
///         AnyError::Cursor(_) => 400,
///         _ => 500,
///     }
/// }
/// ```
#[non_exhaustive]
pub enum AnyError {
    /// A write violates a constraint of the table that it was made on.
    Constraint(AnyViolation),
    /// A cursor cannot be used; it is the client's fault.
    Cursor(CursorError),
    /// Everything else.
    Sqlx(sqlx::Error),
}

/// A violated constraint of some table.
///
/// ```no_run
/// # use tablewright::prelude::*;
/// # use tablewright::sqlx::{self, PgConnection, PgPool};
/// # #[derive(Table)]
/// # pub struct User {
/// #     pub id: Uuid,
/// #     #[column(unique)]
/// #     pub handle: String,
/// #     pub nickname: Option<String>,
/// #     pub created_at: DateTime<Utc>,
/// #     pub updated_at: DateTime<Utc>,
/// # }
/// use tablewright::AnyViolation;
///
/// fn answer(violation: &AnyViolation) -> &'static str {
///     if violation.is(UserConstraint::HandleUnique) {
///         return "this address is taken";
///     }
///     if let Some(other) = violation.constraint::<UserConstraint>() {
///         println!("a user is refused by {other:?}");
///     }
///     println!("{} ({:?}): {}", violation.name(), violation.kind(), violation.message());
///     "this is refused"
/// }
/// ```
pub struct AnyViolation {
    constraint: Box<dyn Any + Send + Sync>,
    name: &'static str,
    error: Box<dyn DatabaseError>,
}

impl AnyViolation {
    /// The constraint, if it is one of that table.
    #[must_use]
    pub fn constraint<C: Constraint>(&self) -> Option<C> {
        self.constraint.downcast_ref().copied()
    }

    /// Whether it is that constraint.
    #[must_use]
    pub fn is<C: Constraint>(&self, constraint: C) -> bool {
        self.constraint() == Some(constraint)
    }

    /// The constraint's name in the database: `orders_order_number_unique`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Unique, foreign key, check or exclusion; a primary key counts as unique.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.error.kind()
    }

    /// The server's message.
    #[must_use]
    pub fn message(&self) -> &str {
        self.error.message()
    }
}

impl fmt::Debug for AnyViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("AnyViolation");
        shown.field("name", &self.name).field("message", &self.message()).finish_non_exhaustive()
    }
}

impl fmt::Display for AnyViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.message())
    }
}

impl std::error::Error for AnyViolation {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.error)
    }
}

impl<C: Constraint> From<Violation<C>> for AnyViolation {
    fn from(violation: Violation<C>) -> Self {
        let (constraint, error) = violation.into_parts();
        Self { constraint: Box::new(constraint), name: constraint.name(), error }
    }
}

impl<C: Constraint> From<Error<C>> for AnyError {
    fn from(error: Error<C>) -> Self {
        match error {
            Error::Constraint(violation) => Self::Constraint(violation.into()),
            Error::Sqlx(error) => Self::Sqlx(error),
        }
    }
}

impl From<PageError> for AnyError {
    fn from(error: PageError) -> Self {
        match error {
            PageError::Cursor(error) => Self::Cursor(error),
            PageError::Sqlx(error) => Self::Sqlx(error),
        }
    }
}

impl From<CursorError> for AnyError {
    fn from(error: CursorError) -> Self {
        Self::Cursor(error)
    }
}

impl From<sqlx::Error> for AnyError {
    fn from(error: sqlx::Error) -> Self {
        Self::Sqlx(error)
    }
}

impl From<AnyError> for sqlx::Error {
    fn from(error: AnyError) -> Self {
        match error {
            AnyError::Constraint(violation) => Self::Database(violation.error),
            AnyError::Cursor(error) => Self::Decode(Box::new(error)),
            AnyError::Sqlx(error) => error,
        }
    }
}

impl fmt::Debug for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constraint(violation) => f.debug_tuple("Constraint").field(violation).finish(),
            Self::Cursor(error) => f.debug_tuple("Cursor").field(error).finish(),
            Self::Sqlx(error) => f.debug_tuple("Sqlx").field(&Unquoted(error)).finish(),
        }
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constraint(violation) => violation.fmt(f),
            Self::Cursor(error) => error.fmt(f),
            Self::Sqlx(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AnyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Constraint(violation) => Some(&*violation.error),
            Self::Cursor(_) => None,
            Self::Sqlx(error) => std::error::Error::source(error),
        }
    }
}
