//! `#[table(…)]`: what the table is.

use super::args::{Args, Value};
use super::{Attribute, Form, Position, Printed, Reader, allow, ident, key, partition, references, storage};
use crate::attribute::storage::Of;
use crate::schema::{Expectation, SoftDelete, Table, TableKind, Waiver, table_name};

/// The grammar.
pub const GRAMMAR: Attribute = Attribute {
    name: "table",
    on: Position::Table,
    repeatable: true,
    leading: None,
    doc: "What the table is.",
    example: "#[table(soft_delete)]",
    keys: &[
        key("name", Form::Text, "name = \"people\"", "The table's name, where the struct's plural does not fit."),
        key(
            "soft_delete",
            Form::Flag,
            "soft_delete",
            "`delete` marks the row, every generated read leaves marked rows out, and unique keys and declared indexes cover live rows only.",
        ),
        key(
            "junction",
            Form::Flag,
            "junction",
            "A many-to-many table: its primary key is its foreign keys, and `updated_at` is not required.",
        ),
        key(
            "append_only",
            Form::Flag,
            "append_only",
            "Rows are never changed: `updated_at` is not required, and neither `update` nor `delete` is generated.",
        ),
        key(
            "primary_key",
            Form::List,
            "primary_key(order_id, product_id)",
            "The columns of a composite primary key, in order. A single key column is `id`, or says `#[column(primary_key)]`.",
        ),
        key(
            "debug",
            Form::Flag,
            "debug",
            "A `Debug` that leaves personal data (`#[column(pii)]`) out, in place of `#[derive(Debug)]`: of the struct, of its new row and of its patch.",
        ),
        key(
            "clone",
            Form::Flag,
            "clone",
            "`Clone` for the new row and the patch: `NewOrder`, `OrderOptional`, `OrderPatch`.",
        ),
        key(
            "from_row",
            Form::Flag,
            "from_row",
            "sqlx's `FromRow`, by the names of the columns: `sqlx::query_as::<_, Order>(\"SELECT … FROM orders …\")` gives models. \
             The columns may be in any order, and there may be more of them; one that is missing is sqlx's `ColumnNotFound`.",
        ),
        key("renamed_from", Form::Text, "renamed_from = \"purchases\"", "The name that the table had before."),
        key(
            "partition_by",
            Form::Text,
            "partition_by = \"RANGE (created_at)\"",
            "How the rows are divided among partitions: by RANGE, LIST or HASH of columns, which the primary key and each unique key hold.",
        ),
        key(
            "storage",
            Form::List,
            "storage(fillfactor = 80, autovacuum_vacuum_scale_factor = \"0.02\")",
            "Storage parameters (`WITH`), as PostgreSQL 15 to 18 have them; some are known to 18 only.",
        ),
        key(
            "unlogged",
            Form::Flag,
            "unlogged",
            "Changes are not logged (`UNLOGGED`): faster to write, and empty after a crash of the server.",
        ),
        key("rows", Form::Number, "rows = 500_000", "How many rows the table is expected to hold."),
        key("growth", Form::Text, "growth = \"40k/month\"", "How fast it is expected to grow."),
        allow::KEY,
    ],
};

/// What the attribute says of a table, but for its name, its keys and its waivers.
pub fn read(args: &Args, soft_delete: SoftDelete, table: &mut Table, reader: &mut Reader<'_>) {
    table.kind = match (args.get("junction"), args.get("append_only")) {
        (Some(_), Some(append_only)) => {
            let message = "a table is a junction or append-only, not both";
            reader.wrong(append_only.span, message, "keep one of the two");
            TableKind::Junction
        }
        (Some(_), None) => TableKind::Junction,
        (None, Some(_)) => TableKind::AppendOnly,
        (None, None) => TableKind::Standard,
    };
    table.soft_delete = args.flag("soft_delete").then_some(soft_delete);
    table.renamed_from = args.text("renamed_from").map(|text| text.value);
    table.storage = storage::read(args.get("storage"), Of::Table, reader);
    table.unlogged = args.flag("unlogged");
    if args.flag("partition_by")
        && let Some(arg) = args.get("storage").or(args.get("unlogged"))
    {
        let message = format!("a partitioned table has no rows of its own, so it takes no `{}`", arg.key);
        reader.wrong(arg.span, message, format!("drop `{}`", arg.key));
    }
    let expectation = Expectation { rows: args.number("rows"), growth: args.text("growth").map(|text| text.value) };
    table.expectation = (expectation != Expectation::default()).then_some(expectation);
}

/// The columns of a key that the table states; `None` where it states none.
pub fn read_key(args: &Args, reader: &mut Reader<'_>) -> Option<Vec<String>> {
    let Value::List(items) = &args.get("primary_key")?.value else { return None };
    Some(reader.columns(&items.value, "primary_key(order_id, product_id)", |_, _| items.span))
}

/// Prints the attribute of the model of that name; without arguments where it needs none. A key whose columns are no
/// identifiers is left out.
#[must_use]
pub fn print(table: &Table, model: &str) -> Printed {
    let expectation = table.expectation.as_ref();
    let rows = expectation.and_then(|it| it.rows).map(|rows| rows.to_string());
    let key: Vec<String> = table.primary_key.columns.iter().filter_map(|column| ident(column)).collect();
    let states_key = states_key(table) && key.len() == table.primary_key.columns.len();
    let by = table.partitioning.as_ref().map(|by| partition::print_key(by.strategy, &by.key));
    let printed = Printed::new(&GRAMMAR)
        .name(&table.name, &table_name(model))
        .flag("junction", table.kind == TableKind::Junction)
        .flag("append_only", table.kind == TableKind::AppendOnly)
        .flag("soft_delete", table.soft_delete.is_some())
        .list("primary_key", if states_key { &key } else { &[] })
        .text("renamed_from", table.renamed_from.as_deref())
        .text("partition_by", by.as_deref())
        .list("storage", &storage::print(&table.storage))
        .flag("unlogged", table.unlogged)
        .word("rows", rows.as_deref())
        .text("growth", expectation.and_then(|it| it.growth.as_deref()));
    allow::print(printed, table.waivers.iter().filter(|waiver| waiver.column.is_none()))
}

/// Whether the table states its key: a junction table has one by itself, and a key of one column is that column's.
fn states_key(table: &Table) -> bool {
    let columns = &table.primary_key.columns;
    if table.kind != TableKind::Junction {
        return columns.len() > 1;
    }
    let own = |name: &&String| {
        table.foreign_keys.iter().any(|key| references::is_of_column(key) && key.columns == [(*name).clone()])
    };
    !table.columns.iter().map(|column| &column.name).filter(own).eq(columns)
}

/// The attribute with a flag, for a message.
#[must_use]
pub fn flag(key: &str) -> String {
    Printed::new(&GRAMMAR).flag(key, true).to_string()
}

/// The attribute with a text, for a message.
#[must_use]
pub fn text(key: &str, text: &str) -> String {
    Printed::new(&GRAMMAR).text(key, Some(text)).to_string()
}

/// The attribute with a key, for a message.
#[must_use]
pub fn key_line<S: AsRef<str>>(junction: bool, columns: &[S]) -> String {
    Printed::new(&GRAMMAR).flag("junction", junction).list("primary_key", columns).to_string()
}

/// The attribute with a waiver, for a message.
#[must_use]
pub fn allow(rule: &str, reason: &str) -> String {
    let waiver = Waiver { rule: rule.to_owned(), column: None, reason: reason.to_owned() };
    allow::print(Printed::new(&GRAMMAR), [&waiver].into_iter()).to_string()
}
