use std::fmt;

/// The longest name of a migration, without its number: sqlx stores it, and file systems end at 255 bytes.
pub const MAX_NAME_BYTES: usize = 100;

/// The name of a migration file: `001_create_shop.up.sql`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileName {
    /// The number, from 1.
    pub number: u32,
    /// The words behind it.
    pub name: String,
    /// Whether it is the way up.
    pub up: bool,
}

impl FileName {
    /// Reads a file's name; the error says what is wrong with it.
    pub fn parse(file: &str) -> Result<Self, String> {
        let (stem, up) = match (file.strip_suffix(".up.sql"), file.strip_suffix(".down.sql")) {
            (Some(stem), _) => (stem, true),
            (_, Some(stem)) => (stem, false),
            _ => return Err("it ends neither in `.up.sql` nor in `.down.sql`".to_owned()),
        };
        let Some((digits, name)) = stem.split_once('_') else {
            return Err("it has no name behind its number".to_owned());
        };
        if digits.len() < 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err("it does not begin with a number of three digits".to_owned());
        }
        let number = digits.parse().map_err(|_| "its number is too large".to_owned())?;
        if format!("{number:03}") != digits {
            return Err(format!("its number is written {number:03}"));
        }
        check_name(name)?;
        Ok(Self { number, name: name.to_owned(), up })
    }

    /// The name of the migration, without direction: `001_create_shop`.
    #[must_use]
    pub fn migration(&self) -> String {
        migration_name(self.number, &self.name)
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.sql", self.migration(), if self.up { "up" } else { "down" })
    }
}

/// `001_create_shop`
pub(super) fn migration_name(number: u32, name: &str) -> String {
    format!("{number:03}_{name}")
}

/// Whether the words can name a migration; the error says why not.
pub fn check_name(name: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err("the name is empty".to_owned());
    }
    if name.len() > MAX_NAME_BYTES {
        return Err(format!("the name has {} bytes, {MAX_NAME_BYTES} are the most", name.len()));
    }
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if let Some(other) = name.chars().find(|c| !fits(*c)) {
        return Err(format!("the name has `{}`, it takes a-z, 0-9 and _", other.escape_debug()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_as_they_are_written() {
        for file in ["001_create_shop.up.sql", "012_a.down.sql", "1000_x_1.up.sql"] {
            assert_eq!(FileName::parse(file).unwrap().to_string(), file);
        }
    }

    #[test]
    fn other_names_say_what_is_wrong() {
        for (file, problem) in [
            ("001_create.sql", "it ends neither"),
            ("1_create.up.sql", "three digits"),
            ("0001_create.up.sql", "its number is written 001"),
            ("20260101120000_create.up.sql", "too large"),
            ("001.up.sql", "no name"),
            ("001_.up.sql", "the name is empty"),
            ("001_Create.up.sql", "the name has `C`"),
            ("001_a b.up.sql", "the name has ` `"),
            ("+01_a.up.sql", "three digits"),
        ] {
            let found = FileName::parse(file).unwrap_err();
            assert!(found.contains(problem), "{file}: {found}");
        }
        assert!(check_name(&"a".repeat(100)).is_ok());
        assert_eq!(check_name(&"a".repeat(200)).unwrap_err(), "the name has 200 bytes, 100 are the most");
        assert!(check_name("a\nb").unwrap_err().contains("`\\n`"));
    }
}
