//! The triggers that the user's own SQL makes.

use super::tokens::{Kind, Token, tokens};
use crate::expression::folded;
use crate::schema::{Trigger, TriggerEvent, TriggerTiming};

/// The triggers that statements create, each with its table.
#[must_use]
pub fn own_triggers(sql: &str) -> Vec<(String, Trigger)> {
    tokens(sql).split(|token| token.text == ";").filter_map(created).collect()
}

fn created(statement: &[Token<'_>]) -> Option<(String, Trigger)> {
    let at = statement.iter().position(|token| token.is("TRIGGER"))?;
    let before = &statement[..at];
    if !before.first()?.is("CREATE") || !before.iter().all(|it| it.is_any(&["CREATE", "OR", "REPLACE", "CONSTRAINT"])) {
        return None;
    }
    let name = folded(statement.get(at + 1)?.text);
    let on = at + statement[at..].iter().position(|token| token.is("ON"))?;
    let table = statement[on + 1..].iter().take_while(|it| it.kind != Kind::Sign || it.text == ".");
    let mut names = table.collect::<Vec<_>>();
    names.truncate(if names.get(1).is_some_and(|it| it.text == ".") { 3 } else { 1 });
    let said = &statement[at + 2..on];
    let timing = match said.first()? {
        it if it.is("BEFORE") => TriggerTiming::Before,
        it if it.is("INSTEAD") => TriggerTiming::InsteadOf,
        _ => TriggerTiming::After,
    };
    let events = said.split(|it| it.is("OR")).filter_map(event).collect();
    let rest = &statement[on..];
    let for_each_row = rest.windows(2).any(|pair| pair[0].is_any(&["EACH", "FOR"]) && pair[1].is("ROW"));
    let called = rest.iter().position(|it| it.is_any(&["FUNCTION", "PROCEDURE"])).and_then(|at| rest.get(at + 1));
    let function = called.map(|it| folded(it.text)).unwrap_or_default();
    let trigger = Trigger { name, timing, events, for_each_row, condition: None, function, body: None };
    Some((folded(names.last()?.text), trigger))
}

fn event(words: &[Token<'_>]) -> Option<TriggerEvent> {
    let at = words.iter().position(|it| it.is_any(&["INSERT", "UPDATE", "DELETE", "TRUNCATE"]))?;
    let columns = words[at + 1..].iter().filter(|it| it.kind != Kind::Sign && !it.is("OF")).map(|it| folded(it.text));
    Some(match &words[at] {
        it if it.is("INSERT") => TriggerEvent::Insert,
        it if it.is("UPDATE") => TriggerEvent::Update(columns.collect()),
        it if it.is("DELETE") => TriggerEvent::Delete,
        _ => TriggerEvent::Truncate,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_triggers_of_a_text_are_found() {
        let sql = "CREATE FUNCTION f() RETURNS trigger AS $$ CREATE TRIGGER no BEFORE INSERT ON a $$ LANGUAGE plpgsql;
            CREATE OR REPLACE TRIGGER Tidy BEFORE INSERT OR UPDATE OF a, \"B\" ON public.orders FOR EACH ROW EXECUTE FUNCTION f();
            create constraint trigger late after delete on \"Orders\" for each row execute procedure g();
            DROP TRIGGER x ON y;";
        let found = own_triggers(sql);
        let tidy = &found[0];
        assert_eq!((tidy.0.as_str(), tidy.1.name.as_str(), tidy.1.function.as_str()), ("orders", "tidy", "f"));
        let columns = vec!["a".to_owned(), "B".to_owned()];
        assert_eq!(tidy.1.events, [TriggerEvent::Insert, TriggerEvent::Update(columns)]);
        assert!(tidy.1.for_each_row && tidy.1.timing == TriggerTiming::Before);
        assert_eq!((found[1].0.as_str(), found[1].1.timing), ("Orders", TriggerTiming::After));
        assert_eq!(found.len(), 2);
    }
}
