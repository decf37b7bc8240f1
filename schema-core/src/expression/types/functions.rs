//! The functions that the server has, with what they take, give and depend on.

use std::sync::OnceLock;

use crate::schema::SqlType;

/// One line for each overload; the head of the file says where it is from.
const TABLE: &str = include_str!("functions.tsv");

/// What the result of a function depends on, from the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Volatility {
    /// On its arguments alone.
    Immutable,
    /// On the session's settings or the transaction's time as well.
    Stable,
    /// On anything.
    Volatile,
}

/// One overload of a function.
#[derive(Debug)]
pub(super) struct Function {
    least: usize,
    parameters: Vec<&'static str>,
    variadic: bool,
    pub(super) result: &'static str,
    pub(super) volatility: Volatility,
}

impl Function {
    fn read(line: &'static str) -> Option<(&'static str, Self)> {
        let mut fields = line.split('\t');
        let (name, least, parameters, result, volatility) =
            (fields.next()?, fields.next()?.parse().ok()?, fields.next()?, fields.next()?, fields.next()?);
        let variadic = parameters.ends_with("...");
        let list = parameters.trim_end_matches("...");
        Some((
            name,
            Self {
                least,
                parameters: if list.is_empty() { Vec::new() } else { list.split(',').collect() },
                variadic,
                result,
                volatility: match volatility {
                    "i" => Volatility::Immutable,
                    "s" => Volatility::Stable,
                    _ => Volatility::Volatile,
                },
            },
        ))
    }

    pub(super) fn takes(&self, arguments: usize) -> bool {
        arguments >= self.least && (self.variadic || arguments <= self.parameters.len())
    }

    /// The parameters, for a message.
    pub(super) fn parameters_text(&self) -> String {
        self.parameters.join(", ")
    }

    /// What a parameter takes.
    pub(super) fn parameter(&self, position: usize) -> Parameter {
        match self.parameters.get(position).or(self.parameters.last()) {
            Some(name) if name.trim_matches('"').starts_with("any") => Parameter::Any,
            Some(name) => known_type(name).map_or(Parameter::Foreign, Parameter::Type),
            None => Parameter::Foreign,
        }
    }
}

/// What a parameter takes.
#[derive(Debug)]
pub(super) enum Parameter {
    /// Types of many kinds.
    Any,
    /// This type.
    Type(SqlType),
    /// A type that no column of a model has.
    Foreign,
}

/// A type by the name that the catalogue gives; `None` for a polymorphic one and for one that no column has.
pub(super) fn known_type(name: &str) -> Option<SqlType> {
    match name.parse() {
        Ok(SqlType::Other(_)) | Err(_) => match name {
            "character varying" | "character" | "name" => Some(SqlType::Text),
            _ => None,
        },
        Ok(found) => Some(found),
    }
}

/// Where each name's lines start, by name.
fn starts() -> &'static [(&'static str, usize)] {
    static STARTS: OnceLock<Vec<(&'static str, usize)>> = OnceLock::new();
    STARTS.get_or_init(|| {
        let mut starts: Vec<(&str, usize)> = Vec::new();
        let mut at = 0;
        for line in TABLE.split_inclusive('\n') {
            let name = line.split('\t').next().unwrap_or_default();
            if !line.starts_with('#') && starts.last().is_none_or(|(last, _)| *last != name) {
                starts.push((name, at));
            }
            at += line.len();
        }
        starts
    })
}

/// The overloads of a function; none where the server has no such function, or no one wrote it down.
pub(super) fn overloads(name: &str) -> Vec<Function> {
    let Ok(position) = starts().binary_search_by_key(&name, |(found, _)| found) else { return Vec::new() };
    let lines = TABLE[starts()[position].1..].lines();
    lines.map_while(Function::read).take_while(|(found, _)| *found == name).map(|(_, function)| function).collect()
}

/// The name that a misspelt one is one letter away from, where no function of that name is known.
pub(super) fn misspelt(name: &str) -> Option<&'static str> {
    if name.len() < 5 || WELL_KNOWN.contains(&name) {
        return None;
    }
    let mut names = starts().iter().map(|(name, _)| *name).chain(WELL_KNOWN.iter().copied());
    let near = names.find(|found| {
        found.len() >= 5 && found.len().abs_diff(name.len()) <= 1 && strsim::osa_distance(found, name) <= 1
    })?;
    (near != name).then_some(near)
}

/// Functions that the grammar knows, that aggregate, or that well-known extensions and later versions bring: none of
/// them is a misspelling of another.
const WELL_KNOWN: &[&str] = &[
    "array_sort",
    "casefold",
    "coalesce",
    "count",
    "crypt",
    "daitch_mokotoff",
    "date_add",
    "date_subtract",
    "digest",
    "dmetaphone",
    "encrypt",
    "gen_random_bytes",
    "gen_salt",
    "greatest",
    "grouping",
    "json_array",
    "json_object",
    "least",
    "levenshtein",
    "metaphone",
    "nullif",
    "random_normal",
    "similarity",
    "soundex",
    "string_agg",
    "unaccent",
    "uuid_extract_timestamp",
    "uuid_generate_v4",
    "uuidv4",
    "uuidv7",
    "word_similarity",
];

/// Functions that give any number of rows: <https://www.postgresql.org/docs/15/functions-srf.html> and those of texts, arrays and
/// documents.
pub(super) const OF_ROWS: &[&str] = &[
    "generate_series",
    "generate_subscripts",
    "json_array_elements",
    "json_array_elements_text",
    "json_each",
    "json_each_text",
    "json_object_keys",
    "json_populate_recordset",
    "json_to_recordset",
    "jsonb_array_elements",
    "jsonb_array_elements_text",
    "jsonb_each",
    "jsonb_each_text",
    "jsonb_object_keys",
    "jsonb_path_query",
    "jsonb_path_query_tz",
    "jsonb_populate_recordset",
    "jsonb_to_recordset",
    "regexp_matches",
    "regexp_split_to_table",
    "string_to_table",
    "ts_stat",
    "unnest",
];

/// Functions over many rows: no expression of one row calls them.
pub(super) const AGGREGATES: &[&str] = &[
    "array_agg",
    "avg",
    "bool_and",
    "bool_or",
    "count",
    "every",
    "json_agg",
    "json_object_agg",
    "jsonb_agg",
    "jsonb_object_agg",
    "max",
    "min",
    "range_agg",
    "stddev",
    "string_agg",
    "sum",
    "variance",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_reads_and_the_names_are_sorted() {
        let mut before = "";
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let (name, _) = Function::read(line).unwrap_or_else(|| panic!("{line}"));
            assert!(before <= name, "{name}");
            before = name;
        }
        assert!(starts().len() > 300);
    }

    #[test]
    fn overloads_and_misspellings_are_found() {
        assert_eq!(overloads("now")[0].volatility, Volatility::Stable);
        assert_eq!(overloads("abs").len(), 6);
        assert!(overloads("ow").is_empty() && overloads("").is_empty());
        assert_eq!(misspelt("lengt"), Some("length"));
        assert_eq!(misspelt("lowre"), Some("lower"));
        assert_eq!(misspelt("similarity"), None);
        assert_eq!(misspelt("my_function"), None);
    }
}
