//! Random schemas, and their migrations: on the level of the schema, not of Rust source.

pub mod build;

use tablewright_core::schema::{Column, Generated, SortDirection, SqlType};

/// Numbers that follow from a seed.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        // https://prng.di.unimi.it/splitmix64.c
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or_default()
    }

    /// Whether it is one of that many.
    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// What a schema is made of. Names of keys and indexes follow from those of tables and columns.
#[derive(Clone, Debug)]
pub struct Plan {
    tables: Vec<TableSpec>,
    /// The values of the native type and of the text that a check limits to them.
    values: [Vec<String>; 2],
}

#[derive(Clone, Debug)]
struct TableSpec {
    name: String,
    was: Option<String>,
    columns: Vec<ColumnSpec>,
    comment: bool,
    /// Of which kind each is.
    trigger: Option<usize>,
    policy: Option<usize>,
    /// A view of the user's own over it, a column that is computed from another, an index over several.
    view: Option<usize>,
    computed: Option<usize>,
    wide: Option<usize>,
}

#[derive(Clone, Debug)]
struct ColumnSpec {
    column: Column,
    key: Key,
    /// The table that it references, by its place.
    references: Option<usize>,
    check: Option<usize>,
    /// An expression of its type.
    value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    None,
    Index(SortDirection),
    Unique,
    Partial,
    NotDistinct,
    Covering,
    Expression,
}

const TABLES: [&str; 5] = ["orders", "users", "teams", "select", "notes"];
const COLUMNS: [&str; 7] = ["a", "b", "c", "user", "e", "Mixed", "g"];
const VALUES: [&str; 4] = ["one", "two", "it's", "four"];
const NATIVE: &str = "kind";
const TEXT: &str = "state";

/// A schema of some tables.
pub fn plan(random: &mut Random) -> Plan {
    let count = 1 + random.below(3);
    let mut plan = Plan { tables: Vec::new(), values: [values(random), values(random)] };
    for _ in 0..count {
        add_table(random, &mut plan);
    }
    plan
}

/// The same, with some changes; names that changed say what they were.
pub fn changed(random: &mut Random, plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    for _ in 0..=random.below(5) {
        change(random, &mut plan);
    }
    plan
}

fn values(random: &mut Random) -> Vec<String> {
    let count = 1 + random.below(VALUES.len());
    VALUES[..count].iter().map(|value| (*value).to_owned()).collect()
}

fn add_table(random: &mut Random, plan: &mut Plan) {
    let free =
        |name: &&&str| plan.tables.iter().all(|table| table.name != **name && table.was.as_deref() != Some(**name));
    let Some(name) = TABLES.iter().find(free) else { return };
    let mut table = TableSpec {
        name: (*name).to_owned(),
        was: None,
        columns: Vec::new(),
        comment: random.one_in(2),
        trigger: random.one_in(4).then_some(0),
        policy: random.one_in(4).then_some(0),
        view: random.one_in(4).then_some(0),
        computed: random.one_in(5).then_some(0),
        wide: random.one_in(5).then_some(0),
    };
    for _ in 0..random.below(5) {
        let earlier = plan.tables.len();
        add_column(random, &mut table, earlier);
    }
    plan.tables.push(table);
}

fn add_column(random: &mut Random, table: &mut TableSpec, earlier: usize) {
    let start = random.below(COLUMNS.len());
    let free = |name: &&str| {
        let taken = |spec: &ColumnSpec| spec.column.name == *name || spec.column.renamed_from.as_deref() == Some(*name);
        !table.columns.iter().any(taken)
    };
    let Some(name) = (0..COLUMNS.len()).map(|step| COLUMNS[(start + step) % COLUMNS.len()]).find(free) else { return };
    let spec = if earlier > 0 && random.one_in(4) {
        let column = Column { nullable: random.one_in(2), ..Column::new(name, SqlType::Uuid) };
        let key = if random.one_in(4) { Key::Unique } else { Key::Index(SortDirection::Ascending) };
        let value = "gen_random_uuid()".to_owned();
        ColumnSpec { column, key, references: Some(random.below(earlier)), check: None, value }
    } else {
        column(random, name)
    };
    table.columns.push(spec);
}

