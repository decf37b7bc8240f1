//! Every key of `schema.toml`, with how its value reaches the profile.

use toml::de::{DeTable, DeValue};

use super::ConfigError;
use crate::config::{ForeignKeyIndex, Format, KeyStyle, Profile, UpdatedAt};
use crate::dialect::Target;
use crate::ids;
use crate::schema::SoftDelete;
use crate::suggest::nearest;

/// A key of the file.
#[derive(Debug)]
pub struct Setting {
    /// Its name, with its table: `timeouts.lock`.
    pub key: &'static str,
    /// The line to type.
    pub example: &'static str,
    /// What it does.
    pub doc: &'static str,
    pub(super) set: Set,
}

/// How a value reaches the profile.
#[derive(Debug)]
pub(super) enum Set {
    /// One value; `None` where it does not fit.
    Value(fn(&mut Profile, &DeValue<'_>) -> Option<()>),
    /// A table whose keys the file chooses.
    Table(fn(&mut Profile, &DeTable<'_>, &mut Vec<ConfigError>)),
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
        doc: "How rows are marked on soft-deleted tables: `deleted_at` (a timestamp) or `is_deleted` (a boolean).",
        set: Set::Value(|profile, value| {
            profile.soft_delete = match value.as_str()? {
                "deleted_at" => SoftDelete::DeletedAt,
                "is_deleted" => SoftDelete::IsDeleted,
                _ => return None,
            };
            Some(())
        }),
    },
    Setting {
        key: "tenant",
        example: "tenant = \"tenant_id\"",
        doc: "The column that scopes every table to a tenant. Each table has it, with a foreign key; unique keys and indexes lead with it, and every helper takes it. Each table also gets the policy `{table}_tenant`: its rows are those whose `tenant_id` is `nullif(current_setting('app.tenant_id', true), '')`, for the table's owner too (`FORCE`), and where the setting is not set there are none; a statement that names a partition sees none either. `tablewright::set_tenant` sets it for a transaction. A foreign key between two such tables holds the tenant too, and the key that it references, `UNIQUE (tenant_id, id)`, is made for it. A `#[policy(…)]` of that name takes its place; any further policy should be `restrictive`, since one that permits lets rows of other tenants through.",
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
        example: "date_suffixes = [\"_on\", \"_day\"]",
        doc: "What a date's name may end with. The default is `_on` or `_date`.",
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
        doc: "Whether every nullable column says why in its documentation.",
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
        doc: "Whether a `cfg` on a model or a column is accepted: the schema then contains it whatever the `cfg` says.",
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

/// A list of words, at least one, none empty.
fn words(value: &DeValue<'_>) -> Option<Vec<String>> {
    let words: Option<Vec<String>> =
        value.as_array()?.iter().map(|word| word.get_ref().as_str().map(str::to_owned)).collect();
    words.filter(|words| !words.is_empty() && words.iter().all(|word| !word.is_empty()))
}

/// A duration as PostgreSQL writes it in a setting: digits and one of its units.
fn duration(text: &str) -> Option<String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = &text[digits.len()..];
    let valid = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (valid && ["ms", "s", "min", "h"].contains(&unit)).then(|| text.to_owned())
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
        let Some(waivable) = ids::is_waivable(id) else {
            let help = match nearest(id, ids::RULES.iter().map(|(rule, _)| *rule)) {
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
            (Some("off"), _) if !waivable => {
                let message = format!("`{id}` cannot be switched off: the program would not work");
                refuse(message, "fix what it reports".to_owned(), value.span());
            }
            (Some("off"), Some(reason)) => {
                profile.rules_off.insert(id.to_owned(), reason.to_owned());
            }
            (Some("off"), None) => refuse(format!("`{id}` is switched off without a reason"), form, value.span()),
            _ => refuse(format!("the level of `{id}` is `deny` or `off`"), form, value.span()),
        }
    }
}
