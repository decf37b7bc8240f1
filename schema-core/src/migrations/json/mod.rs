//! JSON that keeps the order of its keys and leaves out what says nothing.
//!
//! Not `serde_json::Value`: whether that keeps the order depends on a feature that any crate of a user's build may turn
//! on, and the lock file must not.

mod build;

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

pub(super) use build::json;

/// A JSON value, over the text that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    Number(i128),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl Json<'_> {
    /// Takes away the entries of objects that are null, false, empty, or one of these words.
    ///
    /// An object of one entry stays as it is: it is a variant of an enum, or a map, and no struct with its defaults.
    pub(super) fn prune(&mut self, words: &[(&str, &str)]) {
        match self {
            Self::List(items) => {
                for item in items {
                    item.prune(words);
                }
            }
            Self::Object(entries) => {
                for (_, value) in entries.iter_mut() {
                    value.prune(words);
                }
                if entries.len() > 1 {
                    let default =
                        |key: &str, value: &Self| matches!(value, Self::Text(text) if words.contains(&(key, &**text)));
                    entries.retain(|(key, value)| !value.says_nothing() && !default(key, value));
                }
            }
            _ => {}
        }
    }

    fn says_nothing(&self) -> bool {
        match self {
            Self::Null | Self::Bool(false) => true,
            Self::List(items) => items.is_empty(),
            Self::Object(entries) => entries.is_empty(),
            _ => false,
        }
    }

    /// The value as text, indented by two spaces; a list of plain values on one line.
    pub(super) fn pretty(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0);
        text
    }

    fn is_plain(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Object(_))
    }

    fn write(&self, text: &mut String, depth: usize) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
            Self::Number(number) => text.push_str(&number.to_string()),
            Self::Text(value) => quoted(value, text),
            Self::List(items) if items.iter().all(Self::is_plain) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        text.push_str(", ");
                    }
                    item.write(text, depth);
                }
                text.push(']');
            }
            Self::List(items) => block(text, depth, "[]", items, |item, text| item.write(text, depth + 1)),
            Self::Object(entries) if entries.is_empty() => text.push_str("{}"),
            Self::Object(entries) => block(text, depth, "{}", entries, |(key, value), text| {
                quoted(key, text);
                text.push_str(": ");
                value.write(text, depth + 1);
            }),
        }
    }
}

/// Writes a string with its quotes.
fn quoted(value: &str, text: &mut String) {
    if value.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        text.push('"');
        text.push_str(value);
        text.push('"');
    } else {
        // Serialising a string does not fail; a lock file that does not read back is not written.
        text.push_str(&serde_json::to_string(value).unwrap_or_default());
    }
}

/// The spaces before a line.
fn indent(text: &mut String, depth: usize) {
    for _ in 0..depth {
        text.push_str("  ");
    }
}

fn block<T>(text: &mut String, depth: usize, brackets: &str, items: &[T], mut write: impl FnMut(&T, &mut String)) {
    let (open, close) = brackets.split_at(1);
    text.push_str(open);
    for (index, item) in items.iter().enumerate() {
        text.push_str(if index > 0 { ",\n" } else { "\n" });
        indent(text, depth + 1);
        write(item, text);
    }
    text.push('\n');
    indent(text, depth);
    text.push_str(close);
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

/// A text that is borrowed where nothing in it is escaped.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyText;

        impl<'de> Visitor<'de> for AnyText {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(value)))
            }

            fn visit_str<E>(self, value: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(value.to_owned())))
            }
        }

        deserializer.deserialize_str(AnyText)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without fractions")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some((Text(key), value)) = access.next_entry()? {
            entries.push((key, value));
        }
        Ok(Json::Object(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept_and_what_says_nothing_goes() {
        let source = r#"{"z":1,"k":"standard","a":{"update":[]},"n":null,"f":false,"e":[],"o":{"x":{},"y":null},"l":[null,{"b":1,"c":false}],"s":["ä\n","b"]}"#;
        let mut json: Json<'_> = serde_json::from_str(source).unwrap();
        json.prune(&[("k", "standard")]);
        assert_eq!(
            json.pretty(),
            "{\n  \"z\": 1,\n  \"a\": {\n    \"update\": []\n  },\n  \"l\": [\n    null,\n    {\n      \"b\": 1\n    }\n  ],\n  \
             \"s\": [\"ä\\n\", \"b\"]\n}"
        );
    }

    #[test]
    fn what_is_built_is_what_serde_json_writes() {
        #[derive(serde::Serialize)]
        enum Kind {
            Unit,
            One(i64),
            Two(bool, Option<String>),
            Named { a: u8, b: Vec<&'static str> },
        }

        #[derive(serde::Serialize)]
        struct All {
            kinds: Vec<Kind>,
            map: std::collections::BTreeMap<String, (char, Option<u64>)>,
            unit: (),
            newtype: std::num::Wrapping<i16>,
        }

        let all = All {
            kinds: vec![
                Kind::Unit,
                Kind::One(-1),
                Kind::Two(true, Some("a \"b\"\n".to_owned())),
                Kind::Named { a: 1, b: vec!["ä", ""] },
            ],
            map: [("k".to_owned(), ('c', None)), ("l".to_owned(), ('d', Some(u64::MAX)))].into(),
            unit: (),
            newtype: std::num::Wrapping(-3),
        };
        let text = serde_json::to_string(&all).unwrap();
        assert_eq!(json(&all).unwrap(), serde_json::from_str::<Json<'_>>(&text).unwrap());
        assert!(json(&1.5).is_err() && json(&std::collections::BTreeMap::from([(1, 2)])).is_err());
    }
}
