//! Columns: new ones, other clauses, and those that go.

use super::super::backfill::Backfill;
use super::super::planner::{Planner, Rank, exclusive, path, shared};
use super::super::step::{Phase, Script};
use super::switch::next_number;
use crate::diagnostic::Place;
use crate::diff::{Clause, Item};
use crate::schema::{Column, Generated, Table, Trigger, TriggerEvent, TriggerTiming, derived_name};
use crate::sql::fragment::{Fragment, Volatility};
use crate::sql::{ddl, literal, quote};

impl Planner<'_> {
    pub(super) fn column(&mut self, old_table: &Table, table: &Table, item: Item<'_, Column>) {
        match item {
            Item::Add(new) => self.add_column(table, new),
            Item::Drop(old) => self.drop_column(old_table, table, old),
            Item::Rename { old, new } => self.replace_column(old_table, table, old, new),
            Item::Change { .. } => {}
        }
    }

    fn add_column(&mut self, table: &Table, column: &Column) {
        let place = Place::column(&table.name, &column.name);
        let mut acknowledged = Vec::new();
        if column.generated.is_some() && self.dialect.rewrites_for_generated {
            let hazard = format!("rewrites {}", table.name);
            let message = "a generated or numbered column is filled while the table is blocked".to_owned();
            let instead = "an ordinary column with `backfill = \"…\"`, kept by the program or a trigger";
            if !self.acknowledge(&hazard, place, message, instead) {
                return;
            }
            acknowledged.push(hazard);
        } else if column.generated.is_some() {
        } else if let Some(value) = column.backfill.clone() {
            return self.add_filled(table, column, &value, true);
        } else if let Some(default) = &column.default {
            let volatility =
                Fragment::parse(default).map_or(Volatility::Volatile, |fragment| fragment.volatility(table));
            if volatility == Volatility::Volatile && self.dialect.rewrites_for_generated {
                return self.add_filled(table, column, &default.clone(), false);
            }
        } else if !column.nullable {
            if !self.allowed.everything {
                let message = "the rows that are there have no value for a column that takes no NULL".to_owned();
                let help = "#[column(backfill = \"…\")]    SQL over the row that gives them one\nor: #[column(default = \
                            \"…\")]\nor: Option<…>, which takes NULL";
                return self.refuse(super::super::planner::HAZARD, place, message, help.to_owned());
            }
            acknowledged.push(format!("rows without {}", path(table, &column.name)));
        }
        let Some(statement) = ddl::add_column(&table.name, column, self.dialect) else { return };
        let mut up = vec![statement];
        up.extend(comment(table, column));
        let what = format!("adds the column {}", path(table, &column.name));
        let locks = exclusive(&table.name);
        let script = if acknowledged.is_empty() {
            Script::quick(what, locks, up)
        } else {
            Script::rewriting(what, format!("{locks}, while every row is written"), up)
        };
        let down = self.drop_new(table, column);
        self.acknowledged_step(
            (Phase::Expand, Rank::Columns),
            &format!("add_{}_{}", table.name, column.name),
            "the models have it; the rows that are there are not touched",
            &acknowledged,
            script,
            down,
        );
    }

    /// The way back from a column that is new.
    pub(super) fn drop_new(&self, table: &Table, column: &Column) -> Script {
        Script::quick(
            format!("drops the column {}", path(table, &column.name)),
            exclusive(&table.name),
            vec![ddl::drop_column(&table.name, &column.name)],
        )
        .loses(format!("what was written into {} since it is there", path(table, &column.name)))
    }

    /// Adds a column whose value each row must be given.
    fn add_filled(&mut self, table: &Table, column: &Column, value: &str, stated: bool) {
        let name = path(table, &column.name);
        let bare = Column { nullable: true, default: None, ..column.clone() };
        let Some(statement) = ddl::add_column(&table.name, &bare, self.dialect) else { return };
        let mut up = vec![statement];
        up.extend(comment(table, column));
        let lock = exclusive(&table.name);
        let down = self.drop_new(table, column);
        self.step(
            (Phase::Expand, Rank::Columns),
            &format!("add_{}_{}", table.name, column.name),
            "it takes NULL until its rows are filled; a value for each row at once would rewrite the table",
            Script::quick(format!("adds the column {name}, empty"), lock.as_str(), up),
            down,
        );
        if let Some(default) = &column.default {
            self.step(
                (Phase::Expand, Rank::Columns),
                &format!("default_{}_{}", table.name, column.name),
                "new rows get it from now on, also those of the old release",
                Script::quick(
                    format!("gives {name} its default"),
                    lock.as_str(),
                    vec![ddl::set_default(&table.name, &column.name, default)],
                ),
                Script::quick(
                    format!("takes the default of {name} away"),
                    lock,
                    vec![ddl::drop_default(&table.name, &column.name)],
                ),
            );
        } else if stated && !column.nullable {
            self.fill_while_the_old_release_runs(table, column, value);
        }
        self.fill(table, &column.name, value, &format!("{} IS NULL", quote(&column.name)));
        if !column.nullable {
            self.not_null(table, column, Phase::Backfill);
        }
    }

    /// The old release does not know the column, so its rows get their value from a trigger until it is gone.
    fn fill_while_the_old_release_runs(&mut self, table: &Table, column: &Column, value: &str) {
        let name = derived_name(&[&table.name, &column.name, "fill"]);
        let field = quote(&column.name);
        let expression = self.over_new(value, &table.name);
        let body = format!(
            "BEGIN\n    IF {} IS NULL THEN\n        NEW.{field} := {expression};\n    END IF;\n    RETURN NEW;\nEND",
            self.new_field(&column.name)
        );
        self.temporary_trigger(table, &name, &body, "the rows that the old release writes may have no value there");
    }

    /// A trigger that is there from the first phase to the last.
    pub(super) fn temporary_trigger(&mut self, table: &Table, name: &str, body: &str, why: &str) {
        let (create, drop) = self.trigger_scripts(table, name, body);
        self.step((Phase::Expand, Rank::Triggers), &format!("create_{name}"), why, create.clone(), drop.clone());
        self.step((Phase::Contract, Rank::Switch), &format!("drop_{name}"), "the old release is gone", drop, create);
    }

    /// The scripts that create a trigger for each inserted or updated row, and that drop it.
    pub(super) fn trigger_scripts(&self, table: &Table, name: &str, body: &str) -> (Script, Script) {
        let (up, down) = trigger_statements(&table.name, name, body);
        (
            Script::quick(
                format!("creates the trigger {name} of {}", table.name),
                format!("SHARE ROW EXCLUSIVE on {}", table.name),
                up,
            ),
            Script::quick(format!("drops the trigger {name} of {}", table.name), exclusive(&table.name), down),
        )
    }

    /// A field of the row that a trigger is given.
    pub(super) fn new_field(&self, column: &str) -> String {
        format!("{}.{}", self.dialect.new_row, quote(column))
    }

    /// An expression over the row that a trigger is given.
    pub(super) fn over_new(&self, expression: &str, table: &str) -> String {
        let columns = super::constraints::columns_of(expression);
        if columns.is_empty() {
            return expression.to_owned();
        }
        let fields: Vec<String> =
            columns.iter().map(|column| format!("{} AS {}", self.new_field(column), quote(column))).collect();
        format!("(SELECT {expression} FROM (SELECT {}) AS {})", fields.join(", "), quote(table))
    }

    /// Fills a column in batches.
    pub(super) fn fill(&mut self, table: &Table, column: &str, value: &str, missing: &str) {
        let scripts = Backfill { table, column, value, missing }.scripts(self.dialect);
        let several = scripts.len() > 1;
        for (index, (up, down)) in scripts.into_iter().enumerate() {
            let part = if several { format!("_{}", index + 1) } else { String::new() };
            self.step(
                (Phase::Backfill, Rank::Fill),
                &format!("fill_{}_{column}{part}", table.name),
                "one UPDATE over the table would lock every row until it ends",
                up,
                down,
            );
        }
    }

    /// Forbids NULL without reading the table under a lock: a check proves what SET NOT NULL would have to look for.
    pub(super) fn not_null(&mut self, table: &Table, column: &Column, phase: Phase) {
        let at = (phase, Rank::NotNull);
        let (name, lock) = (path(table, &column.name), exclusive(&table.name));
        let (set, unset) =
            (ddl::set_not_null(&table.name, &column.name), ddl::drop_not_null(&table.name, &column.name));
        let label = format!("{}_{}", table.name, column.name);
        if !self.dialect.transactional_ddl {
            // It proves it beside the running program by itself.
            return self.step(
                at,
                &format!("not_null_{label}"),
                "the models have no NULL there",
                Script::quick(format!("forbids NULL in {name}"), lock.as_str(), vec![set]),
                Script::quick(format!("lets {name} take NULL"), lock, vec![unset]),
            );
        }
        let check = not_null_check(&table.name, &column.name);
        let condition = ddl::check_body(&format!("{} IS NOT NULL", quote(&column.name)));
        let drop_check = ddl::drop_constraint(&table.name, &check);
        let if_exists = ddl::drop_constraint_if_exists(&table.name, &check);
        self.step(
            at,
            &format!("check_{label}"),
            "a check that is proved lets SET NOT NULL skip its look at every row",
            Script::quick(
                format!("forbids NULL in {name} by a check that is not proved yet"),
                lock.as_str(),
                vec![ddl::add_not_valid(&table.name, &check, &condition)],
            ),
            Script::quick(format!("drops the check {check}, where it is left"), lock.as_str(), vec![if_exists]),
        );
        self.step(
            at,
            &format!("validate_{label}"),
            "in a file of its own, since the lock of the file before would be held while every row is read",
            Script::reading(
                format!("proves that no row has NULL in {name}"),
                shared(&table.name),
                vec![ddl::validate_constraint(&table.name, &check)],
            ),
            Script::nothing(format!("leaves the check {check} to the file before")),
        );
        self.step(
            at,
            &format!("not_null_{label}"),
            "the check proves it, so no row is read",
            Script::quick(format!("forbids NULL in {name}"), lock.as_str(), vec![set]),
            Script::quick(format!("lets {name} take NULL"), lock.as_str(), vec![unset]),
        );
        self.step(
            at,
            &format!("uncheck_{label}"),
            "NOT NULL says the same",
            Script::quick(format!("drops the check {check}"), lock, vec![drop_check]),
            Script::nothing(format!("leaves {name} as it is")),
        );
    }

    /// Lets a column take NULL; the way back proves first that no row has it.
    pub(super) fn take_null(&mut self, table: &Table, column: &Column, at: (Phase, Rank), why: &str, lost: bool) {
        let (name, lock) = (path(table, &column.name), exclusive(&table.name));
        let check = not_null_check(&table.name, &column.name);
        let condition = ddl::check_body(&format!("{} IS NOT NULL", quote(&column.name)));
        let down = if self.dialect.transactional_ddl {
            Script::in_turn(
                format!("forbids NULL in {name} again; where rows have it, give them a value first"),
                lock.as_str(),
                "an instant, then as long as every row takes to be read, then an instant",
                vec![
                    vec![no_nulls(&table.name, &column.name, lost)],
                    vec![
                        ddl::drop_constraint_if_exists(&table.name, &check),
                        ddl::add_not_valid(&table.name, &check, &condition),
                    ],
                    vec![ddl::validate_constraint(&table.name, &check)],
                    vec![ddl::set_not_null(&table.name, &column.name), ddl::drop_constraint(&table.name, &check)],
                ],
            )
        } else {
            Script::quick(
                format!("forbids NULL in {name} again; where rows have it, give them a value first"),
                lock.as_str(),
                vec![ddl::set_not_null(&table.name, &column.name)],
            )
        };
        self.step(
            at,
            &format!("null_{}_{}", table.name, column.name),
            why,
            Script::quick(format!("lets {name} take NULL"), lock, vec![ddl::drop_not_null(&table.name, &column.name)]),
            down,
        );
    }

    fn drop_column(&mut self, old_table: &Table, table: &Table, column: &Column) {
        let name = path(old_table, &column.name);
        let alike = table.columns.iter().find(|new| {
            new.sql_type == column.sql_type && old_table.column(&new.name).is_none() && new.renamed_from.is_none()
        });
        let (place, rename) = match alike {
            Some(new) => (
                Place::column(&table.name, &new.name),
                Some(format!("#[column(renamed_from = \"{}\")]    on `{}`,", column.name, new.name)),
            ),
            None => (Place::table(&table.name), None),
        };
        let message = format!("the column `{}` is gone from the model, and its values would go with it", column.name);
        if !self.dropped(&name, place, message, rename) {
            return;
        }
        let left = Column { nullable: true, ..column.clone() };
        let stays_empty = !column.nullable && column.default.is_none() && column.generated.is_none();
        let in_key = table.primary_key.columns.contains(&column.name);
        if stays_empty && !in_key {
            let why = "the new release does not know the column, and inserts rows without it";
            self.take_null(table, column, (Phase::Expand, Rank::Relax), why, true);
        }
        self.step(
            (Phase::Contract, Rank::DropColumns),
            &format!("drop_{}_{}", table.name, column.name),
            "no release uses it any more",
            Script::quick(
                format!("drops the column {name}"),
                exclusive(&table.name),
                vec![ddl::drop_column(&table.name, &column.name)],
            )
            .loses(format!("every value of {name}: the way back makes the column, a backup has its values")),
            self.make_again(table, if stays_empty { &left } else { column }),
        );
    }

    /// The way back from a column that is dropped: the column without its values.
    pub(super) fn make_again(&self, table: &Table, column: &Column) -> Script {
        let mut statements: Vec<String> = ddl::add_column(&table.name, column, self.dialect).into_iter().collect();
        statements.extend(comment(table, column));
        Script::quick(
            format!("makes the column {} again, without the values that it had", path(table, &column.name)),
            exclusive(&table.name),
            statements,
        )
    }

    pub(super) fn clause(&mut self, old_table: &Table, table: &Table, old: &Column, new: &Column, clause: Clause) {
        // A column that is replaced by another is made as it is to be.
        let replaced = self.filled.contains(&(table.name.clone(), new.name.clone()));
        if replaced && (clause != Clause::Type || old.name != new.name) {
            return;
        }
        let at = (Phase::Expand, Rank::Columns);
        let (name, lock) = (path(table, &new.name), exclusive(&table.name));
        match clause {
            Clause::Type => self.change_type(old_table, table, old, new),
            Clause::Nullable if new.nullable => {
                self.take_null(table, new, (Phase::Expand, Rank::Relax), "the new release writes NULL there", false);
            }
            Clause::Nullable => {
                let keyed = |table: &Table| table.primary_key.columns.contains(&new.name);
                match new.backfill.as_ref().or(new.default.as_ref()).cloned() {
                    Some(value) => {
                        self.fill_while_the_old_release_runs(table, new, &value);
                        self.fill(table, &new.name, &value, &format!("{} IS NULL", quote(&new.name)));
                        return self.not_null(table, new, Phase::Backfill);
                    }
                    // A key takes no NULL, whatever else is said of its columns.
                    None if keyed(old_table) || keyed(table) || new.generated.is_some() => {}
                    None => {
                        let hazard = format!("no NULL in {name}");
                        let message = "the rows that have NULL there would have no value".to_owned();
                        let instead = "#[column(backfill = \"…\")]    SQL over the row that gives them one";
                        let place = Place::column(&table.name, &new.name);
                        if !self.acknowledge(&hazard, place, message, instead) {
                            return;
                        }
                    }
                }
                self.not_null(table, new, Phase::Contract);
            }
            Clause::Default => {
                let set = |column: &Column| {
                    let statement = match &column.default {
                        Some(default) => ddl::set_default(&table.name, &new.name, default),
                        None => ddl::drop_default(&table.name, &new.name),
                    };
                    let what = match &column.default {
                        Some(default) => format!("gives {name} the default {default}"),
                        None => format!("takes the default of {name} away"),
                    };
                    Script::quick(what, lock.as_str(), vec![statement])
                };
                let label = format!("default_{}_{}", table.name, new.name);
                // The old release leaves the column out until it is gone.
                let phase = if new.default.is_none() && !new.nullable { Phase::Contract } else { at.0 };
                self.step((phase, at.1), &label, "rows that are there keep their values", set(new), set(old));
            }
            Clause::Generated => self.generated(table, old, new),
            Clause::Collation => {
                let hazard = format!("rewrites {}", table.name);
                let message = "another collation rebuilds the column's indexes while the table is blocked".to_owned();
                let place = Place::column(&table.name, &new.name);
                let instead = "a new column with that collation and `backfill = \"…\"`";
                if old.sql_type == new.sql_type && self.acknowledge(&hazard, place, message, instead) {
                    self.set_type(table, old, new, &[hazard]);
                }
            }
            // All comments come in one file.
            Clause::Comment => {}
        }
    }

    /// A change of type in place.
    pub(super) fn set_type(&mut self, table: &Table, old: &Column, new: &Column, acknowledged: &[String]) {
        let (name, lock) = (path(table, &new.name), exclusive(&table.name));
        let using = |from: &Column, to: &Column| {
            (from.sql_type != to.sql_type)
                .then(|| format!("{}::{}", quote(&new.name), ddl::type_text(&to.sql_type, self.dialect)))
        };
        let with = |from: &Column, to: &Column, plain: bool| {
            let column = Column { name: new.name.clone(), ..to.clone() };
            let using = using(from, to).filter(|_| !plain);
            ddl::set_type(&table.name, &column, using.as_deref(), self.dialect)
        };
        let what = |column: &Column| format!("makes {name} {}", column.sql_type);
        let widening = acknowledged.is_empty();
        let up = if widening {
            Script::quick(what(new), lock.as_str(), vec![with(old, new, true)])
        } else {
            let locks = format!("{lock}, while every row is written");
            Script::rewriting(what(new), locks, vec![with(old, new, false)])
        };
        let why = if widening {
            "PostgreSQL does this without a look at the rows"
        } else {
            "it was acknowledged that the table is blocked meanwhile"
        };
        self.acknowledged_step(
            (Phase::Expand, Rank::Columns),
            &format!("type_{}_{}", table.name, new.name),
            why,
            acknowledged,
            up,
            Script::rewriting(
                format!("{} again", what(old)),
                format!("{lock}, while every row is read or written"),
                vec![with(new, old, false)],
            ),
        );
    }

    fn generated(&mut self, table: &Table, old: &Column, new: &Column) {
        let stored = |column: &Column| matches!(column.generated, Some(Generated::Stored(_)));
        let name = path(table, &new.name);
        let lock = exclusive(&table.name);
        if !stored(old) && !stored(new) {
            let set = |from: &Column, to: &Column| {
                let statement = match (&from.generated, &to.generated) {
                    (Some(_), None) => Some(ddl::drop_identity(&table.name, &new.name)),
                    (None, Some(identity)) => ddl::add_identity(&table.name, &new.name, identity),
                    (_, Some(identity)) => ddl::set_identity(&table.name, &new.name, identity),
                    (None, None) => None,
                };
                let mut statements: Vec<String> = statement.into_iter().collect();
                if from.generated.is_none() && self.dialect.transactional_ddl {
                    statements.extend(next_number(&table.name, &new.name));
                }
                let what = if to.generated.is_some() { "numbers" } else { "stops numbering" };
                Script::quick(format!("{what} {name}"), lock.as_str(), statements)
            };
            let label = format!("identity_{}_{}", table.name, new.name);
            let first = |index: &crate::schema::Index| index.key.first().and_then(|key| key.name()) == Some(&new.name);
            let found = table.primary_key.columns.first() == Some(&new.name)
                || table.uniques.iter().any(|it| it.columns.first() == Some(&new.name))
                || table.indexes.iter().any(first);
            let mut acknowledged = Vec::new();
            if !found && old.generated.is_none() && self.dialect.transactional_ddl {
                let hazard = format!("blocks {}", table.name);
                let message = "no index leads with the column, so every row is read for the last number".to_owned();
                let instead = "an index on it, in a migration before";
                if !self.acknowledge(&hazard, Place::column(&table.name, &new.name), message, instead) {
                    return;
                }
                acknowledged.push(hazard);
            }
            let why = "the models say who numbers it";
            let optional = Column { generated: Some(Generated::IdentityByDefault), ..new.clone() };
            let mut from = old;
            let at = match (&old.generated, &new.generated) {
                // What numbers a column wants it to be NOT NULL.
                (_, None) if new.nullable => (Phase::Expand, Rank::Names),
                (Some(Generated::IdentityAlways), None) => {
                    // The old release gives no number and the new one does: the server takes both.
                    let (up, down) = (set(old, &optional), set(&optional, old));
                    self.step((Phase::Expand, Rank::Columns), &format!("optional_{label}"), why, up, down);
                    from = &optional;
                    (Phase::Contract, Rank::Relax)
                }
                // The old release leaves it to the server, or gives numbers, until it is gone.
                (Some(Generated::IdentityByDefault), _) => (Phase::Contract, Rank::Relax),
                _ if old.nullable && !new.nullable => (Phase::Contract, Rank::Objects),
                _ => (Phase::Expand, Rank::Columns),
            };
            return self.acknowledged_step(at, &label, why, &acknowledged, set(from, new), set(new, from));
        }
        let hazard = format!("rewrites {}", table.name);
        let message = if stored(new) {
            "the column would be computed for every row while the table is blocked"
        } else {
            "a generated column cannot be made one again without writing every row: there is no safe way back"
        };
        let instead = "a new column with `backfill = \"…\"`";
        let place = Place::column(&table.name, &new.name);
        if !self.acknowledge(&hazard, place, message.to_owned(), instead) {
            return;
        }
        let make = |from: &Column, to: &Column| {
            let to = Column { name: new.name.clone(), ..to.clone() };
            let mut statements = if stored(&to) {
                let mut list = vec![ddl::drop_column(&table.name, &new.name)];
                list.extend(ddl::add_column(&table.name, &to, self.dialect));
                list
            } else {
                let _ = from;
                vec![ddl::drop_expression(&table.name, &new.name, self.dialect)]
            };
            statements.extend(stored(&to).then(|| comment(table, &to)).flatten());
            Script::rewriting(
                format!("computes {name} as the models say"),
                format!("{lock}, while every row is written"),
                statements,
            )
        };
        let label = format!("generated_{}_{}", table.name, new.name);
        let (up, down) = (make(old, new), make(new, old));
        let why = "its values follow from the row, so they are computed anew";
        self.acknowledged_step((Phase::Expand, Rank::Columns), &label, why, &[hazard], up, down);
    }
}

