//! Changes of an enumeration, in either storage.

use super::Named;
use crate::matrix::kind::Kind;
use crate::matrix::model::Column;
use crate::matrix::pair::Pair;

const VALUES: &[&str] = &["Open,", "Paid,", "Closed,"];
const MORE: &[&str] = &["Open,", "Held,", "Paid,", "Closed,"];
const FEWER: &[&str] = &["Open,", "Paid,"];
const MOVED: &[&str] = &["Paid,", "Open,", "Closed,"];
const RENAMED: &[&str] = &["Open,", "#[enumeration(renamed_from = \"paid\")] Settled,", "Closed,"];

fn pair(old: (&[&'static str], bool), new: (&[&'static str], bool)) -> Pair {
    Pair::of(Column::new(Kind::State))
        .before(|model| model.state = Some((old.0.to_vec(), old.1)))
        .after(|model| model.state = Some((new.0.to_vec(), new.1)))
}

pub fn all() -> Vec<Named> {
    let pairs = vec![
        ("enum_text_add", pair((VALUES, false), (MORE, false))),
        ("enum_text_remove", pair((VALUES, false), (FEWER, false))),
        ("enum_text_rename", pair((VALUES, false), (RENAMED, false))),
        ("enum_text_reorder", pair((VALUES, false), (MOVED, false))),
        ("enum_native_add", pair((VALUES, true), (MORE, true))),
        ("enum_native_remove", pair((VALUES, true), (FEWER, true))),
        ("enum_native_rename", pair((VALUES, true), (RENAMED, true))),
        ("enum_native_reorder", pair((VALUES, true), (MOVED, true))),
        ("enum_text_to_native", pair((VALUES, false), (VALUES, true))),
        ("enum_native_to_text", pair((VALUES, true), (VALUES, false))),
        (
            "enum_from_text",
            Pair::new(Column::new(Kind::Text), Column::new(Kind::State))
                .before(|model| {
                    model.attribute(
                        "#[check(\"subject IN ('open', 'paid', 'closed')\", name = \"items_subject_listed\")]",
                    );
                })
                .after(|model| model.state = Some((VALUES.to_vec(), false))),
        ),
    ];
    pairs.into_iter().map(|(name, pair)| (name, Ok(pair))).collect()
}
