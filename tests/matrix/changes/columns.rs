//! Changes of a column.

use super::Named;
use crate::matrix::kind::Kind;
use crate::matrix::model::Column;
use crate::matrix::pair::Pair;

fn text() -> Column {
    Column::new(Kind::Text)
}

fn of(kind: Kind) -> Column {
    Column::new(kind)
}

/// The same name, another type.
fn retyped(old: Kind, new: Kind) -> Pair {
    Pair::new(of(old), of(new))
}

fn renamed(old: Column, new: Column) -> Pair {
    Pair::new(old, new.named("title").with("renamed_from", "subject"))
}

fn identity(word: &str) -> Column {
    let mut column = of(Kind::BigInt).required();
    column.arguments.insert("identity", format!("identity = {word}"));
    column
}

fn generated(expression: &str) -> Column {
    text().required().with("generated", expression)
}

pub fn all() -> Vec<Named> {
    let one = "upper(number::TEXT)";
    let other = "lower(number::TEXT) || '-'";
    let pairs = vec![
        ("column_add", Pair::new(None, text())),
        ("column_add_default", Pair::new(None, of(Kind::BigInt).required().with("default", "7"))),
        (
            "column_add_default_volatile",
            Pair::new(None, of(Kind::Uuid).required().with("default", "gen_random_uuid()")),
        ),
        ("column_add_filled", Pair::new(None, text().required().with("backfill", "number::TEXT"))),
        ("column_add_required", Pair::new(None, text().required())),
        ("column_add_generated", Pair::new(None, generated(one))),
        ("column_add_identity", Pair::new(None, identity("by_default"))),
        ("column_drop", Pair::new(text(), None)),
        ("column_drop_required", Pair::new(text().required(), None)),
        ("column_drop_generated", Pair::new(generated(one), None)),
        ("column_drop_identity", Pair::new(identity("by_default"), None)),
        ("column_rename", renamed(text(), text())),
        ("column_rename_required", renamed(text().required(), text().required())),
        ("column_rename_integer", renamed(of(Kind::BigInt), of(Kind::BigInt))),
        ("column_rename_widen", renamed(of(Kind::Integer), of(Kind::BigInt))),
        ("column_rename_filled", renamed(text(), of(Kind::BigInt).with("backfill", "length(title)"))),
        ("column_rename_offline", {
            let mut pair = renamed(text(), text());
            pair.allowed.offline_rename = true;
            pair
        }),
        ("retype_integer_bigint", retyped(Kind::Integer, Kind::BigInt)),
        ("retype_bigint_integer", retyped(Kind::BigInt, Kind::Integer)),
        ("retype_bigint_numeric", retyped(Kind::BigInt, Kind::Numeric(20, 2))),
        ("retype_bigint_double", retyped(Kind::BigInt, Kind::Double)),
        ("retype_numeric_wider", retyped(Kind::Numeric(12, 2), Kind::Numeric(14, 2))),
        ("retype_numeric_scale", retyped(Kind::Numeric(12, 2), Kind::Numeric(12, 4))),
        ("retype_varchar_wider", retyped(Kind::Varchar(20), Kind::Varchar(40))),
        ("retype_varchar_narrower", retyped(Kind::Varchar(40), Kind::Varchar(20))),
        ("retype_varchar_text", retyped(Kind::Varchar(20), Kind::Text)),
        ("retype_text_varchar", retyped(Kind::Text, Kind::Varchar(20))),
        ("retype_text_bigint", retyped(Kind::Text, Kind::BigInt)),
        ("retype_bigint_text", retyped(Kind::BigInt, Kind::Text)),
        ("retype_uuid_text", retyped(Kind::Uuid, Kind::Text)),
        ("retype_date_timestamptz", retyped(Kind::Date, Kind::Timestamptz)),
        ("retype_timestamptz_date", retyped(Kind::Timestamptz, Kind::Date)),
        ("retype_timestamptz_text", retyped(Kind::Timestamptz, Kind::Text)),
        ("retype_jsonb_text", retyped(Kind::Jsonb, Kind::Text)),
        ("retype_no_cast", retyped(Kind::Boolean, Kind::Timestamptz)),
        ("retype_array_text", retyped(Kind::Array, Kind::Text)),
        ("retype_filled", Pair::new(text(), of(Kind::BigInt).with("backfill", "length(subject)"))),
        ("not_null_add", Pair::new(text(), text().required())),
        ("not_null_add_filled", Pair::new(text(), text().required().with("backfill", "number::TEXT"))),
        ("not_null_drop", Pair::new(text().required(), text())),
        ("default_add", Pair::new(text(), text().with("default", "'new'"))),
        ("default_change", Pair::new(text().with("default", "'old'"), text().with("default", "'new'"))),
        (
            "default_volatile",
            Pair::new(
                of(Kind::Timestamptz).with("default", "now()"),
                of(Kind::Timestamptz).with("default", "clock_timestamp()"),
            ),
        ),
        ("default_drop", Pair::new(text().with("default", "'old'"), text())),
        ("default_drop_required", Pair::new(text().required().with("default", "'old'"), text().required())),
        ("generated_change", Pair::new(generated(one), generated(other))),
        ("generated_to_plain", Pair::new(generated(one), text().required())),
        ("plain_to_generated", Pair::new(text().required(), generated(one))),
        ("identity_add", Pair::new(of(Kind::BigInt).required(), identity("by_default"))),
        ("identity_options", Pair::new(identity("always"), identity("by_default"))),
        ("identity_drop", Pair::new(identity("by_default"), of(Kind::BigInt).required())),
        ("collation_add", Pair::new(text(), text().with("collation", "C"))),
        ("collation_change", Pair::new(text().with("collation", "C"), text().with("collation", "POSIX"))),
        ("comment_add", Pair::new(text(), text().comment("What it is."))),
        ("comment_change", Pair::new(text().comment("What it was."), text().comment("What it is."))),
    ];
    pairs.into_iter().map(|(name, pair)| (name, Ok(pair))).collect()
}