/// The statements that create a trigger and its function, and those that drop them.
pub(super) fn trigger_statements(table: &str, name: &str, body: &str) -> (Vec<String>, Vec<String>) {
    let trigger = Trigger {
        name: name.to_owned(),
        timing: TriggerTiming::Before,
        events: vec![TriggerEvent::Insert, TriggerEvent::Update(Vec::new())],
        for_each_row: true,
        condition: None,
        function: name.to_owned(),
        body: Some(body.to_owned()),
    };
    (
        vec![ddl::create_function(name, body), ddl::create_trigger(table, &trigger)],
        vec![ddl::drop_trigger(table, name), ddl::drop_function(name)],
    )
}

/// Says what to do where the way back of a column finds NULL, before anything is locked.
fn no_nulls(table: &str, column: &str, lost: bool) -> String {
    let name = format!("{table}.{column}");
    let message = if lost {
        format!("{name} was dropped, and its values with it: some rows have none")
    } else {
        format!("some rows have NULL in {name}, which took none before")
    };
    let hint = if lost {
        format!("fill {name} from a backup, or with what the program can bear, and run this file again")
    } else {
        format!("give these rows a value in {name}, and run this file again")
    };
    format!(
        "DO $$\nBEGIN\n    IF EXISTS (SELECT FROM {} WHERE {} IS NULL) THEN\n        RAISE EXCEPTION {}\n            USING HINT = \
         {};\n    END IF;\nEND\n$$;",
        quote(table),
        quote(column),
        literal(&message.replace('%', "%%")),
        literal(&hint)
    )
}

/// The check that stands in for NOT NULL while it is proved.
fn not_null_check(table: &str, column: &str) -> String {
    derived_name(&[table, column, "not_null"])
}

fn comment(table: &Table, column: &Column) -> Option<String> {
    let comment = column.comment.as_deref()?;
    Some(ddl::comment_on_column(&table.name, &column.name, Some(comment)))
}
