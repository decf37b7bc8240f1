//! Every place of a model that takes SQL, a name or a text.

/// What a place takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name of the database.
    Name,
    /// Any text.
    Text,
    /// An expression that is true or false.
    Condition,
    /// An expression.
    Value,
    /// A type.
    Type,
    /// A function's body.
    Body,
    /// The bounds of a partition.
    Bound,
}

/// One of them.
#[derive(Debug)]
pub struct Place {
    pub name: &'static str,
    pub kind: Kind,
    /// A value that is right there.
    pub right: &'static str,
    /// On the struct, with `…` where the value goes.
    on_table: &'static str,
    /// On the field `score`.
    on_score: &'static str,
    /// On the field `note`.
    on_note: &'static str,
    /// What comes behind the struct.
    behind: &'static str,
}

const PLAIN: Place =
    Place { name: "", kind: Kind::Text, right: "", on_table: "", on_score: "", on_note: "", behind: "" };

const fn table(name: &'static str, kind: Kind, right: &'static str, on_table: &'static str) -> Place {
    Place { name, kind, right, on_table, ..PLAIN }
}

const fn score(name: &'static str, kind: Kind, right: &'static str, on_score: &'static str) -> Place {
    Place { name, kind, right, on_score, ..PLAIN }
}

const fn note(name: &'static str, kind: Kind, right: &'static str, on_note: &'static str) -> Place {
    Place { name, kind, right, on_note, ..PLAIN }
}

const fn behind(name: &'static str, kind: Kind, right: &'static str, behind: &'static str) -> Place {
    Place { name, kind, right, behind, ..PLAIN }
}

