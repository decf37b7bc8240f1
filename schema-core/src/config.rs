//! `schema.toml`: the choices that the conventions leave open.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::dialect::Target;
use crate::rules;
use crate::schema::{DeleteStyle, ForeignKeyIndex, Format, KeyStyle, Profile, UpdatedAt};
use crate::suggest::nearest;

/// A mistake in `schema.toml`, with the bytes where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// What is wrong.
    pub message: String,
    /// What to type.
    pub help: String,
    /// Where.
    pub span: Range<usize>,
}

/// A key of the file.
#[derive(Debug)]
pub struct Setting {
    /// Its name, with its table: `timeouts.lock`.
    pub key: &'static str,
    /// The line to type.
    pub example: &'static str,
    /// What it does.
    pub doc: &'static str,
    set: Set,
}

/// How a value reaches the profile.
#[derive(Debug)]
enum Set {
    /// One value; `None` where it does not fit.
    Value(fn(&mut Profile, &DeValue<'_>) -> Option<()>),
    /// A table whose keys the file chooses.
    Table(fn(&mut Profile, &DeTable<'_>, &mut Vec<ConfigError>)),
}

/// A list of words, at least one, none empty.
fn words(value: &DeValue<'_>) -> Option<Vec<String>> {
    let words: Option<Vec<String>> =
        value.as_array()?.iter().map(|word| word.get_ref().as_str().map(str::to_owned)).collect();
    words.filter(|words| !words.is_empty() && words.iter().all(|word| !word.is_empty()))
}

/// Every key, in the order of the documentation.
pub static SETTINGS: &[Setting] = &[
    Setting {
        key: "service",
        example: "service = \"shop\"",
        doc: "The service that owns the tables.",
        set: Set::Value(|profile, value| {
            profile.service = Some(value.as_str()?.to_owned());
            Some(())
        }),
    },
    Setting {
        key: "targets",
        example: "targets = [\"postgres\"]",
        doc: "The databases that the schema must run on.",
        set: Set::Value(|profile, value| {
            let words: Option<Vec<&str>> = value.as_array()?.iter().map(|word| word.get_ref().as_str()).collect();
            let targets: Option<Vec<Target>> =
                words?.into_iter().map(|word| Target::ALL.into_iter().find(|target| target.word() == word)).collect();
            profile.targets = targets.filter(|targets| !targets.is_empty())?;
            Some(())
        }),
    },
    Setting {
        key: "primary_key",
        example: "primary_key = \"uuid\"",
        doc: "What a primary key is: `uuid` (`UUID DEFAULT gen_random_uuid()`) or `bigint` (`BIGINT GENERATED ALWAYS AS IDENTITY`).",
        set: Set::Value(|profile, value| {
            profile.primary_key = match value.as_str()? {
                "uuid" => KeyStyle::Uuid,
                "bigint" => KeyStyle::Bigint,
                _ => return None,
            };
            Some(())
        }),
    },
    Setting {
        key: "soft_delete",
        example: "soft_delete = \"deleted_at\"",
        doc: "How rows are marked on tables that are deleted softly: `deleted_at` (a timestamp) or `is_deleted` (a boolean).",
        set: Set::Value(|profile, value| {
            profile.soft_delete = match value.as_str()? {
                "deleted_at" => DeleteStyle::DeletedAt,
                "is_deleted" => DeleteStyle::IsDeleted,
                _ => return None,
            };
            Some(())
        }),
    },
    Setting {
        key: "tenant",
        example: "tenant = \"tenant_id\"",
        doc: "The column that scopes every table to a tenant. Each table has it, with a foreign key; unique keys and indexes lead with it, and every helper takes it. Each table also gets the policy `{table}_tenant`: its rows are those whose `tenant_id` is `nullif(current_setting('app.tenant_id', true), '')`, for the table's owner too (`FORCE`), and where the setting is not set there are none. `tablewright::set_tenant` sets it for a transaction. A `#[policy(…)]` of that name takes its place; any further policy should be `restrictive`, since one that permits lets rows of other tenants through.",
        set: Set::Value(|profile, value| {
            profile.tenant = Some(value.as_str().filter(|name| !name.is_empty())?.to_owned());
            Some(())
        }),
    },
    Setting {
        key: "updated_at",
        example: "updated_at = \"statement\"",
        doc: "What keeps `updated_at` true: `statement` (each generated UPDATE sets it) or `trigger` (a trigger `BEFORE UPDATE` does, also for statements that are written by hand).",
        set: Set::Value(|profile, value| {
            profile.updated_at = match value.as_str()? {
                "statement" => UpdatedAt::Statement,
                "trigger" => UpdatedAt::Trigger,
                _ => return None,
            };
            Some(())
        }),
    },
    Setting {
        key: "query_comments",
        example: "query_comments = true",
        doc: "Whether the statement of each helper and query begins with its name, `/* orders.recent_for_user */ SELECT …`: what `pg_stat_activity`, `pg_stat_statements` and the server's log then show. The statements stay constants, prepared once for each connection.",
        set: Set::Value(|profile, value| {
            profile.query_comments = value.as_bool()?;
            Some(())
        }),
    },
    Setting {
        key: "services",
        example: "services = { billing = [\"invoices\", \"payments\"] }",
        doc: "The services that share this schema, each with its tables; other tables belong to `service`. No foreign key crosses from one to another.",
        set: Set::Table(services),
    },
    Setting {
        key: "boolean_prefixes",
        example: "boolean_prefixes = [\"is_\", \"has_\", \"can_\"]",
        doc: "What a boolean's name may start with. The default is `is_` alone.",
        set: Set::Value(|profile, value| {
            profile.boolean_prefixes = words(value)?;
            Some(())
        }),
    },
    Setting {
        key: "timestamp_suffixes",
        example: "timestamp_suffixes = [\"_at\", \"_until\"]",
        doc: "What a timestamp's name may end with. The default is `_at` alone.",
        set: Set::Value(|profile, value| {
            profile.timestamp_suffixes = words(value)?;
            Some(())
        }),
    },
    Setting {
        key: "date_suffixes",
        example: "date_suffixes = [\"_on\", \"_date\"]",
        doc: "What a date's name may end with. The default is `_on` alone.",
        set: Set::Value(|profile, value| {
            profile.date_suffixes = words(value)?;
            Some(())
        }),
    },
    Setting {
        key: "max_indexes",
        example: "max_indexes = 12",
        doc: "How many indexes a table may have, those of its keys included. The default is 12.",
        set: Set::Value(|profile, value| {
            let number = value.as_integer()?;
            profile.max_indexes =
                usize::from_str_radix(number.as_str(), number.radix()).ok().filter(|most| *most > 0)?;
            Some(())
        }),
    },
    Setting {
        key: "foreign_key_index",
        example: "foreign_key_index = \"generated\"",
        doc: "Where the indexes of foreign keys come from: `generated` (each one that nothing indexes yet gets its own) or `declared` (the models name every index).",
        set: Set::Value(|profile, value| {
            profile.foreign_key_index = match value.as_str()? {
                "generated" => ForeignKeyIndex::Generated,
                "declared" => ForeignKeyIndex::Declared,
                _ => return None,
            };
            Some(())
        }),
    },
    Setting {
        key: "explain_null",
        example: "explain_null = false",
        doc: "Whether every column that takes NULL says why in its documentation.",
        set: Set::Value(|profile, value| {
            profile.explain_null = value.as_bool()?;
            Some(())
        }),
    },
    Setting {
        key: "pii",
        example: "pii = [\"email\", \"phone\", \"birth_date\"]",
        doc: "The words by which a column of personal data is known; such a column says `#[column(pii)]`. An empty list asks for none.",
        set: Set::Value(|profile, value| {
            let words: Option<Vec<String>> =
                value.as_array()?.iter().map(|word| word.get_ref().as_str().map(str::to_owned)).collect();
            profile.pii = words?;
            Some(())
        }),
    },
    Setting {
        key: "rules",
        example: "[rules]\nboolean_prefix = { level = \"off\", reason = \"the tables are older than the rule\" }",
        doc: "Rules by id, `deny` (the default) or `off` with a reason. A rule whose breach would not work cannot be switched off.",
        set: Set::Table(switches),
    },
    Setting {
        key: "models",
        example: "models = \"src/models.rs\"",
        doc: "The file that the scan starts at; its `mod` items are followed. `src/lib.rs`, else `src/main.rs`, when left out.",
        set: Set::Value(|profile, value| {
            profile.models = Some(value.as_str()?.to_owned());
            Some(())
        }),
    },
    Setting {
        key: "migrations",
        example: "migrations = \"migrations\"",
        doc: "The folder of the migrations.",
        set: Set::Value(|profile, value| {
            value.as_str()?.clone_into(&mut profile.migrations);
            Some(())
        }),
    },
    Setting {
        key: "format",
        example: "format = \"sqlx\"",
        doc: "How migration files are named and laid out: `sqlx` (`001_create_users.up.sql` and `.down.sql`, which `sqlx migrate` reads), `dated` (`20260131_001_create_users.up.sql` and `.down.sql`) or `single` (`001_create_users.sql` with the sections `-- +migrate Up` and `-- +migrate Down`). sqlx reads the first alone: two dated files of a day are one version to it, and of a single file it would run both sections.",
        set: Set::Value(|profile, value| {
            profile.format = match value.as_str()? {
                "sqlx" => Format::Sqlx,
                "dated" => Format::Dated,
                "single" => Format::Single,
                _ => return None,
            };
            Some(())
        }),
    },
    Setting {
        key: "sql",
        example: "sql = \"sql\"",
        doc: "The folder of SQL that models cannot state: views, functions, grants. Each is a pair `order_totals.up.sql` and `order_totals.down.sql`; a line `-- after: orders, users` names the tables and other SQL that must be there before. None is read when left out.",
        set: Set::Value(|profile, value| {
            profile.sql = Some(value.as_str().filter(|folder| !folder.is_empty())?.to_owned());
            Some(())
        }),
    },
    Setting {
        key: "allow_cfg",
        example: "allow_cfg = false",
        doc: "Whether a `cfg` on a model or a column is accepted: the schema then holds it whatever the `cfg` says.",
        set: Set::Value(|profile, value| {
            profile.allow_cfg = value.as_bool()?;
            Some(())
        }),
    },
    Setting {
        key: "timeouts.lock",
        example: "lock = \"2s\"",
        doc: "`lock_timeout` of each migration file: how long a statement waits for a lock before it gives up.",
        set: Set::Value(|profile, value| {
            profile.timeouts.lock = duration(value.as_str()?)?;
            Some(())
        }),
    },
    Setting {
        key: "timeouts.statement",
        example: "statement = \"60s\"",
        doc: "`statement_timeout` of each migration file that takes a lock.",
        set: Set::Value(|profile, value| {
            profile.timeouts.statement = duration(value.as_str()?)?;
            Some(())
        }),
    },
];

/// The text of `docs/schema-toml.md`.
#[must_use]
pub fn markdown() -> String {
    let mut text = String::from(
        "# schema.toml\n\nGenerated from `schema-core/src/config.rs`; a test holds this file to the code.\n\n\
         The file stands beside `Cargo.toml`. Every key may be left out; an unknown key and a value that does not fit are errors.\n",
    );
    for setting in SETTINGS {
        let example = match setting.key.split_once('.') {
            Some((section, _)) => format!("[{section}]\n{}", setting.example),
            None => setting.example.to_owned(),
        };
        text.push_str(&format!("\n## {}\n\n{}\n```toml\n{example}\n```\n", setting.key, setting.doc));
    }
    text
}

/// A duration as PostgreSQL writes it in a setting: digits and one of its units.
fn duration(text: &str) -> Option<String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = &text[digits.len()..];
    let valid = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (valid && ["ms", "s", "min", "h"].contains(&unit)).then(|| text.to_owned())
}

/// The profile of an example in the documentation of a rule.
///
/// # Panics
/// Where the example is not valid.
#[must_use]
#[cfg(test)]
pub(crate) fn example(text: &str) -> Profile {
    parse(text).unwrap_or_else(|errors| panic!("an example has errors: {errors:?}"))
}

/// Reads the text of `schema.toml`.
pub fn parse(text: &str) -> Result<Profile, Vec<ConfigError>> {
    let table = DeTable::parse(text).map_err(|error| {
        vec![ConfigError {
            message: error.message().to_owned(),
            help: "see https://toml.io for the format".to_owned(),
            span: error.span().unwrap_or(0..0),
        }]
    })?;
    let mut profile = Profile::default();
    let mut errors = Vec::new();
    read(table.get_ref(), "", &mut profile, &mut errors);
    if errors.is_empty() { Ok(profile) } else { Err(errors) }
}

/// Reads `[services]`.
fn services(profile: &mut Profile, table: &DeTable<'_>, errors: &mut Vec<ConfigError>) {
    for (name, value) in table {
        match words(value.get_ref()) {
            Some(tables) => {
                let taken = profile.services.iter().find_map(|(other, owned)| {
                    let table = tables.iter().find(|table| owned.contains(table))?;
                    Some(format!("`{table}` belongs to `{other}` already"))
                });
                if let Some(message) = taken {
                    errors.push(ConfigError { message, help: "a table has one owner".to_owned(), span: value.span() });
                }
                profile.services.insert(name.get_ref().to_string(), tables);
            }
            None => errors.push(ConfigError {
                message: format!("`services.{}` is a list of tables", name.get_ref()),
                help: format!("{} = [\"invoices\", \"payments\"]", name.get_ref()),
                span: value.span(),
            }),
        }
    }
}

/// Reads `[rules]`.
fn switches(profile: &mut Profile, table: &DeTable<'_>, errors: &mut Vec<ConfigError>) {
    for (key, value) in table {
        let id = key.get_ref().as_ref();
        let form = format!("{id} = {{ level = \"off\", reason = \"why it does not hold here\" }}");
        let mut refuse = |message: String, help: String, span| errors.push(ConfigError { message, help, span });
        let Some(rule) = rules::find(id) else {
            let help = match nearest(id, rules::RULES.iter().map(|rule| rule.id)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`cargo schema rules` lists them".to_owned(),
            };
            refuse(format!("there is no rule `{id}`"), help, key.span());
            continue;
        };
        let Some(entries) = value.get_ref().as_table() else {
            refuse(format!("`rules.{id}` is a level and its reason"), form, value.span());
            continue;
        };
        if let Some((unknown, _)) =
            entries.iter().find(|(key, _)| !["level", "reason"].contains(&key.get_ref().as_ref()))
        {
            refuse(format!("there is no key `rules.{id}.{}`", unknown.get_ref()), form, unknown.span());
            continue;
        }
        let reason = entries
            .get("reason")
            .and_then(|reason| reason.get_ref().as_str())
            .filter(|reason| !reason.trim().is_empty());
        match (entries.get("level").and_then(|level| level.get_ref().as_str()), reason) {
            (Some("deny"), _) => {}
            (Some("off"), _) if !rule.waivable => {
                let message = format!("`{id}` cannot be switched off: the program would not work");
                refuse(message, "mend what it reports".to_owned(), value.span());
            }
            (Some("off"), Some(reason)) => {
                profile.rules_off.insert(id.to_owned(), reason.to_owned());
            }
            (Some("off"), None) => refuse(format!("`{id}` is switched off without a reason"), form, value.span()),
            _ => refuse(format!("the level of `{id}` is `deny` or `off`"), form, value.span()),
        }
    }
}

fn read(table: &DeTable<'_>, prefix: &str, profile: &mut Profile, errors: &mut Vec<ConfigError>) {
    for (key, value) in table {
        let name = format!("{prefix}{}", key.get_ref());
        if let Some(setting) = SETTINGS.iter().find(|setting| setting.key == name) {
            let fits = match (&setting.set, value.get_ref()) {
                (Set::Value(set), value) => set(profile, value).is_some(),
                (Set::Table(set), DeValue::Table(table)) => {
                    set(profile, table, errors);
                    true
                }
                (Set::Table(_), _) => false,
            };
            if !fits {
                errors.push(ConfigError {
                    message: format!("`{name}` does not take this value"),
                    help: format!("{}    {}", setting.example, setting.doc),
                    span: value.span(),
                });
            }
            continue;
        }
        let section = format!("{name}.");
        match value.get_ref() {
            DeValue::Table(table) if SETTINGS.iter().any(|setting| setting.key.starts_with(&section)) => {
                read(table, &section, profile, errors);
            }
            _ => {
                let names = SETTINGS.iter().map(|setting| setting.key);
                let help = match nearest(&name, names.clone()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the keys are {}", names.collect::<Vec<_>>().join(", ")),
                };
                errors.push(ConfigError { message: format!("there is no key `{name}`"), help, span: key.span() });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_accepted() {
        for setting in SETTINGS {
            let text = match setting.key.split_once('.') {
                Some((section, _)) => format!("[{section}]\n{}", setting.example),
                None => setting.example.to_owned(),
            };
            assert!(parse(&text).is_ok(), "{}: {:?}", setting.key, parse(&text));
        }
        assert_eq!(parse("").unwrap(), Profile::default());
    }

    #[test]
    fn mistakes_have_their_place() {
        let text = "service = \"shop\"\nprimary_kye = \"uuid\"\nsoft_delete = 1\n[timeouts]\nlock = \"2 s; DROP\"\n";
        let errors = parse(text).unwrap_err();
        let at: Vec<&str> = errors.iter().map(|error| &text[error.span.clone()]).collect();
        assert_eq!(at.len(), 3, "{errors:?}");
        assert!(at.contains(&"primary_kye") && at.contains(&"1") && at.contains(&"\"2 s; DROP\""), "{at:?}");
        assert!(errors.iter().any(|error| error.help == "did you mean `primary_key`?"));
        assert_eq!(parse("a = [").unwrap_err().len(), 1);
    }

    #[test]
    fn a_rule_is_switched_off_with_a_reason() {
        let profile =
            parse("[rules]\npii = { level = \"off\", reason = \"no persons here\" }\ntext = { level = \"deny\" }\n")
                .unwrap();
        assert_eq!(profile.rules_off.keys().collect::<Vec<_>>(), ["pii"]);
        for (line, message, at) in [
            (
                "bolean_prefix = { level = \"off\", reason = \"x\" }",
                "there is no rule `bolean_prefix`",
                "bolean_prefix",
            ),
            ("pii = { level = \"off\" }", "`pii` is switched off without a reason", "{ level = \"off\" }"),
            (
                "pii = { level = \"warn\", reason = \"x\" }",
                "the level of `pii` is `deny` or `off`",
                "{ level = \"warn\", reason = \"x\" }",
            ),
            (
                "unknown_column = { level = \"off\", reason = \"x\" }",
                "`unknown_column` cannot be switched off: the program would not work",
                "{ level = \"off\", reason = \"x\" }",
            ),
            ("pii = { levle = \"off\" }", "there is no key `rules.pii.levle`", "levle"),
            ("pii = \"off\"", "`rules.pii` is a level and its reason", "\"off\""),
        ] {
            let text = format!("[rules]\n{line}\n");
            let errors = parse(&text).unwrap_err();
            assert_eq!((errors[0].message.as_str(), &text[errors[0].span.clone()]), (message, at));
        }
    }

    #[test]
    fn every_target_can_be_named() {
        let profile = parse("targets = [\"postgres\", \"cockroach\"]").unwrap();
        assert_eq!(profile.targets, Target::ALL);
    }

    #[test]
    fn a_table_has_one_service() {
        let errors = parse("[services]\na = [\"users\"]\nb = [\"users\"]\n").unwrap_err();
        assert_eq!(errors[0].message, "`users` belongs to `a` already");
    }
}
