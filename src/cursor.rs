//! Where a page begins or ends, as a string that a client keeps and sends back.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sqlx::postgres::{PgRow, PgTypeInfo};
use sqlx::{Row as _, ValueRef as _};

/// A place in the order of one declared list: the value that [`Page::next`](crate::Page::next) and
/// [`Page::previous`](crate::Page::previous) hold, and [`PageRequest::at`](crate::PageRequest::at) takes.
///
/// It shows as a short URL-safe string ([`Display`](fmt::Display), [`FromStr`], `serde` as a string). That string holds the
/// version of the format, the direction, the list's name and the version of its order and filter, the values of the order
/// columns in the row at the edge, and a checksum.
///
/// **It is neither secret nor an authorisation.** Anyone can read the values of the order columns out of it and make another
/// one; the checksum finds accidents, not attackers. What it can do is bounded instead: the statement and its other
/// parameters (whose orders, of which tenant) come from the program on each call, never from the cursor, which only says
/// where to continue reading.
///
/// It has at most 8 KiB: a longer text is refused before it is decoded.
///
/// A cursor stays valid until the list's own order or filter changes; adding a column to the table does not matter.
///
/// ```
/// use tablewright::{Cursor, CursorError, PageRequest};
///
/// /// What a client sent: `?cursor=…`.
/// fn request(cursor: Option<&str>) -> Result<PageRequest, CursorError> {
///     let cursor: Option<Cursor> = cursor.map(str::parse).transpose()?;
///     Ok(PageRequest::new(cursor, 20))
/// }
///
/// assert_eq!(request(None), Ok(PageRequest::first(20)));
/// assert_eq!(request(Some("mangled")), Err(CursorError::Malformed));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// Version (1), direction (1), the list's version (8), the length of its name (1) and the name, then for each value its
    /// length (4; all bits set for NULL) and bytes, then the checksum (4).
    bytes: Box<[u8]>,
}

/// Why a cursor cannot be used. None of them reaches the database.
///
/// ```
/// use tablewright::{Cursor, CursorError};
///
/// assert_eq!("".parse::<Cursor>(), Err(CursorError::Malformed));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CursorError {
    /// It is not a cursor, or a mangled one.
    Malformed,
    /// It is longer than any cursor may be, and was not read.
    TooLong {
        /// The bytes that it has.
        bytes: usize,
    },
    /// It has another version than this program's.
    Version {
        /// The version that it states.
        found: u8,
    },
    /// It belongs to another list.
    OtherQuery {
        /// The list that it belongs to: `orders.recent_for_user`.
        found: String,
        /// The list that it was given to.
        expected: &'static str,
    },
    /// It belongs to an earlier form of this list, whose order or filter was different.
    Changed {
        /// The list.
        query: &'static str,
    },
}

/// Which list a cursor belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// `orders.recent_for_user`
    pub(crate) name: &'static str,
    /// A hash of the order and the filter.
    pub(crate) version: u64,
}

/// Which way a cursor leads from its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageDirection {
    Next,
    Previous,
}

const VERSION: u8 = 1;
/// The longest text of a cursor. What an index orders is shorter: a B-tree takes 2,704 bytes for all columns of a row.
const MOST_BYTES: usize = 8 * 1024;
/// Where the length of the name is.
const NAME: usize = 10;
/// In the place of a length: the value is NULL.
const NULL: u32 = u32::MAX;
const CHECKSUM: usize = 4;

impl Cursor {
    /// The cursor at `row`, whose order columns are at `columns`.
    pub(crate) fn at(
        row: &PgRow,
        query: Identity,
        direction: PageDirection,
        columns: impl Iterator<Item = usize>,
    ) -> sqlx::Result<Self> {
        let mut bytes = Vec::with_capacity(64);
        bytes.push(VERSION);
        bytes.push(match direction {
            PageDirection::Next => 0,
            PageDirection::Previous => 1,
        });
        bytes.extend_from_slice(&query.version.to_be_bytes());
        // A longer name is cut: the version distinguishes lists too.
        let name = &query.name.as_bytes()[..query.name.len().min(usize::from(u8::MAX))];
        bytes.push(u8::try_from(name.len()).unwrap_or(u8::MAX));
        bytes.extend_from_slice(name);
        for column in columns {
            let value = row.try_get_raw(column)?;
            if value.is_null() {
                bytes.extend_from_slice(&NULL.to_be_bytes());
                continue;
            }
            let value = value.as_bytes().map_err(sqlx::Error::Decode)?;
            let length = u32::try_from(value.len()).map_err(|e| sqlx::Error::Decode(e.into()))?;
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(value);
        }
        let sum = checksum(&bytes);
        bytes.extend_from_slice(&sum.to_be_bytes());
        Ok(Self { bytes: bytes.into() })
    }

