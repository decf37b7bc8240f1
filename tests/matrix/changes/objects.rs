//! Changes of what stands on a column: checks, indexes, exclusions, policies, triggers, the user's own SQL.

use super::Named;
use crate::matrix::kind::Kind;
use crate::matrix::model::{Column, Model};
use crate::matrix::pair::Pair;

fn optional() -> Pair {
    Pair::of(Column::new(Kind::Text))
}

fn says(attribute: &'static str) -> impl Fn(&mut Model) {
    move |model| model.attribute(attribute)
}

fn changed(old: &'static str, new: &'static str) -> Pair {
    optional().before(says(old)).after(says(new))
}

fn added(attribute: &'static str) -> Pair {
    optional().after(says(attribute))
}

fn dropped(attribute: &'static str) -> Pair {
    optional().before(says(attribute))
}

fn custom(name: &'static str, up: &'static str, down: &'static str) -> impl Fn(&mut Model) {
    move |model| model.custom(name, up.to_owned(), down.to_owned())
}

const CHECK: &str = "#[check(\"subject <> ''\", name = \"items_subject_check\")]";
const POLICY: &str = "#[policy(shown, using = \"subject <> '' OR number >= 0\")]";
const TRIGGER: &str = "#[trigger(\"BEFORE UPDATE\", function = \"watch\", body = \"BEGIN RETURN NEW; END\")]";
const EXCLUSION: &str = "#[exclude(subject with \"=\", number with \"=\", using = btree)]";
const VIEW: [&str; 2] = ["CREATE VIEW listed AS\n    SELECT subject FROM items;\n", "DROP VIEW listed;\n"];
const WIDER: &str = "CREATE VIEW listed AS\n    SELECT subject, number FROM items WHERE number > 0;\n";
const MATERIALIZED: [&str; 2] =
    ["CREATE MATERIALIZED VIEW stored AS\n    SELECT subject FROM items;\n", "DROP MATERIALIZED VIEW stored;\n"];
const MATERIALIZED_WIDER: &str = "CREATE MATERIALIZED VIEW stored AS\n    SELECT subject, number FROM items;\n";
const FUNCTION: [&str; 2] = [
    "CREATE FUNCTION shout(word TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE\n    RETURN upper(word);\n",
    "DROP FUNCTION shout(TEXT);\n",
];
const FUNCTION_CHANGED: &str =
    "CREATE FUNCTION shout(word TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE\n    RETURN upper(word) || '!';\n";
const SIGNATURE: [&str; 2] = [
    "CREATE FUNCTION shout(word TEXT, mark TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE\n    RETURN upper(word) || mark;\n",
    "DROP FUNCTION shout(TEXT, TEXT);\n",
];

fn indexes() -> Vec<(&'static str, Pair)> {
    let json = Pair::of(Column::new(Kind::Jsonb));
    let range = Pair::of(Column::new(Kind::Range));
    vec![
        ("index_add", added("#[index(subject)]")),
        ("index_add_descending", added("#[index(subject desc nulls_last, number)]")),
        ("index_add_partial", added("#[index(subject, where = \"number > 0\")]")),
        ("index_add_covering", added("#[index(subject, include(number))]")),
        ("index_add_expression", added("#[index(\"lower(subject)\")]")),
        ("index_add_unique_expression", added("#[index(\"lower(subject)\", unique)]")),
        ("index_add_hash", added("#[index(subject, using = hash)]")),
        ("index_add_brin", added("#[index(subject, using = brin)]")),
        ("index_add_gin", json.after(says("#[index(subject, using = gin)]"))),
        ("index_add_gist", range.after(says("#[index(subject, using = gist)]"))),
        ("index_drop", dropped("#[index(subject)]")),
        (
            "index_method",
            changed("#[index(subject, name = \"items_s\")]", "#[index(subject, using = hash, name = \"items_s\")]"),
        ),
        (
            "index_columns",
            changed("#[index(subject, name = \"items_s\")]", "#[index(subject, number, name = \"items_s\")]"),
        ),
        ("index_rename", changed("#[index(subject, name = \"items_s\")]", "#[index(subject, name = \"items_t\")]")),
        (
            "index_storage",
            changed(
                "#[index(subject, name = \"items_s\")]",
                "#[index(subject, with(fillfactor = 70), name = \"items_s\")]",
            ),
        ),
    ]
}

