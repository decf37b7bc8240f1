//! What each object of a schema needs, and so what stands on each: one relation for the order of the steps and for what a
//! change takes aside.
//!
//! Every field of the schema is named here, so that a new kind of object does not compile before it has its place.

use std::collections::{BTreeMap, BTreeSet};

use crate::expression::Fragment;
use crate::schema::{
    Column, Custom, Exclusion, ExclusionElement, ForeignKey, Generated, Index, KeyColumn, KeyTarget, Object,
    Partitioning, Policy, PrimaryKey, Schema, SqlType, Storage, Table, Trigger, TriggerEvent, Unique,
};
use crate::sql::{fields, is_late_for, routines};

/// The objects of a schema, each with those that must be there before it.
#[derive(Debug, Default)]
pub(crate) struct Needs {
    of: BTreeMap<Object, BTreeSet<Object>>,
    /// Which SQL of the user's own has a function, by the function's name.
    functions: BTreeMap<String, Object>,
    /// The columns of each key that foreign keys need.
    keys: BTreeMap<Object, Object>,
    /// What another may do without when it is created, since the server looks for it when it is called.
    late: BTreeSet<(Object, Object)>,
}

impl Needs {
    pub(crate) fn of(schema: &Schema) -> Self {
        let mut needs = Self::default();
        let Schema { service: _, extensions, enumerations, tables, customs } = schema;
        for custom in customs.values() {
            let object = Object::Custom(custom.name.clone());
            needs.functions.extend(routines(&custom.up).into_iter().map(|it| (it.name, object.clone())));
        }
        for name in extensions {
            needs.add(Object::Extension(name.clone()), []);
        }
        for enumeration in enumerations.values().filter(|it| it.storage == Storage::Native) {
            needs.add(Object::Type(enumeration.name.clone()), []);
        }
        for table in tables.values() {
            needs.table(schema, table);
        }
        for custom in customs.values() {
            needs.custom(schema, custom);
        }
        needs
    }

    /// Those of one table alone.
    pub(super) fn of_table(table: &Table) -> Self {
        let mut needs = Self::default();
        needs.table(&Schema::default(), table);
        needs
    }

