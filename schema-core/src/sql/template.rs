//! SQL that lies in files of its own, readable as SQL, with named holes: `{{table}}`.
//!
//! [`template!`](crate::sql::template) makes a type of a file, with a field for each hole. The compiler counts: a hole without a field or
//! a field without a hole is not a program.

use super::statement::Statement;

/// What fills a hole.
pub(crate) trait Fill {
    /// The text, of which each line but the first begins with `margin` where the margin is not a part of a value. Nothing
    /// takes the hole's line away.
    fn fill(&self, margin: &str) -> Option<String>;

    /// The text by itself.
    fn sql(&self) -> String {
        self.fill("").unwrap_or_default()
    }
}

/// An identifier, quoted where it must be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name<'a>(pub &'a str);

/// The same as a string literal, for `to_regclass` and `format`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameLiteral<'a>(pub &'a str);

/// A string literal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Literal<'a>(pub &'a str);

/// A string literal that RAISE takes as it is: a `%` is a parameter there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Message<'a>(pub &'a str);

/// SQL that was quoted by who wrote it, or written by the user. No byte of it changes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sql<'a>(pub &'a str);

/// Statements, each on lines of its own, moved to the right as far as the hole is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statements<'a, T = Statement>(pub &'a [T]);

impl Fill for Name<'_> {
    fn fill(&self, _: &str) -> Option<String> {
        Some(super::quote(self.0))
    }
}

impl Fill for NameLiteral<'_> {
    fn fill(&self, _: &str) -> Option<String> {
        Some(super::literal(&super::quote(self.0)))
    }
}

impl Fill for Literal<'_> {
    fn fill(&self, _: &str) -> Option<String> {
        Some(super::literal(self.0))
    }
}

impl Fill for Message<'_> {
    fn fill(&self, _: &str) -> Option<String> {
        Some(super::literal(&self.0.replace('%', "%%")))
    }
}

impl Fill for Sql<'_> {
    fn fill(&self, _: &str) -> Option<String> {
        Some(self.0.to_owned())
    }
}

impl<T: AsRef<str>> Fill for Statements<'_, T> {
    fn fill(&self, margin: &str) -> Option<String> {
        let lines: Vec<&str> = self.0.iter().flat_map(|statement| statement.as_ref().lines()).collect();
        (!lines.is_empty()).then(|| lines.join(&format!("\n{margin}")))
    }
}

impl<T: Fill + ?Sized> Fill for &T {
    fn fill(&self, margin: &str) -> Option<String> {
        (**self).fill(margin)
    }
}

impl<T: Fill> Fill for Option<T> {
    fn fill(&self, margin: &str) -> Option<String> {
        self.as_ref()?.fill(margin)
    }
}

/// Dollar quotes that none of the texts holds.
fn dollar_quotes(texts: &[String]) -> String {
    let names = std::iter::once(String::new()).chain((0_u32..).map(|number| format!("body{number}")));
    let mut tags = names.map(|name| format!("${name}$"));
    tags.find(|tag| !texts.iter().any(|text| text.contains(tag.as_str()))).unwrap_or_default()
}

/// The text of a template with its holes filled. Where a hole's text has `$$`, the template's own quotes get a tag.
pub(crate) fn filled(template: &str, margin: &str, holes: &[(&str, &dyn Fill)]) -> String {
    let of = |name: &str, margin: &str| holes.iter().find(|(hole, _)| *hole == name)?.1.fill(margin);
    let texts: Vec<String> = holes.iter().filter_map(|(_, hole)| hole.fill("")).collect();
    let template = template.replace("$$", &dollar_quotes(&texts));
    let mut lines: Vec<String> = Vec::new();
    for line in template.lines() {
        let indent = &line[..line.len() - line.trim_start().len()];
        let margin = format!("{margin}{indent}");
        let before = if lines.is_empty() { indent } else { &margin };
        let alone = line.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        if let Some(name) = alone.filter(|name| !name.contains("{{")) {
            lines.extend(of(name, &margin).map(|text| format!("{before}{text}")));
            continue;
        }
        let mut text = before.to_owned();
        let mut rest = line.trim_start();
        while let Some((plain, (name, behind))) =
            rest.split_once("{{").and_then(|(plain, hole)| Some((plain, hole.split_once("}}")?)))
        {
            text.push_str(plain);
            text.extend(of(name, &margin));
            rest = behind;
        }
        text.push_str(rest);
        lines.push(text);
    }
    lines.join("\n")
}

