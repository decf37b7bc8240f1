//! What depends on the column of a change: one fragment each, added to the sides that have the column.

use super::kind::Kind;
use super::model::{Column, Model};
use super::own_sql::{
    column_privileges, function_atomic, function_string, materialized_view, owned_sequence, publication,
    replica_identity, rule, statistics, statistics_target, view, view_of_view,
};
use super::pair::{Pair, Reason};
use super::second::{
    second_add, second_check, second_drop, second_filled_from_it, second_index, second_policy, second_rename,
    second_table, second_trigger, second_unique,
};

/// A kind of dependent.
pub struct Dependent {
    pub name: &'static str,
    pub place: fn(&mut Pair) -> Result<(), Reason>,
}

impl Dependent {
    /// Adds it to both sides.
    pub fn place(&self, mut pair: Pair) -> Result<Pair, Reason> {
        (self.place)(&mut pair)?;
        Ok(pair)
    }
}

/// The role that the releases have.
pub const APPLICATION: &str = "matrix_application";

macro_rules! dependents {
    ($($name:ident),* $(,)?) => {
        /// Every kind.
        pub const ALL: &[Dependent] = &[$(Dependent { name: stringify!($name), place: $name }),*];
    };
}

dependents![
    nothing,
    comment,
    index,
    index_descending,
    index_partial,
    index_expression,
    index_covering,
    index_hash,
    index_brin,
    index_unique_partial,
    index_unique_expression,
    unique,
    unique_composite,
    unique_nulls_not_distinct,
    primary_key,
    primary_key_composite,
    foreign_key_out,
    foreign_key_out_composite,
    foreign_key_in,
    foreign_key_in_composite,
    check,
    check_several,
    generated,
    generated_indexed,
    default,
    policy,
    trigger_when,
    trigger_update_of,
    trigger_body,
    view,
    view_of_view,
    materialized_view,
    function_atomic,
    function_string,
    rule,
    partition_hash,
    partition_range,
    exclusion,
    statistics,
    statistics_target,
    owned_sequence,
    publication,
    column_privileges,
    replica_identity,
    second_filled_from_it,
    second_rename,
    second_drop,
    second_add,
    second_index,
    second_check,
    second_unique,
    second_policy,
    second_trigger,
    second_table,
];

#[expect(clippy::unnecessary_wraps, reason = "one shape for all of them")]
fn nothing(_: &mut Pair) -> Result<(), Reason> {
    Ok(())
}

fn comment(pair: &mut Pair) -> Result<(), Reason> {
    if pair.columns().any(|column| column.comment.is_some()) {
        return Err(Reason::StatedByChange);
    }
    pair.each(|_, column| column.comment = Some("What the change is about."));
    Ok(())
}

/// An attribute of the table, over the column's name.
#[expect(clippy::unnecessary_wraps, reason = "it ends the functions of the table, which may refuse")]
pub fn attribute(pair: &mut Pair, text: impl Fn(&Column, bool) -> String) -> Result<(), Reason> {
    pair.each(|model, column| model.attribute(text(column, model.is_native())));
    Ok(())
}

fn index(pair: &mut Pair) -> Result<(), Reason> {
    attribute(pair, |column, _| format!("#[index({}, name = \"dependent_index\")]", column.name))
}

fn index_descending(pair: &mut Pair) -> Result<(), Reason> {
    attribute(pair, |column, _| {
        format!("#[index({} desc nulls_last, number, name = \"dependent_index\")]", column.name)
    })
}

fn index_partial(pair: &mut Pair) -> Result<(), Reason> {
    attribute(pair, |column, _| {
        format!("#[index(created_at, where = \"{}\", name = \"dependent_index\")]", column.kind.holds(&column.name))
    })
}

fn index_expression(pair: &mut Pair) -> Result<(), Reason> {
    attribute(pair, |column, native| {
        format!("#[index(\"{}\", name = \"dependent_index\")]", column.kind.expression(&column.name, native))
    })
}

fn index_covering(pair: &mut Pair) -> Result<(), Reason> {
    attribute(pair, |column, _| format!("#[index(created_at, include({}), name = \"dependent_index\")]", column.name))
}

fn index_hash(pair: &mut Pair) -> Result<(), Reason> {
    attribute(pair, |column, _| format!("#[index({}, using = hash, name = \"dependent_index\")]", column.name))
}

fn index_brin(pair: &mut Pair) -> Result<(), Reason> {
    let has_brin = |column: &Column| !matches!(column.kind, Kind::Boolean | Kind::Jsonb | Kind::State | Kind::Array);
    if !pair.columns().all(has_brin) {
        return Err(Reason::NoOperator);
    }
    attribute(pair, |column, _| format!("#[index({}, using = brin, name = \"dependent_index\")]", column.name))
}

