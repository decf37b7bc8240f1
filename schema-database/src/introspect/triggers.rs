//! Triggers with their functions, and policies.

use std::collections::BTreeMap;

use tablewright_core::schema::{Policy, PolicyCommand, Trigger, TriggerEvent, TriggerTiming};

use super::read::{Reader, own, set_by_statement};
use super::text::unwrapped;
use super::{Catalog, Kind, Unreadable, unheld};

const TRIGGERS: &str = concat!(
    "SELECT t.tgrelid::int8 AS table, t.tgname::text AS name, t.tgtype::int4 AS kind, t.tgenabled::text AS enabled,
        p.oid::int8 AS function_oid, p.proname::text AS function,
        CASE WHEN l.lanname = 'plpgsql' AND NOT p.prosecdef AND p.provolatile = 'v'
            AND NOT p.proisstrict AND NOT p.proleakproof AND p.proparallel = 'u' AND p.procost = 100
            AND pn.nspname = ANY(pg_catalog.current_schemas(false))
            AND p.proacl IS NULL
            AND NOT EXISTS (SELECT FROM pg_catalog.unnest(p.proconfig) AS k (setting) WHERE ",
    set_by_statement!("k.setting"),
    ") AND ",
    own!("pg_proc", "p.oid"),
    " THEN p.prosrc END AS body,
        coalesce(pg_catalog.string_to_array(nullif(t.tgattr::text, ''), ' ')::int2[], '{}') AS columns,
        t.tgnargs > 0 OR t.tgconstraint <> 0 OR t.tgoldtable IS NOT NULL OR t.tgnewtable IS NOT NULL AS more,
        pg_catalog.pg_get_triggerdef(t.oid) AS definition, d.description AS comment
     FROM pg_catalog.pg_trigger t
     JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
     JOIN pg_catalog.pg_namespace pn ON pn.oid = p.pronamespace
     JOIN pg_catalog.pg_language l ON l.oid = p.prolang
     LEFT JOIN pg_catalog.pg_description d
         ON d.classoid = 'pg_catalog.pg_trigger'::regclass AND d.objoid = t.oid AND d.objsubid = 0
     WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND NOT t.tgisinternal AND t.tgparentid = 0 AND ",
    own!("pg_class", "c.oid"),
    " ORDER BY t.tgname"
);

const POLICIES: &str = "SELECT o.polrelid::int8 AS table, o.polname::text AS name, o.polcmd::text AS command,
        o.polpermissive AS permissive,
        ARRAY(SELECT r.rolname::text FROM pg_catalog.unnest(o.polroles) AS k (oid)
            JOIN pg_catalog.pg_roles r ON r.oid = k.oid ORDER BY 1) AS roles,
        pg_catalog.pg_get_expr(o.polqual, o.polrelid) AS using,
        pg_catalog.pg_get_expr(o.polwithcheck, o.polrelid) AS with_check, d.description AS comment
     FROM pg_catalog.pg_policy o
     JOIN pg_catalog.pg_class c ON c.oid = o.polrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_description d
         ON d.classoid = 'pg_catalog.pg_policy'::regclass AND d.objoid = o.oid AND d.objsubid = 0
     WHERE n.nspname = ANY($1) ORDER BY o.polname";

/// The bits of `tgtype`: <https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_trigger.h>.
mod bits {
    pub(super) const ROW: i32 = 1;
    pub(super) const BEFORE: i32 = 2;
    pub(super) const INSERT: i32 = 4;
    pub(super) const DELETE: i32 = 8;
    pub(super) const UPDATE: i32 = 16;
    pub(super) const TRUNCATE: i32 = 32;
    pub(super) const INSTEAD: i32 = 64;
}

/// A trigger as the catalog has it.
#[derive(sqlx::FromRow)]
struct TriggerRow {
    table: i64,
    name: String,
    kind: i32,
    enabled: String,
    function_oid: i64,
    function: String,
    /// Nothing where the function is not one that a model can state.
    body: Option<String>,
    columns: Vec<i16>,
    /// Whether it has arguments, transition tables or a constraint.
    more: bool,
    definition: String,
    comment: Option<String>,
}

impl TriggerRow {
    /// The definition of one that a model cannot express.
    fn unheld(&self) -> String {
        let state = match self.enabled.as_str() {
            "D" => " (disabled)",
            "R" => " (ENABLE REPLICA)",
            "A" => " (ENABLE ALWAYS)",
            _ => "",
        };
        format!("{}{state}", self.definition)
    }

    fn events(&self, columns: &BTreeMap<i16, String>) -> Vec<TriggerEvent> {
        let updated = || self.columns.iter().filter_map(|number| columns.get(number).cloned()).collect();
        let mut events = Vec::new();
        if self.kind & bits::INSERT != 0 {
            events.push(TriggerEvent::Insert);
        }
        if self.kind & bits::UPDATE != 0 {
            events.push(TriggerEvent::Update(updated()));
        }
        if self.kind & bits::DELETE != 0 {
            events.push(TriggerEvent::Delete);
        }
        if self.kind & bits::TRUNCATE != 0 {
            events.push(TriggerEvent::Truncate);
        }
        events
    }

    fn timing(&self) -> TriggerTiming {
        if self.kind & bits::INSTEAD != 0 {
            TriggerTiming::InsteadOf
        } else if self.kind & bits::BEFORE != 0 {
            TriggerTiming::Before
        } else {
            TriggerTiming::After
        }
    }
}

/// A policy as the catalog has it.
#[derive(sqlx::FromRow)]
struct PolicyRow {
    table: i64,
    name: String,
    command: String,
    permissive: bool,
    roles: Vec<String>,
    using: Option<String>,
    with_check: Option<String>,
    comment: Option<String>,
}

impl Catalog {
    pub(super) async fn triggers(&mut self, reader: &mut Reader<'_>) -> Result<(), Unreadable> {
        for row in reader.rows::<TriggerRow>(TRIGGERS).await? {
            let Some(relation) = self.tables.get_mut(&row.table) else { continue };
            let path = format!("{} of {}", row.name, relation.table.name);
            if row.more || row.enabled != "O" || row.body.is_none() || relation.partition_of.is_some() {
                self.unheld(Kind::Trigger, path, row.unheld());
                continue;
            }
            relation.table.triggers.push(Trigger {
                timing: row.timing(),
                events: row.events(&relation.columns),
                for_each_row: row.kind & bits::ROW != 0,
                condition: condition(&row.definition),
                name: row.name,
                function: row.function,
                // As the statement that makes the function spells it, without the line breaks around.
                body: row.body.map(|body| body.trim_matches('\n').trim_end().to_owned()),
            });
            self.functions.insert(row.function_oid);
            if let Some(comment) = row.comment {
                self.unheld(Kind::Comment, format!("trigger {path}"), comment);
            }
        }
        Ok(())
    }

    pub(super) async fn policies(&mut self, reader: &mut Reader<'_>) -> Result<(), Unreadable> {
        for row in reader.rows::<PolicyRow>(POLICIES).await? {
            let Some(relation) = self.tables.get_mut(&row.table) else { continue };
            let path = format!("policy {} of {}", row.name, relation.table.name);
            relation.table.policies.push(Policy {
                name: row.name,
                command: match row.command.as_str() {
                    "r" => PolicyCommand::Select,
                    "a" => PolicyCommand::Insert,
                    "w" => PolicyCommand::Update,
                    "d" => PolicyCommand::Delete,
                    _ => PolicyCommand::All,
                },
                permissive: row.permissive,
                roles: row.roles,
                using: row.using.map(|text| unwrapped(&text).to_owned()),
                with_check: row.with_check.map(|text| unwrapped(&text).to_owned()),
            });
            if let Some(comment) = row.comment {
                self.unheld(Kind::Comment, path, comment);
            }
        }
        self.odd_row_security();
        Ok(())
    }

    /// Row security that is not as a model with policies, or without them, states it.
    fn odd_row_security(&mut self) {
        let mut odd = Vec::new();
        let has_policies = |oid: &i64| {
            self.tables.get(oid).is_some_and(|table| table.row_security && !table.table.policies.is_empty())
        };
        for relation in self.tables.values() {
            let name = || relation.table.name.clone();
            let closed = relation.row_security && relation.forced;
            if relation.partition_of.as_ref().is_some_and(has_policies) {
                if !closed {
                    odd.push((name(), unheld::OPEN_PARTITION));
                } else if !relation.table.policies.is_empty() {
                    odd.push((name(), "policies of a partition's own"));
                }
                continue;
            }
            match (relation.row_security, relation.forced, relation.table.policies.is_empty()) {
                // What a model with policies states: they apply to the owner too.
                (false, false, true) | (true, true, false) => {}
                (true, _, true) => odd.push((name(), "ENABLE ROW LEVEL SECURITY without a policy")),
                (false, true, true) => odd.push((name(), "FORCE ROW LEVEL SECURITY without a policy")),
                (false, _, false) => odd.push((name(), unheld::NO_ROW_SECURITY)),
                (true, false, false) => odd.push((name(), unheld::NOT_FORCED)),
            }
        }
        for (name, what) in odd {
            self.unheld(Kind::Table, name, what);
        }
    }
}

/// The WHEN of a trigger. `pg_get_expr` cannot print it, since it may name both OLD and NEW.
fn condition(definition: &str) -> Option<String> {
    let (before, _) = definition.rsplit_once(") EXECUTE FUNCTION ")?;
    let after = before.split_once(" FOR EACH ").map(|(_, rest)| rest)?;
    let (_, condition) = after.split_once(" WHEN (")?;
    Some(unwrapped(condition).to_owned())
}

#[cfg(test)]
mod tests {
    use super::condition;

    #[test]
    fn the_condition_is_read_from_the_definition() {
        let text = "CREATE TRIGGER t AFTER UPDATE ON public.orders FOR EACH ROW \
                    WHEN ((old.total IS DISTINCT FROM new.total)) EXECUTE FUNCTION f()";
        assert_eq!(condition(text).as_deref(), Some("old.total IS DISTINCT FROM new.total"));
        assert_eq!(condition("CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()"), None);
    }
}
