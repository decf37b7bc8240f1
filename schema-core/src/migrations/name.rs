//! Names of migration files: numbers, dates, slugs.

use std::fmt;

use heck::ToSnakeCase as _;

/// The longest name of a migration, without its number: sqlx stores it, and file systems end at 255 bytes.
pub const MAX_NAME_BYTES: usize = 100;

/// The name of a migration file: `001_create_shop.up.sql`, `20260131_001_create_shop.up.sql`, `001_create_shop.sql`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileName {
    /// The number, from 1.
    pub number: u32,
    /// The words after it.
    pub name: String,
    /// The day, as `YYYYMMDD`, in the format that has it.
    pub date: Option<u32>,
    /// Which way the file leads.
    pub direction: Direction,
}

/// Which way a file leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// `.up.sql`
    Up,
    /// `.down.sql`
    Down,
    /// `.sql`: both, in sections.
    Both,
}

impl Direction {
    /// What the file's name ends with.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Up => ".up.sql",
            Self::Down => ".down.sql",
            Self::Both => ".sql",
        }
    }
}

impl FileName {
    /// Reads a file's name; the error says what is wrong with it.
    pub fn parse(file: &str) -> Result<Self, String> {
        let (stem, direction) = [Direction::Up, Direction::Down, Direction::Both]
            .into_iter()
            .find_map(|direction| Some((file.strip_suffix(direction.suffix())?, direction)))
            .ok_or("it does not end in `.up.sql` or `.down.sql`")?;
        let (date, number, name) = stem_parts(stem)?;
        Ok(Self { number, name: name.to_owned(), date, direction })
    }

    /// The name of the migration, without direction: `001_create_shop`.
    #[must_use]
    pub fn migration(&self) -> String {
        migration_name(self.date, self.number, &self.name)
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.migration(), self.direction.suffix())
    }
}

/// The number of a migration, by its name: 1 of `001_create_shop`.
#[must_use]
pub fn number_of(migration: &str) -> Option<u32> {
    stem_parts(migration).ok().map(|(_, number, _)| number)
}

/// The date, number and words of `20260131_001_create_shop`; the error says what is wrong.
pub(super) fn stem_parts(stem: &str) -> Result<(Option<u32>, u32, &str), String> {
    const NO_NAME: &str = "it has no name after its number";
    let is_number = |digits: &str| digits.len() >= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let (mut digits, mut name) = stem.split_once('_').ok_or(NO_NAME)?;
    let mut date = None;
    // Eight digits are a day only where a number follows: otherwise they are a number that is far too large.
    if let Some((number, rest)) = name.split_once('_')
        && digits.len() == 8
        && is_number(digits)
        && is_number(number)
    {
        date = Some(day(digits).ok_or("it does not begin with a day")?);
        (digits, name) = (number, rest);
    }
    if !is_number(digits) {
        return Err("it does not begin with a number of three digits".to_owned());
    }
    let number = digits.parse().map_err(|_| "its number is too large".to_owned())?;
    if format!("{number:03}") != digits {
        return Err(format!("its number is written {number:03}"));
    }
    check_name(name)?;
    Ok((date, number, name))
}

/// A day as `YYYYMMDD`; `None` where no calendar has it.
#[must_use]
pub fn day(text: &str) -> Option<u32> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let date: u32 = text.parse().ok()?;
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    (year >= 1970 && (1..=days).contains(&day)).then_some(date)
}

/// `001_create_shop`
pub(super) fn migration_name(date: Option<u32>, number: u32, name: &str) -> String {
    match date {
        Some(date) => format!("{date:08}_{number:03}_{name}"),
        None => format!("{number:03}_{name}"),
    }
}

/// A name that every reader of files takes, made of any words. What is one already stays as it is.
///
/// Anything but ASCII letters, digits and `_` parts words, and a large letter begins one. Where nothing is left the name
/// is a hash of the words; where too much is left it is cut, and ends in one. Names of one migration that come out alike
/// are distinguished by their numbers.
#[must_use]
pub fn slug(words: &str) -> String {
    if !words.is_empty() && words.chars().all(fits) {
        return shortened(words, MAX_NAME_BYTES);
    }
    // What is not ASCII would be a letter to the crate, and a reason to part words where nothing is left between them.
    let ascii: String = words.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let name = ascii.to_snake_case();
    if name.is_empty() { hash(words) } else { shortened(&name, MAX_NAME_BYTES) }
}

