use proc_macro2::TokenStream;

use super::Lowering;
use crate::config::KeyStyle;
use crate::diagnostic::Diagnostic;
use crate::parse::args::{ATTRIBUTE, Arg, Value, column_name, duplicate, ident_text};
use crate::parse::raw::{RawField, RawTable};
use crate::parse::types::{compatible, field_type};
use crate::place::{Key, Place};
use crate::schema::{Column, Generated, PrimaryKey, SoftDelete, SqlType, TableKind, derived_name};

/// The arguments of `#[column(…)]` that something can be said of.
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
                // Two fields must not become one in what is emitted beside the error.
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

        let declared = text("type");
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
        if let Some(declared) = declared {
            match declared.parse() {
                Ok(parsed) => {
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
                Err(problem) => self.errors.push(Diagnostic::spanned(
                    crate::ids::COLUMN_TYPE,
                    &path,
                    self.map.span(&place.key(Key::Type)),
                    problem,
                )),
            }
        }
        if let Some(arg) = args.and_then(|args| args.get("numeric")) {
            self.numeric(&path, arg, &mut sql_type);
        }

        let mut column = Column {
            nullable,
            default: args.and_then(|args| args.get("default")).and_then(|arg| self.sql(&path, arg)),
            generated: self.generated(
                &path,
                args.and_then(|args| args.get("generated")),
                args.and_then(|args| args.get("identity")),
            ),
            collation: text("collation"),
            comment: field.comment.clone(),
            pii: args.is_some_and(|args| args.flag("pii")),
            small: args.is_some_and(|args| args.flag("small")),
            typed_json,
            renamed_from: text("renamed_from"),
            backfill: args.and_then(|args| args.get("backfill")).and_then(|arg| self.sql(&path, arg)),
            external: text("external"),
            reason: text("reason"),
            ..Column::new(&name, sql_type)
        };
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

    fn numeric(&mut self, path: &str, arg: &Arg, sql_type: &mut SqlType) {
        let Value::List(list) = &arg.value else { return };
        let numbers: Option<Vec<u32>> = list.value.iter().map(number).collect();
        let parsed = match numbers.as_deref() {
            Some([precision]) => Some((*precision, 0)),
            Some([precision, scale]) => Some((*precision, *scale)),
            _ => None,
        };
        let element = match sql_type {
            SqlType::Array(element) => element.as_mut(),
            other => other,
        };
        match parsed {
            Some((precision, scale)) if (1..=1000).contains(&precision) && scale <= precision => {
                if let SqlType::Numeric(digits) = element {
                    *digits = Some((precision, scale));
                } else {
                    let (message, help) = match element.unresolved() {
                        Some(name) => (
                            format!("`{name}` states its own digits"),
                            format!("#[sql_type(type = \"NUMERIC({precision}, {scale})\")] struct {name}(Decimal);"),
                        ),
                        None => (
                            format!("`numeric` is for `Decimal`, this is {element}"),
                            "make the field a `Decimal`, or drop `numeric(…)`".to_owned(),
                        ),
                    };
                    self.errors.push(Diagnostic::spanned(ATTRIBUTE, path, arg.span, message).help(help));
                }
            }
            _ => self.errors.push(
                Diagnostic::spanned(
                    ATTRIBUTE,
                    path,
                    list.span,
                    "`numeric` takes a precision of 1 to 1000 and a scale within it",
                )
                .help("numeric(12, 2)    twelve digits, two of them after the point"),
            ),
        }
    }

    fn generated(&mut self, path: &str, stored: Option<&Arg>, identity: Option<&Arg>) -> Option<Generated> {
        if let (Some(stored), Some(identity)) = (stored, identity) {
            self.errors.push(
                Diagnostic::spanned(ATTRIBUTE, path, identity.span, "a column is computed or numbered, not both")
                    .help("keep `generated` or `identity`")
                    .second(stored.span, "`generated` stands here"),
            );
        }
        if let Some(arg) = stored {
            return self.sql(path, arg).map(Generated::Stored);
        }
        match &identity?.value {
            Value::Word(word) if word.value == "by_default" => Some(Generated::IdentityByDefault),
            _ => Some(Generated::IdentityAlways),
        }
    }

    pub(super) fn primary_key(&mut self, raw: &RawTable) {
        let mut columns: Vec<String> = Vec::new();
        let flagged = raw.fields.iter().zip(&self.table.columns).filter_map(|(field, column)| {
            let arg = field.attributes.get("column")?.get("primary_key")?;
            Some((column.name.clone(), arg.span))
        });
        let flagged: Vec<_> = flagged.collect();
        let list = raw.attributes.get("table").and_then(|args| args.get("primary_key"));
        match (list, flagged.as_slice()) {
            (Some(arg), []) => {
                let Value::List(items) = &arg.value else { return };
                self.name_places(&self.here().key(Key::PrimaryKey), &items.value);
                for item in &items.value {
                    match column_name(item.clone()) {
                        Ok(name) => columns.push(name.value),
                        Err(_) => self.not_columns("primary_key(order_id, product_id)", items.span),
                    }
                }
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
                let all = flagged.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
                let name = self.table.name.clone();
                self.errors.push(
                    Diagnostic::spanned(
                        crate::ids::PRIMARY_KEY,
                        name,
                        *second,
                        "`#[column(primary_key)]` is for a key of one column",
                    )
                    .help(format!("#[table(primary_key({all}))]")),
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

    /// A key that stands alone and references nothing is made by the server.
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

    pub(super) fn not_columns(&mut self, example: &str, span: proc_macro2::Span) {
        let name = self.table.name.clone();
        self.errors.push(
            Diagnostic::spanned(ATTRIBUTE, name, span, "columns are named here, one after the other").help(example),
        );
    }
}

pub(super) fn number(tokens: &TokenStream) -> Option<u32> {
    syn::parse2::<syn::LitInt>(tokens.clone()).ok()?.base10_parse().ok()
}
