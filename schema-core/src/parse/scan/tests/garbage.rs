//! Whatever is in the files, there is a schema or there are errors; never a panic.

use proptest::prelude::*;

use super::*;

/// A file with a bit of everything.
const SOURCE: &str = include_str!("everything.rs.txt");

fn holds(text: &[u8]) -> Result<(), TestCaseError> {
    let folder = Crate::new(&[("src/types.rs", "")]);
    folder.write("src/lib.rs", text);
    match folder.scan() {
        Ok(scan) => {
            // What the scan accepts can be planned, or the plan says why not.
            if let Err(problems) = crate::plan::create_all(&scan.schema, &Profile::default()) {
                prop_assert!(!problems.is_empty());
                let reports: Vec<Report> = problems.into_iter().map(|problem| scan.report(problem)).collect();
                folder.texts(&reports);
            }
        }
        Err(failure) => {
            prop_assert!(!failure.reports.is_empty());
            // Every place can be shown.
            folder.texts(&failure.reports);
        }
    }
    Ok(())
}

/// Rust-like words, put together without sense.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "#[derive(Table)]",
        "#[derive(Enumeration)]",
        "#[derive(SqlType)]",
        "#[cfg(unix)]",
        "#[cfg(test)]",
        "#[cfg_attr(unix, ",
        "#[table(",
        "#[index(",
        "#[check(",
        "#[unique(",
        "#[references(",
        "#[column(",
        "#[foreign_key(",
        "#[exclude(",
        ")]",
        "struct",
        "enum",
        "union",
        "pub",
        "mod",
        "use",
        "fn",
        "impl",
        "User",
        "Order",
        "id",
        "r#type",
        "Uuid",
        "Vec<u8>",
        "Option<",
        ">",
        "DateTime<Utc>",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ":",
        ",",
        ";",
        "=",
        "\"a = b\"",
        "\"DROP '\"",
        "1_000",
        "'a",
        "'",
        "\"",
        "include!(\"types.rs\");",
        "macro_rules!",
        "where",
        "on_delete = cascade",
        "desc",
        "with",
        "default",
        "#[path = \"types.rs\"]",
        "types",
        "/*",
        "//",
        "///",
        "\n",
        "ä",
        "🦀",
        "\u{0}",
    ]);
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_cut_file(at in 0..SOURCE.len()) {
        holds(&SOURCE.as_bytes()[..at])?;
    }

    #[test]
    fn a_file_with_a_part_taken_away(start in 0..SOURCE.len(), length in 0_usize..40) {
        let mut text = SOURCE.as_bytes().to_vec();
        text.drain(start..(start + length).min(text.len()));
        holds(&text)?;
    }

    #[test]
    fn a_file_with_a_part_put_elsewhere(from in 0..SOURCE.len(), length in 0_usize..60, to in 0..SOURCE.len()) {
        let bytes = SOURCE.as_bytes();
        let part = &bytes[from..(from + length).min(bytes.len())];
        let text: Vec<u8> = bytes[..to].iter().chain(part).chain(&bytes[to..]).copied().collect();
        holds(&text)?;
    }

    #[test]
    fn a_file_with_words_put_in(at in 0..SOURCE.len(), words in words()) {
        let at = SOURCE.floor_char_boundary(at);
        holds(format!("{} {words} {}", &SOURCE[..at], &SOURCE[at..]).as_bytes())?;
    }

    #[test]
    fn a_file_of_words(words in words()) {
        holds(words.as_bytes())?;
    }

    #[test]
    fn a_file_of_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        holds(&bytes)?;
    }
}
