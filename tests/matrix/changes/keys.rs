//! Changes of primary keys, unique keys and foreign keys.

use super::Named;
use crate::matrix::kind::Kind;
use crate::matrix::model::{Column, Model};
use crate::matrix::pair::Pair;

fn required() -> Pair {
    Pair::of(Column::new(Kind::Text).required())
}

fn optional() -> Pair {
    Pair::of(Column::new(Kind::Text))
}

fn key(columns: &'static str) -> impl Fn(&mut Model) {
    move |model| {
        model.arguments.insert(format!("primary_key({columns})"));
    }
}

fn says(attribute: &'static str) -> impl Fn(&mut Model) {
    move |model| model.attribute(attribute)
}

/// A table that the column can reference.
fn target(name: &'static str) -> impl Fn(&mut Model) {
    move |model| {
        let table = format!(
            "#[derive(Table)]\n#[unique(code)]\n#[unique(code, number)]\npub struct {name} {{\n    pub id: Uuid,\n    pub code: String,\n    pub number: i64,\n    pub created_at: DateTime<Utc>,\n    pub updated_at: DateTime<Utc>,\n}}\n"
        );
        model.others.insert(name, table);
    }
}

fn reference(old: Option<&str>, new: Option<&str>) -> Pair {
    let column = |reference: Option<&str>| {
        let column = Column::new(Kind::Text);
        match reference {
            Some(reference) => column.references(reference),
            None => column,
        }
    };
    Pair::new(column(old), column(new)).both(target("Topic")).both(target("Theme"))
}

pub fn all() -> Vec<Named> {
    let topic = "Topic, column = code, on_delete = restrict";
    let pairs = vec![
        ("primary_key_extend", required().after(key("id, subject"))),
        ("primary_key_reduce", required().before(key("id, subject"))),
        ("primary_key_reorder", required().before(key("id, subject")).after(key("subject, id"))),
        ("primary_key_move", {
            let mut pair = required().after(|model| model.without_id = true);
            if let Some(column) = &mut pair.new.column {
                column.arguments.insert("primary_key", "primary_key".to_owned());
            }
            pair
        }),
        ("unique_add", optional().after(says("#[unique(subject)]"))),
        ("unique_drop", optional().before(says("#[unique(subject)]"))),
        (
            "unique_index_to_constraint",
            optional()
                .before(says("#[unique(subject, where = \"subject <> ''\", name = \"items_subject_key\")]"))
                .after(says("#[unique(subject, name = \"items_subject_key\")]")),
        ),
        (
            "unique_nulls",
            optional()
                .before(says("#[unique(subject, number)]"))
                .after(says("#[unique(subject, number, nulls_not_distinct)]")),
        ),
        ("unique_extend", optional().before(says("#[unique(subject)]")).after(says("#[unique(subject, number)]"))),
        ("unique_rename", {
            optional().before(says("#[unique(subject)]")).after(says("#[unique(subject, name = \"items_by_subject\")]"))
        }),
        ("foreign_key_add", reference(None, Some(topic))),
        ("foreign_key_drop", reference(Some(topic), None)),
        ("foreign_key_retarget", reference(Some(topic), Some("Theme, column = code, on_delete = restrict"))),
        ("foreign_key_drop_cascade", reference(Some("Topic, column = code, on_delete = cascade"), None)),
        (
            "foreign_key_retarget_cascade",
            reference(
                Some("Topic, column = code, on_delete = cascade"),
                Some("Theme, column = code, on_delete = restrict"),
            ),
        ),
        ("foreign_key_action", reference(Some(topic), Some("Topic, column = code, on_delete = cascade"))),
        (
            "foreign_key_deferrable",
            reference(Some(topic), Some("Topic, column = code, on_delete = restrict, deferrable")),
        ),
        (
            "foreign_key_composite",
            reference(Some(topic), None)
                .after(says("#[foreign_key(subject, number, references = Topic(code, number), on_delete = restrict)]")),
        ),
    ];
    pairs.into_iter().map(|(name, pair)| (name, Ok(pair))).collect()
}