fn index_unique_partial(pair: &mut Pair) -> Result<(), Reason> {
    attribute(pair, |column, _| {
        format!(
            "#[unique({}, number, where = \"{}\", name = \"dependent_index\")]",
            column.name,
            column.kind.holds(&column.name)
        )
    })
}

fn index_unique_expression(pair: &mut Pair) -> Result<(), Reason> {
    distinct(pair)?;
    if pair.columns().any(|column| matches!(column.kind, Kind::Array)) {
        return Err(Reason::Repeats);
    }
    attribute(pair, |column, native| {
        format!("#[index(\"{}\", unique, name = \"dependent_index\")]", column.kind.expression(&column.name, native))
    })
}

/// Rows with different values, so that a unique key can be over it.
fn distinct(pair: &Pair) -> Result<(), Reason> {
    let constant = |column: &Column| {
        let says = |key: &str| column.arguments.get(key).is_some_and(|text| !text.contains('('));
        says("default") || column.is_given()
    };
    let measured = |column: &Column| column.arguments.get("backfill").is_some_and(|text| text.contains("length("));
    let is_distinct = |column: &Column| column.kind.is_distinct() && !constant(column) && !measured(column);
    if pair.columns().all(is_distinct) { Ok(()) } else { Err(Reason::Repeats) }
}

/// Values that a program gives.
pub fn given(pair: &Pair) -> Result<(), Reason> {
    if pair.columns().any(Column::is_given) { Err(Reason::GivenByServer) } else { Ok(()) }
}

/// Values that are those of rows that it references, and not of the change.
fn referenced(pair: &Pair) -> Result<(), Reason> {
    // Rows that are deleted softly go on referencing what the release then deletes.
    if pair.new.model.arguments.contains("soft_delete") {
        return Err(Reason::StatedByChange);
    }
    let made = |column: &Column| column.says("default") || column.says("backfill");
    if pair.columns().any(made) { Err(Reason::Dangling) } else { Ok(()) }
}

/// Attributes that the change has for itself.
pub fn unstated(pair: &Pair, word: &str) -> Result<(), Reason> {
    let states = |model: &Model| model.attributes.iter().any(|attribute| attribute.starts_with(word));
    if states(&pair.old.model) || states(&pair.new.model) { Err(Reason::StatedByChange) } else { Ok(()) }
}

pub fn unique(pair: &mut Pair) -> Result<(), Reason> {
    distinct(pair)?;
    unstated(pair, "#[unique(")?;
    if pair.columns().any(|column| column.says("unique") || column.says("primary_key")) {
        return Err(Reason::StatedByChange);
    }
    attribute(pair, |column, _| format!("#[unique({}, name = \"dependent_key\")]", column.name))
}

fn unique_composite(pair: &mut Pair) -> Result<(), Reason> {
    unstated(pair, "#[unique(subject, number")?;
    attribute(pair, |column, _| format!("#[unique({}, number, name = \"dependent_key\")]", column.name))
}

fn unique_nulls_not_distinct(pair: &mut Pair) -> Result<(), Reason> {
    attribute(pair, |column, _| {
        format!("#[unique(number, {}, nulls_not_distinct, name = \"dependent_key\")]", column.name)
    })
}

/// A column of a key, which takes no NULL.
pub fn never_null(pair: &mut Pair) -> Result<(), Reason> {
    let nullable: Vec<bool> = pair.columns().map(|column| column.nullable).collect();
    if nullable.windows(2).any(|both| both[0] != both[1]) {
        return Err(Reason::NeverNull);
    }
    pair.each(|_, column| column.nullable = false);
    Ok(())
}

/// The primary key is the change's own.
pub fn no_key_of_its_own(pair: &Pair) -> Result<(), Reason> {
    let states = |model: &Model| {
        model.without_id
            || model.arguments.iter().any(|it| it.starts_with("primary_key") || it.starts_with("partition"))
    };
    if states(&pair.old.model) || states(&pair.new.model) { Err(Reason::StatedByChange) } else { Ok(()) }
}

fn primary_key(pair: &mut Pair) -> Result<(), Reason> {
    distinct(pair)?;
    // The two would be one.
    unstated(pair, "#[unique(subject")?;
    given(pair)?;
    no_key_of_its_own(pair)?;
    never_null(pair)?;
    pair.each(|model, column| {
        column.arguments.insert("primary_key", "primary_key".to_owned());
        model.without_id = true;
    });
    Ok(())
}

