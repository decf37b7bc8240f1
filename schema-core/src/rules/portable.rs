use super::{Facts, Rule, RuleCheck};
use crate::attribute::references::restricted;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::dialect::{Dialect, EVERY_TARGET};
use crate::expression::folded;
use crate::place::{Key, Place};
use crate::schema::{Method, TriggerEvent};

pub(super) static RULE: Rule = Rule {
    id: "portable",
    summary: "What a model states, every database of `targets` can do.",
    why: "One migration has to run on all of them. What only one has is refused where it is typed, with what all of \
          them have.",
    bad: "
#[derive(Table)]
struct Booking {
    id: Uuid,
    #[column(type = \"TSTZRANGE\")]
    booked_during: PgRange<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[check(\"ends_at > starts_at\")]
struct Booking {
    id: Uuid,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: EVERY_TARGET,
    waivable: false,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    for target in &profile.targets {
        let mut search = Search { table, dialect: target.dialect(), found };
        search.columns();
        search.constraints();
        search.indexes();
        search.objects();
        search.functions();
    }
}

struct Search<'a> {
    table: &'a Facts<'a>,
    dialect: &'static Dialect,
    found: &'a mut Vec<Diagnostic>,
}

impl Search<'_> {
    fn report(&mut self, place: Place, what: &str, help: impl Into<String>) {
        let message = format!("{} has no {what}", self.dialect.name);
        self.found.push(Diagnostic::new(RULE.id, place, message).help(help));
    }

    fn columns(&mut self) {
        for column in &self.table.columns {
            if let Some(instead) = (self.dialect.instead_of_type)(&column.sql_type) {
                let place = Place::of_type(self.table, &column.name);
                self.report(place, &column.sql_type.to_string(), instead);
            }
        }
    }

    fn constraints(&mut self) {
        for (number, foreign_key) in self.table.foreign_keys.iter().enumerate() {
            if foreign_key.deferrable && !self.dialect.deferrable {
                let place = Place::of_foreign_key(self.table, number);
                self.report(place, "deferrable constraints", "drop `deferrable`; write the referenced row first");
            }
            if !foreign_key.set_null.is_empty() && !self.dialect.set_null_columns {
                let what = format!("ON DELETE SET NULL ({})", foreign_key.set_null.join(", "));
                self.report(
                    Place::of_foreign_key(self.table, number),
                    &what,
                    format!(
                        "{}; set the column to NULL before the row goes",
                        restricted(foreign_key, &self.table.name)
                    ),
                );
            }
        }
        for (number, unique) in self.table.uniques.iter().enumerate() {
            if unique.nulls_not_distinct && !self.dialect.nulls_not_distinct {
                let place = Place::of_unique(self.table, number);
                self.report(place, "NULLS NOT DISTINCT", NOT_NULL);
            }
        }
        for number in 0..self.table.exclusions.len() {
            if !self.dialect.exclusions {
                let place = Place::of_exclusion(self.table, number);
                let help =
                    "rows of fixed slots with a unique key, or a check in the transaction that locks the parent row";
                self.report(place, "exclusion constraints", help);
            }
        }
    }

    fn indexes(&mut self) {
        for (number, index) in self.table.indexes.iter().enumerate() {
            let place = Place::of_index(self.table, number);
            if !self.dialect.methods.contains(&index.method) {
                let help = match index.method {
                    Method::Ivfflat => "using = hnsw",
                    _ => "drop `using`: a B-tree finds the same rows",
                };
                self.report(place.clone(), &format!("{} indexes", index.method.word()), help);
            }
            if index.nulls_not_distinct && !self.dialect.nulls_not_distinct {
                self.report(place.clone(), "NULLS NOT DISTINCT", NOT_NULL);
            }
            if !index.with.is_empty() && !self.dialect.index_parameters {
                self.report(place.clone(), "storage parameters of an index", "drop them");
            }
            for key in &index.key {
                if key.collation.is_some() && !self.dialect.index_collation {
                    self.report(place.clone(), "collations in an index", "give the column the collation");
                }
                // The other databases place NULLs the other way round: only to leave it open is the same everywhere.
                if key.nulls.is_some() && !self.dialect.index_nulls {
                    self.report(
                        place.clone(),
                        "NULLS FIRST or LAST in an index but its own",
                        "drop `nulls_first` and `nulls_last`",
                    );
                }
            }
        }
    }

    fn objects(&mut self) {
        // What has no parameters for an index takes those of a table, and UNLOGGED, without doing anything.
        if !self.dialect.index_parameters {
            let place = Place::table(&self.table.name);
            if !self.table.storage.is_empty() {
                self.report(place.clone(), "storage parameters of a table", "drop `storage(…)`");
            }
            if self.table.unlogged {
                self.report(place, "unlogged tables", "drop `unlogged`");
            }
        }
        if self.table.partitioning.is_some() && !self.dialect.partitions {
            let place = Place::table(&self.table.name).key(Key::PartitionBy);
            self.report(place, "declared partitions", "keep one table; old rows leave by retention");
        }
        for (number, trigger) in self.table.triggers.iter().enumerate() {
            let of_columns = trigger
                .events
                .iter()
                .any(|event| matches!(event, TriggerEvent::Update(columns) if !columns.is_empty()));
            if (!trigger.for_each_row || of_columns) && !self.dialect.statement_triggers {
                let place = Place::of_trigger(self.table, number);
                self.report(
                    place,
                    "triggers for a statement or for named columns",
                    "a trigger for each row, with a condition",
                );
            }
        }
    }

    fn functions(&mut self) {
        for sql in &self.table.sql {
            for (name, _) in &sql.fragment.references().calls {
                let name = folded(name);
                if let Some(instead) = self.dialect.instead_of_function(&name) {
                    self.report(sql.place.clone(), &format!("function `{name}`"), instead);
                }
            }
        }
    }
}

const NOT_NULL: &str = "drop it, and make the columns NOT NULL";
