//! `schema.toml`: the choices that the conventions leave open.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::dialect::Target;
use crate::parse::grammar::nearest;
use crate::schema::{DeleteStyle, KeyStyle, Profile};

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
    set: fn(&mut Profile, &DeValue<'_>) -> Option<()>,
}

/// Every key, in the order of the documentation.
pub static SETTINGS: &[Setting] = &[
    Setting {
        key: "service",
        example: "service = \"shop\"",
        doc: "The service that owns the tables.",
        set: |profile, value| {
            profile.service = Some(value.as_str()?.to_owned());
            Some(())
        },
    },
    Setting {
        key: "targets",
        example: "targets = [\"postgres\"]",
        doc: "The databases that the schema must run on.",
        set: |profile, value| {
            let words: Option<Vec<&str>> = value.as_array()?.iter().map(|word| word.get_ref().as_str()).collect();
            let targets: Option<Vec<Target>> = words?
                .into_iter()
                .map(|word| Target::ALL.into_iter().find(|target| target.word() == word && target.supported()))
                .collect();
            profile.targets = targets.filter(|targets| !targets.is_empty())?;
            Some(())
        },
    },
    Setting {
        key: "primary_key",
        example: "primary_key = \"uuid\"",
        doc: "What a primary key is: `uuid` (`UUID DEFAULT gen_random_uuid()`) or `bigint` (`BIGINT GENERATED ALWAYS AS IDENTITY`).",
        set: |profile, value| {
            profile.primary_key = match value.as_str()? {
                "uuid" => KeyStyle::Uuid,
                "bigint" => KeyStyle::Bigint,
                _ => return None,
            };
            Some(())
        },
    },
    Setting {
        key: "soft_delete",
        example: "soft_delete = \"deleted_at\"",
        doc: "How rows are marked on tables that are deleted softly: `deleted_at` (a timestamp) or `is_deleted` (a boolean).",
        set: |profile, value| {
            profile.soft_delete = match value.as_str()? {
                "deleted_at" => DeleteStyle::DeletedAt,
                "is_deleted" => DeleteStyle::IsDeleted,
                _ => return None,
            };
            Some(())
        },
    },
    Setting {
        key: "models",
        example: "models = \"src/models.rs\"",
        doc: "The file that the scan starts at; its `mod` items are followed. `src/lib.rs`, else `src/main.rs`, when left out.",
        set: |profile, value| {
            profile.models = Some(value.as_str()?.to_owned());
            Some(())
        },
    },
    Setting {
        key: "migrations",
        example: "migrations = \"migrations\"",
        doc: "The folder of the migrations.",
        set: |profile, value| {
            profile.migrations = value.as_str()?.to_owned();
            Some(())
        },
    },
    Setting {
        key: "allow_cfg",
        example: "allow_cfg = false",
        doc: "Whether a `cfg` on a model or a column is accepted: the schema then holds it whatever the `cfg` says.",
        set: |profile, value| {
            profile.allow_cfg = value.as_bool()?;
            Some(())
        },
    },
    Setting {
        key: "timeouts.lock",
        example: "lock = \"2s\"",
        doc: "`lock_timeout` of each migration file: how long a statement waits for a lock before it gives up.",
        set: |profile, value| {
            profile.timeouts.lock = duration(value.as_str()?)?;
            Some(())
        },
    },
    Setting {
        key: "timeouts.statement",
        example: "statement = \"60s\"",
        doc: "`statement_timeout` of each migration file that takes a lock.",
        set: |profile, value| {
            profile.timeouts.statement = duration(value.as_str()?)?;
            Some(())
        },
    },
];

/// A duration as PostgreSQL writes it in a setting: digits and one of its units.
fn duration(text: &str) -> Option<String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = &text[digits.len()..];
    let valid = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (valid && ["ms", "s", "min", "h"].contains(&unit)).then(|| text.to_owned())
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

fn read(table: &DeTable<'_>, prefix: &str, profile: &mut Profile, errors: &mut Vec<ConfigError>) {
    for (key, value) in table {
        let name = format!("{prefix}{}", key.get_ref());
        if let Some(setting) = SETTINGS.iter().find(|setting| setting.key == name) {
            if (setting.set)(profile, value.get_ref()).is_none() {
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
}
