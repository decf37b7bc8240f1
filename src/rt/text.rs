//! Constant text made of parts, some of which only the types know.

use crate::sql_type::SqlType;

/// Joins `&'static str` constants into one, at compile time: `join!("CREATE TABLE …", values::<OrderStatus>(), "…")`.
#[doc(hidden)]
#[macro_export]
macro_rules! __tablewright_join {
    ($($part:expr),+ $(,)?) => {{
        const PARTS: &[&str] = &[$($part),+];
        const BYTES: [u8; $crate::rt::length(PARTS)] = $crate::rt::concat(PARTS);
        $crate::rt::text(&BYTES)
    }};
}

/// The length of the parts in bytes.
pub const fn length(parts: &[&str]) -> usize {
    let mut length = 0;
    let mut part = 0;
    while part < parts.len() {
        length += parts[part].len();
        part += 1;
    }
    length
}

/// The bytes of the parts.
pub const fn concat<const LENGTH: usize>(parts: &[&str]) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    let mut at = 0;
    let mut part = 0;
    while part < parts.len() {
        let from = parts[part].as_bytes();
        let mut i = 0;
        while i < from.len() {
            bytes[at] = from[i];
            at += 1;
            i += 1;
        }
        part += 1;
    }
    bytes
}

/// The text of these bytes.
pub const fn text(bytes: &'static [u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("joined texts are text"),
    }
}

/// The values of an enumeration, `'pending', 'paid'`; empty for any other type.
pub const fn values<T: SqlType>() -> &'static str {
    match T::VALUES {
        Some(values) => values,
        None => "",
    }
}

/// `text` where `T` is an enumeration with values, else nothing.
pub const fn only_with_values<T: SqlType>(text: &'static str) -> &'static str {
    if T::VALUES.is_some() { text } else { "" }
}
