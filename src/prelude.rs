//! What a file with models and its callers name: `use tablewright::prelude::*;`.

pub use schema_macros::{Enumeration, SqlType, Table};

pub use crate::cursor::{Cursor, CursorError};
pub use crate::error::{Constraint, Error, PageError, Violation};
pub use crate::page::{Page, PageRequest};
pub use crate::sql_type::{Enumeration, SqlType};
pub use crate::table::{Delete, SoftDelete, Table, Update, Versioned};

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