fn column(random: &mut Random, name: &str) -> ColumnSpec {
    let types = [
        (SqlType::Text, "'x'"),
        (SqlType::BigInt, "1"),
        (SqlType::Integer, "1"),
        (SqlType::Boolean, "true"),
        (SqlType::Timestamptz, "now()"),
        (SqlType::Jsonb, "'{}'"),
        (SqlType::Numeric(Some((12, 2))), "1.5"),
        (SqlType::Uuid, "gen_random_uuid()"),
        (SqlType::Date, "CURRENT_DATE"),
        (SqlType::Other(NATIVE.to_owned()), "'one'"),
        (SqlType::Text, "'one'"),
        (SqlType::Array(Box::new(SqlType::Text)), "'{}'"),
        (SqlType::Varchar(20), "'x'"),
        (SqlType::Varchar(40), "'x'"),
        (SqlType::Numeric(Some((14, 2))), "1.5"),
    ];
    let place = random.below(types.len());
    let (sql_type, default) = types[place].clone();
    let is_text_enumeration = place == 10;
    let mut column = Column { nullable: random.one_in(2), ..Column::new(name, sql_type) };
    if random.one_in(3) {
        column.default = Some(default.to_owned());
    } else if column.sql_type == SqlType::BigInt && random.one_in(4) {
        column.generated = Some(match random.below(3) {
            0 => Generated::Stored("length('a')".to_owned()),
            1 => Generated::IdentityAlways,
            _ => Generated::IdentityByDefault,
        });
        column.nullable = false;
    }
    if column.sql_type == SqlType::Text && random.one_in(5) {
        column.collation = Some("C".to_owned());
    }
    column.comment = random.one_in(3).then(|| "It's a comment.".to_owned());
    column.enumeration = match &column.sql_type {
        SqlType::Other(_) => Some(NATIVE.to_owned()),
        _ if is_text_enumeration => Some(TEXT.to_owned()),
        _ => None,
    };
    let key = match random.below(9) {
        6 => Key::NotDistinct,
        7 => Key::Covering,
        8 => Key::Expression,
        0 => Key::Unique,
        1 => Key::Partial,
        2 => Key::Index(SortDirection::Descending),
        3 => Key::Index(SortDirection::Ascending),
        _ => Key::None,
    };
    let comparable = matches!(column.sql_type, SqlType::BigInt | SqlType::Integer | SqlType::Numeric(_));
    let check = (comparable && random.one_in(3)).then_some(0);
    // An array or a document has no order that an index of a key would serve.
    let key = if matches!(column.sql_type, SqlType::Jsonb | SqlType::Array(_)) { Key::None } else { key };
    // Two values are no key, and one that the server gives is never NULL.
    let few = column.sql_type == SqlType::Boolean || column.enumeration.is_some();
    let is_unique = matches!(key, Key::Unique | Key::Partial | Key::NotDistinct);
    let key = if few && is_unique { Key::Index(SortDirection::Ascending) } else { key };
    ColumnSpec { column, key, references: None, check, value: default.to_owned() }
}

fn change(random: &mut Random, plan: &mut Plan) {
    let count = plan.tables.len();
    let place = random.below(count.max(1));
    match random.below(13) {
        0 => add_table(random, plan),
        1 if count > 1 => {
            // The last is the one that none may reference.
            let last = plan.tables.len() - 1;
            let referenced =
                plan.tables.iter().flat_map(|table| &table.columns).any(|spec| spec.references == Some(last));
            if !referenced {
                plan.tables.pop();
            }
        }
        2 => {
            let free = TABLES.iter().find(|name| {
                plan.tables.iter().all(|table| table.name != **name && table.was.as_deref() != Some(**name))
            });
            if let (Some(name), Some(table)) = (free, plan.tables.get_mut(place))
                && table.was.is_none()
            {
                table.was = Some(std::mem::replace(&mut table.name, (*name).to_owned()));
            }
        }
        3 => {
            let list = &mut plan.values[random.below(2)];
            if let Some(next) = VALUES.get(list.len()) {
                list.push((*next).to_owned());
            } else if list.len() > 1 {
                list.pop();
            }
        }
        other => {
            if let Some(table) = plan.tables.get_mut(place) {
                change_table(random, table, place, other);
            }
        }
    }
}

