//! What depends on the column of a change: one fragment each, added to the sides that have the column.

use super::kind::Kind;
use super::model::{Column, Model};
use super::pair::{Pair, Reason};

/// A kind of dependent.
pub struct Dependent {
    pub name: &'static str,
    place: fn(&mut Pair) -> Result<(), Reason>,
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
fn attribute(pair: &mut Pair, text: impl Fn(&Column, bool) -> String) -> Result<(), Reason> {
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
    let is_distinct = |column: &Column| column.kind.is_distinct() && !constant(column);
    if pair.columns().all(is_distinct) { Ok(()) } else { Err(Reason::Repeats) }
}

/// Values that a program gives.
fn given(pair: &Pair) -> Result<(), Reason> {
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
fn unstated(pair: &Pair, word: &str) -> Result<(), Reason> {
    let states = |model: &Model| model.attributes.iter().any(|attribute| attribute.starts_with(word));
    if states(&pair.old.model) || states(&pair.new.model) { Err(Reason::StatedByChange) } else { Ok(()) }
}

fn unique(pair: &mut Pair) -> Result<(), Reason> {
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
fn never_null(pair: &mut Pair) -> Result<(), Reason> {
    let nullable: Vec<bool> = pair.columns().map(|column| column.nullable).collect();
    if nullable.windows(2).any(|both| both[0] != both[1]) {
        return Err(Reason::NeverNull);
    }
    pair.each(|_, column| column.nullable = false);
    Ok(())
}

/// The primary key is the change's own.
fn no_key_of_its_own(pair: &Pair) -> Result<(), Reason> {
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

fn table(name: &str, attributes: &str, fields: &str) -> String {
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

/// SQL of the user's own that goes on without the column where it is dropped.
#[expect(clippy::unnecessary_wraps, reason = "it ends the functions of the table, which may refuse")]
fn custom(pair: &mut Pair, name: &'static str, up: impl Fn(&str, &str) -> String, down: &str) -> Result<(), Reason> {
    for side in [&mut pair.old, &mut pair.new] {
        if side.model.item.is_empty() {
            continue;
        }
        let column = side.column.as_ref().map_or("number", |column| &column.name);
        let up = up(&side.model.table, column);
        let down = down.replace("{table}", &side.model.table).replace("{column}", column);
        side.model.custom(name, up, down);
    }
    Ok(())
}

fn view(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        format!(
            "CREATE VIEW seen AS\n    SELECT number AS place, {column} AS value FROM {table} WHERE {column} IS NOT NULL;\nGRANT SELECT ON seen TO {APPLICATION};\n"
        )
    };
    custom(pair, "seen", up, "DROP VIEW seen;\n")
}

fn view_of_view(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        format!(
            "CREATE VIEW inner_seen AS\n    SELECT number AS place, {column} AS value FROM {table};\nCREATE VIEW outer_seen AS\n    SELECT value FROM inner_seen WHERE place > 0;\n"
        )
    };
    custom(pair, "seen_twice", up, "DROP VIEW outer_seen;\nDROP VIEW inner_seen;\n")
}

fn materialized_view(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        format!("CREATE MATERIALIZED VIEW kept AS\n    SELECT number AS place, {column} AS value FROM {table};\n")
    };
    custom(pair, "kept", up, "DROP MATERIALIZED VIEW kept;\n")
}

fn function_atomic(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        format!(
            "CREATE FUNCTION subject_of(wanted BIGINT) RETURNS TEXT LANGUAGE sql STABLE\n    BEGIN ATOMIC\n        SELECT {column}::TEXT FROM {table} WHERE number = wanted;\n    END;\n"
        )
    };
    custom(pair, "subject_of", up, "DROP FUNCTION subject_of(BIGINT);\n")
}

fn function_string(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        format!(
            "CREATE FUNCTION subject_of(wanted BIGINT) RETURNS TEXT LANGUAGE sql STABLE AS $$\n    SELECT {column}::TEXT FROM {table} WHERE number = wanted\n$$;\n"
        )
    };
    custom(pair, "subject_of", up, "DROP FUNCTION subject_of(BIGINT);\n")
}

fn rule(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        format!(
            "CREATE RULE never AS ON DELETE TO {table}\n    WHERE old.{column} IS NULL AND old.number < 0 DO ALSO NOTHING;\n"
        )
    };
    custom(pair, "never", up, "DROP RULE never ON {table};\n")
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

fn statistics(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        let other = if column == "number" { "created_at" } else { "number" };
        format!("CREATE STATISTICS of_items ON {column}, {other} FROM {table};\n")
    };
    custom(pair, "of_items", up, "DROP STATISTICS of_items;\n")
}

fn statistics_target(pair: &mut Pair) -> Result<(), Reason> {
    custom(
        pair,
        "targets",
        |table, column| format!("ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 500;\n"),
        "ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS -1;\n",
    )
}

