//! Keys, checks and exclusions: what the attributes say, with derived names and the condition of live rows.

use proc_macro2::Span;

use super::Lowering;
use crate::attribute::{check, exclude, references, unique};
use crate::expression::Fragment;
use crate::parse::raw::RawTable;
use crate::place::{Key, Part, Place};
use crate::schema::{Check, ForeignKey, Unique};

impl Lowering<'_> {
    pub(super) fn foreign_keys(&mut self, raw: &RawTable) {
        for position in 0..raw.fields.len() {
            let Some(args) = raw.fields[position].attributes.get("references") else { continue };
            let column = self.table.columns[position].name.clone();
            let place = Place::column(&self.table.name, &column);
            self.map.insert(place.key(Key::References), args.span);
            let read = references::read(args, &column, &mut self.reader(&place.path()));
            self.foreign_key(read);
        }
        for (index, args) in raw.attributes.all("foreign_key").enumerate() {
            let place = self.here().part(Part::ForeignKey(index));
            self.map.insert(place.clone(), args.span);
            let path = self.table.name.clone();
            let mut reader = self.reader(&path);
            reader.note_names(&place, &args.leading);
            let read = references::read_columns(args, &mut reader);
            self.foreign_key(read);
        }
    }

    fn foreign_key(&mut self, read: Option<ForeignKey>) {
        let Some(mut foreign_key) = read else { return };
        if foreign_key.name.is_empty() {
            foreign_key.name = references::derived_name(&self.table.name, &foreign_key);
        }
        foreign_key.set_null = foreign_key.set_null_of(&self.table);
        self.table.foreign_keys.push(foreign_key);
    }

    pub(super) fn uniques(&mut self, raw: &RawTable) {
        for position in 0..raw.fields.len() {
            let args = raw.fields[position].attributes.get("column");
            if !args.is_some_and(|args| args.flag("unique")) {
                continue;
            }
            let columns = vec![self.table.columns[position].name.clone()];
            self.unique(Unique { columns, ..Unique::default() }, false);
        }
        for args in raw.attributes.all("unique") {
            // Counted as in the table, where those of single columns come first.
            let place = self.here().part(Part::Unique(self.table.uniques.len()));
            self.map.insert(place, args.span);
            let path = self.table.name.clone();
            let unique = unique::read(args, &mut self.reader(&path));
            if let [column] = unique.columns.as_slice() {
                self.map.insert(Place::column(&self.table.name, column).key(Key::Unique), args.span);
            }
            self.unique(unique, args.flag("include_deleted"));
        }
    }

    fn unique(&mut self, mut unique: Unique, include_deleted: bool) {
        if unique.name.is_empty() {
            unique.name = unique::derived_name(&self.table.name, &unique);
        }
        unique.predicate = self.covered(unique.predicate, include_deleted);
        self.table.uniques.push(unique);
    }

    pub(super) fn checks(&mut self, raw: &RawTable) {
        for position in 0..raw.fields.len() {
            let args = raw.fields[position].attributes.get("column");
            let Some(arg) = args.and_then(|args| args.get("check")) else { continue };
            let column = self.table.columns[position].name.clone();
            let path = format!("{}.{column}", self.table.name);
            if let Some(expression) = self.reader(&path).sql(arg) {
                let name = check::derived_name(&self.table.name, &expression, Some(&column));
                self.check(Check { name, expression }, arg.span);
            }
        }
        for args in raw.attributes.all("check") {
            let path = self.table.name.clone();
            let Some(mut check) = check::read(args, &mut self.reader(&path)) else { continue };
            if check.name.is_empty() {
                check.name = check::derived_name(&path, &check.expression, None);
            }
            self.check(check, args.span);
        }
    }

    /// Adds a check, and notes its place: at its number, and where it names one column at that column's as well.
    fn check(&mut self, check: Check, span: Span) {
        let number = self.table.checks.len();
        self.map.insert(self.here().part(Part::Check(number)), span);
        if let Ok(fragment) = Fragment::parse(&check.expression)
            && let [column] = fragment.column_names().as_slice()
        {
            self.map.insert(Place::column(&self.table.name, column).part(Part::Check(number)), span);
        }
        self.table.checks.push(check);
    }

    pub(super) fn exclusions(&mut self, raw: &RawTable) {
        for (index, args) in raw.attributes.all("exclude").enumerate() {
            let place = self.here().part(Part::Exclusion(index));
            self.map.insert(place.clone(), args.span);
            let path = self.table.name.clone();
            let mut reader = self.reader(&path);
            reader.note_names(&place, &args.leading);
            let mut exclusion = exclude::read(args, &mut reader);
            if exclusion.name.is_empty() {
                exclusion.name = exclude::derived_name(&path, &exclusion);
            }
            exclusion.predicate = self.covered(exclusion.predicate, false);
            self.table.exclusions.push(exclusion);
        }
    }
}
