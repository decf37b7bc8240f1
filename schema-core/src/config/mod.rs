//! `schema.toml`: the choices that the conventions leave open.

mod profile;
mod settings;

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::suggest::nearest;
pub use profile::{ForeignKeyIndex, Format, KeyStyle, Profile, Timeouts, UpdatedAt};
use settings::Set;
pub use settings::{SETTINGS, Setting};

/// A mistake in `schema.toml`, with the bytes where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// What is wrong.
    pub message: String,
    /// What to type.
    pub help: String,
    /// Where.
    pub span: Range<usize>,
}

/// The text of `docs/schema-toml.md`.
#[must_use]
pub fn markdown() -> String {
    let mut text = String::from(
        "# schema.toml\n\nGenerated from `schema-core/src/config/settings.rs`; a test checks this file against the code.\n\n\
         The file is next to `Cargo.toml`. Every key may be left out; an unknown key and a value that does not fit are errors.\n",
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
    use crate::dialect::Target;

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