    /// Every object with what it needs.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&Object, &BTreeSet<Object>)> {
        self.of.iter()
    }

    /// Whether the first needs the second.
    pub(crate) fn has(&self, object: &Object, need: &Object) -> bool {
        self.of.get(object).is_some_and(|needs| needs.contains(need))
    }

    /// Whether all tables can be created in one step: no SQL of the user's own that a table calls needs a table itself.
    pub(super) fn tables_come_together(&self) -> bool {
        let own = |need: &&Object| matches!(need, Object::Custom(_));
        let of_tables = self.of.iter().filter(|(object, _)| !own(object));
        let mut open: Vec<&Object> = of_tables.flat_map(|(_, needs)| needs.iter().filter(own)).collect();
        let mut seen = BTreeSet::new();
        while let Some(object) = open.pop() {
            if !seen.insert(object) {
                continue;
            }
            for need in self.of.get(object).into_iter().flatten().filter(|need| !self.is_late(object, need)) {
                match need {
                    Object::Custom(_) => open.push(need),
                    _ => return false,
                }
            }
        }
        true
    }

    /// What needs an object, SQL of the user's own apart.
    pub(super) fn standing_on(&self, object: &Object) -> Vec<&Object> {
        let stands = |it: &&Object| !matches!(it, Object::Custom(_)) && self.has(it, object);
        self.of.keys().filter(stands).collect()
    }

    /// Whether the first can be created without the second.
    pub(super) fn is_late(&self, object: &Object, need: &Object) -> bool {
        self.late.contains(&(object.clone(), need.clone()))
    }

    /// Whether the schema has the object.
    pub(crate) fn knows(&self, object: &Object) -> bool {
        self.of.contains_key(object)
    }

    /// The columns of a key, which an index holds to different values before it is the key.
    pub(super) fn columns_of_key(&self, key: &Object) -> Option<&Object> {
        self.keys.get(key)
    }

    fn add(&mut self, object: Object, needs: impl IntoIterator<Item = Object>) {
        self.of.entry(object).or_default().extend(needs);
    }

    /// The functions of the user's own that an expression calls, and the columns of a table that it names.
    fn read(&self, table: &Table, expression: &str) -> Vec<Object> {
        let Ok(fragment) = Fragment::parse(expression) else { return Vec::new() };
        let columns = fragment.column_names().into_iter().filter(|name| table.column(name).is_some());
        let columns = columns.map(|name| Object::column(&table.name, &name));
        let calls = fragment.references().calls.iter().map(|(spelled, _)| crate::expression::folded(spelled));
        columns.chain(calls.filter_map(|name| self.functions.get(&name).cloned())).collect()
    }

    fn table(&mut self, schema: &Schema, table: &Table) {
        let Table {
            name,
            kind: _,
            comment: _,
            renamed_from: _,
            columns,
            primary_key,
            foreign_keys,
            uniques,
            checks,
            exclusions,
            indexes,
            queries: _,
            partitioning,
            storage: _,
            unlogged: _,
            triggers,
            policies,
            soft_delete: _,
            tenant: _,
            expectation: _,
            waivers: _,
        } = table;
        let object = Object::table(name);
        self.add(object.clone(), []);
        for column in columns {
            self.column(schema, table, column);
        }
        self.primary_key(table, primary_key);
        for key in foreign_keys {
            self.foreign_key(schema, table, key);
        }
        for unique in uniques {
            self.unique(table, unique);
        }
        for check in checks {
            let needs = self.read(table, &check.expression);
            self.add(Object::constraint(name, &check.name), needs);
        }
        for exclusion in exclusions {
            self.exclusion(table, exclusion);
        }
        for index in indexes {
            self.index(table, index);
        }
        if let Some(Partitioning { strategy: _, key, partitions }) = partitioning {
            let needs: Vec<Object> = key.iter().flat_map(|part| self.read(table, part)).collect();
            self.add(object.clone(), needs);
            for partition in partitions {
                self.add(Object::Partition(partition.name.clone()), [object.clone()]);
            }
        }
        for trigger in triggers {
            self.trigger(table, trigger);
        }
        for policy in policies {
            let Policy { name: called, command: _, permissive: _, roles: _, using, with_check } = policy;
            let needs: Vec<Object> = using.iter().chain(with_check).flat_map(|text| self.read(table, text)).collect();
            self.add(Object::policy(name, called), needs.into_iter().chain([object.clone()]));
        }
        if !policies.is_empty() {
            self.add(Object::row_security(name), policies.iter().map(|policy| Object::policy(name, &policy.name)));
        }
    }

    fn column(&mut self, schema: &Schema, table: &Table, column: &Column) {
        // A key that names the column makes it NOT NULL, which is said of the column itself.
        let Column {
            name,
            sql_type,
            nullable,
            default,
            generated,
            collation: _,
            comment: _,
            pii: _,
            small: _,
            typed_json: _,
            enumeration: _,
            renamed_from: _,
            backfill,
            external: _,
            reason: _,
        } = column;
        let object = Object::column(&table.name, name);
        let element = match sql_type {
            SqlType::Array(element) => element,
            other => other,
        };
        let mut needs = vec![Object::table(&table.name)];
        if let SqlType::Other(type_name) = element {
            let types = schema.enumerations.values().filter(|it| it.storage == Storage::Native);
            let has = types.filter(|it| it.name.eq_ignore_ascii_case(type_name));
            needs.extend(has.map(|it| Object::Type(it.name.clone())));
        }
        match generated {
            Some(Generated::Stored(expression)) => needs.extend(self.read(table, expression)),
            Some(Generated::IdentityAlways | Generated::IdentityByDefault) | None => {}
        }
        needs.extend(
            backfill.iter().flat_map(|value| self.read(table, value)).filter(|it| matches!(it, Object::Custom(_))),
        );
        self.add(object.clone(), needs);
        if !nullable {
            self.add(Object::not_null(&table.name, name), [object.clone()]);
        }
        if let Some(default) = default {
            let needs = self.read(table, default);
            self.add(Object::default_of(&table.name, name), needs.into_iter().chain([object]));
        }
    }

    fn primary_key(&mut self, table: &Table, key: &PrimaryKey) {
        if key.columns.is_empty() {
            return;
        }
        let of = |column: &String| [Object::column(&table.name, column), Object::not_null(&table.name, column)];
        self.add(Object::constraint(&table.name, &key.name), key.columns.iter().flat_map(of));
    }

    fn foreign_key(&mut self, schema: &Schema, table: &Table, key: &ForeignKey) {
        let own = key.columns.iter().map(|column| Object::column(&table.name, column));
        let targets = key.target_columns.iter().map(|column| Object::column(&key.table, column));
        let mut needs: Vec<Object> = own.chain(targets).collect();
        if let Some(target) = schema.tables.get(&key.table) {
            let columns = Object::key(&key.table, &key.target_columns);
            let keys = referenced(target, &key.target_columns);
            self.keys.extend(keys.iter().map(|it| (it.clone(), columns.clone())));
            needs.extend(keys);
        }
        self.add(Object::constraint(&table.name, &key.name), needs);
    }

    fn unique(&mut self, table: &Table, unique: &Unique) {
        let Unique { name, columns, predicate, nulls_not_distinct: _, generated: _ } = unique;
        let own = columns.iter().map(|column| Object::column(&table.name, column));
        let needs: Vec<Object> = own.chain(predicate.iter().flat_map(|text| self.read(table, text))).collect();
        // One with a predicate is an index, and so is each where the database has no other.
        self.add(Object::index(name), needs.iter().cloned().chain([Object::table(&table.name)]));
        if predicate.is_none() {
            self.add(Object::constraint(&table.name, name), needs);
        }
    }

    fn exclusion(&mut self, table: &Table, exclusion: &Exclusion) {
        let Exclusion { name, method: _, elements, predicate } = exclusion;
        let texts = elements.iter().map(|ExclusionElement { expression, operator: _ }| expression.as_str());
        let texts = texts.chain(predicate.as_deref());
        let needs: Vec<Object> = texts.flat_map(|text| self.read(table, text)).collect();
        self.add(Object::constraint(&table.name, name), needs);
    }

    fn index(&mut self, table: &Table, index: &Index) {
        let Index { name, method: _, key, include, predicate, unique: _, nulls_not_distinct: _, with: _, generated: _ } =
            index;
        let mut needs = vec![Object::table(&table.name)];
        for KeyColumn { target, direction: _, nulls: _, operator_class: _, collation: _ } in key {
            match target {
                KeyTarget::Column(column) => needs.push(Object::column(&table.name, column)),
                KeyTarget::Expression(text) => needs.extend(self.read(table, text)),
            }
        }
        needs.extend(include.iter().map(|column| Object::column(&table.name, column)));
        needs.extend(predicate.iter().flat_map(|text| self.read(table, text)));
        self.add(Object::index(name), needs);
    }

    fn trigger(&mut self, table: &Table, trigger: &Trigger) {
        let Trigger { name, timing: _, events, for_each_row: _, condition, function, body } = trigger;
        let mut needs = vec![Object::table(&table.name)];
        for event in events {
            match event {
                TriggerEvent::Update(columns) => {
                    needs.extend(columns.iter().map(|column| Object::column(&table.name, column)));
                }
                TriggerEvent::Insert | TriggerEvent::Delete | TriggerEvent::Truncate => {}
            }
        }
        // What the grammar does not take as an expression may name any column.
        let any = |text: &String| Fragment::parse(text).is_err();
        if condition.as_ref().is_some_and(any) {
            needs.extend(table.columns.iter().map(|column| Object::column(&table.name, &column.name)));
        }
        needs.extend(condition.iter().flat_map(|text| self.read(table, text)));
        match body {
            Some(body) => {
                let function = Object::Function(function.clone());
                let fields = fields(body).into_iter().filter(|field| table.column(field).is_some());
                self.add(function.clone(), fields.map(|field| Object::column(&table.name, &field)));
                needs.push(function);
            }
            None => needs.extend(self.functions.get(function).cloned()),
        }
        self.add(Object::trigger(&table.name, name), needs);
    }

    fn custom(&mut self, schema: &Schema, custom: &Custom) {
        let Custom { name, up, down: _, after, alone: _ } = custom;
        let object = Object::Custom(name.clone());
        for other in after {
            let need = if schema.tables.contains_key(other) {
                Object::table(other)
            } else if schema.customs.contains_key(other) {
                Object::Custom(other.clone())
            } else {
                continue;
            };
            if is_late_for(up, other) {
                self.late.insert((object.clone(), need.clone()));
            }
            self.add(object.clone(), [need]);
        }
        let named =
            after.iter().filter_map(|other| schema.tables.get(other)).flat_map(|table| indexes_named(table, up));
        self.add(object, named.collect::<Vec<_>>());
    }
}

