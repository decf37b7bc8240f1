//! Models at random, and what a branch changes of them. A change knows by itself how it is done to other models than those it was
//! thought of for, so that the changes of two branches can be done one after the other.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::common::Package;

/// Numbers that follow from a seed.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: usize) -> usize {
        // https://prng.di.unimi.it/splitmix64.c
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap()
    }

    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// The models of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    tables: BTreeMap<String, Table>,
    /// The values of the native type and of the text that a check limits to them, in the order of the database.
    values: [Vec<String>; 2],
    /// Whether there is a function of the user's own.
    function: bool,
    /// Views of the user's own: the table and the column that each reads.
    views: BTreeMap<String, (String, String)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Table {
    was: Option<String>,
    /// Each column, with the name that it had before.
    columns: Vec<(String, Type, Option<String>)>,
    things: Vec<Thing>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Number,
    Large,
}

impl Type {
    fn rust(self) -> &'static str {
        match self {
            Self::Number => "i32",
            Self::Large => "i64",
        }
    }
}

/// What stands on a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    kind: Kind,
    column: String,
}

impl Thing {
    /// Whether it stands on its column, and is not only called after it.
    fn reads_it(&self) -> bool {
        !matches!(self.kind, Kind::Value(_))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Index,
    Partial,
    Expression,
    Check,
    Calls,
    Computed,
    Trigger,
    Policy,
    /// A partial index over the rows with a value: its place among those that there were at first.
    Value(usize),
}

/// One change.
#[derive(Clone, Debug)]
pub enum Edit {
    AddColumn(String, String),
    DropColumn(String, String),
    RenameColumn(String, String, String),
    Retype(String, String),
    Make(String, Thing),
    View(String, String, String),
    DropFunction,
    /// Whether the type is native, the value, and what it comes after.
    AddValue(bool, String, Option<String>),
    DropValue(bool, String),
    AddTable(String),
    DropTable(String),
    RenameTable(String, String),
    /// A migration by hand, which reads a column.
    ByHand(String, String),
}

const TABLES: [&str; 3] = ["orders", "users", "items"];
const VALUES: [&str; 3] = ["red", "green", "blue"];

impl World {
    /// What every history begins with.
    pub fn start() -> Self {
        let columns = ["one", "two", "three"].map(|name| (name.to_owned(), Type::Number, None));
        let table = Table { was: None, columns: columns.to_vec(), things: Vec::new() };
        let values = VALUES.map(str::to_owned).to_vec();
        Self {
            tables: TABLES.iter().map(|name| ((*name).to_owned(), table.clone())).collect(),
            values: [values.clone(), values],
            function: true,
            views: BTreeMap::new(),
        }
    }

    /// A change of these models; `id` is one that no other change has.
    pub fn edit(&self, random: &mut Random, id: usize) -> Edit {
        let names: Vec<&String> = self.tables.keys().collect();
        let table = (*random.of(&names)).clone();
        let columns: Vec<&String> = self.tables[&table].columns.iter().map(|(name, ..)| name).collect();
        let column = (*random.of(&columns)).clone();
        let make = |kind| Edit::Make(table.clone(), Thing { kind, column: column.clone() });
        match random.below(22) {
            0 => Edit::AddColumn(table, format!("more_{id}")),
            1 if random.one_in(2) => Edit::AddColumn(table, "same".to_owned()),
            1 | 2 if columns.len() > 1 => Edit::DropColumn(table, column),
            3 => Edit::RenameColumn(table, column, format!("named_{id}")),
            4 => Edit::Retype(table, column),
            5 => make(Kind::Index),
            6 => make(Kind::Partial),
            7 => make(Kind::Expression),
            8 => make(Kind::Check),
            9 => make(Kind::Calls),
            10 => make(Kind::Computed),
            11 => make(Kind::Trigger),
            12 => make(Kind::Policy),
            13 => Edit::View(format!("seen_{id}"), table, column),
            14 if random.one_in(2) => Edit::DropFunction,
            15 | 16 => {
                let native = !random.one_in(3);
                let values = &self.values[usize::from(!native)];
                let at = random.below(values.len() + 1);
                Edit::AddValue(native, format!("tone_{id}"), at.checked_sub(1).map(|at| values[at].clone()))
            }
            17 if random.one_in(2) => {
                let native = random.one_in(2);
                Edit::DropValue(native, random.of(&self.values[usize::from(!native)]).clone())
            }
            18 => make(Kind::Value(random.below(VALUES.len()))),
            19 if random.one_in(2) && names.len() > 1 => Edit::DropTable(table),
            20 if random.one_in(2) => Edit::RenameTable(table, format!("things_{id}s")),
            21 => Edit::ByHand(table, column),
            _ => Edit::AddTable(format!("places_{id}s")),
        }
    }

