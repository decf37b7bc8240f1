//! From plain data to [`Json`], without a text between the two.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{self, Serialize, Serializer};

use super::Json;

/// The JSON of a value, as `serde_json` would write it.
pub(in crate::migrations) fn json<T: Serialize>(value: &T) -> Result<Json<'static>, JsonProblem> {
    value.serialize(Builder)
}

/// What has no place in a lock file: a fraction, bytes, a key that is not a text.
#[derive(Debug)]
pub(in crate::migrations) struct JsonProblem(String);

impl fmt::Display for JsonProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for JsonProblem {}

impl ser::Error for JsonProblem {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

type Built = Result<Json<'static>, JsonProblem>;

struct Builder;

/// A list, an object, or the value of a variant that has one of these.
struct Parts {
    variant: Option<&'static str>,
    items: Vec<Json<'static>>,
    entries: Vec<(Cow<'static, str>, Json<'static>)>,
    key: Option<Cow<'static, str>>,
    is_object: bool,
}

impl Parts {
    fn new(variant: Option<&'static str>, is_object: bool, length: usize) -> Self {
        let (items, entries) = if is_object { (0, length) } else { (length, 0) };
        Self { variant, items: Vec::with_capacity(items), entries: Vec::with_capacity(entries), key: None, is_object }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), JsonProblem> {
        self.items.push(value.serialize(Builder)?);
        Ok(())
    }

    fn entry<T: Serialize + ?Sized>(&mut self, key: Cow<'static, str>, value: &T) -> Result<(), JsonProblem> {
        self.entries.push((key, value.serialize(Builder)?));
        Ok(())
    }

    fn done(self) -> Json<'static> {
        let value = if self.is_object { Json::Object(self.entries) } else { Json::List(self.items) };
        match self.variant {
            Some(variant) => of_variant(variant, value),
            None => value,
        }
    }
}

fn of_variant(variant: &'static str, value: Json<'static>) -> Json<'static> {
    Json::Object(vec![(Cow::Borrowed(variant), value)])
}

fn refused<T>(what: &str) -> Result<T, JsonProblem> {
    Err(JsonProblem(format!("{what} has no place in a lock file")))
}

macro_rules! numbers {
    ($($name:ident $number:ty,)+) => {
        $(fn $name(self, value: $number) -> Built {
            Ok(Json::Number(value.into()))
        })+
    };
}

impl Serializer for Builder {
    type Ok = Json<'static>;
    type Error = JsonProblem;
    type SerializeSeq = Parts;
    type SerializeTuple = Parts;
    type SerializeTupleStruct = Parts;
    type SerializeTupleVariant = Parts;
    type SerializeMap = Parts;
    type SerializeStruct = Parts;
    type SerializeStructVariant = Parts;

    numbers! {
        serialize_i8 i8,
        serialize_i16 i16,
        serialize_i32 i32,
        serialize_i64 i64,
        serialize_u8 u8,
        serialize_u16 u16,
        serialize_u32 u32,
        serialize_u64 u64,
    }

    fn serialize_bool(self, value: bool) -> Built {
        Ok(Json::Bool(value))
    }

    fn serialize_f32(self, _: f32) -> Built {
        refused("a fraction")
    }

    fn serialize_f64(self, _: f64) -> Built {
        refused("a fraction")
    }

    fn serialize_char(self, value: char) -> Built {
        Ok(Json::Text(Cow::Owned(value.to_string())))
    }

    fn serialize_str(self, value: &str) -> Built {
        Ok(Json::Text(Cow::Owned(value.to_owned())))
    }

    fn serialize_bytes(self, _: &[u8]) -> Built {
        refused("a row of bytes")
    }

    fn serialize_none(self) -> Built {
        Ok(Json::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Built {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Built {
        Ok(Json::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Built {
        Ok(Json::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Built {
        Ok(Json::Text(Cow::Borrowed(variant)))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Built {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Built {
        Ok(of_variant(variant, value.serialize(self)?))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Parts, JsonProblem> {
        Ok(Parts::new(None, false, length.unwrap_or_default()))
    }

    fn serialize_tuple(self, length: usize) -> Result<Parts, JsonProblem> {
        Ok(Parts::new(None, false, length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Parts, JsonProblem> {
        Ok(Parts::new(None, false, length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Parts, JsonProblem> {
        Ok(Parts::new(Some(variant), false, length))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Parts, JsonProblem> {
        Ok(Parts::new(None, true, length.unwrap_or_default()))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Parts, JsonProblem> {
        Ok(Parts::new(None, true, length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Parts, JsonProblem> {
        Ok(Parts::new(Some(variant), true, length))
    }
}

macro_rules! parts {
    ($($kind:ident $put:ident,)+) => {
        $(impl ser::$kind for Parts {
            type Ok = Json<'static>;
            type Error = JsonProblem;

            fn $put<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), JsonProblem> {
                self.item(value)
            }

            fn end(self) -> Built {
                Ok(self.done())
            }
        })+
    };
}
parts! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

macro_rules! fields {
    ($($kind:ident,)+) => {
        $(impl ser::$kind for Parts {
            type Ok = Json<'static>;
            type Error = JsonProblem;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), JsonProblem> {
                self.entry(Cow::Borrowed(key), value)
            }

            fn end(self) -> Built {
                Ok(self.done())
            }
        })+
    };
}
fields! {
    SerializeStruct,
    SerializeStructVariant,
}

impl ser::SerializeMap for Parts {
    type Ok = Json<'static>;
    type Error = JsonProblem;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), JsonProblem> {
        match key.serialize(Builder)? {
            Json::Text(key) => {
                self.key = Some(key);
                Ok(())
            }
            _ => refused("a key that is not a text"),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), JsonProblem> {
        let key = self.key.take().unwrap_or_default();
        self.entry(key, value)
    }

    fn end(self) -> Built {
        Ok(self.done())
    }
}
