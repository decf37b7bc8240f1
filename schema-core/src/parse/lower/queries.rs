//! Declared queries, scoped by the tenant.

use super::Lowering;
use crate::attribute::query;
use crate::parse::raw::RawTable;
use crate::place::Part;
use crate::schema::{Parameter, Query, Value};

impl Lowering<'_> {
    pub(super) fn queries(&mut self, raw: &RawTable) {
        for args in raw.attributes.all("query") {
            let place = self.here().part(Part::Query(self.table.queries.len()));
            let path = self.table.name.clone();
            let Some(mut query) = query::read(args, &place, &mut self.reader(&path)) else { continue };
            self.scope(&mut query);
            self.table.queries.push(query);
        }
    }

    /// The tenant comes first, unless the query names it.
    fn scope(&self, query: &mut Query) {
        if let Some(tenant) = &self.table.tenant
            && !query.parameters.iter().any(|parameter| parameter.column == *tenant)
        {
            query.parameters.insert(0, Parameter { column: tenant.clone(), value: Value::Equal });
        }
    }
}
