//! Partitions, triggers and policies.

use super::Lowering;
use crate::attribute::{Reader, model, partition, policy, table, trigger, unique};
use crate::config::UpdatedAt;
use crate::parse::raw::RawTable;
use crate::place::{Key, Part, Place};
use crate::schema::{Partition, Partitioning};
use crate::sql::ddl;

const BY_RANGE: &str = "RANGE (created_at)";

impl Lowering<'_> {
    pub(super) fn partitioning(&mut self, raw: &RawTable) {
        let by = raw.attributes.get("table").and_then(|args| args.text("partition_by"));
        let Some(by) = by else {
            if let Some(args) = raw.attributes.all("partition").next() {
                let message = "a partition belongs to a table that says how its rows are divided";
                self.wrong(args.span, message, by_range());
            }
            return;
        };
        self.map.insert(self.here().key(Key::PartitionBy), by.span);
        let Some((strategy, key)) = partition::read_key(&by.value) else {
            self.wrong(by.span, "a table is partitioned by RANGE, LIST or HASH of its columns", by_range());
            return;
        };
        if let Some(missing) = key.iter().find(|name| self.table.column(name).is_none()) {
            self.wrong(by.span, format!("there is no column `{missing}`"), by_range());
            return;
        }
        // https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-LIMITATIONS
        let whole = |columns: &[String]| key.iter().all(|name| columns.contains(name));
        let with_key = |columns: &[String]| {
            let more = key.iter().filter(|name| !columns.contains(name));
            columns.iter().chain(more).cloned().collect::<Vec<String>>()
        };
        if !whole(&self.table.primary_key.columns) {
            let help = table::key_line(false, &with_key(&self.table.primary_key.columns));
            self.wrong(
                by.span,
                "each partition has a key of its own, so the primary key holds the partition key",
                help,
            );
        }
        let open: Vec<Vec<String>> = self
            .table
            .uniques
            .iter()
            .filter(|unique| !whole(&unique.columns))
            .map(|unique| with_key(&unique.columns))
            .collect();
        for columns in open {
            let help = unique::line(&columns);
            self.wrong(by.span, "each partition has a key of its own, so a unique key holds the partition key", help);
        }
        let mut partitions: Vec<Partition> = Vec::new();
        let path = self.table.name.clone();
        for args in raw.attributes.all("partition") {
            let mut reader = Reader { path: &path, map: &mut self.map, errors: self.errors };
            let Some(partition) = partition::read(args, (strategy, &key), &self.table, &mut reader) else { continue };
            let name = &partition.name;
            if partitions.iter().any(|other| other.name == *name) {
                self.wrong(args.span, format!("the partition `{name}` appears twice"), "give it another name");
                continue;
            }
            partitions.push(partition);
        }
        self.table.partitioning = Some(Partitioning { strategy, key, partitions });
    }

    pub(super) fn triggers(&mut self, raw: &RawTable) {
        let path = self.table.name.clone();
        for args in raw.attributes.all("trigger") {
            let mut reader = Reader { path: &path, map: &mut self.map, errors: self.errors };
            let Some(mut trigger) = trigger::read(args, &self.table, &mut reader) else { continue };
            if trigger.name.is_empty() {
                trigger.name = trigger::derived_name(&path, &trigger);
            }
            self.map.insert(self.here().part(Part::Trigger(self.table.triggers.len())), args.span);
            self.table.triggers.push(trigger);
        }
        self.updated_at();
    }

    /// The trigger that keeps `updated_at` true, where the profile asks for one.
    fn updated_at(&mut self) {
        if self.profile.updated_at != UpdatedAt::Trigger || self.table.column("updated_at").is_none() {
            return;
        }
        let at = self.map.span(&Place::column(&self.table.name, "updated_at"));
        self.map.insert(self.here().part(Part::Trigger(self.table.triggers.len())), at);
        self.table.triggers.push(model::updated_at(&self.table.name));
    }

    pub(super) fn policies(&mut self, raw: &RawTable) {
        let path = self.table.name.clone();
        for args in raw.attributes.all("policy") {
            let Some(policy) = policy::read(args, &mut self.reader(&path)) else { continue };
            let name = &policy.name;
            if self.table.policies.iter().any(|other| other.name == *name) {
                self.wrong(args.span, format!("the policy `{name}` appears twice"), "give it another name");
                continue;
            }
            self.map.insert(self.here().part(Part::Policy(self.table.policies.len())), args.span);
            self.table.policies.push(policy);
        }
        // Its type may not be known yet: then the scan adds the policy, and it is here.
        if let Some(tenant) = &self.table.tenant {
            let at = self.map.span(&Place::column(&self.table.name, tenant));
            self.map.insert(self.here().part(Part::Policy(self.table.policies.len())), at);
        }
        ddl::scope_by_tenant(&mut self.table);
    }

    fn wrong(&mut self, at: proc_macro2::Span, message: impl Into<String>, help: impl Into<String>) {
        let path = self.table.name.clone();
        self.reader(&path).wrong(at, message, help);
    }
}

fn by_range() -> String {
    table::text("partition_by", BY_RANGE)
}
