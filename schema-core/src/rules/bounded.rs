use super::{Facts, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::{Key, Place};
use crate::queries::Resolved;
use crate::schema::{Limit, QueryShape};

pub(super) static RULE: Rule = Rule {
    id: "bounded",
    summary: "A declared list has at most 1,000 rows, a batch at most 10,000, and a query of one row says which one.",
    why: "A list without a limit works until the table has grown; then it takes the memory of the program and the time \
          of the server. A query of one row among many returns a different one each time. A statement that changes many rows \
          keeps all of them locked until it ends.",
    bad: "
#[derive(Table)]
#[query(everything, order(id), all(1_000_000))]
struct Event {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[query(everything, order(id), page)]
struct Event {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

/// The most rows of one list: as many as a page has at most.
const MOST: u32 = 1_000;

/// The most rows that one statement changes: their locks last until it ends.
const MOST_OF_BATCH: u32 = 10_000;

fn check(facts: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    let table = facts.table();
    for (number, query) in table.queries.iter().enumerate() {
        let place = Place::of_query(table, number);
        if let Some(Limit::Rows(rows)) = query.batch
            && rows > MOST_OF_BATCH
        {
            let message =
                format!("a batch of `{}` changes {rows} rows at once; {MOST_OF_BATCH} are allowed", query.name);
            let help = format!("batch({MOST})");
            found.push(Diagnostic::new(RULE.id, place.key(Key::Batch), message).help(help));
        }
        match query.shape {
            QueryShape::All(Limit::Rows(rows)) | QueryShape::Claim(Limit::Rows(rows)) if rows > MOST => {
                let word = query.shape.word();
                let message = format!("`{}` gives up to {rows} rows at once; {MOST} are allowed", query.name);
                let help = format!("page, or {word}({MOST})");
                found.push(Diagnostic::new(RULE.id, place.key(Key::Shape), message).help(help));
            }
            QueryShape::One | QueryShape::Optional => {
                let resolved = Resolved::new(table, query);
                if !resolved.is_unique && query.order.is_empty() {
                    let message = format!(
                        "`{}` gives one row, and many may match: its conditions name no unique key",
                        query.name
                    );
                    let help = "order(created_at desc) says which one; all(100) gives them all; #[unique(…)] makes it the only one";
                    found.push(Diagnostic::new(RULE.id, place, message).help(help));
                }
            }
            _ => {}
        }
    }
}