fn primary_key_composite(pair: &mut Pair) -> Result<(), Reason> {
    given(pair)?;
    no_key_of_its_own(pair)?;
    never_null(pair)?;
    pair.each(|model, column| {
        model.arguments.insert(format!("primary_key({}, id)", column.name));
    });
    Ok(())
}

/// A column of another table that has the type of this one.
fn twin(column: &Column, name: &str, attribute: &str, nullable: bool) -> String {
    let kind = column.kind.rust();
    let kind = if nullable { format!("Option<{kind}>") } else { kind.to_owned() };
    let mut arguments: Vec<String> = column.kind.argument().into_iter().collect();
    arguments.extend(column.arguments.get("collation").cloned());
    let arguments =
        if arguments.is_empty() { String::new() } else { format!("    #[column({})]\n", arguments.join(", ")) };
    format!("{arguments}{attribute}    pub {name}: {kind},\n")
}

pub fn table(name: &str, attributes: &str, fields: &str) -> String {
    format!(
        "#[derive(Table)]\n{attributes}pub struct {name} {{\n    pub id: Uuid,\n{fields}    pub created_at: DateTime<Utc>,\n    pub updated_at: DateTime<Utc>,\n}}\n"
    )
}

fn foreign_key_out(pair: &mut Pair) -> Result<(), Reason> {
    referenced(pair)?;
    distinct(pair)?;
    given(pair)?;
    if pair.columns().any(|column| column.references.is_some()) {
        return Err(Reason::StatedByChange);
    }
    pair.each(|model, column| {
        column.references = Some("Code, column = code, on_delete = restrict".to_owned());
        model.others.insert("Code", table("Code", "#[unique(code)]\n", &twin(column, "code", "", false)));
    });
    Ok(())
}

fn foreign_key_out_composite(pair: &mut Pair) -> Result<(), Reason> {
    referenced(pair)?;
    given(pair)?;
    if pair.old.column.is_none() && pair.columns().any(|column| !column.nullable) {
        // A person who fills it by hand gives each row the same value, and each row has a number of its own.
        return Err(Reason::Dangling);
    }
    pair.each(|model, column| {
        model.attribute(format!(
            "#[foreign_key({}, number, references = Place(code, number), on_delete = restrict, name = \"dependent_reference\")]",
            column.name
        ));
        let fields = format!("{}    pub number: i64,\n", twin(column, "code", "", false));
        model.others.insert("Place", table("Place", "#[unique(code, number)]\n", &fields));
    });
    Ok(())
}

fn foreign_key_in(pair: &mut Pair) -> Result<(), Reason> {
    distinct(pair)?;
    given(pair)?;
    unstated(pair, "#[unique(")?;
    if pair.columns().any(|column| column.says("unique") || column.says("primary_key")) {
        return Err(Reason::StatedByChange);
    }
    pair.each(|model, column| {
        model.attribute(format!("#[unique({}, name = \"dependent_key\")]", column.name));
        let reference = format!("    #[references({}, column = {}, on_delete = restrict)]\n", model.item, column.name);
        model.others.insert("Child", table("Child", "", &twin(column, "item_subject", &reference, true)));
    });
    Ok(())
}

fn foreign_key_in_composite(pair: &mut Pair) -> Result<(), Reason> {
    given(pair)?;
    if pair.old.column.is_some() && pair.columns().any(|column| column.says("backfill")) {
        // The values become others, and those that reference them do not.
        return Err(Reason::Dangling);
    }
    unstated(pair, "#[unique(subject, number")?;
    pair.each(|model, column| {
        model.attribute(format!("#[unique({}, number, name = \"dependent_key\")]", column.name));
        let attribute = format!(
            "#[foreign_key(item_subject, item_number, references = {}({}, number), on_delete = restrict)]\n",
            model.item, column.name
        );
        let fields = format!("{}    pub item_number: Option<i64>,\n", twin(column, "item_subject", "", true));
        model.others.insert("Child", table("Child", &attribute, &fields));
    });
    Ok(())
}

fn check(pair: &mut Pair) -> Result<(), Reason> {
    attribute(pair, |column, _| {
        format!("#[check(\"{}\", name = \"items_subject_holds\")]", column.kind.holds(&column.name))
    })
}

fn check_several(pair: &mut Pair) -> Result<(), Reason> {
    attribute(pair, |column, _| {
        format!("#[check(\"{} IS NOT NULL OR number >= 0\", name = \"items_subject_or_number\")]", column.name)
    })
}