    /// Does a change, where it can be done and means something.
    pub fn apply(&mut self, edit: &Edit) -> bool {
        let before = self.clone();
        match edit.clone() {
            Edit::AddColumn(table, column) => {
                self.columns(&table, |columns| columns.push((column, Type::Number, None)));
            }
            Edit::DropColumn(table, column) => {
                self.without_column(&table, &column);
                self.views.retain(|_, (of, read)| (of.as_str(), read.as_str()) != (&table, &column));
            }
            Edit::RenameColumn(table, from, to) => self.rename_column(&table, &from, &to),
            Edit::Retype(table, column) => self.columns(&table, |columns| {
                columns.iter_mut().filter(|(name, ..)| *name == column).for_each(|it| it.1 = Type::Large);
            }),
            Edit::Make(table, thing) => {
                let (function, [native, _]) = (self.function, &self.values);
                let fits = match thing.kind {
                    Kind::Calls => function,
                    Kind::Value(index) => native.iter().any(|value| value == VALUES[index]),
                    _ => true,
                };
                if let Some(it) = self.tables.get_mut(&table).filter(|_| fits)
                    && it.columns.iter().any(|(name, ..)| *name == thing.column)
                    && !it.things.contains(&thing)
                {
                    it.things.push(thing);
                }
            }
            Edit::View(name, table, column) => {
                if self.has(&table, &column) {
                    self.views.insert(name, (table, column));
                }
            }
            Edit::DropFunction => {
                self.function = false;
                self.tables.values_mut().for_each(|table| table.things.retain(|thing| thing.kind != Kind::Calls));
            }
            Edit::AddValue(native, value, after) => {
                let values = &mut self.values[usize::from(!native)];
                let place = |text: &str| values.iter().position(|it| it == text);
                let at = match after {
                    Some(after) => place(&after).map(|at| at + 1),
                    None => place(VALUES[0]).or(Some(0)),
                };
                values.insert(at.unwrap_or(values.len()), value);
            }
            Edit::DropValue(native, value) => {
                self.values[usize::from(!native)].retain(|it| *it != value);
                let named =
                    |thing: &Thing| matches!(thing.kind, Kind::Value(index) if native && VALUES[index] == value);
                self.tables.values_mut().for_each(|table| table.things.retain(|thing| !named(thing)));
            }
            Edit::AddTable(name) => {
                let columns = vec![("one".to_owned(), Type::Number, None)];
                self.tables.insert(name, Table { was: None, columns, things: Vec::new() });
            }
            Edit::DropTable(name) => {
                self.tables.remove(&name);
                self.views.retain(|_, (table, _)| *table != name);
            }
            Edit::RenameTable(from, to) => {
                if let Some(table) = self.tables.remove(&from) {
                    self.tables.insert(to.clone(), Table { was: Some(from.clone()), ..table });
                }
                self.views.values_mut().filter(|(table, _)| *table == from).for_each(|it| it.0.clone_from(&to));
            }
            // No model shows what changes rows.
            Edit::ByHand(table, column) => return self.has(&table, &column),
        }
        *self != before
    }

    fn has(&self, table: &str, column: &str) -> bool {
        self.tables.get(table).is_some_and(|it| it.columns.iter().any(|(name, ..)| name == column))
    }

    fn columns(&mut self, table: &str, change: impl FnOnce(&mut Vec<(String, Type, Option<String>)>)) {
        if let Some(table) = self.tables.get_mut(table) {
            change(&mut table.columns);
        }
    }

    fn without_column(&mut self, table: &str, column: &str) {
        if let Some(table) = self.tables.get_mut(table) {
            table.columns.retain(|(name, ..)| name != column);
            table.things.retain(|thing| thing.column != column || !thing.reads_it());
        }
    }

