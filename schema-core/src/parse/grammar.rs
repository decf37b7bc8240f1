//! The one table of attributes: parsing, error messages and `docs/attributes.md` all read it.

mod objects;

/// An attribute, what it stands on, and its keys.
#[derive(Debug)]
pub struct Attribute {
    /// Its name: `table`, `index`.
    pub name: &'static str,
    /// What it stands on.
    pub on: Position,
    /// Whether it may stand several times.
    pub repeatable: bool,
    /// What it takes before its keys, if anything.
    pub leading: Option<Leading>,
    /// Its keys.
    pub keys: &'static [Key],
    /// One line of documentation.
    pub doc: &'static str,
    /// A whole attribute, as a user types it.
    pub example: &'static str,
}

/// What an attribute stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// A struct that derives `Table`.
    Table,
    /// One of its fields.
    Column,
    /// An enum that derives `Enumeration`.
    Enumeration,
    /// One of its variants.
    Variant,
    /// A struct that derives `SqlType`.
    Newtype,
}

/// What an attribute takes before its keys.
#[derive(Debug)]
pub struct Leading {
    /// What it is: `columns`.
    pub what: &'static str,
    /// Its form, as messages show it.
    pub form: &'static str,
    /// Whether there may be more than one.
    pub many: bool,
    /// Whether it is always the first argument, whatever that looks like: `recent(user_id)`.
    pub call: bool,
}

/// A key of an attribute.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What follows it.
    pub form: Form,
    /// The correct form, as messages print it.
    pub example: &'static str,
    /// What it does.
    pub doc: &'static str,
}

/// What follows a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Nothing.
    Flag,
    /// `= "text"`
    Text,
    /// `= word`, one of these; any identifier where the list is empty.
    Word(&'static [&'static str]),
    /// `= 1_000`
    Number,
    /// `(…)`
    List,
    /// `= Path` or `= Path(columns)`
    Target,
}

const ON_ACTION: Form = Form::Word(&["cascade", "restrict", "set_null", "set_default", "no_action"]);

const fn key(name: &'static str, form: Form, example: &'static str, doc: &'static str) -> Key {
    Key { name, form, example, doc }
}

const ALLOW: Key = key(
    "allow",
    Form::List,
    "allow(boolean_prefix, reason = \"the column is part of a public API\")",
    "Waives one rule here, in the open. The reason is not optional, and a waiver that nothing needs is an error.",
);
const NAME_OF_CONSTRAINT: Key = key(
    "name",
    Form::Text,
    "name = \"orders_total_check\"",
    "The constraint's name, where the derived one does not serve.",
);
const WHERE: Key = key(
    "where",
    Form::Text,
    "where = \"shipped_at IS NULL\"",
    "The predicate: only these rows are covered. On a table that is deleted softly, `deleted_at IS NULL` is added.",
);
const INCLUDE_DELETED: Key = key(
    "include_deleted",
    Form::Flag,
    "include_deleted",
    "Covers softly deleted rows too: the `deleted_at IS NULL` is left out.",
);
const NULLS_NOT_DISTINCT: Key =
    key("nulls_not_distinct", Form::Flag, "nulls_not_distinct", "Two NULLs count as equal (`NULLS NOT DISTINCT`).");
const ON_DELETE: Key = key(
    "on_delete",
    ON_ACTION,
    "on_delete = restrict",
    "What happens to this row when the referenced row is deleted. Every foreign key states it.",
);
const ON_UPDATE: Key =
    key("on_update", ON_ACTION, "on_update = cascade", "What happens to this row when the referenced key changes.");
const DEFERRABLE: Key = key(
    "deferrable",
    Form::Flag,
    "deferrable",
    "Checked when the transaction commits (`DEFERRABLE INITIALLY DEFERRED`).",
);
const CYCLE: Key = key(
    "cycle",
    Form::Flag,
    "cycle",
    "The references form a cycle: this one is added by ALTER TABLE after both tables exist.",
);
const TARGET_TABLE: Key = key(
    "table",
    Form::Text,
    "table = \"app_users\"",
    "The referenced table, where its model names it otherwise than the struct's name does.",
);

