//! What the derive believed from names, asserted from types while the program compiles.

use crate::sql_type::SqlType;
use crate::table::Table;

/// Refuses to compile, with `message` at the caller, where `T` is stored as another type than `believed`.
#[track_caller]
pub const fn witness<T: SqlType>(believed: &str, message: &str) {
    assert!(same(T::NAME, believed), "{}", message);
}

/// Refuses to compile, with `message` at the caller, where the table of `T` has another name than `believed`.
#[track_caller]
pub const fn target<T: Table>(believed: &str, message: &str) {
    assert!(same(T::NAME, believed), "{}", message);
}

/// Refuses to compile, with `message` at the caller, where a variant is stored as another text than `believed`, which is
/// an SQL literal.
#[track_caller]
pub const fn value(stored: &str, believed: &str, message: &str) {
    let (stored, believed) = (stored.as_bytes(), believed.as_bytes());
    let mut is_same = stored.len() + 2 == believed.len();
    let mut i = 0;
    // What is believed comes from an identifier, so no quote is doubled in it.
    while is_same && i < stored.len() {
        is_same = stored[i] == believed[i + 1];
        i += 1;
    }
    assert!(is_same, "{}", message);
}

/// A type that can hold the key `K` of the row that it references: `K` itself, or `Option<K>`.
#[diagnostic::on_unimplemented(
    message = "a foreign key has the type of the key that it references: `{K}`, or `Option<{K}>`",
    label = "this is `{Self}`; the key is `{K}`"
)]
pub trait KeyOf<K> {}

impl<K> KeyOf<K> for K {}
impl<K> KeyOf<K> for Option<K> {}

/// Compiles only where `F` can hold the primary key of `T`.
pub const fn references<F: KeyOf<T::Key>, T: Table>() {}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}