    fn rename_column(&mut self, table: &str, from: &str, to: &str) {
        let Some(it) = self.tables.get_mut(table) else { return };
        for (name, _, was) in it.columns.iter_mut().filter(|(name, ..)| name == from) {
            *was = Some(from.to_owned());
            to.clone_into(name);
        }
        let reads = |thing: &&mut Thing| thing.column == from && thing.reads_it();
        it.things.iter_mut().filter(reads).for_each(|thing| to.clone_into(&mut thing.column));
        let views = self.views.values_mut().filter(|(of, read)| of == table && read == from);
        views.for_each(|it| to.clone_into(&mut it.1));
    }

    /// Writes the models, in place of what is there.
    pub fn write(&self, package: &Package) {
        for folder in ["src", "sql"] {
            let _ = std::fs::remove_dir_all(package.path().join(folder));
        }
        package.write("src/lib.rs", self.models());
        package.write("sql/.gitkeep", "");
        if self.function {
            package.write(
                "sql/is_fine.up.sql",
                "CREATE FUNCTION is_fine(value BIGINT) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE AS 'SELECT value > 0';\n",
            );
            package.write("sql/is_fine.down.sql", "DROP FUNCTION is_fine(BIGINT);\n");
        }
        for (name, (table, column)) in &self.views {
            let up = format!("-- after: {table}\nCREATE VIEW {name} AS SELECT id, {column} AS seen FROM {table};\n");
            package.write(&format!("sql/{name}.up.sql"), up);
            package.write(&format!("sql/{name}.down.sql"), format!("DROP VIEW {name};\n"));
        }
    }

    fn models(&self) -> String {
        let [native, text] = &self.values;
        let mut all = String::new();
        for (name, storage, values) in [("Tone", "storage = native", native), ("Shade", "storage = text", text)] {
            let variants: String = values.iter().map(|value| format!("{}, ", pascal(value))).collect();
            let _ = writeln!(all, "#[derive(Enumeration)]\n#[enumeration({storage})]\npub enum {name} {{ {variants}}}");
        }
        for (name, table) in &self.tables {
            all.push_str(&table.model(name));
        }
        all
    }
}

impl Table {
    fn model(&self, name: &str) -> String {
        let was = self.was.as_ref().map(|was| format!(", renamed_from = \"{was}\"")).unwrap_or_default();
        let mut text = format!("#[derive(Table)]\n#[table(name = \"{name}\"{was})]\n");
        let mut computed = String::new();
        for Thing { kind, column } in &self.things {
            let _ = match kind {
                Kind::Index => writeln!(text, "#[index({column})]"),
                Kind::Partial => {
                    writeln!(text, "#[index(id, where = \"{column} > 7\", name = \"idx_{name}_{column}_seven\")]")
                }
                Kind::Expression => writeln!(text, "#[index(\"abs({column})\", name = \"idx_{name}_{column}_abs\")]"),
                Kind::Check => writeln!(text, "#[check(\"{column} <> 9\", name = \"{name}_{column}_nine\")]"),
                Kind::Calls => writeln!(text, "#[check(\"is_fine({column})\", name = \"{name}_{column}_fine\")]"),
                Kind::Computed => writeln!(
                    computed,
                    "    #[column(generated = \"{column} + 1\")]\n    pub {column}_next: Option<i64>,"
                ),
                Kind::Trigger => writeln!(
                    text,
                    "#[trigger(\"BEFORE UPDATE\", function = \"{name}_{column}_kept\", body = \"BEGIN NEW.{column} := OLD.{column}; RETURN NEW; END\")]"
                ),
                Kind::Policy => writeln!(text, "#[policy(by_{column}, using = \"{column} IS NOT NULL\")]"),
                Kind::Value(index) => writeln!(
                    text,
                    "#[index(id, where = \"tone = '{}'\", name = \"idx_{name}_{column}_{index}\")]",
                    VALUES[*index]
                ),
            };
        }
        let _ = writeln!(
            text,
            "pub struct {} {{\n    pub id: Uuid,\n    pub tone: Tone,\n    pub shade: Shade,",
            pascal(name)
        );
        for (column, kind, was) in &self.columns {
            if let Some(was) = was {
                let _ = writeln!(text, "    #[column(renamed_from = \"{was}\")]");
            }
            let small = if *kind == Type::Number { "    #[column(small)]\n" } else { "" };
            let _ = writeln!(text, "{small}    pub {column}: Option<{}>,", kind.rust());
        }
        text.push_str(&computed);
        text.push_str(super::common::STANDARD);
        text.push_str("}\n");
        text
    }
}

fn pascal(name: &str) -> String {
    name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}
