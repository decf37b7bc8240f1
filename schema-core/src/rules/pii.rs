use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::{Diagnostic, Edit};
use crate::place::Place;
use crate::schema::SqlType;

pub(super) static RULE: Rule = Rule {
    id: "pii",
    summary: "Columns of personal data say so: `#[column(pii)]`. The profile lists the words (`pii`).",
    why: "Whoever must delete, export or mask a person's data has to know where it is. `#[table(debug)]` makes a `Debug` \
          that leaves marked columns out, so that they do not reach a log.",
    bad: "
#[derive(Table)]
struct User {
    id: Uuid,
    #[column(unique)]
    email: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct User {
    id: Uuid,
    #[column(pii, unique)]
    email: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    for column in table.columns.iter().filter(|column| !column.pii) {
        let name = column.name.as_str();
        let holds_data = match &column.sql_type {
            SqlType::Text | SqlType::Varchar(_) | SqlType::Char(_) | SqlType::Date => true,
            SqlType::Other(name) => name.eq_ignore_ascii_case("citext"),
            _ => false,
        };
        if !holds_data || table.references(name) {
            continue;
        }
        // `email`, `contact_email`, `email_address`, `phone_number`; not `email_status`.
        let is_about = |word: &str| {
            let rest = name.strip_prefix(word).or_else(|| {
                let (at, _) = name.match_indices(word).find(|(at, _)| name[..*at].ends_with('_'))?;
                Some(&name[at + word.len()..])
            });
            matches!(rest, Some("" | "_address" | "_number" | "s"))
        };
        if let Some(word) = profile.pii.iter().find(|word| is_about(word)) {
            let place = Place::column(&table.name, name);
            found.push(
                Diagnostic::new(
                    RULE.id,
                    place.clone(),
                    format!("`{name}` holds personal data ({word}) and does not say so"),
                )
                .help(attribute::column::flag("pii"))
                .fix(place, Edit::AddAttribute(attribute::column::flag("pii"))),
            );
        }
    }
}