fn computed(pair: &mut Pair, index: bool) -> Result<(), Reason> {
    if pair.columns().any(|column| column.says("generated")) {
        return Err(Reason::GivenByServer);
    }
    pair.each(|model, column| {
        let (kind, expression) = column.kind.computed(&column.name, model.is_native());
        model.fields.push(format!("#[column(generated = \"{expression}\")]\n    pub computed: {kind},"));
        if index {
            model.attribute("#[index(computed, created_at)]");
            model.attribute("#[check(\"computed IS NOT NULL\", name = \"items_computed_there\")]");
        }
    });
    Ok(())
}

fn generated(pair: &mut Pair) -> Result<(), Reason> {
    computed(pair, false)
}

fn generated_indexed(pair: &mut Pair) -> Result<(), Reason> {
    computed(pair, true)
}

fn default(pair: &mut Pair) -> Result<(), Reason> {
    given(pair)?;
    if pair.columns().any(|column| column.says("default") || column.says("primary_key")) {
        return Err(Reason::StatedByChange);
    }
    if pair.columns().any(|column| column.references.is_some()) {
        return Err(Reason::Dangling);
    }
    // Two rows with the default would be alike.
    unstated(pair, "#[unique(subject")?;
    unstated(pair, "#[index(\"lower(subject)\", unique")?;
    let kinds: Vec<Kind> = pair.columns().map(|column| column.kind).collect();
    pair.each(|_, column| {
        // A text that is or becomes another type has a default that is one.
        let other = kinds.iter().copied().find(|kind| *kind != column.kind).unwrap_or(column.kind);
        let default = if column.kind == Kind::Text { other.text_default() } else { column.kind.default() };
        *column = column.clone().with("default", default);
    });
    Ok(())
}

fn policy(pair: &mut Pair) -> Result<(), Reason> {
    attribute(pair, |column, _| {
        format!("#[policy(by_subject, using = \"{} IS NOT NULL OR number >= 0\")]", column.name)
    })
}

fn trigger_when(pair: &mut Pair) -> Result<(), Reason> {
    if pair.columns().any(|column| column.says("generated")) {
        return Err(Reason::GivenByServer);
    }
    attribute(pair, |column, _| {
        format!(
            "#[trigger(\"BEFORE INSERT OR UPDATE\", function = \"see_item\", when = \"NEW.{} IS NULL\", body = \"BEGIN RETURN NEW; END\")]",
            column.name
        )
    })
}

fn trigger_update_of(pair: &mut Pair) -> Result<(), Reason> {
    attribute(pair, |column, _| {
        format!(
            "#[trigger(\"BEFORE UPDATE OF {}\", function = \"see_subject\", body = \"BEGIN RETURN NEW; END\")]",
            column.name
        )
    })
}

fn trigger_body(pair: &mut Pair) -> Result<(), Reason> {
    attribute(pair, |column, _| {
        format!(
            "#[trigger(\"BEFORE INSERT OR UPDATE\", function = \"read_subject\", body = \"BEGIN IF NEW.{} IS NULL THEN NEW.number := NEW.number; END IF; RETURN NEW; END\")]",
            column.name
        )
    })
}

/// A table whose rows are divided by the column.
fn partitioned(pair: &mut Pair, by: &str, partitions: &[&str]) -> Result<(), Reason> {
    given(pair)?;
    no_key_of_its_own(pair)?;
    unstated(pair, "#[unique(")?;
    unstated(pair, "#[exclude(")?;
    if pair.columns().any(|column| column.says("unique")) {
        return Err(Reason::NotPartitioned);
    }
    if pair.old.column.is_none() {
        // A table is not divided anew.
        return Err(Reason::NotPartitioned);
    }
    never_null(pair)?;
    for side in [&mut pair.old, &mut pair.new] {
        let column = side.column.as_ref().map_or("number", |column| &column.name);
        side.model.arguments.insert(format!("partition_by = \"{by} ({column})\""));
        side.model.arguments.insert(format!("primary_key(id, {column})"));
        side.model.attributes.extend(partitions.iter().map(|it| (*it).to_owned()));
    }
    Ok(())
}

fn partition_hash(pair: &mut Pair) -> Result<(), Reason> {
    partitioned(
        pair,
        "HASH",
        &[
            "#[partition(items_0, values = \"WITH (MODULUS 2, REMAINDER 0)\")]",
            "#[partition(items_1, values = \"WITH (MODULUS 2, REMAINDER 1)\")]",
        ],
    )
}

fn partition_range(pair: &mut Pair) -> Result<(), Reason> {
    partitioned(pair, "RANGE", &["#[partition(items_rest, default)]"])
}

fn exclusion(pair: &mut Pair) -> Result<(), Reason> {
    unstated(pair, "#[exclude(")?;
    attribute(pair, |column, _| {
        format!(
            "#[exclude({} with \"=\", number with \"=\", using = btree, name = \"dependent_exclusion\")]",
            column.name
        )
    })
}
