use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use super::{Facts, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::singular;

pub(super) static RULE: Rule = Rule {
    id: "foreign_key_name",
    summary: "A foreign key is `{table in the singular}_id`: `user_id`, with a role before it where there are several: \
          `approver_user_id`.",
    why: "The name alone shows which table to join, in every query and every log. `owner`, `created_by` and \
          `author_id` each have to be looked up.",
    bad: "
#[derive(Table)]
struct User {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
struct Order {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    buyer: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct User {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
struct Order {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    buyer_user_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    for foreign_key in &table.foreign_keys {
        let ([name], [target]) = (foreign_key.columns.as_slice(), foreign_key.target_columns.as_slice()) else {
            continue;
        };
        // A row of the same table needs only its role: `parent_id`.
        let is_self = foreign_key.table == table.name && name.len() > 3 && name.ends_with(&format!("_{target}"));
        if is_self || profile.tenant.as_ref() == Some(name) {
            continue;
        }
        let of_table = format!("{}_{target}", singular(&foreign_key.table));
        let of_model = foreign_key.model.as_ref().map(|model| format!("{}_{target}", model.to_snake_case()));
        let fits = |right: &String| name == right || name.ends_with(&format!("_{right}"));
        if fits(&of_table) || of_model.as_ref().is_some_and(fits) {
            continue;
        }
        // A target column that names its table already: `country_code` of `countries`.
        if target != "id" && (name == target || name.ends_with(&format!("_{target}"))) && target.contains('_') {
            continue;
        }
        let right = of_model.unwrap_or(of_table);
        // The role that the name states: `buyer` of `buyer`, `author` of `author_id`.
        let role = name.strip_suffix(&format!("_{target}")).unwrap_or(name);
        let with_role = if role == "id" || right.starts_with(role) || right.contains(&format!("_{role}_")) {
            right.clone()
        } else {
            format!("{role}_{right}")
        };
        // A model that is nearly what the field says is a slip of the pen: the field is right.
        if let Some(model) = &foreign_key.model
            && strsim::damerau_levenshtein(role, &model.to_snake_case()) <= 1 + role.len() / 8
        {
            let message = format!("`{name}` references `{model}`, which its name nearly says");
            let help = format!("#[references({}, …)], or rename the field to `{right}`", role.to_upper_camel_case());
            found.push(Diagnostic::new(RULE.id, Place::column(&table.name, name), message).help(help));
            continue;
        }
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::column(&table.name, name),
                format!("`{name}` references `{}`, and its name does not say so", foreign_key.table),
            )
            .help(if with_role == right {
                format!("rename the field to `{right}`")
            } else {
                format!("rename the field to `{right}`, or with its role `{with_role}`")
            }),
        );
    }
}
