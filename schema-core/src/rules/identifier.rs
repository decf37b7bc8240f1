use super::{Facts, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::{Key, Place};
use crate::schema::{Table, identifier_problem};

pub(super) static RULE: Rule = Rule {
    id: "identifier",
    summary: "A name of the database has 1 to 63 bytes, whatever it names: tables, columns, keys, indexes, partitions, triggers, \
              functions, policies, roles, collations and operator classes.",
    why: "The server cuts a longer name off without an error, so that the object has another name than the migrations say, or \
          the name of another object. It refuses an empty one.",
    bad: "
#[derive(Table)]
struct Payment {
    id: Uuid,
    the_reference_that_the_provider_of_the_payment_gave_to_the_payer: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Payment {
    id: Uuid,
    provider_reference: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: false,
    check: RuleCheck::Table(check),
};

fn check(facts: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    let mut hold = |what: &str, name: &str, place: Place, help: &str| {
        if let Some(problem) = identifier_problem(name) {
            let message = format!("the name of {what} {problem}");
            found.push(Diagnostic::new(RULE.id, place, message).help(help));
        }
    };
    let table = facts.table();
    let here = Place::table(&table.name);
    hold("the table", &table.name, here.key(Key::Name), "a shorter `#[table(name = \"…\")]`");
    if let Some(name) = &table.renamed_from {
        hold("the table", name, here.key(Key::RenamedFrom), "the name that the database has");
    }
    of_columns(table, &mut hold);
    of_constraints(table, &mut hold);
    for (number, index) in table.indexes.iter().enumerate() {
        let place = || Place::of_index(table, number);
        hold("the index", &index.name, place(), NAMED);
        for class in index.key.iter().filter_map(|key| key.operator_class.as_deref()) {
            hold("the operator class", class, place(), "ops(\"gin_trgm_ops\")");
        }
    }
    for partition in table.partitioning.iter().flat_map(|it| &it.partitions) {
        hold("the partition", &partition.name, here.key(Key::PartitionBy), "a shorter name");
    }
    for (number, trigger) in table.triggers.iter().enumerate() {
        let place = || Place::of_trigger(table, number);
        hold("the trigger", &trigger.name, place(), NAMED);
        hold("the function", &trigger.function, place(), "function = \"audit_row\"");
    }
    for (number, policy) in table.policies.iter().enumerate() {
        hold("the policy", &policy.name, Place::of_policy(table, number), "a shorter name");
        for role in &policy.roles {
            hold("the role", role, Place::of_policy(table, number), "the name that the role has");
        }
    }
}

const NAMED: &str = "a shorter `name = \"…\"`, or none: the derived one fits";

fn of_columns(table: &Table, hold: &mut impl FnMut(&str, &str, Place, &str)) {
    for column in &table.columns {
        let place = Place::column(&table.name, &column.name);
        hold("the column", &column.name, place.clone(), "a shorter name of the field, or of `#[column(name = \"…\")]`");
        if let Some(name) = &column.renamed_from {
            hold("the column", name, place.key(Key::RenamedFrom), "the name that the database has");
        }
        if let Some(name) = &column.collation {
            hold("the collation", name, place.key(Key::Collation), "collation = \"C\"");
        }
    }
}

fn of_constraints(table: &Table, hold: &mut impl FnMut(&str, &str, Place, &str)) {
    for (number, key) in table.foreign_keys.iter().enumerate() {
        let place = || Place::of_foreign_key(table, number);
        hold("the foreign key", &key.name, place(), NAMED);
        hold("the table", &key.table, place(), "the name that the referenced table has");
        for column in &key.target_columns {
            hold("the column", column, place(), "the name that the referenced column has");
        }
    }
    for (number, unique) in table.uniques.iter().enumerate() {
        hold("the unique key", &unique.name, Place::of_unique(table, number), NAMED);
    }
    for (number, check) in table.checks.iter().enumerate() {
        hold("the check", &check.name, Place::of_check(table, number), NAMED);
    }
    for (number, exclusion) in table.exclusions.iter().enumerate() {
        hold("the exclusion constraint", &exclusion.name, Place::of_exclusion(table, number), NAMED);
    }
}
