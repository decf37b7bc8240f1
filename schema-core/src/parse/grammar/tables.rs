//! Attributes of a table, but for its queries and what belongs to it.

use super::{
    ALLOW, Attribute, CYCLE, DEFERRABLE, Form, INCLUDE_DELETED, Leading, NAME_OF_CONSTRAINT, NULLS_NOT_DISTINCT,
    ON_DELETE, ON_UPDATE, Position, TARGET_TABLE, WHERE, key,
};

pub(super) const TABLE: Attribute = Attribute {
    name: "table",
    on: Position::Table,
    repeatable: true,
    leading: None,
    doc: "What the table is.",
    example: "#[table(soft_delete)]",
    keys: &[
        key("name", Form::Text, "name = \"people\"", "The table's name, where the struct's plural does not serve."),
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
            "A many-to-many table: its primary key is its foreign keys, and `updated_at` is not asked for.",
        ),
        key(
            "append_only",
            Form::Flag,
            "append_only",
            "Rows are never changed: `updated_at` is not asked for, and neither `update` nor `delete` is generated.",
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
        key("rows", Form::Number, "rows = 500_000", "How many rows the table is expected to hold."),
        key("growth", Form::Text, "growth = \"40k/month\"", "How fast it is expected to grow."),
        ALLOW,
    ],
};

pub(super) const INDEX: Attribute = Attribute {
    name: "index",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading {
        what: "key columns",
        form: "column [asc|desc] [nulls_first|nulls_last] [ops(\"…\")], or \"expression\" in its place",
        many: true,
        call: false,
    }),
    doc: "An index. Its name is `idx_{table}_{columns}`.",
    example: "#[index(user_id, ordered_at desc, id desc)]",
    keys: &[
        key(
            "using",
            Form::Word(&["btree", "gin", "gist", "spgist", "brin", "hash", "hnsw", "ivfflat"]),
            "using = gin",
            "The access method.",
        ),
        key("unique", Form::Flag, "unique", "Refuses duplicates: for expressions; columns say `#[unique(…)]`."),
        WHERE,
        key("include", Form::List, "include(total_amount)", "Columns that the index only carries (`INCLUDE`)."),
        key(
            "name",
            Form::Text,
            "name = \"idx_orders_open\"",
            "The index's name, where the derived one does not serve.",
        ),
        NULLS_NOT_DISTINCT,
        INCLUDE_DELETED,
    ],
};

pub(super) const UNIQUE: Attribute = Attribute {
    name: "unique",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading { what: "columns", form: "column, column", many: true, call: false }),
    doc: "A unique key over several columns. Its name is `{table}_{columns}_unique`.",
    example: "#[unique(provider, provider_user_id)]",
    keys: &[WHERE, NAME_OF_CONSTRAINT, NULLS_NOT_DISTINCT, INCLUDE_DELETED],
};

pub(super) const CHECK: Attribute = Attribute {
    name: "check",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading { what: "the condition", form: "\"SQL\"", many: false, call: false }),
    doc: "A check constraint over the row. Its name is `{table}_{columns}_check`.",
    example: "#[check(\"ends_at > starts_at\")]",
    keys: &[NAME_OF_CONSTRAINT],
};

pub(super) const EXCLUDE: Attribute = Attribute {
    name: "exclude",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading { what: "elements", form: "column with \"operator\"", many: true, call: false }),
    doc: "An exclusion constraint. Its name is `{table}_{columns}_excl`.",
    example: "#[exclude(room_id with \"=\", booked_during with \"&&\")]",
    keys: &[
        key(
            "using",
            Form::Word(&["gist", "spgist", "btree", "hash"]),
            "using = gist",
            "The access method; GiST when left out.",
        ),
        WHERE,
        NAME_OF_CONSTRAINT,
    ],
};

pub(super) const FOREIGN_KEY: Attribute = Attribute {
    name: "foreign_key",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading { what: "columns", form: "column, column", many: true, call: false }),
    doc: "A foreign key of several columns. One of a single column is `#[references(…)]` on the field.",
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