pub fn all() -> Vec<Named> {
    let mut pairs = vec![
        ("check_add", added(CHECK)),
        ("check_drop", dropped(CHECK)),
        ("check_change", changed(CHECK, "#[check(\"subject <> 'x'\", name = \"items_subject_check\")]")),
        ("exclusion_add", added(EXCLUSION)),
        ("exclusion_drop", dropped(EXCLUSION)),
        (
            "exclusion_change",
            changed(
                "#[exclude(subject with \"=\", number with \"=\", using = btree, name = \"items_apart\")]",
                "#[exclude(subject with \"=\", created_at with \"=\", using = btree, name = \"items_apart\")]",
            ),
        ),
        ("policy_add", added(POLICY)),
        ("policy_drop", dropped(POLICY)),
        ("policy_change", changed(POLICY, "#[policy(shown, using = \"subject <> 'x' OR number >= 0\")]")),
        (
            "policy_command",
            changed(
                "#[policy(shown, using = \"subject <> '' OR number >= 0\")]\n#[policy(also, using = \"number >= 0\", command = select)]",
                "#[policy(shown, using = \"subject <> '' OR number >= 0\")]\n#[policy(also, using = \"number >= 0\", command = update)]",
            ),
        ),
        (
            "policy_restrict",
            changed(
                POLICY,
                "#[policy(shown, using = \"subject <> '' OR number >= 0\")]\n#[policy(kept, restrictive, using = \"number >= 0\")]",
            ),
        ),
        ("trigger_add", added(TRIGGER)),
        ("trigger_drop", dropped(TRIGGER)),
        (
            "trigger_change",
            changed(
                TRIGGER,
                "#[trigger(\"BEFORE UPDATE OF subject\", function = \"watch\", body = \"BEGIN RETURN NEW; END\")]",
            ),
        ),
        (
            "trigger_body_change",
            changed(
                TRIGGER,
                "#[trigger(\"BEFORE UPDATE\", function = \"watch\", body = \"BEGIN NEW.number := NEW.number; RETURN NEW; END\")]",
            ),
        ),
        ("view_add", optional().after(custom("listed", VIEW[0], VIEW[1]))),
        ("view_drop", optional().before(custom("listed", VIEW[0], VIEW[1]))),
        ("view_change", optional().before(custom("listed", VIEW[0], VIEW[1])).after(custom("listed", WIDER, VIEW[1]))),
        (
            "materialized_view_change",
            optional().before(custom("stored", MATERIALIZED[0], MATERIALIZED[1])).after(custom(
                "stored",
                MATERIALIZED_WIDER,
                MATERIALIZED[1],
            )),
        ),
        ("function_add", optional().after(custom("shout", FUNCTION[0], FUNCTION[1]))),
        ("function_drop", optional().before(custom("shout", FUNCTION[0], FUNCTION[1]))),
        (
            "function_change",
            optional().before(custom("shout", FUNCTION[0], FUNCTION[1])).after(custom(
                "shout",
                FUNCTION_CHANGED,
                FUNCTION[1],
            )),
        ),
        (
            "function_signature",
            optional().before(custom("shout", FUNCTION[0], FUNCTION[1])).after(custom(
                "shout",
                SIGNATURE[0],
                SIGNATURE[1],
            )),
        ),
    ];
    pairs.extend(indexes());
    pairs.into_iter().map(|(name, pair)| (name, Ok(pair))).collect()
}
