//! Partitions, triggers and policies.

use crate::place::{Key, Part, Place};
use syn::parse::Parser as _;

use super::Lowering;
use crate::config::UpdatedAt;
use crate::diagnostic::Diagnostic;
use crate::expression::Fragment;
use crate::parse::args::{ATTRIBUTE, Args, Value, column_name};
use crate::parse::raw::RawTable;
use crate::schema::{
    Partition, PartitionStrategy, Partitioning, Policy, PolicyCommand, Trigger, TriggerEvent, TriggerTiming,
    derived_name,
};
use crate::sql::ddl;

/// The function of the trigger that keeps `updated_at` true.
const SET_UPDATED_AT: &str = "set_updated_at";

const BY_RANGE: &str = "#[table(partition_by = \"RANGE (created_at)\")]";

impl Lowering<'_> {
    fn object_error(&mut self, at: proc_macro2::Span, message: impl Into<String>, help: impl Into<String>) {
        self.errors.push(Diagnostic::spanned(ATTRIBUTE, &self.table.name, at, message).help(help));
    }

    pub(super) fn partitioning(&mut self, raw: &RawTable) {
        let by = raw.attributes.get("table").and_then(|args| args.text("partition_by"));
        let Some(by) = by else {
            if let Some(args) = raw.attributes.all("partition").next() {
                self.object_error(
                    args.span,
                    "a partition belongs to a table that says how its rows are divided",
                    BY_RANGE,
                );
            }
            return;
        };
        self.map.insert(self.here().key(Key::PartitionBy), by.span);
        let Some((strategy, key)) = partition_key(&by.value) else {
            self.object_error(by.span, "a table is partitioned by RANGE, LIST or HASH of its columns", BY_RANGE);
            return;
        };
        if let Some(missing) = key.iter().find(|name| self.table.column(name).is_none()) {
            self.object_error(by.span, format!("there is no column `{missing}`"), BY_RANGE);
            return;
        }
        // https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-LIMITATIONS
        let whole = |columns: &[String]| key.iter().all(|name| columns.contains(name));
        let with_key = |columns: &[String]| {
            let more = key.iter().filter(|name| !columns.contains(name));
            columns.iter().chain(more).map(String::as_str).collect::<Vec<_>>().join(", ")
        };
        if !whole(&self.table.primary_key.columns) {
            let help = format!("#[table(primary_key({}))]", with_key(&self.table.primary_key.columns));
            self.object_error(
                by.span,
                "each partition has a key of its own, so the primary key holds the partition key",
                help,
            );
        }
        let open: Vec<String> = self
            .table
            .uniques
            .iter()
            .filter(|unique| !whole(&unique.columns))
            .map(|unique| with_key(&unique.columns))
            .collect();
        for columns in open {
            let help = format!("#[unique({columns})]");
            self.object_error(
                by.span,
                "each partition has a key of its own, so a unique key holds the partition key",
                help,
            );
        }
        let mut partitions: Vec<Partition> = Vec::new();
        for args in raw.attributes.all("partition") {
            let Some(name) = leading_name(args) else {
                self.object_error(args.span, "a partition has a name", PARTITION);
                continue;
            };
            let bound = match (args.text("values"), args.flag("default")) {
                (Some(values), false) if is_bound(strategy, &values.value) => values.value.trim().to_owned(),
                (Some(values), false) => {
                    self.object_error(values.span, "these are not the bounds of such a partition", bound_of(strategy));
                    continue;
                }
                (None, true) if strategy != PartitionStrategy::Hash => "DEFAULT".to_owned(),
                _ => {
                    self.object_error(args.span, "a partition says which rows it holds", bound_of(strategy));
                    continue;
                }
            };
            if partitions.iter().any(|other| other.name == name) {
                self.object_error(args.span, format!("the partition `{name}` stands twice"), "give it another name");
                continue;
            }
            partitions.push(Partition { name, bound });
        }
        self.table.partitioning = Some(Partitioning { strategy, key, partitions });
    }

    pub(super) fn triggers(&mut self, raw: &RawTable) {
        for args in raw.attributes.all("trigger") {
            let text = args.leading.first().map(|tokens| syn::parse2::<syn::LitStr>(tokens.clone()));
            let Some(Ok(text)) = text else {
                self.object_error(args.span, "a trigger says first when it fires, as SQL text", TRIGGER);
                continue;
            };
            let Some((timing, events)) = fires(&text.value()) else {
                let message =
                    "a trigger fires BEFORE or AFTER an INSERT, UPDATE, UPDATE OF columns, DELETE or TRUNCATE";
                self.object_error(text.span(), message, TRIGGER);
                continue;
            };
            let named = events.iter().flat_map(|event| match event {
                TriggerEvent::Update(columns) => columns.as_slice(),
                _ => &[],
            });
            if let Some(missing) = named.into_iter().find(|name| self.table.column(name).is_none()) {
                let message = format!("there is no column `{missing}`");
                self.object_error(text.span(), message, TRIGGER);
                continue;
            }
            let for_each_row = args.text("each").is_none_or(|each| each.value == "row");
            if for_each_row && events.contains(&TriggerEvent::Truncate) {
                self.object_error(text.span(), "TRUNCATE fires once for the statement", "each = statement");
                continue;
            }
            let Some(function) = args.text("function") else {
                self.object_error(args.span, "a trigger names the function that it calls", TRIGGER);
                continue;
            };
            let path = self.table.name.clone();
            let condition = args.get("when").and_then(|arg| self.sql(&path, arg));
            let name =
                args.text("name").map_or_else(|| derived_name(&[&self.table.name, &function.value]), |name| name.value);
            let body = args.text("body").map(|body| body.value);
            self.map.insert(self.here().part(Part::Trigger(self.table.triggers.len())), args.span);
            self.table.triggers.push(Trigger {
                name,
                timing,
                events,
                for_each_row,
                condition,
                function: function.value,
                body,
            });
        }
        self.updated_at();
    }

    /// The trigger that keeps `updated_at` true, where the profile asks for one. All tables share its function.
    fn updated_at(&mut self) {
        if self.profile.updated_at != UpdatedAt::Trigger || self.table.column("updated_at").is_none() {
            return;
        }
        let at = self.map.span(&Place::column(&self.table.name, "updated_at"));
        self.map.insert(self.here().part(Part::Trigger(self.table.triggers.len())), at);
        self.table.triggers.push(Trigger {
            name: derived_name(&[&self.table.name, SET_UPDATED_AT]),
            timing: TriggerTiming::Before,
            events: vec![TriggerEvent::Update(Vec::new())],
            for_each_row: true,
            condition: None,
            function: SET_UPDATED_AT.to_owned(),
            body: Some(ddl::SET_UPDATED_AT.trim_end().to_owned()),
        });
    }

    pub(super) fn policies(&mut self, raw: &RawTable) {
        for args in raw.attributes.all("policy") {
            let Some(name) = leading_name(args) else {
                self.object_error(args.span, "a policy has a name", POLICY);
                continue;
            };
            let path = self.table.name.clone();
            let using = args.get("using").and_then(|arg| self.sql(&path, arg));
            let with_check = args.get("with_check").and_then(|arg| self.sql(&path, arg));
            let command = match args.text("command").map(|word| word.value).as_deref() {
                Some("select") => PolicyCommand::Select,
                Some("insert") => PolicyCommand::Insert,
                Some("update") => PolicyCommand::Update,
                Some("delete") => PolicyCommand::Delete,
                _ => PolicyCommand::All,
            };
            // https://www.postgresql.org/docs/current/sql-createpolicy.html
            let problem = match command {
                PolicyCommand::Insert if args.get("using").is_some() => {
                    Some("INSERT reads no row: it takes `with_check` alone")
                }
                PolicyCommand::Select | PolicyCommand::Delete if args.get("with_check").is_some() => {
                    Some("SELECT and DELETE write no row: they take `using` alone")
                }
                _ if args.get("using").is_none() && args.get("with_check").is_none() => {
                    Some("a policy says which rows it lets through")
                }
                _ => None,
            };
            if let Some(problem) = problem {
                self.object_error(args.span, problem, POLICY);
                continue;
            }
            let mut roles = Vec::new();
            if let Some(Value::List(list)) = args.get("to").map(|arg| &arg.value) {
                for role in &list.value {
                    match column_name(role.clone()) {
                        Ok(role) => roles.push(role.value),
                        Err(error) => self.object_error(error.span(), "a role is a name", "to(app, reporting)"),
                    }
                }
            }
            if self.table.policies.iter().any(|policy| policy.name == name) {
                self.object_error(args.span, format!("the policy `{name}` stands twice"), "give it another name");
                continue;
            }
            let permissive = !args.flag("restrictive");
            self.map.insert(self.here().part(Part::Policy(self.table.policies.len())), args.span);
            self.table.policies.push(Policy { name, command, permissive, roles, using, with_check });
        }
        // Its type may not be known yet: then the scan adds the policy, and it stands here.
        if let Some(tenant) = &self.table.tenant {
            let at = self.map.span(&Place::column(&self.table.name, tenant));
            self.map.insert(self.here().part(Part::Policy(self.table.policies.len())), at);
        }
        ddl::scope_by_tenant(&mut self.table);
    }
}

