//! What a file with models and its callers need: `use tablewright::prelude::*;`.
//!
//! Traits come without their names, and types whose names a model may want are not included: a model can be called `Page`,
//! `Error`, `Cursor`, `Update` or `Delete`. What is left out is at the root: `tablewright::{Cursor, Error, Page, Pages}`.
//!
//! ```
//! use tablewright::prelude::*;
//!
//! /// A page of a book: no name of the runtime is in its way.
//! #[derive(Table)]
//! pub struct Page {
//!     pub id: Uuid,
//!     pub text: String,
//!     pub created_at: DateTime<Utc>,
//!     pub updated_at: DateTime<Utc>,
//! }
//!
//! assert_eq!((Page::NAME, Page::COLUMNS), ("pages", &["id", "text", "created_at", "updated_at"][..]));
//! ```

pub use tablewright_macros::{Enumeration, SqlType, Table};

pub use crate::change::{Delete as _, SoftDelete as _, Update as _, Versioned as _};
pub use crate::cursor::CursorError;
pub use crate::error::{Constraint as _, PageError};
pub use crate::page::PageRequest;
pub use crate::sql_type::{Enumeration as _, SqlType as _};
pub use crate::table::Table as _;

#[cfg(feature = "rust_decimal")]
#[doc(no_inline)]
pub use sqlx::types::Decimal;
#[cfg(feature = "json")]
#[doc(no_inline)]
pub use sqlx::types::Json;
#[cfg(feature = "uuid")]
#[doc(no_inline)]
pub use sqlx::types::Uuid;
#[cfg(feature = "chrono")]
#[doc(no_inline)]
pub use sqlx::types::chrono::{DateTime, NaiveDate, NaiveTime, Utc};
#[cfg(feature = "ipnetwork")]
#[doc(no_inline)]
pub use sqlx::types::ipnetwork::IpNetwork;
#[cfg(feature = "time")]
#[doc(no_inline)]
pub use sqlx::types::time::OffsetDateTime;
