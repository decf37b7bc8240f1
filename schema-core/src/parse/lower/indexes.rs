use crate::place::{Part, Place};
use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::LitStr;
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};

use super::Lowering;
use crate::config::ForeignKeyIndex;
use crate::diagnostic::Diagnostic;
use crate::expression::Fragment;
use crate::parse::args::{ATTRIBUTE, Value, column_name, ident_text, place_of};
use crate::parse::raw::RawTable;
use crate::schema::{Index, KeyColumn, KeyTarget, Method, Nulls, SortDirection, derived_name};

/// The method of a word that the grammar accepted.
pub(super) fn method(word: &str) -> Method {
    Method::ALL.into_iter().find(|method| method.name() == word).unwrap_or_default()
}

/// A key column as it was typed.
struct RawKey {
    target: Result<String, LitStr>,
    direction: SortDirection,
    nulls: Option<Nulls>,
    operator_class: Option<String>,
}

fn raw_key(input: ParseStream<'_>) -> syn::Result<RawKey> {
    let target = if input.peek(LitStr) { Err(input.parse()?) } else { Ok(ident_text(&input.call(Ident::parse_any)?)) };
    let mut key = RawKey { target, direction: SortDirection::Ascending, nulls: None, operator_class: None };
    while !input.is_empty() {
        let word = input.call(Ident::parse_any)?;
        match word.to_string().as_str() {
            "asc" => key.direction = SortDirection::Ascending,
            "desc" => key.direction = SortDirection::Descending,
            "nulls_first" => key.nulls = Some(Nulls::First),
            "nulls_last" => key.nulls = Some(Nulls::Last),
            "ops" => {
                let content;
                syn::parenthesized!(content in input);
                let class: LitStr = content.parse()?;
                key.operator_class = Some(class.value());
            }
            _ => return Err(syn::Error::new(word.span(), "")),
        }
    }
    Ok(key)
}

impl Lowering<'_> {
    pub(super) fn indexes(&mut self, raw: &RawTable) {
        for (position, args) in raw.attributes.all("index").enumerate() {
            let place = self.here().part(Part::Index(position));
            self.map.insert(place.clone(), args.span);
            self.name_places(&place, &args.leading);
            let path = self.table.name.clone();
            let mut key = Vec::new();
            let mut words = Vec::new();
            for tokens in &args.leading {
                match raw_key.parse2(tokens.clone()) {
                    Ok(raw) => key.extend(self.key_column(raw, &mut words)),
                    Err(error) => self.errors.push(
                        Diagnostic::spanned(
                            ATTRIBUTE,
                            &path,
                            place_of(&error, tokens),
                            "a key column is a column, or SQL text, and how it sorts",
                        )
                        .help("user_id, ordered_at desc, \"lower(email)\", body ops(\"gin_trgm_ops\")"),
                    ),
                }
            }
            let mut include = Vec::new();
            if let Some(Value::List(items)) = args.get("include").map(|arg| &arg.value) {
                self.name_places(&place, &items.value);
                for item in &items.value {
                    match column_name(item.clone()) {
                        Ok(name) => include.push(name.value),
                        Err(error) => self.not_columns("include(total_amount)", error.span()),
                    }
                }
            }
            let unique = args.flag("unique");
            let name = args.text("name").map_or_else(
                || {
                    let mut parts = if unique { vec![path.as_str()] } else { vec!["idx", path.as_str()] };
                    parts.extend(words.iter().map(String::as_str));
                    if unique {
                        parts.push("unique");
                    }
                    derived_name(&parts)
                },
                |name| name.value,
            );
            let predicate = args.get("where").and_then(|arg| self.sql(&path, arg));
            let predicate = self.covered(predicate, args.flag("include_deleted"));
            self.table.indexes.push(Index {
                name,
                method: args.text("using").map_or(Method::Btree, |word| method(&word.value)),
                key,
                include,
                predicate,
                unique,
                nulls_not_distinct: args.flag("nulls_not_distinct"),
                with: BTreeMap::new(),
                generated: false,
            });
        }
    }

    fn key_column(&mut self, raw: RawKey, words: &mut Vec<String>) -> Option<KeyColumn> {
        let target = match raw.target {
            Ok(column) => {
                words.push(column.clone());
                KeyTarget::Column(column)
            }
            Err(text) => {
                let path = self.table.name.clone();
                let expression = self.sql_text(&path, &text.value(), text.span())?;
                if let Ok(fragment) = Fragment::parse(&expression) {
                    words.extend(fragment.words());
                }
                KeyTarget::Expression(expression)
            }
        };
        Some(KeyColumn {
            target,
            direction: raw.direction,
            nulls: raw.nulls,
            operator_class: raw.operator_class,
            collation: None,
        })
    }

    /// Indexes every foreign key that nothing indexes yet.
    ///
    /// An index serves a foreign key when it leads with its columns and covers every row that references something:
    /// the server looks for deleted rows too, so an index of live rows does not count.
    pub(super) fn foreign_key_indexes(&mut self) {
        if self.profile.foreign_key_index == ForeignKeyIndex::Declared {
            return;
        }
        let mut missing: Vec<Index> = Vec::new();
        let mut missing_of = Vec::new();
        for (number, foreign_key) in self.table.foreign_keys.iter().enumerate() {
            let columns = &foreign_key.columns;
            let waived = self.table.waivers.iter().any(|waiver| {
                waiver.rule == "foreign_key_index"
                    && waiver.column.as_ref().is_none_or(|column| columns == &[column.as_str()])
            });
            let served = waived
                || self.table.serves_foreign_key(foreign_key)
                || missing.iter().any(|index| index.serves_foreign_key(foreign_key));
            if !served {
                let mut parts = vec!["idx", self.table.name.as_str()];
                parts.extend(columns.iter().map(String::as_str));
                let mut name = derived_name(&parts);
                // A declared index over live rows may bear the derived name already.
                if self.table.indexes.iter().any(|index| index.name == name) {
                    parts.push("fkey");
                    name = derived_name(&parts);
                }
                missing_of.push(number);
                missing.push(Index {
                    name,
                    method: Method::Btree,
                    key: columns.iter().map(|column| KeyColumn::column(column)).collect(),
                    include: Vec::new(),
                    predicate: None,
                    unique: false,
                    nulls_not_distinct: false,
                    with: BTreeMap::new(),
                    generated: true,
                });
            }
        }
        for (position, foreign_key) in missing_of.into_iter().enumerate() {
            let at = self.map.span(&Place::of_foreign_key(&self.table, foreign_key));
            self.map.insert(self.here().part(Part::Index(self.table.indexes.len() + position)), at);
        }
        self.table.indexes.extend(missing);
    }
}