const TRIGGER: &str = "#[trigger(\"AFTER INSERT OR UPDATE\", function = \"audit_row\")]";
const POLICY: &str = "#[policy(own_rows, using = \"owner_id = current_setting('app.user_id')::UUID\")]";
const PARTITION: &str = "#[partition(events_2026_01, values = \"FROM ('2026-01-01') TO ('2026-02-01')\")]";

fn leading_name(args: &Args) -> Option<String> {
    column_name(args.leading.first()?.clone()).ok().map(|name| name.value)
}

/// `RANGE (created_at)`
fn partition_key(text: &str) -> Option<(PartitionStrategy, Vec<String>)> {
    let (word, rest) = text.split_once('(')?;
    let columns = rest.trim_end().strip_suffix(')')?;
    let strategy = match word.trim().to_ascii_uppercase().as_str() {
        "RANGE" => PartitionStrategy::Range,
        "LIST" => PartitionStrategy::List,
        "HASH" => PartitionStrategy::Hash,
        _ => return None,
    };
    let key: Option<Vec<String>> = columns.split(',').map(name).collect();
    let key = key?;
    // A list has one column only.
    (strategy != PartitionStrategy::List || key.len() == 1).then_some((strategy, key))
}

/// A column's name as Rust and SQL both have it.
fn name(text: &str) -> Option<String> {
    let ident = syn::ext::IdentExt::parse_any.parse_str(text.trim());
    ident.ok().map(|ident: proc_macro2::Ident| ident.to_string())
}

