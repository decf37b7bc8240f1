//! Changes of the whole table.

use super::Named;
use crate::matrix::kind::Kind;
use crate::matrix::model::{Column, Model};
use crate::matrix::pair::{Pair, Reason};

fn required() -> Pair {
    Pair::of(Column::new(Kind::Text).required())
}

fn optional() -> Pair {
    Pair::of(Column::new(Kind::Text))
}

fn renamed(model: &mut Model) {
    "Article".clone_into(&mut model.item);
    "articles".clone_into(&mut model.table);
    model.arguments.insert("renamed_from = \"items\"".to_owned());
}

fn says(argument: &'static str) -> impl Fn(&mut Model) {
    move |model| {
        model.arguments.insert(argument.to_owned());
    }
}

fn divided(partitions: &'static [&'static str]) -> impl Fn(&mut Model) {
    move |model| {
        model.arguments.insert("partition_by = \"RANGE (subject)\"".to_owned());
        model.arguments.insert("primary_key(id, subject)".to_owned());
        model.attributes.extend(partitions.iter().map(|it| (*it).to_owned()));
    }
}

const REST: &str = "#[partition(items_rest, default)]";
const LOW: &str = "#[partition(items_low, values = \"FROM (MINVALUE) TO ('u')\")]";
const HIGH: &str = "#[partition(items_high, values = \"FROM ('u') TO (MAXVALUE)\")]";

pub fn all() -> Vec<Named> {
    let mut gone = Pair::new(Column::new(Kind::Text), None);
    gone.new.model.item = String::new();
    // Something is left.
    gone = gone.both(|model| {
        let other = "#[derive(Table)]\npub struct Other {\n    pub id: Uuid,\n    pub created_at: DateTime<Utc>,\n    pub updated_at: DateTime<Utc>,\n}\n";
        model.others.insert("Other", other.to_owned());
    });
    let mut offline = optional().after(renamed);
    offline.allowed.offline_rename = true;
    vec![
        ("table_rename", Ok(optional().after(renamed))),
        ("table_rename_offline", Ok(offline)),
        ("table_rename_required", Ok(required().after(renamed))),
        ("table_drop", Ok(gone)),
        ("table_schema", Err(Reason::NoSchemas)),
        ("table_storage", Ok(optional().after(says("storage(fillfactor = 80)")))),
        ("table_unlogged", Ok(optional().after(says("unlogged")))),
        (
            "table_soft_delete",
            Ok(optional().after(says("soft_delete")).after(|model| {
                model.fields.push("pub deleted_at: Option<DateTime<Utc>>,".to_owned());
            })),
        ),
        ("partition_by", Ok(required().after(divided(&[REST])))),
        ("partition_add", Ok(required().before(divided(&[LOW])).after(divided(&[LOW, HIGH])))),
        ("partition_add_default", Ok(required().before(divided(&[LOW])).after(divided(&[LOW, REST])))),
        ("partition_add_beside_default", Ok(required().before(divided(&[REST])).after(divided(&[HIGH, REST])))),
        ("partition_drop", Ok(required().before(divided(&[LOW, HIGH])).after(divided(&[LOW])))),
        ("partition_drop_beside_default", Ok(required().before(divided(&[HIGH, REST])).after(divided(&[REST])))),
    ]
}