/// Whether the rows of a column fit into another.
fn becomes(old: &Column, new: &Column) -> bool {
    let is_number = |column: &Column| {
        column.generated.is_none()
            && matches!(column.sql_type, SqlType::BigInt | SqlType::Integer | SqlType::Numeric(_))
    };
    let is_text = |column: &Column| {
        column.enumeration.is_none()
            && column.collation.is_none()
            && matches!(column.sql_type, SqlType::Text | SqlType::Varchar(_))
    };
    let to_text = new.sql_type == SqlType::Text && new.enumeration.is_none() && old.generated.is_none();
    let same = old.sql_type == new.sql_type && old.enumeration == new.enumeration;
    let same = same && old.generated == new.generated && old.collation == new.collation;
    same || to_text && new.collation.is_none() || is_number(old) && is_number(new) || is_text(old) && is_text(new)
}

/// Keeps of a schema what can be reached from another: a name with a new meaning is dropped.
pub fn that_can_follow(mut plan: Plan, old: &Plan) -> Plan {
    for table in &mut plan.tables {
        // A name that another table gives up is not free before the next migration.
        if old.tables.iter().any(|before| before.name == table.name) {
            table.was = None;
        }
        let name = table.was.as_ref().unwrap_or(&table.name);
        let Some(before) = old.tables.iter().find(|before| before.name == *name) else { continue };
        loop {
            let left: Vec<String> = table.columns.iter().filter_map(|spec| spec.column.renamed_from.clone()).collect();
            let plain = table.columns.iter().filter(|spec| spec.column.renamed_from.is_none());
            let stay: Vec<String> = plain.map(|spec| spec.column.name.clone()).collect();
            let count = table.columns.len();
            let mut settled = true;
            table.columns.retain_mut(|spec| {
                let there = |name: &String| before.columns.iter().find(|before| before.column.name == *name);
                let column = &mut spec.column;
                let never = column.renamed_from.as_ref().is_some_and(|name| there(name).is_none());
                let blocked = there(&column.name).is_some() && !left.contains(&column.name);
                let stays = column.renamed_from.as_ref().is_some_and(|name| stay.contains(name));
                if column.renamed_from.is_some() && (never || blocked || stays) {
                    column.renamed_from = None;
                    settled = false;
                }
                let same = there(column.renamed_from.as_ref().unwrap_or(&column.name));
                same.is_none_or(|before| becomes(&before.column, column))
            });
            if settled && table.columns.len() == count {
                break;
            }
        }
        for spec in &mut table.columns {
            let was = spec.column.renamed_from.as_ref().unwrap_or(&spec.column.name);
            with_rows(spec, before.columns.iter().find(|before| before.column.name == *was));
        }
    }
    with_targets(&mut plan, old);
    plan
}

/// Leaves a foreign key its target: the rows that are there name rows of that table, or of none.
fn with_targets(plan: &mut Plan, old: &Plan) {
    let targets: Vec<String> =
        plan.tables.iter().map(|table| table.was.clone().unwrap_or_else(|| table.name.clone())).collect();
    for (table, was) in plan.tables.iter_mut().zip(&targets) {
        let Some(before) = old.tables.iter().find(|before| before.name == *was) else { continue };
        for spec in &mut table.columns {
            let was = spec.column.renamed_from.as_ref().unwrap_or(&spec.column.name);
            let Some(before) = before.columns.iter().find(|before| before.column.name == *was) else { continue };
            let target = before.references.map(|target| &old.tables[target].name);
            spec.references = spec.references.filter(|now| target == Some(&targets[*now]));
        }
    }
}