    pub(crate) fn direction(&self) -> PageDirection {
        if self.bytes[1] == 0 { PageDirection::Next } else { PageDirection::Previous }
    }

    /// The values for the list `query` with order columns of these types, NULL where they take it: exactly as many, and
    /// each of a form that its type can have.
    pub(crate) fn values(
        &self,
        query: Identity,
        types: &[(PgTypeInfo, bool)],
    ) -> Result<Vec<Option<&[u8]>>, CursorError> {
        let name = self.name();
        let expected = &query.name.as_bytes()[..query.name.len().min(usize::from(u8::MAX))];
        if name != expected {
            let found = String::from_utf8_lossy(name).into_owned();
            return Err(CursorError::OtherQuery { found, expected: query.name });
        }
        if self.bytes[2..NAME] != query.version.to_be_bytes() {
            return Err(CursorError::Changed { query: query.name });
        }
        let values: Vec<Option<&[u8]>> = Values(self.body()).collect::<Option<_>>().ok_or(CursorError::Malformed)?;
        let fit = values.len() == types.len()
            && values
                .iter()
                .zip(types)
                .all(|(value, (type_info, nullable))| value.map_or(*nullable, |value| fits(value, type_info)));
        if fit { Ok(values) } else { Err(CursorError::Malformed) }
    }

    fn name(&self) -> &[u8] {
        &self.bytes[NAME + 1..self.body_start()]
    }

    fn body_start(&self) -> usize {
        NAME + 1 + usize::from(self.bytes[NAME])
    }

    fn body(&self) -> &[u8] {
        &self.bytes[self.body_start()..self.bytes.len() - CHECKSUM]
    }

    fn parse(text: &str) -> Result<Self, CursorError> {
        if text.len() > MOST_BYTES {
            return Err(CursorError::TooLong { bytes: text.len() });
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| CursorError::Malformed)?;
        match bytes.first() {
            None => return Err(CursorError::Malformed),
            Some(&VERSION) => {}
            Some(&found) => return Err(CursorError::Version { found }),
        }
        let Some((content, sum)) = bytes.split_last_chunk::<CHECKSUM>() else {
            return Err(CursorError::Malformed);
        };
        let body = content.get(NAME).and_then(|length| content.get(NAME + 1 + usize::from(*length)..));
        let whole = checksum(content) == u32::from_be_bytes(*sum)
            && content.get(1).is_some_and(|direction| *direction <= 1)
            && body.is_some_and(|body| Values(body).all(|value| value.is_some()));
        if whole { Ok(Self { bytes: bytes.into() }) } else { Err(CursorError::Malformed) }
    }
}

/// The values of a cursor's body, each NULL or its bytes; `None` where a length leads beyond the end.
struct Values<'a>(&'a [u8]);

impl<'a> Iterator for Values<'a> {
    type Item = Option<Option<&'a [u8]>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let value = self.0.split_first_chunk::<4>().and_then(|(length, rest)| match u32::from_be_bytes(*length) {
            NULL => Some((None, rest)),
            length => {
                let (value, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
                Some((Some(value), rest))
            }
        });
        self.0 = value.map_or(&[], |(_, rest)| rest);
        Some(value.map(|(value, _)| value))
    }
}

/// Whether `bytes` can be a value of a built-in type, in the binary format; true for a type that is not known here.
fn fits(bytes: &[u8], type_info: &PgTypeInfo) -> bool {
    let moment = || bytes.try_into().ok().map(i64::from_be_bytes);
    match type_info.oid().map(|oid| oid.0) {
        // bool
        Some(16) => matches!(bytes, [0 | 1]),
        // int2
        Some(21) => bytes.len() == 2,
        // int4, float4, date
        Some(23 | 700 | 1082) => bytes.len() == 4,
        // int8, float8
        Some(20 | 701) => bytes.len() == 8,
        // time: microseconds of a day
        Some(1083) => moment().is_some_and(|t| (0..=86_400_000_000).contains(&t)),
        // timestamp, timestamptz: microseconds from 2000 on, 4714 BC to 294276 AD
        Some(1114 | 1184) => moment().is_some_and(|t| {
            matches!(t, i64::MIN | i64::MAX) || (-211_813_488_000_000_000..9_223_371_331_200_000_000).contains(&t)
        }),
        // interval, uuid
        Some(1186 | 2950) => bytes.len() == 16,
        // text, bpchar, varchar
        Some(25 | 1042 | 1043) => !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok(),
        _ => true,
    }
}