fn bound_of(strategy: PartitionStrategy) -> &'static str {
    match strategy {
        PartitionStrategy::Range => PARTITION,
        PartitionStrategy::List => "#[partition(events_eu, values = \"IN ('at', 'de')\")]",
        PartitionStrategy::Hash => "#[partition(events_0, values = \"WITH (MODULUS 4, REMAINDER 0)\")]",
    }
}

/// Whether a text is the bound of a partition: it stands in the DDL as it is.
fn is_bound(strategy: PartitionStrategy, text: &str) -> bool {
    // `MINVALUE` reads as a column, which is an expression too.
    let list = |text: &str| {
        let inner = text.trim().strip_prefix('(').and_then(|text| text.strip_suffix(')'));
        inner.is_some_and(|inner| Fragment::parse(&format!("coalesce({inner})")).is_ok())
    };
    let text = text.trim();
    let after = |text: &str, word: &str| {
        let (head, rest) = text.split_at_checked(word.len())?;
        head.eq_ignore_ascii_case(word).then(|| rest.trim_start().to_owned())
    };
    match strategy {
        PartitionStrategy::List => after(text, "IN").is_some_and(|rest| list(&rest)),
        PartitionStrategy::Range => {
            let Some(rest) = after(text, "FROM") else { return false };
            let upper = rest.to_ascii_uppercase();
            let mut middles = upper.match_indices("TO");
            middles.any(|(at, _)| list(&rest[..at]) && list(&rest[at + 2..]))
        }
        PartitionStrategy::Hash => {
            let Some(rest) = after(text, "WITH") else { return false };
            let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else { return false };
            let Some((modulus, remainder)) = inner.split_once(',') else { return false };
            let number = |text: &str, word: &str| after(text.trim(), word)?.parse::<u32>().ok();
            match (number(modulus, "MODULUS"), number(remainder, "REMAINDER")) {
                (Some(modulus), Some(remainder)) => remainder < modulus,
                _ => false,
            }
        }
    }
}

