//! A second change in the same migration.

use super::dependents::{no_key_of_its_own, table};
use super::pair::{Pair, Reason};

/// Another change of the table in the same migration.
pub fn second(pair: &mut Pair, change: impl FnOnce(&mut Pair)) -> Result<(), Reason> {
    if pair.new.model.item.is_empty() {
        return Err(Reason::TableGone);
    }
    change(pair);
    Ok(())
}

pub fn second_filled_from_it(pair: &mut Pair) -> Result<(), Reason> {
    second(pair, |pair| {
        let column = pair.new.column.as_ref().map_or("number", |column| &column.name);
        let field = format!("#[column(backfill = \"coalesce({column}::TEXT, '-')\")]\n    pub second: String,");
        pair.new.model.fields.push(field);
    })
}

pub fn second_rename(pair: &mut Pair) -> Result<(), Reason> {
    second(pair, |pair| {
        pair.new.model.note = Some("#[column(renamed_from = \"note\")]\n    pub remark: Option<String>,".to_owned());
    })
}

pub fn second_drop(pair: &mut Pair) -> Result<(), Reason> {
    second(pair, |pair| pair.new.model.note = Some(String::new()))
}

pub fn second_add(pair: &mut Pair) -> Result<(), Reason> {
    second(pair, |pair| pair.new.model.fields.push("pub second: Option<i64>,".to_owned()))
}

/// An attribute that the new side has over the column, or over another where it is gone.
pub fn added(pair: &mut Pair, text: impl FnOnce(&str) -> String) -> Result<(), Reason> {
    second(pair, |pair| {
        let column = pair.new.column.as_ref().map_or("number", |column| &column.name).to_owned();
        pair.new.model.attribute(text(&column));
    })
}

pub fn second_index(pair: &mut Pair) -> Result<(), Reason> {
    added(pair, |column| format!("#[index({column}, created_at, name = \"second_index\")]"))
}

pub fn second_check(pair: &mut Pair) -> Result<(), Reason> {
    added(pair, |column| format!("#[check(\"{column} IS NOT NULL OR number > 0\", name = \"items_second\")]"))
}

pub fn second_unique(pair: &mut Pair) -> Result<(), Reason> {
    no_key_of_its_own(pair)?;
    added(pair, |column| format!("#[unique(id, {column}, name = \"items_second_unique\")]"))
}

pub fn second_policy(pair: &mut Pair) -> Result<(), Reason> {
    added(pair, |column| format!("#[policy(second, using = \"{column} IS NOT NULL OR number > 0\")]"))
}

pub fn second_trigger(pair: &mut Pair) -> Result<(), Reason> {
    if pair.columns().any(|column| column.says("generated")) {
        return Err(Reason::GivenByServer);
    }
    added(pair, |column| {
        format!(
            "#[trigger(\"BEFORE UPDATE\", function = \"see_second\", when = \"NEW.{column} IS NULL\", body = \"BEGIN RETURN NEW; END\")]"
        )
    })
}

pub fn second_table(pair: &mut Pair) -> Result<(), Reason> {
    if pair.new.model.arguments.iter().any(|argument| argument.starts_with("primary_key")) {
        // Nothing references `id` alone.
        return Err(Reason::StatedByChange);
    }
    second(pair, |pair| {
        let reference =
            format!("    #[references({}, on_delete = cascade)]\n    pub item_id: Uuid,\n", pair.new.model.item);
        if !pair.new.model.without_id {
            pair.new.model.others.insert("Second", table("Second", "", &reference));
        }
    })
}