/// CRC-32 (IEEE): finds every change of up to 32 neighbouring bits.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
    })
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(&self.bytes))
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cursor({self})")
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        Self::parse(text)
    }
}

impl fmt::Display for CursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("this is not a cursor, or it was changed"),
            Self::TooLong { bytes } => {
                write!(
                    f,
                    "this has {bytes} bytes, and a cursor has at most {MOST_BYTES}: start again from the first page"
                )
            }
            Self::Version { found } => {
                write!(
                    f,
                    "the cursor has version {found}, this program reads version {VERSION}: start again from the first page"
                )
            }
            Self::OtherQuery { found, expected } => {
                write!(
                    f,
                    "the cursor belongs to the list `{found}`, not to `{expected}`: start again from the first page"
                )
            }
            Self::Changed { query } => {
                write!(
                    f,
                    "the cursor belongs to an earlier form of the list `{query}`: start again from the first page"
                )
            }
        }
    }
}

impl std::error::Error for CursorError {}

#[cfg(feature = "serde")]
impl serde::Serialize for Cursor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Cursor {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cursor with any content and a right checksum, as a forger would make it.
    fn forged(head: &[u8], body: &[u8]) -> Result<Cursor, CursorError> {
        let mut bytes = [head, body].concat();
        let sum = checksum(&bytes);
        bytes.extend_from_slice(&sum.to_be_bytes());
        URL_SAFE_NO_PAD.encode(bytes).parse()
    }

    const HEAD: &[u8] = &[1, 0, 0, 0, 0, 0, 0, 0, 0, 7, 3, b'a', b'.', b'b'];
    const LIST: Identity = Identity { name: "a.b", version: 7 };

    #[test]
    fn the_checksum_is_crc_32() {
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn a_long_one_is_not_decoded() {
        let text = |bytes: usize| "A".repeat(bytes).parse::<Cursor>().unwrap_err();
        assert_eq!(text(MOST_BYTES), CursorError::Version { found: 0 });
        assert_eq!(text(MOST_BYTES + 1), CursorError::TooLong { bytes: MOST_BYTES + 1 });
        assert!(text(MOST_BYTES + 1).to_string().contains("8193 bytes"));
    }

    #[test]
    fn a_forged_one_is_bounded() {
        let id = || [(<i64 as sqlx::Type<sqlx::Postgres>>::type_info(), false)];
        let or_null = [(<i64 as sqlx::Type<sqlx::Postgres>>::type_info(), true)];
        let good = [&[0, 0, 0, 8][..], &[9; 8]].concat();
        let values = |body: &[u8]| forged(HEAD, body).unwrap().values(LIST, &id()).map(|found| found.len());
        assert_eq!(values(&good), Ok(1));
        assert_eq!(
            forged(HEAD, &good).unwrap().values(Identity { name: "a.c", ..LIST }, &id()),
            Err(CursorError::OtherQuery { found: "a.b".to_owned(), expected: "a.c" })
        );
        assert_eq!(
            forged(HEAD, &good).unwrap().values(Identity { version: 8, ..LIST }, &id()),
            Err(CursorError::Changed { query: "a.b" })
        );
        assert_eq!(forged(HEAD, &good).unwrap().values(LIST, &[]), Err(CursorError::Malformed));
        assert_eq!(values(&[]), Err(CursorError::Malformed));
        assert_eq!(values(&[0, 0, 0, 2, 1, 1]), Err(CursorError::Malformed));
        assert_eq!(values(&[255, 255, 255, 255]), Err(CursorError::Malformed), "NULL where there is none");
        assert_eq!(forged(HEAD, &[255, 255, 255, 255]).unwrap().values(LIST, &or_null), Ok(vec![None]));
        assert_eq!(forged(HEAD, &[0, 0, 0, 8, 1]), Err(CursorError::Malformed));
        assert_eq!(forged(HEAD, &[255, 255, 255, 254]), Err(CursorError::Malformed));
        assert_eq!(forged(HEAD, &[0]), Err(CursorError::Malformed));
        assert_eq!(forged(&HEAD[..9], &[]), Err(CursorError::Malformed));
        assert_eq!(forged(&HEAD[..12], &[]), Err(CursorError::Malformed));
        assert_eq!(forged(&[1, 2, 0, 0, 0, 0, 0, 0, 0, 7, 0], &good), Err(CursorError::Malformed));
        assert_eq!(forged(&[2], &good), Err(CursorError::Version { found: 2 }));
        for text in ["", "A", "AQ", "AQAAAAA", "é", "AQ==", "AR"] {
            assert_eq!(text.parse::<Cursor>(), Err(CursorError::Malformed), "{text}");
        }
    }
}
