//! What is migrated: every change of the matrix, alone, under triggers that count what the releases write, and under a policy
//! that hides rows from them; and a rename of each type whose `=` is looser than identity.

use tablewright_core::plan::Allowed;
use tablewright_core::schema::{Schema, SqlType};

use crate::harness::values::counterpart;
use crate::matrix::changes::{self, Change};
use crate::matrix::dependents::{self, Dependent};
use crate::matrix::group::Group;
use crate::matrix::model::Model;
use crate::matrix::pair::{Pair, Reason};

/// A change, and the schemas before and after.
pub struct Subject {
    pub name: String,
    pub group: Group,
    /// Values of the type that are equal and not the same, as texts.
    pub alike: &'static [&'static str],
    /// Whether a value goes from one column to another.
    pub moves_values: bool,
    pub beside: Beside,
}

/// What the table has in both releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    Nothing,
    /// A version that counts the UPDATEs of a row, and an audit of every statement. Fills are none of the program's.
    Triggers,
    /// A policy that hides some rows from the program.
    Policy,
}

impl Beside {
    const ALL: [Self; 3] = [Self::Nothing, Self::Triggers, Self::Policy];

    fn dependent(self) -> Dependent {
        match self {
            Self::Nothing => Dependent { name: "", place: |_| Ok(()) },
            Self::Triggers => Dependent { name: " under triggers", place: triggers },
            Self::Policy => Dependent { name: " under a policy", place: policy },
        }
    }
}

/// Where the audit is.
pub const AUDITS: &str = "audits";

fn both(pair: &mut Pair, change: impl Fn(&mut Model)) -> Result<(), Reason> {
    if [&pair.old, &pair.new].iter().any(|side| side.model.item.is_empty()) {
        return Err(Reason::TableGone);
    }
    *pair = pair.clone().both(change);
    Ok(())
}

fn triggers(pair: &mut Pair) -> Result<(), Reason> {
    let unless_filled =
        |row: &str| format!("IF current_setting('tablewright.fill', true) = 'on' THEN RETURN {row}; END IF;");
    both(pair, |model| {
        model.fields.push("#[column(default = \"0\")]\n    pub version: i64,".to_owned());
        model.attribute(format!(
            "#[trigger(\"BEFORE UPDATE\", function = \"count_version\", body = \"BEGIN {} \
             NEW.version := OLD.version + 1; RETURN NEW; END\")]",
            unless_filled("NEW")
        ));
        model.attribute(format!(
            "#[trigger(\"AFTER INSERT OR UPDATE OR DELETE\", function = \"write_audit\", body = \"BEGIN {} \
             INSERT INTO audits (item, operation) VALUES (coalesce(NEW.id, OLD.id), TG_OP); RETURN NULL; END\")]",
            unless_filled("NULL")
        ));
        let audit = dependents::table("Audit", "", "    pub item: Uuid,\n    pub operation: String,\n");
        model.others.insert("Audit", audit);
    })
}

fn policy(pair: &mut Pair) -> Result<(), Reason> {
    both(pair, |model| model.attribute("#[policy(visible, using = \"number >= 0\")]"))
}

/// Types whose values can be equal and not the same.
fn loose() -> Vec<(&'static str, SqlType, &'static [&'static str])> {
    vec![
        ("interval", SqlType::Interval, &["1 day", "24:00:00", "1 mon", "30 days"]),
        ("citext", SqlType::Other("CITEXT".to_owned()), &["word", "WORD", "Word"]),
        ("numeric", SqlType::Numeric(None), &["1", "1.0", "1.00", "10e-1"]),
        ("double", SqlType::Double, &["0", "-0", "1"]),
        ("jsonb", SqlType::Jsonb, &["{\"a\": 1}", "{\"a\": 1.0}", "1", "1.0"]),
        ("json", SqlType::Json, &["{\"a\":1}", "{\"a\": 1}", "{\"a\":1,\"a\":2}"]),
        ("char", SqlType::Char(5), &["a", "a ", "ab"]),
        ("numeric_array", SqlType::Array(Box::new(SqlType::Numeric(None))), &["{1}", "{1.0}", "{1.00}"]),
        ("time", SqlType::Time, &["00:00:00", "24:00:00"]),
    ]
}

/// Every one.
pub fn all() -> Vec<Subject> {
    let changes = changes::all();
    let mut subjects = Vec::new();
    for beside in Beside::ALL {
        subjects.extend(changes.iter().filter_map(|change| subject(change, beside)));
    }
    let rename = changes.iter().find(|it| it.name == "column_rename").expect("a rename");
    for (name, sql_type, alike) in loose() {
        let Ok(mut group) = Group::new(rename, &Beside::Nothing.dependent()) else { panic!("a rename is refused") };
        for schema in [&mut group.old, &mut group.new] {
            retype(schema, &sql_type);
        }
        group.allowed = Allowed::default();
        let name = format!("column_rename_{name}");
        subjects.push(Subject { name, group, alike, moves_values: true, beside: Beside::Nothing });
    }
    subjects
}

/// A change of the matrix, where the model can tell its rows apart.
fn subject(change: &Change, beside: Beside) -> Option<Subject> {
    let dependent = beside.dependent();
    let group = Group::new(change, &dependent).ok()?;
    let old = group.old.tables.get("items")?;
    let new = counterpart(old, &group.new)?;
    // Rows are told apart by their id, and hidden by their number.
    new.column("id")?;
    let is_in_key = new.foreign_keys.iter().any(|key| key.columns.iter().any(|name| name == "number"));
    if beside == Beside::Policy && (is_in_key || change.name.starts_with("policy_")) {
        return None;
    }
    let moves = ["column_", "retype_", "not_null", "default", "enum_", "table_rename", "generated"];
    let moves_values = beside == Beside::Nothing && moves.iter().any(|start| change.name.starts_with(start));
    let name = format!("{}{}", change.name, dependent.name);
    Some(Subject { name, group, alike: &[], moves_values, beside })
}

/// Gives the column of the change another type.
fn retype(schema: &mut Schema, sql_type: &SqlType) {
    if *sql_type == SqlType::Other("CITEXT".to_owned()) {
        schema.extensions.insert("citext".to_owned());
    }
    for column in schema.tables.values_mut().flat_map(|table| &mut table.columns) {
        if ["subject", "title"].contains(&column.name.as_str()) {
            column.sql_type = sql_type.clone();
        }
    }
}
