use super::{Facts, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::{SqlType, names_secret};

pub(super) static RULE: Rule = Rule {
    id: "secret",
    summary: "Passwords and tokens are stored as their hash, in `*_hash` columns.",
    why: "Whoever reads a backup, a replica or a log of slow queries has every secret that the table holds. A hash is \
          enough to check what someone presents.",
    bad: "
#[derive(Table)]
struct Session {
    id: Uuid,
    token: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Session {
    id: Uuid,
    #[column(unique)]
    token_hash: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    for column in &table.columns {
        let name = column.name.as_str();
        let text = match &column.sql_type {
            SqlType::Text | SqlType::Varchar(_) | SqlType::Char(_) => true,
            SqlType::Array(element) => **element == SqlType::Text,
            SqlType::Other(name) => name.eq_ignore_ascii_case("citext"),
            _ => false,
        };
        // `encrypted_password`, `hashed_token`: the name says what was done.
        if name.split('_').any(|word| ["encrypted", "hashed", "digested", "sealed"].contains(&word)) {
            continue;
        }
        // A code that is sent, typed in once and ends by itself.
        let is_code = name == "code" && table.column("expires_at").is_some() && table.column("used_at").is_some();
        if !text || !(is_code || names_secret(name)) || table.references(name) {
            continue;
        }
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::column(&table.name, name),
                format!("`{name}` holds a secret that anyone with a backup can read"),
            )
            .help(format!(
                "store its hash as `{name}_hash`; where the secret itself is needed, encrypt it: `{name}_encrypted: Vec<u8>`"
            )),
        );
    }
}
