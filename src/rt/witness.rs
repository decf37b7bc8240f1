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
pub const fn target<T: Table>(believed: u64, [first, second, third]: [&str; 3]) {
    if T::MODEL.id != believed {
        Message::new().add(first).add(T::NAME).add(second).add(T::NAME).add(third).refuse();
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

/// Refuses to compile, at the caller, where a variant is stored as another text than `believed`, which is an SQL literal.
/// The message is the two parts with the text behind each.
#[track_caller]
pub const fn value(stored: &[(isize, &str)], variant: isize, believed: &str, [before, after]: [&str; 2]) {
    let mut i = 0;
    while i < stored.len() {
        let (number, text) = stored[i];
        // What is believed comes from an identifier, so no quote is doubled in it.
        if number == variant && !(text.len() + 2 == believed.len() && is_at(text, believed, 1)) {
            Message::new().add(before).add(text).add(after).add(text).add("'\"").refuse();
        }
        i += 1;
    }
}

/// Refuses to compile, at the caller, where `text` is none of an enumeration's values; a type without values has any.
#[track_caller]
pub const fn one_of(stored: &[(isize, &str)], text: &str, before: &str) {
    if stored.is_empty() {
        return;
    }
    let (mut i, mut message) = (0, Message::new().add(before));
    while i < stored.len() {
        let (_, value) = stored[i];
        if value.len() == text.len() && is_at(value, text, 0) {
            return;
        }
        message = message.add(if i == 0 { "'" } else { ", '" }).add(value).add("'");
        i += 1;
    }
    message.refuse();
}

/// Whether `within` contains `text` from that byte on.
const fn is_at(text: &str, within: &str, start: usize) -> bool {
    let (text, within) = (text.as_bytes(), within.as_bytes());
    let mut i = 0;
    while i < text.len() {
        if start + i >= within.len() || text[i] != within[start + i] {
            return false;
        }
        i += 1;
    }
    true
}

/// A message that is put together while the program compiles.
#[derive(Clone, Copy)]
struct Message {
    text: [u8; 1024],
    length: usize,
}

impl Message {
    const fn new() -> Self {
        Self { text: [0; 1024], length: 0 }
    }

    /// What does not fit is left out whole.
    const fn add(mut self, part: &str) -> Self {
        let part = part.as_bytes();
        if self.length + part.len() > self.text.len() {
            return self;
        }
        let mut i = 0;
        while i < part.len() {
            self.text[self.length] = part[i];
            self.length += 1;
            i += 1;
        }
        self
    }

    #[track_caller]
    const fn refuse(&self) -> ! {
        match std::str::from_utf8(self.text.split_at(self.length).0) {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!("parts of a message are text"),
        }
    }
}

/// A type that can hold the key `K` of the row that it references: `K` itself, or `Option<K>`.
#[diagnostic::on_unimplemented(
    message = "a foreign key has the type of the key that it references: `{K}`, or `Option<{K}>`",
    label = "this is `{Self}`; the key is `{K}`"
)]
pub trait KeyOf<K> {}

impl<K> KeyOf<K> for K {}
impl<K> KeyOf<K> for Option<K> {}
