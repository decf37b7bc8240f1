//! Why a write failed: the constraint that it violates, as a value, or sqlx's error. Why a page failed.

use std::borrow::Cow;
use std::fmt;

use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::postgres::PgDatabaseError;

use crate::cursor::CursorError;
use crate::table::Table;

/// The constraints of one table, as an enumeration: `OrderConstraint::OrderNumberUnique`.
///
/// Primary key, unique constraints and unique indexes, foreign keys, checks and exclusions. `NOT NULL` is none: the
/// types do not allow it to be violated.
///
/// ```
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
/// use tablewright::Constraint;
///
/// assert_eq!(UserConstraint::HandleUnique.name(), "users_handle_unique");
/// assert!(UserConstraint::ALL.contains(&("users_pkey", UserConstraint::PrimaryKey)));
/// ```
pub trait Constraint: Copy + Eq + fmt::Debug + Send + Sync + 'static {
    /// Every constraint with its name in the database.
    const ALL: &'static [(&'static str, Self)];

    /// Those whose violation quotes values that no log shall show: of `pii` columns, and of those whose names say that they
    /// hold a secret.
    const CONFIDENTIAL: &'static [Self] = &[];

    /// The name in the database: `orders_order_number_unique`.
    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, constraint)| *constraint == self).map_or("", |(name, _)| name)
    }
}

/// Why a write failed. `C` is the table's own [`Constraint`] type.
///
/// ```no_run
/// use tablewright::prelude::*;
/// use tablewright::{Error, sqlx};
///
/// #[derive(Table)]
/// pub struct User {
///     pub id: Uuid,
///     #[column(unique)]
///     pub nickname: String,
///     pub created_at: DateTime<Utc>,
///     pub updated_at: DateTime<Utc>,
/// }
///
/// async fn sign_up(pool: &sqlx::PgPool, new: NewUser) -> sqlx::Result<Option<User>> {
///     match User::insert(pool, new).await {
///         Err(Error::Constraint(v)) if v.constraint() == UserConstraint::NicknameUnique => Ok(None),
///         other => Ok(Some(other?)),
///     }
/// }
/// ```
///
/// A function that calls helpers of several tables returns an [`AnyError`](crate::AnyError).
#[non_exhaustive]
pub enum Error<C> {
    /// The write violates a constraint of this table (SQLSTATE class 23).
    Constraint(Violation<C>),
    /// Everything else, the violated constraints of other tables included.
    Sqlx(sqlx::Error),
}

/// A violated constraint and what the server says about it.
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
/// use tablewright::Error;
///
/// fn answer(error: &Error<UserConstraint>) -> String {
///     match error {
///         Error::Constraint(violation) if violation.constraint() == UserConstraint::HandleUnique => "taken".to_owned(),
///         Error::Constraint(violation) => {
///             println!("{:?}: {}: {:?}", violation.kind(), violation.message(), violation.detail());
///             "refused".to_owned()
///         }
///         _ => "later".to_owned(),
///     }
/// }
/// ```
pub struct Violation<C> {
    constraint: C,
    error: Box<dyn DatabaseError>,
}

impl<C: Constraint> Violation<C> {
    /// The constraint.
    pub fn constraint(&self) -> C {
        self.constraint
    }

    /// Unique, foreign key, check or exclusion; a primary key counts as unique.
    pub fn kind(&self) -> ErrorKind {
        self.error.kind()
    }

    pub(crate) fn into_parts(self) -> (C, Box<dyn DatabaseError>) {
        (self.constraint, self.error)
    }

    /// The server's message.
    pub fn message(&self) -> &str {
        self.error.message()
    }

    /// The server's detail: `Key (order_number)=(A-1) already exists.` **It quotes the row's values**, so it does not
    /// belong in an answer to a stranger. `None` if the server sends none (a check's failing row needs no rights,
    /// other details may). `Display` and `Debug` have it where it quotes neither personal data nor secrets
    /// ([`Constraint::CONFIDENTIAL`]).
    pub fn detail(&self) -> Option<&str> {
        self.error.try_downcast_ref::<PgDatabaseError>().and_then(PgDatabaseError::detail)
    }
}

impl<C: Constraint> Violation<C> {
    /// The detail, where a log may see it.
    fn shown(&self) -> Option<&str> {
        self.detail().filter(|_| !C::CONFIDENTIAL.contains(&self.constraint))
    }
}

/// sqlx's error without what the server quotes of rows: which columns of it are confidential is not known.
pub(crate) struct Unquoted<'e>(pub(crate) &'e sqlx::Error);

impl fmt::Debug for Unquoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sqlx::Error::Database(error) = self.0 else { return self.0.fmt(f) };
        if error.try_downcast_ref::<PgDatabaseError>().is_none() {
            return self.0.fmt(f);
        }
        let mut shown = f.debug_struct("Database");
        shown.field("code", &error.code()).field("message", &error.message());
        shown.field("table", &error.table()).field("constraint", &error.constraint()).finish_non_exhaustive()
    }
}

impl<C: Constraint> Error<C> {
    /// The violated constraint of this table, if that is what happened.
    pub fn constraint(&self) -> Option<C> {
        match self {
            Self::Constraint(violation) => Some(violation.constraint),
            Self::Sqlx(_) => None,
        }
    }

