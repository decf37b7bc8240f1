//! The key by which the tables of a tenant reference each other.

use super::{ForeignKey, Schema, Table, Unique, derived_name};

impl Table {
    /// `UNIQUE (tenant_id, id)`, which a foreign key of several columns needs. `None` where no tenant scopes the table, and
    /// where the primary key or another key over all rows is one already.
    #[must_use]
    pub fn tenant_key(&self) -> Option<Unique> {
        let tenant = self.tenant.as_ref()?;
        let columns = self.columns_of_tenant_key(tenant);
        let same = |other: &[String]| other.len() == columns.len() && columns.iter().all(|it| other.contains(it));
        let has = same(&self.primary_key.columns)
            || self.uniques.iter().any(|unique| unique.predicate.is_none() && same(&unique.columns));
        if has || self.primary_key.columns.is_empty() {
            return None;
        }
        let mut parts = vec![self.name.as_str()];
        parts.extend(columns.iter().map(String::as_str));
        parts.push("unique");
        Some(Unique { name: derived_name(&parts), columns, generated: true, ..Unique::default() })
    }

    /// The tenant, and the primary key.
    fn columns_of_tenant_key(&self, tenant: &String) -> Vec<String> {
        let others = self.primary_key.columns.iter().filter(|column| *column != tenant);
        std::iter::once(tenant).chain(others).cloned().collect()
    }

    /// The same reference by the tenant too, where this table and `target` are scoped by one and it may leave the tenant.
    #[must_use]
    pub fn within_tenant(&self, foreign_key: &ForeignKey, target: &Table) -> Option<ForeignKey> {
        let (own, theirs) = (self.tenant.as_ref()?, target.tenant.as_ref()?);
        let mut pairs = foreign_key.columns.iter().zip(&foreign_key.target_columns);
        if pairs.any(|(column, target)| column == own && target == theirs) {
            return None;
        }
        let mut whole = foreign_key.clone();
        whole.columns.insert(0, own.clone());
        whole.target_columns.insert(0, theirs.clone());
        Some(whole)
    }
}

/// Gives each table the key that references to it need which stay within the tenant.
pub fn add_tenant_keys(schema: &mut Schema) {
    let mut keys = Vec::new();
    for foreign_key in schema.tables.values().flat_map(|table| &table.foreign_keys) {
        let Some(target) = schema.tables.get(&foreign_key.table) else { continue };
        let Some(key) = target.tenant_key() else { continue };
        let named = &foreign_key.target_columns;
        if named.len() == key.columns.len() && key.columns.iter().all(|column| named.contains(column)) {
            keys.push((target.name.clone(), key));
        }
    }
    for (table, key) in keys {
        if let Some(table) = schema.tables.get_mut(&table)
            && !table.uniques.contains(&key)
        {
            table.uniques.push(key);
        }
    }
}
