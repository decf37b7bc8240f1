use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::SqlType;

pub(super) static RULE: Rule = Rule {
    id: "text",
    summary: "Text is `TEXT`; a length limit is a CHECK.",
    why: "TEXT, VARCHAR(n) and CHAR(n) are stored alike. The n is a business rule in the type: widening it is a type \
          change, CHAR pads with blanks, and a CHECK says the same with a name that the program can show.",
    bad: "
#[derive(Table)]
struct Product {
    id: Uuid,
    #[column(type = \"VARCHAR(40)\")]
    sku: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Product {
    id: Uuid,
    #[column(check = \"length(sku) <= 40\")]
    sku: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    for column in &table.columns {
        let (length, comparison) = match &column.sql_type {
            SqlType::Varchar(length) => (*length, "<="),
            SqlType::Char(length) => (*length, "="),
            SqlType::Array(element) => match element.as_ref() {
                SqlType::Varchar(_) | SqlType::Char(_) => {
                    let place = Place::of_type(table, &column.name);
                    let message = format!("the elements are {element}: text is TEXT");
                    found.push(Diagnostic::new(RULE.id, place, message).help("drop the `type`: Vec<String> is TEXT[]"));
                    continue;
                }
                _ => continue,
            },
            SqlType::Other(name) if is_unbounded_varchar(name) => {
                let place = Place::of_type(table, &column.name);
                found.push(
                    Diagnostic::new(RULE.id, place, format!("{name} is TEXT by another name"))
                        .help("drop the `type`: String is TEXT"),
                );
                continue;
            }
            _ => continue,
        };
        let name = &column.name;
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::of_type(table, name),
                format!("{} has a length limit in the type: text is TEXT, the limit is a CHECK", column.sql_type),
            )
            .help(format!(
                "{} in place of the `type`",
                attribute::column::text("check", &format!("length({name}) {comparison} {length}"))
            )),
        );
    }
}

fn is_unbounded_varchar(name: &str) -> bool {
    ["varchar", "character varying", "char", "character", "bpchar"].contains(&name.to_lowercase().as_str())
}