/// Every attribute, in the order of the documentation.
pub static ATTRIBUTES: &[Attribute] = &[
    Attribute {
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
    },
    Attribute {
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
    },
    Attribute {
        name: "unique",
        on: Position::Table,
        repeatable: true,
        leading: Some(Leading { what: "columns", form: "column, column", many: true, call: false }),
        doc: "A unique key over several columns. Its name is `{table}_{columns}_unique`.",
        example: "#[unique(provider, provider_user_id)]",
        keys: &[WHERE, NAME_OF_CONSTRAINT, NULLS_NOT_DISTINCT, INCLUDE_DELETED],
    },
    Attribute {
        name: "check",
        on: Position::Table,
        repeatable: true,
        leading: Some(Leading { what: "the condition", form: "\"SQL\"", many: false, call: false }),
        doc: "A check constraint over the row. Its name is `{table}_{columns}_check`.",
        example: "#[check(\"ends_at > starts_at\")]",
        keys: &[NAME_OF_CONSTRAINT],
    },
    Attribute {
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
    },
    Attribute {
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
    },
    Attribute {
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
    },
    objects::PARTITION,
    objects::TRIGGER,
    objects::POLICY,
    Attribute {
        name: "column",
        on: Position::Column,
        repeatable: true,
        leading: None,
        doc: "What the column is, beyond what its Rust type says.",
        example: "#[column(numeric(12, 2), check = \"total_amount >= 0\")]",
        keys: &[
            key("name", Form::Text, "name = \"type\"", "The column's name, where the field's does not serve."),
            key("type", Form::Text, "type = \"CITEXT\"", "The SQL type, where the Rust type does not tell."),
            key(
                "numeric",
                Form::List,
                "numeric(12, 2)",
                "Precision and scale of a NUMERIC: digits in all, digits after the point.",
            ),
            key("primary_key", Form::Flag, "primary_key", "This column alone is the primary key."),
            key("unique", Form::Flag, "unique", "No two rows share a value. The name is `{table}_{column}_unique`."),
            key(
                "default",
                Form::Text,
                "default = \"now()\"",
                "The DEFAULT, as SQL. An INSERT may then leave the column out.",
            ),
            key(
                "check",
                Form::Text,
                "check = \"price >= 0\"",
                "A check constraint. Its name is `{table}_{columns}_check`.",
            ),
            key(
                "generated",
                Form::Text,
                "generated = \"price * quantity\"",
                "`GENERATED ALWAYS AS (…) STORED`: the server computes it, no INSERT or UPDATE gives it.",
            ),
            key(
                "identity",
                Form::Word(&["always", "by_default"]),
                "identity = always",
                "`GENERATED … AS IDENTITY`: the server numbers it; with `by_default`, unless an INSERT does (to leave it out \
                 there, the program's role needs USAGE on the sequence).",
            ),
            key("collation", Form::Text, "collation = \"C\"", "The COLLATE clause."),
            key(
                "small",
                Form::Flag,
                "small",
                "Counts little enough for `SMALLINT` or `INTEGER`: says that this was thought of.",
            ),
            key("pii", Form::Flag, "pii", "Holds personal data: listed in the data model document."),
            key(
                "external",
                Form::Text,
                "external = \"the payment provider's customer\"",
                "A `*_id` that references no table of this schema, and whose it is.",
            ),
            key(
                "reason",
                Form::Text,
                "reason = \"kept as received from the provider\"",
                "Why a JSON column has no type.",
            ),
            key("renamed_from", Form::Text, "renamed_from = \"amount\"", "The name that the column had before."),
            key(
                "backfill",
                Form::Text,
                "backfill = \"price * 2\"",
                "What fills the column in rows that exist, as SQL over the row.",
            ),
            ALLOW,
        ],
    },
    Attribute {
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
    },
    Attribute {
        name: "enumeration",
        on: Position::Enumeration,
        repeatable: false,
        leading: None,
        doc: "How the enumeration is stored.",
        example: "#[enumeration(storage = native)]",
        keys: &[
            key(
                "storage",
                Form::Word(&["text", "native"]),
                "storage = native",
                "`text` (default): TEXT and a CHECK on each column; `native`: a type of its own.",
            ),
            key("name", Form::Text, "name = \"order_status\"", "The type's name, where the enum's does not serve."),
        ],
    },
    Attribute {
        name: "enumeration",
        on: Position::Variant,
        repeatable: false,
        leading: None,
        doc: "The text of one value.",
        example: "#[enumeration(value = \"on-hold\")]",
        keys: &[
            key(
                "value",
                Form::Text,
                "value = \"on-hold\"",
                "The stored text, where the variant's snake_case does not serve.",
            ),
            key("renamed_from", Form::Text, "renamed_from = \"held\"", "The text that it had before."),
        ],
    },
    Attribute {
        name: "sql_type",
        on: Position::Newtype,
        repeatable: false,
        leading: None,
        doc: "The SQL type of a newtype.",
        example: "#[sql_type(type = \"CITEXT\")]",
        keys: &[key("type", Form::Text, "type = \"CITEXT\"", "The SQL type, where it is not the inner type's.")],
    },
];

