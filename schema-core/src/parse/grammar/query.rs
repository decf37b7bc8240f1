//! The attribute that declares a query.

use super::{Attribute, Form, Leading, Position, key};

pub(super) const QUERY: Attribute = Attribute {
    name: "query",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading {
        what: "the query and its conditions",
        form: "name(column, column = Variant, column = \"SQL\", column in names, column >= name, …)",
        many: false,
        call: true,
    }),
    doc: "A query: a helper of that name, and a constant with its SQL. It compiles only where an index serves it. \
          A condition is a column that the caller gives; a column with a constant, a variant of its enumeration or \
          SQL; a column whose value is in a list that the caller gives; or a bound (`>`, `>=`, `<`, `<=`) that the \
          caller gives. Softly deleted rows are left out, and the profile's tenant is the first parameter.",
    example: "#[query(recent_for_user(user_id), order(ordered_at desc), page)]",
    keys: &[
        key(
            "where",
            Form::Text,
            "where = \"shipped_at IS NULL\"",
            "A further condition over the row, as SQL without parameters.",
        ),
        key(
            "order",
            Form::List,
            "order(ordered_at desc, total_amount)",
            "The order: `column [asc|desc] [nulls_first|nulls_last]`. A page goes on with the primary key, so that no two rows tie.",
        ),
        key("one", Form::Flag, "one", "The row; an error where there is none."),
        key("optional", Form::Flag, "optional", "The row, or `None`."),
        key("all", Form::List, "all(100)", "At most so many rows; `all(limit)` lets the caller say how many."),
        key("page", Form::Flag, "page", "A page and the cursors of its neighbours: keyset, no OFFSET."),
        key("count", Form::Flag, "count", "How many rows there are."),
        key("exists", Form::Flag, "exists", "Whether there is a row."),
        key(
            "update",
            Form::List,
            "update(status = Shipped, shipped_at)",
            "Sets columns, to what the caller gives or to a constant, and says how many rows changed.",
        ),
        key("delete", Form::Flag, "delete", "Deletes the rows, softly where the table is, and says how many."),
        key(
            "claim",
            Form::List,
            "claim(10)",
            "At most so many rows, locked until the transaction ends; rows that another transaction holds are passed over (`FOR UPDATE SKIP LOCKED`).",
        ),
        key(
            "columns",
            Form::List,
            "columns(id, order_number)",
            "Reads these columns only, into a struct of its own: `OrderRecentForUser`.",
        ),
        key(
            "batch",
            Form::List,
            "batch(1000)",
            "An update or delete of any number of rows, at most so many in one statement; `batch(limit)` lets the caller \
             say how many. The helper gives a `Batches`: each statement is a transaction of its own, and says how many \
             rows it changed. Where changed rows still meet the conditions, batches follow the order and the primary \
             key, as pages do.",
        ),
        key("include_deleted", Form::Flag, "include_deleted", "Reads softly deleted rows too."),
        key("frequency", Form::Text, "frequency = \"20/s\"", "How often it is expected to run."),
        key("latency", Form::Text, "latency = \"5 ms\"", "The latency that it aims at."),
        key(
            "unindexed",
            Form::List,
            "unindexed(reason = \"twenty rows\")",
            "Runs without an index, in the open: for small tables.",
        ),
    ],
};
