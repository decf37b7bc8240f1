use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::singular;

pub(super) static RULE: Rule = Rule {
    id: "service_boundary",
    summary: "A service owns its data: no foreign key crosses from one service's tables to another's (`services`).",
    why: "A foreign key across the boundary makes one service's deploys, locks and deletes the other's business, and \
          neither can move to a database of its own.",
    bad: "
#[derive(Table)]
struct Invoice {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Invoice {
    id: Uuid,
    #[column(external = \"the accounts service's user\")]
    user_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "services = { billing = [\"invoices\"], accounts = [\"users\"] }",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    let owner = |table: &str| {
        let of_list = profile.services.iter().find(|(_, tables)| tables.iter().any(|owned| owned == table));
        of_list.map(|(service, _)| service).or(profile.service.as_ref())
    };
    for (number, foreign_key) in table.foreign_keys.iter().enumerate() {
        let (here, there) = (owner(&table.name), owner(&foreign_key.table));
        if here == there {
            continue;
        }
        let name = |service: Option<&String>| {
            service.map_or_else(|| "no service".to_owned(), |service| format!("`{service}`"))
        };
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::of_foreign_key(table, number),
                format!("`{}` belongs to {}, this table to {}", foreign_key.table, name(there), name(here)),
            )
            .help(format!(
                "{} in place of the reference",
                attribute::column::text(
                    "external",
                    &format!(
                        "{}'s {}",
                        there.map_or("the other service", String::as_str),
                        singular(&foreign_key.table)
                    )
                )
            )),
        );
    }
}