/// Whether a template has these holes, each of them, and no other.
pub(crate) const fn has_holes(template: &str, holes: &[&str]) -> bool {
    let text = template.as_bytes();
    let mut seen = [false; 32];
    let mut at = 0;
    while at + 1 < text.len() {
        if text[at] != b'{' || text[at + 1] != b'{' {
            at += 1;
            continue;
        }
        let mut known = false;
        let mut number = 0;
        while number < holes.len() {
            if names(text, at + 2, holes[number].as_bytes()) {
                seen[number] = true;
                known = true;
            }
            number += 1;
        }
        if !known {
            return false;
        }
        at += 2;
    }
    let mut number = 0;
    while number < holes.len() {
        if !seen[number] {
            return false;
        }
        number += 1;
    }
    true
}

/// Whether the text has this name of a hole at this place.
const fn names(text: &[u8], at: usize, name: &[u8]) -> bool {
    let mut number = 0;
    while number < name.len() {
        if at + number >= text.len() || text[at + number] != name[number] {
            return false;
        }
        number += 1;
    }
    let end = at + name.len();
    end + 1 < text.len() && text[end] == b'}' && text[end + 1] == b'}'
}

/// A type of a file of SQL, with a field for each of its holes.
macro_rules! template {
    ($(#[$doc:meta])* $name:ident<$life:lifetime> from $file:literal { $($hole:ident: $kind:ty),+ $(,)? }) => {
        $(#[$doc])*
        struct $name<$life> {
            $($hole: $kind),+
        }

        const _: () = assert!(
            $crate::sql::template::has_holes(include_str!($file), &[$(stringify!($hole)),+]),
            concat!($file, " has other holes than the fields of ", stringify!($name)),
        );

        impl $crate::sql::template::Fill for $name<'_> {
            fn fill(&self, margin: &str) -> Option<String> {
                let holes: &[(&str, &dyn $crate::sql::template::Fill)] = &[$((stringify!($hole), &self.$hole)),+];
                Some($crate::sql::template::filled(include_str!($file), margin, holes))
            }
        }
    };
}
pub(crate) use template;

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "IF {{condition}} THEN\n    {{first}}\n    {{none}}\n    RAISE {{message}}, {{name}};\nEND IF;\n";

    #[test]
    fn every_hole_is_filled_as_its_kind_says() {
        let first = ["SELECT 1,\n2;".to_owned(), "COMMIT;".to_owned()];
        let holes: &[(&str, &dyn Fill)] = &[
            ("condition", &Sql("a = '\n'")),
            ("first", &Statements(&first)),
            ("none", &None::<Sql<'_>>),
            ("message", &Message("50% of o'clock {{name}}")),
            ("name", &Name("order")),
        ];
        assert_eq!(
            filled(TEXT, "", holes),
            "IF a = '\n' THEN\n    SELECT 1,\n    2;\n    COMMIT;\n    RAISE '50%% of o''clock {{name}}', \"order\";\nEND IF;"
        );
        let deeper = filled(TEXT, "  ", holes);
        assert!(deeper.starts_with("IF a = '\n' THEN\n      SELECT 1,\n      2;\n"), "{deeper}");
    }

    #[test]
    fn a_body_that_has_dollar_quotes_is_quoted_by_others() {
        let block = |text: &str| filled("DO $$\n{{body}}\n$$;\n", "", &[("body", &Sql(text))]);
        assert_eq!(block("SELECT 1;"), "DO $$\nSELECT 1;\n$$;");
        assert_eq!(block("SELECT '$$';"), "DO $body0$\nSELECT '$$';\n$body0$;");
        let twice = block(&block("SELECT $$a$$, 50 $ 2;"));
        assert_eq!(twice, "DO $body1$\nDO $body0$\nSELECT $$a$$, 50 $ 2;\n$body0$;\n$body1$;");
    }

    #[test]
    fn holes_are_counted() {
        assert!(has_holes(TEXT, &["condition", "first", "none", "message", "name"]));
        assert!(!has_holes(TEXT, &["condition", "first", "none", "message"]), "a hole without a field");
        assert!(!has_holes(TEXT, &["condition", "first", "none", "message", "name", "more"]), "a field without a hole");
        assert!(!has_holes("{{names}}", &["name"]) && !has_holes("{{name", &["name"]));
    }

    #[test]
    fn every_file_of_sql_is_used() {
        fn files(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { files(&path, found) } else { found.push(path) }
            }
        }
        let mut found = Vec::new();
        files(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        let (sql, rest): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|path| path.extension().is_some_and(|it| it == "sql"));
        let code: String = rest
            .iter()
            .filter(|path| path.extension().is_some_and(|it| it == "rs"))
            .map(|path| std::fs::read_to_string(path).unwrap())
            .collect();
        assert!(sql.len() > 20, "{sql:?}");
        for path in sql {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(code.contains(&format!("templates/{name}\"")), "{name}");
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.ends_with('\n') && !text.contains('\t'), "{name}");
        }
    }
}