/// The indexes of a table that SQL names, the constraints that have one, and that their columns take no NULL, which a
/// replica identity asks.
pub(super) fn indexes_named(table: &Table, sql: &str) -> Vec<Object> {
    let plain = |index: &Index| index.key.iter().filter_map(KeyColumn::name).map(str::to_owned).collect();
    let keys = table.uniques.iter().map(|it| (&it.name, it.columns.clone()));
    let keys = keys.chain([(&table.primary_key.name, table.primary_key.columns.clone())]);
    let keys = keys.chain(table.indexes.iter().map(|it| (&it.name, plain(it))));
    let found = keys.filter(|(name, _)| has_word(sql, name)).flat_map(|(name, columns)| {
        let of = [Object::index(name), Object::constraint(&table.name, name)];
        of.into_iter().chain(columns.into_iter().map(|column| Object::not_null(&table.name, &column)))
    });
    found.collect()
}

/// Whether SQL has a word: an alias of that name is one too.
pub(super) fn has_word(sql: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    sql.split(|c| !part(c)).any(|it| it.eq_ignore_ascii_case(word))
}

/// The keys of a table over these columns, in whatever order: a foreign key needs one of them.
pub(super) fn referenced(target: &Table, columns: &[String]) -> Vec<Object> {
    let same = |key: &[String]| key.len() == columns.len() && key.iter().all(|column| columns.contains(column));
    if same(&target.primary_key.columns) {
        return vec![Object::constraint(&target.name, &target.primary_key.name)];
    }
    let uniques = target.uniques.iter().filter(|it| it.predicate.is_none() && same(&it.columns));
    uniques.flat_map(|it| [Object::constraint(&target.name, &it.name), Object::index(&it.name)]).collect()
}
