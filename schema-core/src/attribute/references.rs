//! `#[references(…)]` and `#[foreign_key(…)]`: a foreign key of one column, and of several.

use proc_macro2::TokenStream;
use syn::parse::Parser as _;

use super::args::{Args, Value, ident_text, place_of};
use super::keys::{CYCLE, DEFERRABLE, NAME_OF_CONSTRAINT, ON_DELETE, ON_UPDATE, TARGET_TABLE};
use super::print::derived;
use super::{Attribute, Form, Leading, Position, Printed, Reader, ident, key};
use crate::schema::{ForeignKey, ReferentialAction, table_name};

/// The grammar.
pub const GRAMMAR: Attribute = Attribute {
    name: "references",
    on: Position::Column,
    repeatable: false,
    leading: Some(Leading { what: "the model", form: "Model", many: false, call: false }),
    doc: "A foreign key to another model's primary key. Its name is `{table}_{column}_fkey`.",
    example: "#[references(User, on_delete = restrict)]",
    keys: &[
        ON_DELETE,
        ON_UPDATE,
        key("column", Form::Word(&[]), "column = email", "The referenced column, where it is not `id`."),
        TARGET_TABLE,
        NAME_OF_CONSTRAINT,
        DEFERRABLE,
        CYCLE,
    ],
};

/// The grammar of `#[foreign_key(…)]`.
pub const FOREIGN_KEY: Attribute = Attribute {
    name: "foreign_key",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading { what: "columns", form: "column, column", many: true, call: false }),
    doc: "A foreign key of several columns. One of a single column is `#[references(…)]` on the field. `on_delete = set_null` \
          sets those of them that can be NULL (`ON DELETE SET NULL (user_id)`): a tenant stays.",
    example: "#[foreign_key(tenant_id, order_id, references = Order(tenant_id, id), on_delete = cascade)]",
    keys: &[
        key(
            "references",
            Form::Target,
            "references = Order(tenant_id, id)",
            "The referenced model, and its columns in the same order.",
        ),
        ON_DELETE,
        ON_UPDATE,
        TARGET_TABLE,
        NAME_OF_CONSTRAINT,
        DEFERRABLE,
        CYCLE,
    ],
};

/// The column that is referenced unless another is named.
const ID: &str = "id";

/// Reads the one of a column. Its name is empty where it is derived.
pub fn read(args: &Args, column: &str, reader: &mut Reader<'_>) -> Option<ForeignKey> {
    let model = model_name(args.leading.first()?);
    let Some(model) = model else {
        reader.wrong(args.span, "`#[references(…)]` names a model first", GRAMMAR.example);
        return None;
    };
    let target = args.text("column").map_or_else(|| ID.to_owned(), |text| text.value);
    Some(foreign_key(args, vec![column.to_owned()], &model, vec![target]))
}

/// Reads one of several columns.
pub fn read_columns(args: &Args, reader: &mut Reader<'_>) -> Option<ForeignKey> {
    let columns = reader.columns(&args.leading, "user_id, ordered_at", place_of);
    let Some(Value::Target { name: model, columns: targets, .. }) = args.get("references").map(|arg| &arg.value) else {
        reader.wrong(args.span, "`#[foreign_key(…)]` says what it references", "references = Order(tenant_id, id)");
        return None;
    };
    if columns.len() != targets.len() {
        let message = format!("{} columns reference {}", columns.len(), targets.len());
        reader.wrong(model.span, message, "name as many columns of the referenced model, in the same order");
        return None;
    }
    let targets = targets.iter().map(|target| target.value.clone()).collect();
    Some(foreign_key(args, columns, &model.value, targets))
}

fn model_name(tokens: &TokenStream) -> Option<String> {
    let path = syn::Path::parse_mod_style.parse2(tokens.clone()).ok()?;
    path.segments.last().map(|segment| ident_text(&segment.ident))
}