/// Every place.
pub const PLACES: &[Place] = &[
    note("column type", Kind::Type, "TEXT", "#[column(type = …)]"),
    score("column default", Kind::Value, "7", "#[column(default = …)]"),
    note("column default text", Kind::Value, "'a'", "#[column(default = …)]"),
    score("column check", Kind::Condition, "score > 0", "#[column(check = …)]"),
    score("column generated", Kind::Value, "length(note)", "#[column(generated = …)]"),
    score("column backfill", Kind::Value, "7", "#[column(backfill = …)]"),
    note("column collation", Kind::Name, "C", "#[column(collation = …)]"),
    note("column name", Kind::Name, "title", "#[column(name = …)]"),
    note("column renamed_from", Kind::Name, "title", "#[column(renamed_from = …)]"),
    note("column comment", Kind::Text, "a note", "#[doc = …]"),
    table("table comment", Kind::Text, "a thing", "#[doc = …]"),
    table("table name", Kind::Name, "boxes", "#[table(name = …)]"),
    table("table renamed_from", Kind::Name, "boxes", "#[table(renamed_from = …)]"),
    table("check", Kind::Condition, "score > 0", "#[check(…)]"),
    table("check name", Kind::Name, "things_a", "#[check(\"score > 0\", name = …)]"),
    table("index name", Kind::Name, "idx_things_a", "#[index(score, name = …)]"),
    table("index where", Kind::Condition, "score > 0", "#[index(score, where = …)]"),
    table("index expression", Kind::Value, "lower(note)", "#[index(…)]"),
    table("index operators", Kind::Name, "text_pattern_ops", "#[index(note ops(…))]"),
    table("index storage", Kind::Text, "80", "#[index(score, with(fillfactor = …))]"),
    table("table storage", Kind::Text, "80", "#[table(storage(fillfactor = …))]"),
    table("unique where", Kind::Condition, "score > 0", "#[unique(score, where = …)]"),
    table("unique name", Kind::Name, "things_a_unique", "#[unique(score, name = …)]"),
    table("exclude where", Kind::Condition, "score > 0", "#[exclude(period with \"&&\", where = …)]"),
    table("exclude operator", Kind::Text, "&&", "#[exclude(period with …)]"),
    table("exclude name", Kind::Name, "things_a_excl", "#[exclude(period with \"&&\", name = …)]"),
    table("policy using", Kind::Condition, "score > 0", "#[policy(own, using = …)]"),
    table("policy with_check", Kind::Condition, "score > 0", "#[policy(own, with_check = …)]"),
    table("query where", Kind::Condition, "score > 0", "#[query(high, where = …, all(3), unindexed(reason = \"x\"))]"),
    table("query constant", Kind::Value, "7", "#[query(high(score = …), all(3), unindexed(reason = \"x\"))]"),
    table("query update", Kind::Value, "7", "#[query(high(id), update(score = …))]"),
    table(
        "trigger events",
        Kind::Text,
        "BEFORE UPDATE",
        "#[trigger(…, function = \"f\", body = \"BEGIN RETURN NEW; END\")]",
    ),
    table(
        "trigger function",
        Kind::Name,
        "f",
        "#[trigger(\"BEFORE UPDATE\", function = …, body = \"BEGIN RETURN NEW; END\")]",
    ),
    table(
        "trigger name",
        Kind::Name,
        "things_f",
        "#[trigger(\"BEFORE UPDATE\", function = \"f\", name = …, body = \"BEGIN RETURN NEW; END\")]",
    ),
    table(
        "trigger when",
        Kind::Condition,
        "NEW.score > 0",
        "#[trigger(\"BEFORE UPDATE\", function = \"f\", when = …, body = \"BEGIN RETURN NEW; END\")]",
    ),
    table(
        "trigger body",
        Kind::Body,
        "BEGIN RETURN NEW; END",
        "#[trigger(\"BEFORE UPDATE\", function = \"f\", body = …)]",
    ),
    table("partition key", Kind::Text, "RANGE (created_at)", "#[table(partition_by = …, primary_key(id, created_at))]"),
    table(
        "partition bound",
        Kind::Bound,
        "FROM ('2026-01-01') TO ('2026-02-01')",
        "#[table(partition_by = \"RANGE (created_at)\", primary_key(id, created_at))] #[partition(things_a, values = …)]",
    ),
    behind(
        "foreign key name",
        Kind::Name,
        "parts_thing_id_fkey",
        "/// P.\n#[derive(Table)]\npub struct Part { pub id: Uuid, #[references(Thing, on_delete = cascade, name = …)] pub thing_id: Uuid, pub created_at: DateTime<Utc>, pub updated_at: DateTime<Utc> }",
    ),
    behind("value", Kind::Text, "b", "#[derive(Enumeration)]\npub enum Kind { A, #[enumeration(value = …)] B }"),
    behind(
        "label",
        Kind::Text,
        "b",
        "#[derive(Enumeration)]\n#[enumeration(storage = native)]\npub enum Kind { A, #[enumeration(value = …)] B }",
    ),
    behind(
        "enumeration name",
        Kind::Name,
        "kind_of_thing",
        "#[derive(Enumeration)]\n#[enumeration(storage = native, name = …)]\npub enum Kind { A, B }",
    ),
    behind("newtype", Kind::Type, "CITEXT", "#[derive(SqlType)]\n#[sql_type(type = …)]\npub struct Kind(String);"),
];

impl Place {
    /// A crate whose one model has the value in that place.
    pub fn source(&self, value: &str) -> String {
        let value = format!("{value:?}");
        let fill = |text: &str| text.replace('…', &value);
        let kind = if self.behind.contains(" Kind") { "pub kind: Kind,\n" } else { "" };
        format!(
            "//! M.\nuse tablewright::prelude::*;\n\n/// T.\n#[derive(Table)]\n{}\npub struct Thing {{\n    pub id: Uuid,\n    {}\n    \
             pub score: i32,\n    {}\n    pub note: String,\n    pub period: PgRange<i64>,\n    {kind}pub created_at: DateTime<Utc>,\n    \
             pub updated_at: DateTime<Utc>,\n}}\n{}\n",
            fill(self.on_table),
            fill(self.on_score),
            fill(self.on_note),
            fill(self.behind),
        )
    }
}