fn owned_sequence(pair: &mut Pair) -> Result<(), Reason> {
    custom(
        pair,
        "counter",
        |table, column| format!("CREATE SEQUENCE counter OWNED BY {table}.{column};\n"),
        "DROP SEQUENCE counter;\n",
    )
}

fn publication(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        format!("CREATE PUBLICATION told FOR TABLE {table} (id, {column}) WITH (publish = 'insert');\n")
    };
    if pair.old.model.without_id || pair.new.model.without_id {
        return Err(Reason::StatedByChange);
    }
    if pair.columns().any(|column| column.says("generated")) {
        return Err(Reason::GivenByServer);
    }
    custom(pair, "told", up, "DROP PUBLICATION told;\n")
}

fn column_privileges(pair: &mut Pair) -> Result<(), Reason> {
    custom(
        pair,
        "granted",
        |table, column| format!("GRANT SELECT ({column}) ON {table} TO PUBLIC;\n"),
        "REVOKE SELECT ({column}) ON {table} FROM PUBLIC;\n",
    )
}

fn replica_identity(pair: &mut Pair) -> Result<(), Reason> {
    given(pair)?;
    never_null(pair)?;
    unstated(pair, "#[unique(")?;
    if pair.columns().any(|column| column.says("unique")) {
        return Err(Reason::StatedByChange);
    }
    for side in [&mut pair.old, &mut pair.new] {
        if side.model.item.is_empty() {
            continue;
        }
        let column = side.column.as_ref().map_or("id", |column| &column.name);
        side.model.attribute(format!("#[unique({column}, number, name = \"items_identity\")]"));
        side.model.custom(
            "identity",
            format!("ALTER TABLE {} REPLICA IDENTITY USING INDEX items_identity;\n", side.model.table),
            format!("ALTER TABLE {} REPLICA IDENTITY DEFAULT;\n", side.model.table),
        );
    }
    Ok(())
}

/// Another change of the table in the same migration.
fn second(pair: &mut Pair, change: impl FnOnce(&mut Pair)) -> Result<(), Reason> {
    if pair.new.model.item.is_empty() {
        return Err(Reason::TableGone);
    }
    change(pair);
    Ok(())
}

fn second_filled_from_it(pair: &mut Pair) -> Result<(), Reason> {
    second(pair, |pair| {
        let column = pair.new.column.as_ref().map_or("number", |column| &column.name);
        let field = format!("#[column(backfill = \"coalesce({column}::TEXT, '-')\")]\n    pub second: String,");
        pair.new.model.fields.push(field);
    })
}

fn second_rename(pair: &mut Pair) -> Result<(), Reason> {
    second(pair, |pair| {
        pair.new.model.note = Some("#[column(renamed_from = \"note\")]\n    pub remark: Option<String>,".to_owned());
    })
}

fn second_drop(pair: &mut Pair) -> Result<(), Reason> {
    second(pair, |pair| pair.new.model.note = Some(String::new()))
}

fn second_add(pair: &mut Pair) -> Result<(), Reason> {
    second(pair, |pair| pair.new.model.fields.push("pub second: Option<i64>,".to_owned()))
}

/// An attribute that the new side has over the column, or over another where it is gone.
fn added(pair: &mut Pair, text: impl FnOnce(&str) -> String) -> Result<(), Reason> {
    second(pair, |pair| {
        let column = pair.new.column.as_ref().map_or("number", |column| &column.name).to_owned();
        pair.new.model.attribute(text(&column));
    })
}

fn second_index(pair: &mut Pair) -> Result<(), Reason> {
    added(pair, |column| format!("#[index({column}, created_at, name = \"second_index\")]"))
}

fn second_check(pair: &mut Pair) -> Result<(), Reason> {
    added(pair, |column| format!("#[check(\"{column} IS NOT NULL OR number > 0\", name = \"items_second\")]"))
}

fn second_unique(pair: &mut Pair) -> Result<(), Reason> {
    no_key_of_its_own(pair)?;
    added(pair, |column| format!("#[unique(id, {column}, name = \"items_second_unique\")]"))
}

fn second_policy(pair: &mut Pair) -> Result<(), Reason> {
    added(pair, |column| format!("#[policy(second, using = \"{column} IS NOT NULL OR number > 0\")]"))
}

fn second_trigger(pair: &mut Pair) -> Result<(), Reason> {
    if pair.columns().any(|column| column.says("generated")) {
        return Err(Reason::GivenByServer);
    }
    added(pair, |column| {
        format!(
            "#[trigger(\"BEFORE UPDATE\", function = \"see_second\", when = \"NEW.{column} IS NULL\", body = \"BEGIN RETURN NEW; END\")]"
        )
    })
}

fn second_table(pair: &mut Pair) -> Result<(), Reason> {
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
