//! Columns: their types, the defaults that they have by themselves, and the primary key.

use super::Lowering;
use crate::attribute::args::{Value, duplicate, ident_text};
use crate::attribute::{column, table};
use crate::config::KeyStyle;
use crate::diagnostic::Diagnostic;
use crate::parse::raw::{RawField, RawTable};
use crate::parse::types::{compatible, field_type};
use crate::place::{Key, Place};
use crate::schema::{Column, Generated, PrimaryKey, SoftDelete, SqlType, TableKind, derived_name};

/// The arguments of `#[column(…)]` that can be reported on.
const OF_A_COLUMN: [Key; 14] = [
    Key::Name,
    Key::Type,
    Key::Numeric,
    Key::Default,
    Key::Check,
    Key::Generated,
    Key::Unique,
    Key::Identity,
    Key::Collation,
    Key::Backfill,
    Key::RenamedFrom,
    Key::External,
    Key::Reason,
    Key::Small,
];

impl Lowering<'_> {
    pub(super) fn columns(&mut self, raw: &RawTable) {
        for field in &raw.fields {
            let mut column = self.column(field);
            let place = Place::column(&self.table.name, &column.name);
            if self.table.column(&column.name).is_some() {
                let earlier = self.map.span(&place);
                let path = place.path();
                self.errors.push(duplicate("the column's name", &path, field.ident.span(), earlier));
                // Two fields must not become one in what is emitted next to the error.
                column.name = format!("{}_{}", column.name, self.table.columns.len());
            }
            self.map.insert(place, field.ident.span());
            self.table.columns.push(column);
        }
    }

    fn column(&mut self, field: &RawField) -> Column {
        let args = field.attributes.get("column");
        let text = |key: &str| args.and_then(|args| args.text(key)).map(|text| text.value);
        let name = text("name").unwrap_or_else(|| ident_text(&field.ident));
        let place = Place::column(&self.table.name, &name);
        let path = place.path();
        if let Some(arg) = args.and_then(|args| args.get("type")) {
            self.map.insert(place.key(Key::Type), arg.span);
        }
        self.map.insert(place.key(Key::Type), syn::spanned::Spanned::span(&field.ty));
        if let Some(args) = args {
            for key in OF_A_COLUMN {
                if let Some(arg) = args.get(key.word()) {
                    self.map.insert(place.key(key), arg.span);
                }
            }
        }

        let declared = args.and_then(|args| args.text("type"));
        let (believed, nullable, typed_json) = match field_type(&field.ty) {
            Ok(found) => (found.sql_type, found.nullable, found.typed_json),
            Err(problem) => {
                // `type = "…"` answers for a type that we do not know, never for one that cannot be read from a row.
                self.errors.push(
                    Diagnostic::spanned(
                        crate::ids::COLUMN_TYPE,
                        &path,
                        syn::spanned::Spanned::span(&field.ty),
                        problem.message,
                    )
                    .help(problem.help),
                );
                (SqlType::Text, false, false)
            }
        };
        // A type of the program that says it is JSON is a typed one.
        let typed_json = typed_json || (declared.is_some() && matches!(believed, SqlType::Rust(_)));
        let mut sql_type = believed;
        if let Some(parsed) = declared.and_then(|declared| self.reader(&path).sql_type(&declared)) {
            if !compatible(&sql_type, &parsed) {
                let at = self.map.span(&place.key(Key::Type));
                self.errors.push(
                    Diagnostic::spanned(
                        crate::ids::COLUMN_TYPE,
                        &path,
                        at,
                        format!("a field of this type is {sql_type}, not {parsed}"),
                    )
                    .help("drop `type`, or give the field the Rust type of it"),
                );
            }
            sql_type = parsed;
        }
        if let Some(arg) = args.and_then(|args| args.get("numeric")) {
            column::read_numeric(arg, &mut sql_type, &mut self.reader(&path));
        }

        let read = args.map(|args| column::read(args, &mut self.reader(&path))).unwrap_or_default();
        let comment = field.comment.clone();
        let mut column = Column { name: name.clone(), sql_type, nullable, typed_json, comment, ..read };
        if column.default.is_none() && column.generated.is_none() {
            column.default = self.standard_default(&column);
        }
        self.waivers(Some(&name), &field.attributes, "column");
        column
    }

    /// The defaults that the standard columns have without saying so.
    fn standard_default(&self, column: &Column) -> Option<String> {
        match column.name.as_str() {
            "created_at" | "updated_at" if column.sql_type == SqlType::Timestamptz && !column.nullable => {
                Some("now()".to_owned())
            }
            "is_deleted" if self.table.soft_delete == Some(SoftDelete::IsDeleted) => Some("false".to_owned()),
            _ => None,
        }
    }

    pub(super) fn primary_key(&mut self, raw: &RawTable) {
        let mut columns: Vec<String> = Vec::new();
        let flagged = raw.fields.iter().zip(&self.table.columns).filter_map(|(field, column)| {
            let arg = field.attributes.get("column")?.get("primary_key")?;
            Some((column.name.clone(), arg.span))
        });
        let flagged: Vec<_> = flagged.collect();
        let table = raw.attributes.get("table");
        let list = table.and_then(|args| args.get("primary_key"));
        match (list, flagged.as_slice()) {
            (Some(arg), []) => {
                let Value::List(items) = &arg.value else { return };
                let place = self.here().key(Key::PrimaryKey);
                let path = self.table.name.clone();
                let mut reader = self.reader(&path);
                reader.note_names(&place, &items.value);
                columns = table.and_then(|args| table::read_key(args, &mut reader)).unwrap_or_default();
            }
            (Some(arg), [(_, flag), ..]) => {
                let name = self.table.name.clone();
                self.errors.push(
                    Diagnostic::spanned(crate::ids::PRIMARY_KEY, name, *flag, "the primary key is stated twice")
                        .help("keep `#[table(primary_key(…))]` or `#[column(primary_key)]`")
                        .second(arg.span, "the table states it here"),
                );
            }
            (None, [(name, _)]) => columns.push(name.clone()),
            (None, [_, (_, second), ..]) => {
                let all: Vec<&str> = flagged.iter().map(|(name, _)| name.as_str()).collect();
                let name = self.table.name.clone();
                self.errors.push(
                    Diagnostic::spanned(
                        crate::ids::PRIMARY_KEY,
                        name,
                        *second,
                        "`#[column(primary_key)]` is for a key of one column",
                    )
                    .help(table::key_line(false, &all)),
                );
                columns.extend(flagged.iter().map(|(name, _)| name.clone()));
            }
            (None, []) if self.table.kind == TableKind::Junction => {
                columns.extend(
                    raw.fields
                        .iter()
                        .zip(&self.table.columns)
                        .filter_map(|(field, column)| field.attributes.get("references").map(|_| column.name.clone())),
                );
            }
            (None, []) => columns.extend(self.table.column("id").map(|id| id.name.clone())),
        }
        let field = |column: &String| self.map.span(&Place::column(&self.table.name, column));
        let stated = list.map(|arg| arg.span).or(flagged.first().map(|(_, span)| *span));
        let junction = raw.attributes.get("table").and_then(|args| args.get("junction")).map(|arg| arg.span);
        let at = stated.or(junction).or_else(|| columns.first().map(field)).unwrap_or_else(|| self.map.item());
        self.map.insert(self.here().key(Key::PrimaryKey), at);
        self.table.primary_key = PrimaryKey { name: derived_name(&[&self.table.name, "pkey"]), columns };
        self.key_default(raw);
    }

    /// A key of one column that references nothing is generated by the server.
    fn key_default(&mut self, raw: &RawTable) {
        let [key] = self.table.primary_key.columns.as_slice() else { return };
        let Some(position) = self.table.columns.iter().position(|column| column.name == *key) else { return };
        if raw.fields[position].attributes.get("references").is_some() {
            return;
        }
        let style = self.profile.primary_key;
        let column = &mut self.table.columns[position];
        if column.default.is_some() || column.generated.is_some() {
            return;
        }
        match (&column.sql_type, style) {
            (SqlType::Uuid, _) => column.default = Some("gen_random_uuid()".to_owned()),
            (SqlType::BigInt, KeyStyle::Bigint) => column.generated = Some(Generated::IdentityAlways),
            _ => {}
        }
    }
}