/// `AFTER INSERT OR UPDATE OF status`
fn fires(text: &str) -> Option<(TriggerTiming, Vec<TriggerEvent>)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (first, rest) = words.split_first()?;
    let timing = match first.to_ascii_uppercase().as_str() {
        "BEFORE" => TriggerTiming::Before,
        "AFTER" => TriggerTiming::After,
        _ => return None,
    };
    let mut events = Vec::new();
    for event in rest.split(|word| word.eq_ignore_ascii_case("or")) {
        let (word, rest) = event.split_first()?;
        let event = match (word.to_ascii_uppercase().as_str(), rest) {
            ("INSERT", []) => TriggerEvent::Insert,
            ("DELETE", []) => TriggerEvent::Delete,
            ("TRUNCATE", []) => TriggerEvent::Truncate,
            ("UPDATE", []) => TriggerEvent::Update(Vec::new()),
            ("UPDATE", [of, columns @ ..]) if of.eq_ignore_ascii_case("of") => {
                TriggerEvent::Update(columns.concat().split(',').map(name).collect::<Option<_>>()?)
            }
            _ => return None,
        };
        if events.contains(&event) {
            return None;
        }
        events.push(event);
    }
    Some((timing, events))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_of_partitions() {
        for (strategy, bound, valid) in [
            (PartitionStrategy::Range, "FROM ('2026-01-01') TO ('2026-02-01')", true),
            (PartitionStrategy::Range, "from (MINVALUE, 'TO') to (1, MAXVALUE)", true),
            (PartitionStrategy::Range, "FROM ('a')", false),
            (PartitionStrategy::Range, "FROM ('a') TO ('b'); DROP TABLE c; --", false),
            (PartitionStrategy::List, "IN ('a', NULL)", true),
            (PartitionStrategy::List, "('a')", false),
            (PartitionStrategy::Hash, "WITH (MODULUS 4, REMAINDER 3)", true),
            (PartitionStrategy::Hash, "WITH (MODULUS 4, REMAINDER 4)", false),
        ] {
            assert_eq!(is_bound(strategy, bound), valid, "{bound}");
        }
    }

    #[test]
    fn what_fires_a_trigger() {
        let (timing, events) = fires("after insert OR UPDATE OF status, total").unwrap();
        assert_eq!(timing, TriggerTiming::After);
        assert_eq!(events, [TriggerEvent::Insert, TriggerEvent::Update(vec!["status".to_owned(), "total".to_owned()])]);
        for wrong in ["", "AFTER", "AFTER OR INSERT", "BEFORE SELECT", "AFTER INSERT OR INSERT", "AFTER UPDATE OF a;b"]
        {
            assert_eq!(fires(wrong), None, "{wrong}");
        }
    }
}