fn hash(words: &str) -> String {
    format!("{:08x}", crate::schema::name_hash(words))
}

/// A name that fits: one that is too long is cut, and ends in a hash of all of it, so that two stay two.
fn shortened(name: &str, bytes: usize) -> String {
    if name.len() <= bytes {
        return name.to_owned();
    }
    let hash = hash(name);
    let kept = name.floor_char_boundary(bytes - hash.len() - 1);
    format!("{}_{hash}", name[..kept].trim_end_matches('_'))
}

/// Whether the words can name a migration; the error says why not.
pub fn check_name(name: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err("the name is empty".to_owned());
    }
    if name.len() > MAX_NAME_BYTES {
        return Err(format!("the name has {} bytes, {MAX_NAME_BYTES} are the most", name.len()));
    }
    if let Some(other) = name.chars().find(|c| !fits(*c)) {
        return Err(format!("the name has `{}`, it takes a-z, 0-9 and _", other.escape_debug()));
    }
    Ok(())
}

fn fits(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_as_they_are_written() {
        for file in [
            "001_create_shop.up.sql",
            "012_a.down.sql",
            "1000_x_1.up.sql",
            "001_create_shop.sql",
            "20260131_001_create_shop.up.sql",
            "20240229_1000_x.down.sql",
            "001_2fa.up.sql",
        ] {
            assert_eq!(FileName::parse(file).unwrap().to_string(), file);
        }
    }

    #[test]
    fn other_names_say_what_is_wrong() {
        for (file, problem) in [
            ("001_create.txt", "it does not end in"),
            ("1_create.up.sql", "three digits"),
            ("0001_create.up.sql", "its number is written 001"),
            ("20260101120000_create.up.sql", "too large"),
            ("20260231_001_create.up.sql", "a day"),
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

    #[test]
    fn any_words_give_a_name_that_is_read_back() {
        let long = "Ж".repeat(300) + &"x y".repeat(100);
        for (words, name) in [
            ("create_orders", "create_orders"),
            ("_a__b_", "_a__b_"),
            ("create_UserAccount", "create_user_account"),
            ("create_a/b", "create_a_b"),
            ("add_source_in review", "add_source_in_review"),
            ("../../etc/passwd", "etc_passwd"),
            ("..\\x\"'`;-- $1", "x_1"),
            ("--rf", "rf"),
            ("a.sql", "a_sql"),
            ("create_日本", "create"),
            ("Größe", "gr_e"),
            ("tab\tand\nline", "tab_and_line"),
            ("CON", "con"),
            ("HTTPServer2", "http_server2"),
        ] {
            assert_eq!(slug(words), name, "{words}");
            assert_eq!(slug(name), name);
        }
        // Nothing that would be left is a name too, and the same at any time.
        assert_eq!(slug("日本"), "a6d3ce91");
        for words in ["", "日本", "中国", " ", "/", "\\", "'", "…", "🦀", &long, &"a".repeat(101), &"A".repeat(500)]
        {
            let name = slug(words);
            assert_eq!(check_name(&name), Ok(()), "{words}");
            for (number, direction) in [(1, Direction::Down), (u32::MAX, Direction::Up), (7, Direction::Both)] {
                let file = FileName { date: Some(20_260_131), number, name: name.clone(), direction }.to_string();
                assert_eq!(FileName::parse(&file).unwrap().name, name);
                assert!(file.len() < 200);
            }
        }
        assert_ne!(slug("日本"), slug("中国"));
    }

    #[test]
    fn a_long_name_is_cut_and_stays_apart_from_others() {
        let (a, b) = (format!("{}_a", "x".repeat(120)), format!("{}_b", "x".repeat(120)));
        let cut = shortened(&a, MAX_NAME_BYTES);
        assert_eq!(cut.len(), MAX_NAME_BYTES);
        assert!(check_name(&cut).is_ok() && cut != shortened(&b, MAX_NAME_BYTES));
        assert_eq!(shortened("create_shop", MAX_NAME_BYTES), "create_shop");
    }
}