/// States of a column what rows can be brought to: those that are there have a value in it, and no key takes the same twice.
fn with_rows(spec: &mut ColumnSpec, before: Option<&ColumnSpec>) {
    let column = &mut spec.column;
    let gets_value = !column.nullable && before.is_none_or(|before| before.column.nullable);
    let is_key = |spec: &ColumnSpec| matches!(spec.key, Key::Unique | Key::Partial | Key::NotDistinct);
    // The server numbers rows from 1, which a check may not take.
    if column.generated.is_some() {
        spec.check = before.and_then(|before| before.check).filter(|_| spec.check.is_some());
    }
    let limits = |spec: &ColumnSpec| is_key(spec) || spec.references.is_some();
    // A value for all of them is in the way of the key that goes later.
    if gets_value && (spec.references.is_some() || before.is_some_and(limits)) {
        column.nullable = true;
    } else if gets_value && column.default.is_none() && column.generated.is_none() {
        // A check may ask for more than 1.
        column.backfill = Some(if spec.check.is_some() { "2".to_owned() } else { spec.value.clone() });
    }
    let one_for_all = before.is_none() && (column.default.is_some() || spec.key == Key::NotDistinct);
    if is_key(spec) && (one_for_all || gets_value) {
        spec.key = Key::Index(SortDirection::Ascending);
    }
}

fn change_table(random: &mut Random, table: &mut TableSpec, place: usize, what: usize) {
    let count = table.columns.len();
    match what {
        4 | 5 => add_column(random, table, place),
        6 if count > 0 => drop(table.columns.remove(random.below(count))),
        7 if count > 0 => {
            let number = random.below(count);
            let free = COLUMNS.iter().find(|name| {
                let taken = |spec: &ColumnSpec| {
                    spec.column.name == **name || spec.column.renamed_from.as_deref() == Some(**name)
                };
                !table.columns.iter().any(taken)
            });
            let column = &mut table.columns[number].column;
            if let (Some(name), None) = (free, &column.renamed_from) {
                column.renamed_from = Some(std::mem::replace(&mut column.name, (*name).to_owned()));
            }
        }
        8 if count > 1 => {
            // Two columns take each other's name.
            let (a, b) = (0, 1 + random.below(count - 1));
            let names = [a, b].map(|number| table.columns[number].column.name.clone());
            if table.columns.iter().all(|spec| spec.column.renamed_from.is_none()) {
                for (number, other) in [(a, 1), (b, 0)] {
                    let column = &mut table.columns[number].column;
                    column.renamed_from = Some(std::mem::replace(&mut column.name, names[other].clone()));
                }
            }
        }
        9 if count > 0 => {
            let number = random.below(count);
            let spec = &mut table.columns[number];
            if spec.references.is_none() {
                let fresh = column(random, &spec.column.name);
                // A type that is not another form of the first would be another column.
                if becomes(&spec.column, &fresh.column) {
                    let renamed_from = spec.column.renamed_from.take();
                    *spec = fresh;
                    spec.column.renamed_from = renamed_from;
                }
            } else {
                spec.column.nullable = !spec.column.nullable;
                spec.references = if random.one_in(2) { None } else { spec.references };
            }
        }
        10 => {
            table.trigger = [None, Some(0), Some(1), Some(2)][random.below(4)];
            table.policy = [None, Some(0), Some(1), Some(2)][random.below(4)];
        }
        11 => {
            table.view = [None, Some(0), Some(1)][random.below(3)];
            table.computed = [None, Some(0), Some(1)][random.below(3)];
            table.wide = [None, Some(0), Some(1)][random.below(3)];
        }
        _ => {
            table.comment = !table.comment;
            if let Some(spec) = table.columns.first_mut() {
                spec.column.nullable = !spec.column.nullable && spec.column.generated.is_none();
                spec.check = spec.check.map(|number| 1 - number);
                spec.column.comment = Some("Another comment.".to_owned());
            }
        }
    }
}
