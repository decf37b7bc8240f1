//! Declared indexes, and those of foreign keys.

use super::Lowering;
use crate::attribute::index;
use crate::config::ForeignKeyIndex;
use crate::parse::raw::RawTable;
use crate::place::{Part, Place};
use crate::schema::{Index, KeyColumn, derived_name};

impl Lowering<'_> {
    pub(super) fn indexes(&mut self, raw: &RawTable) {
        for (position, args) in raw.attributes.all("index").enumerate() {
            let place = self.here().part(Part::Index(position));
            self.map.insert(place.clone(), args.span);
            let path = self.table.name.clone();
            let mut index = index::read(args, &place, &mut self.reader(&path));
            if index.name.is_empty() {
                index.name = index::derived_name(&path, &index);
            }
            index.predicate = self.covered(index.predicate, args.flag("include_deleted"));
            self.table.indexes.push(index);
        }
    }

    /// Indexes every foreign key that nothing indexes yet.
    ///
    /// An index serves a foreign key when it leads with its columns and covers every row that references something:
    /// the server looks for deleted rows too, so an index of live rows does not count.
    pub(super) fn foreign_key_indexes(&mut self) {
        if self.profile.foreign_key_index == ForeignKeyIndex::Declared {
            return;
        }
        let mut missing: Vec<Index> = Vec::new();
        let mut missing_of = Vec::new();
        for (number, foreign_key) in self.table.foreign_keys.iter().enumerate() {
            let columns = &foreign_key.columns;
            let waived = self.table.waivers.iter().any(|waiver| {
                waiver.rule == "foreign_key_index"
                    && waiver.column.as_ref().is_none_or(|column| columns == &[column.as_str()])
            });
            let served = waived
                || self.table.serves_foreign_key(foreign_key)
                || missing.iter().any(|index| index.serves_foreign_key(foreign_key));
            if !served {
                let key = columns.iter().map(|column| KeyColumn::column(column)).collect();
                let mut index = Index { key, generated: true, ..Index::default() };
                index.name = index::derived_name(&self.table.name, &index);
                // A declared index over live rows may bear the derived name already.
                if self.table.indexes.iter().any(|other| other.name == index.name) {
                    let mut parts = vec!["idx", self.table.name.as_str()];
                    parts.extend(columns.iter().map(String::as_str));
                    parts.push("fkey");
                    index.name = derived_name(&parts);
                }
                missing_of.push(number);
                missing.push(index);
            }
        }
        for (position, foreign_key) in missing_of.into_iter().enumerate() {
            let at = self.map.span(&Place::of_foreign_key(&self.table, foreign_key));
            self.map.insert(self.here().part(Part::Index(self.table.indexes.len() + position)), at);
        }
        self.table.indexes.extend(missing);
    }
}