/// The attribute of that name on that position.
#[must_use]
pub fn attribute(name: &str, on: Position) -> Option<&'static Attribute> {
    ATTRIBUTES.iter().find(|attribute| attribute.name == name && attribute.on == on)
}

/// The text of `docs/attributes.md`.
#[must_use]
pub fn markdown() -> String {
    let mut text = String::from(
        "# Attributes\n\nGenerated from `schema-core/src/parse/grammar.rs`; a test holds this file to the code.\n\n\
         Clippy's `duplicated_attributes` takes two indexes that begin with one column, or two queries that give a page, for \
         one attribute written twice ([a known mistake](https://github.com/rust-lang/rust-clippy/issues/13238)). A derive \
         cannot tell it otherwise; `Cargo.toml` can:\n\
         ```toml\n[lints.clippy]\nduplicated_attributes = \"allow\"\n```\n",
    );
    for (on, title) in [
        (Position::Table, "On a struct that derives `Table`"),
        (Position::Column, "On one of its fields"),
        (Position::Enumeration, "On an enum that derives `Enumeration`"),
        (Position::Variant, "On one of its variants"),
        (Position::Newtype, "On a struct that derives `SqlType`"),
    ] {
        text.push_str(&format!("\n## {title}\n"));
        for attribute in ATTRIBUTES.iter().filter(|attribute| attribute.on == on) {
            text.push_str(&format!(
                "\n### `#[{}(…)]`\n\n{}\n```rust\n{}\n```\n",
                attribute.name, attribute.doc, attribute.example
            ));
            if let Some(leading) = &attribute.leading {
                text.push_str(&format!("\nIt names {} first: `{}`.\n", leading.what, leading.form));
            }
            if !attribute.keys.is_empty() {
                text.push_str("\n| key | as typed | what it does |\n|---|---|---|\n");
            }
            for key in attribute.keys {
                text.push_str(&format!(
                    "| `{}` | `{}` | {} |\n",
                    key.name,
                    key.example.replace('|', "\\|"),
                    key.doc.replace('|', "\\|")
                ));
            }
        }
    }
    text.push_str(
        "\n## Types of columns\n\n`Option<T>` takes NULL, `Vec<T>` is an array of plain values, an enum that derives `Enumeration` and a newtype \
         that derives `SqlType` are types of their own. For the rest there is `#[column(type = \"…\")]` on a field \
         whose Rust type derives `SqlType`.\n\n| Rust | SQL | feature |\n|---|---|---|\n",
    );
    for (rust, sql, feature) in super::types::COLUMN_TYPES {
        let feature = if feature.is_empty() { String::new() } else { format!("`{feature}`") };
        text.push_str(&format!("| `{rust}` | `{sql}` | {feature} |\n"));
    }
    text
}
