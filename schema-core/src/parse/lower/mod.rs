//! Raw model to schema: names derived, defaults filled in, soft deletion applied, foreign keys indexed.

mod columns;
mod constraints;
mod indexes;
mod objects;
mod queries;

use super::raw::{RawAttributes, RawTable};
use crate::attribute::{self, Errors, Reader, SourceMap};
use crate::config::Profile;
use crate::expression;
use crate::place::{Key, Place};
use crate::schema::{Predicate, Table, Unique, Waiver, table_name};

/// A model whose attributes are read: the table that it states, and where each part of it was typed.
pub struct Model {
    /// The table. Its columns are in the order of `raw.fields`.
    pub table: Table,
    /// The key that the migrations give it because other models reference it within the tenant: one struct alone cannot know.
    pub tenant_key: Option<Unique>,
    /// The struct.
    pub raw: RawTable,
    /// Where everything is.
    pub map: SourceMap,
}

/// Lowers a struct. What cannot be lowered is reported and left out; the rest still makes a table, so that the rules
/// can speak of it.
pub fn lower(raw: RawTable, profile: &Profile, errors: &mut Errors) -> Model {
    let mut lowering = Lowering { table: Table::default(), map: SourceMap::new(raw.ident.span()), profile, errors };
    lowering.table(&raw);
    lowering.columns(&raw);
    lowering.tenant();
    lowering.primary_key(&raw);
    lowering.foreign_keys(&raw);
    lowering.uniques(&raw);
    lowering.checks(&raw);
    lowering.exclusions(&raw);
    lowering.indexes(&raw);
    lowering.foreign_key_indexes();
    lowering.partitioning(&raw);
    lowering.triggers(&raw);
    lowering.policies(&raw);
    lowering.queries(&raw);
    let Lowering { table, map, .. } = lowering;
    Model { table, tenant_key: None, raw, map }
}

struct Lowering<'a> {
    table: Table,
    map: SourceMap,
    profile: &'a Profile,
    errors: &'a mut Errors,
}

impl Lowering<'_> {
    fn here(&self) -> Place {
        Place::table(&self.table.name)
    }

    fn reader<'b>(&'b mut self, path: &'b str) -> Reader<'b> {
        Reader { path, map: &mut self.map, errors: self.errors }
    }

    fn table(&mut self, raw: &RawTable) {
        let args = raw.attributes.get("table");
        let name = args.and_then(|args| args.text("name"));
        self.table.name = name.as_ref().map_or_else(|| table_name(&raw.ident.to_string()), |name| name.value.clone());
        self.map.insert(self.here(), raw.ident.span());
        if let Some(name) = name {
            self.map.insert(self.here().key(Key::Name), name.span);
        }
        self.table.comment.clone_from(&raw.comment);
        let Some(args) = args else { return };
        for key in [Key::SoftDelete, Key::Junction, Key::AppendOnly, Key::PrimaryKey, Key::RenamedFrom] {
            if let Some(arg) = args.get(key.word()) {
                self.map.insert(self.here().key(key), arg.span);
            }
        }
        let soft_delete = self.profile.soft_delete;
        let path = self.table.name.clone();
        let mut reader = Reader { path: &path, map: &mut self.map, errors: self.errors };
        attribute::table::read(args, soft_delete, &mut self.table, &mut reader);
        self.waivers(None, &raw.attributes, "table");
    }

    /// A table with the tenant column is scoped by it; one without it is `tenant`'s to report.
    fn tenant(&mut self) {
        let tenant = self.profile.tenant.as_ref().filter(|tenant| self.table.column(tenant).is_some());
        self.table.tenant = tenant.cloned();
    }

    /// The waivers of the table or of a column.
    fn waivers(&mut self, column: Option<&str>, attributes: &RawAttributes, attribute: &str) {
        let Some(args) = attributes.get(attribute) else { return };
        let place = column.map_or_else(|| self.here(), |column| Place::column(&self.table.name, column));
        let path = place.path();
        for arg in args.all("allow") {
            let Some((rules, reason)) = attribute::allow::read(arg, &mut self.reader(&path)) else { continue };
            for rule in rules {
                self.map.insert(place.waiver(&rule.value), rule.span);
                if let Some(reason) = reason.clone() {
                    let column = column.map(str::to_owned);
                    self.table.waivers.push(Waiver { rule: rule.value, column, reason });
                }
            }
        }
    }

    /// The rows that are covered: on a soft-deleted table the live ones, unless it is said otherwise.
    fn covered(&self, own: Option<Predicate>, include_deleted: bool) -> Option<Predicate> {
        let live = self.table.soft_delete.filter(|_| !include_deleted);
        let operand = |own: String| if live.is_some() { expression::operand_of_and(&own) } else { own };
        Predicate::new(own.map(String::from).map(operand), live)
    }
}
