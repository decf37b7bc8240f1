//! `with(…)` of an index and `storage(…)` of a table: storage parameters, from the closed list of PostgreSQL 15 to 18.
//!
//! <https://github.com/postgres/postgres/blob/master/src/backend/access/common/reloptions.c> is the table that the server
//! checks them against. pgvector's are in its manual: <https://github.com/pgvector/pgvector#indexing>.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::spanned::Spanned as _;
use syn::{LitBool, LitFloat, LitInt, LitStr, Token};

use super::args::{Arg, Spanned, Value, duplicate, ident_text, list};
use super::{Reader, string};
use crate::schema::Method;
use crate::suggest::nearest;

/// What storage parameters belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A table.
    Table,
    /// An index of that method.
    Index(Method),
}

/// What values a parameter has.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Boolean,
    Integer(i64, i64),
    Real(f64, f64),
    Word(&'static [&'static str]),
}

struct Parameter {
    name: &'static str,
    kind: Kind,
    /// Whether a change takes effect without an index being built again.
    in_place: bool,
}

const fn live(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, in_place: true }
}

/// What only matters when the index is built.
const fn built(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, in_place: false }
}

const MOST: i64 = i32::MAX as i64;
const FILLFACTOR: Parameter = live("fillfactor", Kind::Integer(10, 100));

const BTREE: &[Parameter] = &[live("deduplicate_items", Kind::Boolean), FILLFACTOR];
const GIN: &[Parameter] = &[live("fastupdate", Kind::Boolean), live("gin_pending_list_limit", Kind::Integer(64, MOST))];
const GIST: &[Parameter] = &[built("buffering", Kind::Word(&["auto", "off", "on"])), FILLFACTOR];
const HASH: &[Parameter] = &[FILLFACTOR];
const BRIN: &[Parameter] = &[live("autosummarize", Kind::Boolean), built("pages_per_range", Kind::Integer(1, 131_072))];
const HNSW: &[Parameter] = &[built("ef_construction", Kind::Integer(4, 1000)), built("m", Kind::Integer(2, 100))];
const IVFFLAT: &[Parameter] = &[built("lists", Kind::Integer(1, 32_768))];

/// `user_catalog_table` is for extensions alone, and stays out.
const TABLE: &[Parameter] = &[
    FILLFACTOR,
    live("autovacuum_analyze_scale_factor", Kind::Real(0.0, 100.0)),
    live("autovacuum_analyze_threshold", Kind::Integer(0, MOST)),
    live("autovacuum_enabled", Kind::Boolean),
    live("autovacuum_freeze_max_age", Kind::Integer(100_000, 2_000_000_000)),
    live("autovacuum_freeze_min_age", Kind::Integer(0, 1_000_000_000)),
    live("autovacuum_freeze_table_age", Kind::Integer(0, 2_000_000_000)),
    live("autovacuum_multixact_freeze_max_age", Kind::Integer(10_000, 2_000_000_000)),
    live("autovacuum_multixact_freeze_min_age", Kind::Integer(0, 1_000_000_000)),
    live("autovacuum_multixact_freeze_table_age", Kind::Integer(0, 2_000_000_000)),
    live("autovacuum_vacuum_cost_delay", Kind::Real(0.0, 100.0)),
    live("autovacuum_vacuum_cost_limit", Kind::Integer(1, 10_000)),
    live("autovacuum_vacuum_insert_scale_factor", Kind::Real(0.0, 100.0)),
    live("autovacuum_vacuum_insert_threshold", Kind::Integer(-1, MOST)),
    live("autovacuum_vacuum_max_threshold", Kind::Integer(-1, MOST)),
    live("autovacuum_vacuum_scale_factor", Kind::Real(0.0, 100.0)),
    live("autovacuum_vacuum_threshold", Kind::Integer(0, MOST)),
    live("log_autovacuum_min_duration", Kind::Integer(-1, MOST)),
    live("parallel_workers", Kind::Integer(0, 1024)),
    live("toast_tuple_target", Kind::Integer(128, 8160)),
    live("vacuum_index_cleanup", Kind::Word(&["auto", "off", "on"])),
    live("vacuum_max_eager_freeze_failure_rate", Kind::Real(0.0, 1.0)),
    live("vacuum_truncate", Kind::Boolean),
];

impl Of {
    fn parameters(self) -> &'static [Parameter] {
        match self {
            Self::Table => TABLE,
            Self::Index(Method::Btree) => BTREE,
            Self::Index(Method::Gin) => GIN,
            Self::Index(Method::Gist) => GIST,
            Self::Index(Method::Spgist | Method::Hash) => HASH,
            Self::Index(Method::Brin) => BRIN,
            Self::Index(Method::Hnsw) => HNSW,
            Self::Index(Method::Ivfflat) => IVFFLAT,
        }
    }

    /// Whether there is a parameter of that name.
    #[must_use]
    pub fn has(self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(self, name: &str) -> Option<&'static Parameter> {
        self.parameters().iter().find(|parameter| parameter.name == name)
    }

    fn words(self) -> String {
        match self {
            Self::Table => "a table".to_owned(),
            Self::Index(method) => format!("a {} index", method.word()),
        }
    }
}