    /// Finds the constraint in sqlx's error. The table's name is compared where the server states it (not
    /// every server does).
    pub(crate) fn of<T: Table<Constraint = C>>(error: sqlx::Error) -> Self {
        let sqlx::Error::Database(error) = error else {
            return Self::Sqlx(error);
        };
        let violated = error.code().is_some_and(|code| code.starts_with("23"))
            && error.table().is_none_or(|table| table == T::NAME);
        let constraint =
            error.constraint().filter(|_| violated).and_then(|name| C::ALL.iter().find(|(known, _)| *known == name));
        match constraint {
            Some(&(_, constraint)) => Self::Constraint(Violation { constraint, error }),
            None => Self::Sqlx(sqlx::Error::Database(error)),
        }
    }
}

impl<C> From<sqlx::Error> for Error<C> {
    fn from(error: sqlx::Error) -> Self {
        Self::Sqlx(error)
    }
}

impl<C> From<Error<C>> for sqlx::Error {
    fn from(error: Error<C>) -> Self {
        match error {
            Error::Constraint(violation) => Self::Database(violation.error),
            Error::Sqlx(error) => error,
        }
    }
}

impl<C: Constraint> fmt::Display for Violation<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.constraint.name(), self.shown().unwrap_or(self.message()))
    }
}

impl<C: Constraint> fmt::Debug for Violation<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Violation");
        shown.field("constraint", &self.constraint).field("message", &self.message());
        shown.field("detail", &self.shown()).finish_non_exhaustive()
    }
}

impl<C: Constraint> std::error::Error for Violation<C> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.error)
    }
}

impl<C: Constraint> fmt::Display for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constraint(violation) => violation.fmt(f),
            Self::Sqlx(error) => error.fmt(f),
        }
    }
}

impl<C: Constraint> fmt::Debug for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constraint(violation) => f.debug_tuple("Constraint").field(violation).finish(),
            Self::Sqlx(error) => f.debug_tuple("Sqlx").field(&Unquoted(error)).finish(),
        }
    }
}

impl<C: Constraint> std::error::Error for Error<C> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Constraint(violation) => Some(&*violation.error),
            Self::Sqlx(error) => std::error::Error::source(error),
        }
    }
}

/// Why [`transaction`](crate::transaction()) did not commit although the closure returned `Ok`. It comes as
/// [`sqlx::Error::Database`], and is found there by its type:
///
/// ```
/// use tablewright::{NotCommitted, sqlx};
///
/// fn why(error: &sqlx::Error) -> Option<&NotCommitted> {
///     error.as_database_error()?.try_downcast_ref()
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotCommitted {
    /// A statement failed, and the closure did not return its error. PostgreSQL accepts nothing more in such a transaction,
    /// and answers `COMMIT` with `ROLLBACK`. Its SQLSTATE is 25P02.
    ///
    /// A statement that may fail belongs in an inner `transaction`: that is a savepoint.
    Aborted,
    /// The closure ended the transaction itself: it ran `COMMIT` or `ROLLBACK`, or dropped the future of sqlx's own `begin`
    /// on the connection. Its SQLSTATE is 25P01. What was done after that end was committed at once; what was done before
    /// it, as it ended.
    Ended,
    /// The work ended while its connection was in use elsewhere, in a task that it had spawned. It is rolled back when that
    /// ends. Its SQLSTATE is 25000.
    Held,
}

impl NotCommitted {
    pub(crate) const IN_FAILED_TRANSACTION: &str = "25P02";
    pub(crate) const NO_TRANSACTION: &str = "25P01";
    const INVALID_STATE: &str = "25000";
}

impl fmt::Display for NotCommitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for NotCommitted {}

impl DatabaseError for NotCommitted {
    fn message(&self) -> &str {
        match self {
            Self::Aborted => {
                "nothing was committed: a statement in the transaction failed, and its error was not returned. Return it, \
                 or run the statement in a `transaction` inside, which is a savepoint"
            }
            Self::Ended => {
                "the transaction had ended before it could be committed: it was ended in the closure, by COMMIT, by ROLLBACK, \
                 or by a `begin` whose future was dropped. Leave its end to `transaction`"
            }
            Self::Held => {
                "nothing was committed: the connection of the transaction was still in use when its work ended. Await what \
                 uses it, a spawned task for instance, within the work"
            }
        }
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(match self {
            Self::Aborted => Self::IN_FAILED_TRANSACTION,
            Self::Ended => Self::NO_TRANSACTION,
            Self::Held => Self::INVALID_STATE,
        }))
    }

    fn as_error(&self) -> &(dyn std::error::Error + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn std::error::Error + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn std::error::Error + Send + Sync + 'static> {
        self
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}

/// Why a page failed.
///
/// ```
/// use tablewright::PageError;
///
/// fn status(error: &PageError) -> u16 {
///     if matches!(error, PageError::Cursor(_)) { 400 } else { 500 }
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum PageError {
    /// The cursor cannot be used; it is the client's fault.
    Cursor(CursorError),
    /// The database or the connection.
    Sqlx(sqlx::Error),
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cursor(error) => error.fmt(f),
            Self::Sqlx(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PageError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Cursor(_) => None,
            Self::Sqlx(error) => error.source(),
        }
    }
}

impl From<sqlx::Error> for PageError {
    fn from(error: sqlx::Error) -> Self {
        Self::Sqlx(error)
    }
}

impl From<CursorError> for PageError {
    fn from(error: CursorError) -> Self {
        Self::Cursor(error)
    }
}

impl From<PageError> for sqlx::Error {
    fn from(error: PageError) -> Self {
        match error {
            PageError::Cursor(error) => Self::Decode(Box::new(error)),
            PageError::Sqlx(error) => error,
        }
    }
}
