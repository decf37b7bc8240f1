//! What the derive assumed from names, asserted from types while the program compiles.

use crate::sql_type::SqlType;
use crate::table::Table;

/// Refuses to compile, with `message` at the caller, if `T` is stored as a type other than the one of which
/// `believed` is the [`hash`]: the constant evaluator compares a number in one step, and a text letter by letter.
#[track_caller]
pub const fn witness<T: SqlType>(believed: u64, message: &str) {
    assert!(T::ID == believed, "{}", message);
}

/// [`target`], and compiles only where `F` can hold the primary key of `T`.
#[track_caller]
pub const fn references<F: KeyOf<T::PrimaryKey>, T: Table>(believed: u64, message: [&str; 3]) {
    target::<T>(believed, message);
}

/// Refuses to compile, at the caller, if the table of `T` has a name other than the one of which `believed` is the
/// [`hash`]. The message is the three parts with the table's name between them.
#[track_caller]
pub const fn target<T: Table>(believed: u64, message: [&str; 3]) {
    if T::MODEL.id != believed {
        refuse(T::NAME, message);
    }
}

#[track_caller]
const fn refuse(name: &str, [first, second, third]: [&str; 3]) {
    let parts = [first, name, second, name, third];
    let mut text = [0; 1024];
    let (mut length, mut part) = (0, 0);
    while part < parts.len() {
        let from = parts[part].as_bytes();
        let mut i = 0;
        while i < from.len() && length < text.len() {
            text[length] = from[i];
            length += 1;
            i += 1;
        }
        part += 1;
    }
    match std::str::from_utf8(text.split_at(length).0) {
        Ok(text) => panic!("{}", text),
        Err(_) => panic!("the referenced table has another name"),
    }
}

/// FNV-1a, as the derive computes it.
pub const fn hash(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x100_0000_01b3);
        i += 1;
    }
    hash
}

/// Refuses to compile, with `message` at the caller, if a variant is stored as a text other than `believed`, which is
/// an SQL literal.
#[track_caller]
pub const fn value(stored: &str, believed: &str, message: &str) {
    let (stored, believed) = (stored.as_bytes(), believed.as_bytes());
    let mut is_same = stored.len() + 2 == believed.len();
    let mut i = 0;
    // The assumed text comes from an identifier, so no quote is doubled in it.
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