impl Kind {
    /// The one spelling of a value; `None` where it is not one.
    fn canonical(self, text: &str) -> Option<String> {
        let lower = text.trim().to_ascii_lowercase();
        match self {
            Self::Boolean => match lower.as_str() {
                "true" | "on" | "yes" | "1" => Some("true".to_owned()),
                "false" | "off" | "no" | "0" => Some("false".to_owned()),
                _ => None,
            },
            Self::Integer(least, most) => {
                let number: i64 = lower.parse().ok()?;
                (least..=most).contains(&number).then(|| number.to_string())
            }
            Self::Real(least, most) => {
                let number: f64 = lower.parse().ok()?;
                (least..=most).contains(&number).then(|| number.to_string())
            }
            Self::Word(words) => {
                let word = match lower.as_str() {
                    "true" => "on",
                    "false" => "off",
                    other => other,
                };
                words.contains(&word).then(|| word.to_owned())
            }
        }
    }

    fn words(self) -> String {
        match self {
            Self::Boolean => "true or false".to_owned(),
            Self::Integer(least, most) if most == MOST => format!("a whole number from {least}"),
            Self::Integer(least, most) => format!("a whole number from {least} to {most}"),
            Self::Real(least, most) => format!("a number from {least} to {most}"),
            Self::Word(words) => format!("one of {}", list(words.iter().copied())),
        }
    }

    fn example(self) -> String {
        match self {
            Self::Boolean => "false".to_owned(),
            // As full as a page of a table that is updated often.
            Self::Integer(10, 100) => "80".to_owned(),
            Self::Integer(least, most) if most == MOST => (least.max(0) + 1000).to_string(),
            Self::Integer(least, most) => i64::midpoint(least, most).to_string(),
            Self::Real(..) => "\"0.05\"".to_owned(),
            Self::Word(words) => words[0].to_owned(),
        }
    }
}

/// The value of a parameter in its one spelling; `None` where there is no such parameter or value.
#[must_use]
pub fn canonical(of: Of, name: &str, value: &str) -> Option<String> {
    of.find(name)?.kind.canonical(value)
}

/// Whether the parameters change without anything being built again.
#[must_use]
pub fn in_place(of: Of, old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> bool {
    let changed = old.iter().filter(|(name, value)| new.get(*name) != Some(value));
    let changed = changed.chain(new.iter().filter(|(name, value)| old.get(*name) != Some(value)));
    changed.into_iter().all(|(name, _)| of.find(name).is_some_and(|parameter| parameter.in_place))
}

fn pair(input: ParseStream<'_>) -> syn::Result<(Ident, Spanned<String>)> {
    let name = input.call(Ident::parse_any)?;
    input.parse::<Token![=]>()?;
    let minus = input.parse::<Option<Token![-]>>()?.map_or("", |_| "-");
    let (text, span) = if input.peek(LitStr) {
        let text: LitStr = input.parse()?;
        (text.value(), text.span())
    } else if input.peek(LitInt) {
        let number: LitInt = input.parse()?;
        (number.base10_digits().to_owned(), number.span())
    } else if input.peek(LitFloat) {
        let number: LitFloat = input.parse()?;
        (number.base10_digits().to_owned(), number.span())
    } else if input.peek(LitBool) {
        let value: LitBool = input.parse()?;
        (value.value.to_string(), value.span())
    } else {
        let word = input.call(Ident::parse_any)?;
        (word.to_string(), word.span())
    };
    Ok((name, Spanned::new(format!("{minus}{text}"), span)))
}

/// Reads the parameters of a key.
pub fn read(arg: Option<&Arg>, of: Of, reader: &mut Reader<'_>) -> BTreeMap<String, String> {
    let Some(Value::List(items)) = arg.map(|arg| &arg.value) else { return BTreeMap::new() };
    let mut found: BTreeMap<String, (String, Span)> = BTreeMap::new();
    for tokens in &items.value {
        let Some((name, value, span)) = read_one(tokens, of, reader) else { continue };
        if let Some((_, earlier)) = found.get(&name) {
            let earlier = *earlier;
            reader.errors.push(duplicate(&format!("the storage parameter `{name}`"), reader.path, span, earlier));
            continue;
        }
        found.insert(name, (value, span));
    }
    found.into_iter().map(|(name, (value, _))| (name, value)).collect()
}

fn read_one(tokens: &TokenStream, of: Of, reader: &mut Reader<'_>) -> Option<(String, String, Span)> {
    let example = |parameter: &Parameter| format!("{} = {}", parameter.name, parameter.kind.example());
    let Ok((name, value)) = pair.parse2(tokens.clone()) else {
        let help = of.parameters().first().map(example).unwrap_or_default();
        reader.wrong(tokens.span(), "a storage parameter is a name and its value", help);
        return None;
    };
    let text = ident_text(&name);
    let Some(parameter) = of.find(&text) else {
        let names = || of.parameters().iter().map(|parameter| parameter.name);
        let help = match nearest(&text, names()).and_then(|near| of.find(near)) {
            Some(near) => format!("did you mean `{}`?", near.name),
            None => format!("its storage parameters are {}", list(names())),
        };
        reader.wrong(name.span(), format!("{} has no storage parameter `{text}`", of.words()), help);
        return None;
    };
    let Some(canonical) = parameter.kind.canonical(&value.value) else {
        let message = format!("`{text}` is {}, not `{}`", parameter.kind.words(), value.value);
        reader.wrong(value.span, message, example(parameter));
        return None;
    };
    Some((text, canonical, name.span()))
}

/// Prints parameters, each as `name = value`.
#[must_use]
pub fn print(parameters: &BTreeMap<String, String>) -> Vec<String> {
    let value = |value: &String| if value.contains('.') { string(value) } else { value.clone() };
    parameters.iter().map(|(name, it)| format!("{name} = {}", value(it))).collect()
}
