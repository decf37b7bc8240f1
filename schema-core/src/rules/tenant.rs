use heck::ToUpperCamelCase as _;

use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::{Key, Place};
use crate::schema::{KeyColumn, Method, ReferentialAction, Schema, plural};

pub(super) static RULE: Rule = Rule {
    id: "tenant",
    summary: "With a `tenant` in the profile, every table has that column, NOT NULL and a foreign key, and unique keys and \
          indexes lead with it; a foreign key between two such tables has it too.",
    why: "One forgotten condition shows one customer's rows to another. A column on every table lets a policy of the \
          server forbid it; a unique key without it reveals to one tenant what another has, and an index without it reads \
          the rows of all of them. A foreign key without it takes another tenant's row, whose deletion then acts on rows of \
          this one: the server checks foreign keys past every policy.",
    bad: "
#[derive(Table)]
struct Product {
    id: Uuid,
    #[references(Tenant, on_delete = restrict)]
    tenant_id: Uuid,
    #[column(unique)]
    sku: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[unique(tenant_id, sku)]
struct Product {
    id: Uuid,
    #[references(Tenant, on_delete = restrict)]
    tenant_id: Uuid,
    sku: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "tenant = \"tenant_id\"",
    waivable: true,
    check: RuleCheck::Both(check, check_references),
};

fn check(table: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    let Some(tenant) = &profile.tenant else { return };
    let stem = tenant.strip_suffix("_id").unwrap_or(tenant);
    // The tenants themselves.
    if table.name == plural(stem) {
        return;
    }
    let reference = attribute::references::to(&stem.to_upper_camel_case(), ReferentialAction::Restrict);
    let Some(column) = table.column(tenant) else {
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::table(&table.name),
                format!("the table has no `{tenant}`: its rows are everybody's"),
            )
            .help(format!("{reference} pub {tenant}: …,\nor {}", attribute::table::allow("tenant", "shared by all"))),
        );
        return;
    };
    let place = Place::column(&table.name, tenant);
    if column.nullable {
        found.push(
            Diagnostic::new(RULE.id, place.key(Key::Type), "a row without a tenant is seen by none or by all")
                .help("drop the `Option`"),
        );
    }
    if !table.references(tenant) && column.external.is_none() {
        found.push(Diagnostic::new(RULE.id, place, format!("`{tenant}` references no tenant")).help(reference));
    }
    for (number, unique) in table.uniques.iter().enumerate() {
        if unique.columns.first() != Some(tenant) {
            let others = unique.columns.iter().filter(|column| *column != tenant);
            let columns: Vec<&String> = std::iter::once(tenant).chain(others).collect();
            found.push(
                Diagnostic::new(
                    RULE.id,
                    Place::of_unique(table.table(), number),
                    format!("({}) is unique across all tenants", unique.columns.join(", ")),
                )
                .help(attribute::unique::line(&columns)),
            );
        }
    }
    for (number, index) in table.indexes.iter().enumerate() {
        let leads = index.key.first().and_then(KeyColumn::name) == Some(tenant);
        if index.method == Method::Btree && !index.generated && !leads {
            let keys = index.key.iter().map(|key| key.name().unwrap_or("…")).filter(|name| name != tenant);
            let keys = std::iter::once(tenant.as_str()).chain(keys);
            found.push(
                Diagnostic::new(
                    RULE.id,
                    Place::of_index(table, number),
                    format!("the index does not lead with `{tenant}`: it finds the rows of all tenants"),
                )
                .help(attribute::index::of_key(&keys.collect::<Vec<_>>().join(", ")).to_string()),
            );
        }
    }
}

/// A foreign key is checked by the server without policies, so it must not leave the tenant by itself.
fn check_references(schema: &Schema, _: &Profile, found: &mut Vec<Diagnostic>) {
    for table in schema.tables.values() {
        for (number, foreign_key) in table.foreign_keys.iter().enumerate() {
            let Some(target) = schema.tables.get(&foreign_key.table) else { continue };
            let Some(whole) = table.within_tenant(foreign_key, target) else { continue };
            let message = format!(
                "({}) may reference a row of `{}` that is another tenant's",
                foreign_key.columns.join(", "),
                target.name
            );
            let instead = if foreign_key.columns.len() == 1 { "`#[references(…)]`" } else { "this one" };
            found.push(Diagnostic::new(RULE.id, Place::of_foreign_key(table, number), message).help(format!(
                "{} on the struct, in place of {instead}",
                attribute::references::line(&whole, &table.name)
            )));
        }
    }
}