fn foreign_key(args: &Args, columns: Vec<String>, model: &str, target_columns: Vec<String>) -> ForeignKey {
    let action = |key: &str| {
        let word = args.text(key)?.value;
        ReferentialAction::ALL.into_iter().find(|action| action.word() == word)
    };
    ForeignKey {
        name: args.text("name").map(|name| name.value).unwrap_or_default(),
        columns,
        table: args.text("table").map_or_else(|| table_name(model), |text| text.value),
        model: Some(model.to_owned()),
        target_columns,
        on_delete: action("on_delete"),
        set_null: Vec::new(),
        on_update: action("on_update"),
        deferrable: args.flag("deferrable"),
        cycle: args.flag("cycle"),
    }
}

/// The name that it has unless it states one.
#[must_use]
pub fn derived_name(table: &str, foreign_key: &ForeignKey) -> String {
    derived(&[table], &foreign_key.columns, &["fkey"])
}

/// Whether an attribute on its field can say it.
#[must_use]
pub fn is_of_column(foreign_key: &ForeignKey) -> bool {
    let [target] = &foreign_key.target_columns[..] else { return false };
    foreign_key.columns.len() == 1 && ident(target).is_some()
}

/// Prints it as the attribute of its field, or of the struct where there are several columns. `None` where a column is
/// no identifier.
#[must_use]
pub fn print(foreign_key: &ForeignKey, table: &str, model: &str) -> Option<Printed> {
    if is_of_column(foreign_key) {
        Some(print_of_column(foreign_key, table, model, false))
    } else {
        print_columns(foreign_key, table, model)
    }
}

/// Prints it as the attribute of its field, which names the referenced column where `always` or where it is not `id`.
pub(super) fn print_of_column(foreign_key: &ForeignKey, table: &str, model: &str, always: bool) -> Printed {
    let target = foreign_key.target_columns.first().filter(|target| always || *target != ID);
    let target = target.and_then(|target| ident(target));
    let printed = Printed::new(&GRAMMAR).leading(model).word("column", target.as_deref());
    rest(printed, foreign_key, table, model)
}

/// Prints it as an attribute of the struct.
#[must_use]
pub fn print_columns(foreign_key: &ForeignKey, table: &str, model: &str) -> Option<Printed> {
    let idents = |columns: &[String]| columns.iter().map(|column| ident(column)).collect::<Option<Vec<_>>>();
    let targets = idents(&foreign_key.target_columns)?.join(", ");
    let printed = Printed::new(&FOREIGN_KEY)
        .columns(&foreign_key.columns)?
        .word("references", Some(&format!("{model}({targets})")));
    Some(rest(printed, foreign_key, table, model))
}

fn rest(printed: Printed, foreign_key: &ForeignKey, table: &str, model: &str) -> Printed {
    let other = foreign_key.table != table_name(model);
    printed
        .word("on_delete", foreign_key.on_delete.map(ReferentialAction::word))
        .word("on_update", foreign_key.on_update.map(ReferentialAction::word))
        .text("table", other.then_some(&foreign_key.table))
        .name(&foreign_key.name, &derived_name(table, foreign_key))
        .flag("deferrable", foreign_key.deferrable)
        .flag("cycle", foreign_key.cycle)
}

/// The attribute for a message, without a name of its own.
#[must_use]
pub fn line(foreign_key: &ForeignKey, table: &str) -> String {
    let model = foreign_key.model.as_deref().unwrap_or(&foreign_key.table);
    let shown = ForeignKey { name: derived_name(table, foreign_key), ..foreign_key.clone() };
    // Where no model is known, the table's name is used.
    let shown = if shown.model.is_some() { shown } else { ForeignKey { table: table_name(model), ..shown } };
    print(&shown, table, model).unwrap_or_else(|| Printed::new(&GRAMMAR).leading(model)).to_string()
}

/// [`line()`] with the action that loses nothing.
#[must_use]
pub fn restricted(foreign_key: &ForeignKey, table: &str) -> String {
    line(&ForeignKey { on_delete: Some(ReferentialAction::Restrict), ..foreign_key.clone() }, table)
}

/// One to a model, for a message.
#[must_use]
pub fn to(model: &str, on_delete: ReferentialAction) -> String {
    Printed::new(&GRAMMAR).leading(model).word("on_delete", Some(on_delete.word())).to_string()
}
