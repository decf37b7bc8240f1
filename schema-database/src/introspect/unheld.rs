//! What models cannot express: listed, so that nothing is dropped silently.

use std::fmt;

use super::options::{Of, listed, settable};
use super::read::{Reader, granted, own, set_by_statement};
use super::{Catalog, Unreadable};

/// Something of the database that a schema cannot hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unheld {
    /// What it is, or belongs to.
    pub kind: Kind,
    /// Its name: `active_users`, `orders.total`.
    pub name: String,
    /// Its definition, or the part of it that is not held.
    pub what: String,
}

/// What is said of a constraint that rows may break.
pub(super) const NOT_VALID: &str = "NOT VALID";
/// What is said of an index that is not used.
pub(super) const INVALID: &str = "is INVALID: CREATE INDEX CONCURRENTLY failed; drop it";
/// What is said of policies that have no effect.
pub(super) const NO_ROW_SECURITY: &str = "has policies and no ENABLE ROW LEVEL SECURITY";
/// What is said of policies that do not apply to the owner of the table.
pub(super) const NOT_FORCED: &str =
    "has policies and no FORCE ROW LEVEL SECURITY: the owner reads and writes everything";
/// What is said of a partition that can be read past the policies of its table.
pub(super) const OPEN_PARTITION: &str = "is a partition of a table with policies, and has no ENABLE and FORCE ROW LEVEL \
                                         SECURITY of its own: a statement that names it sees every row";

impl Unheld {
    /// Whether something that models state is not what it seems to be.
    #[must_use]
    pub fn breaks(&self) -> bool {
        matches!(self.what.as_str(), NOT_VALID | INVALID | NO_ROW_SECURITY | NOT_FORCED | OPEN_PARTITION)
    }
}

impl fmt::Display for Unheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = self.what.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut short: String = what.chars().take(100).collect();
        if short.len() < what.len() {
            short.push('…');
        }
        write!(f, "{} {}: {short}", self.kind.name(), self.name)
    }
}

/// What is not held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// A property of a table, or a whole one.
    Table,
    /// A property of a column.
    Column,
    /// A property of a constraint, or a whole one.
    Constraint,
    /// A property of an index, or a whole one.
    Index,
    /// A trigger.
    Trigger,
    /// `INHERITS`.
    Inheritance,
    /// A sequence, or what is unusual about the one of a column.
    Sequence,
    /// A view.
    View,
    /// A materialized view.
    MaterializedView,
    /// A foreign table.
    ForeignTable,
    /// A function.
    Function,
    /// A procedure.
    Procedure,
    /// An aggregate.
    Aggregate,
    /// A domain.
    Domain,
    /// A composite type.
    CompositeType,
    /// A range type.
    RangeType,
    /// A base type.
    BaseType,
    /// A rule.
    Rule,
    /// Extended statistics.
    Statistics,
    /// A collation.
    Collation,
    /// An operator.
    Operator,
    /// An operator class.
    OperatorClass,
    /// A text search configuration or dictionary.
    TextSearch,
    /// A cast.
    Cast,
    /// An event trigger.
    EventTrigger,
    /// A publication.
    Publication,
    /// A comment on something other than a table or column.
    Comment,
    /// Privileges that were granted.
    Privileges,
    /// An extension.
    Extension,
    /// A schema that is not read.
    Schema,
}

impl Kind {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Column => "column",
            Self::Constraint => "constraint",
            Self::Index => "index",
            Self::Trigger => "trigger",
            Self::Inheritance => "inheritance of",
            Self::Sequence => "sequence",
            Self::View => "view",
            Self::MaterializedView => "materialized view",
            Self::ForeignTable => "foreign table",
            Self::Function => "function",
            Self::Procedure => "procedure",
            Self::Aggregate => "aggregate",
            Self::Domain => "domain",
            Self::CompositeType => "composite type",
            Self::RangeType => "range type",
            Self::BaseType => "base type",
            Self::Rule => "rule",
            Self::Statistics => "statistics",
            Self::Collation => "collation",
            Self::Operator => "operator",
            Self::OperatorClass => "operator class",
            Self::TextSearch => "text search",
            Self::Cast => "cast",
            Self::EventTrigger => "event trigger",
            Self::Publication => "publication",
            Self::Comment => "comment on",
            Self::Privileges => "privileges on",
            Self::Extension => "extension",
            Self::Schema => "schema",
        }
    }

    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "sequence" => Self::Sequence,
            "view" => Self::View,
            "materialized view" => Self::MaterializedView,
            "foreign table" => Self::ForeignTable,
            "function" => Self::Function,
            "procedure" => Self::Procedure,
            "aggregate" => Self::Aggregate,
            "domain" => Self::Domain,
            "composite type" => Self::CompositeType,
            "range type" => Self::RangeType,
            "base type" => Self::BaseType,
            "rule" => Self::Rule,
            "statistics" => Self::Statistics,
            "collation" => Self::Collation,
            "operator" => Self::Operator,
            "operator class" => Self::OperatorClass,
            "text search" => Self::TextSearch,
            "cast" => Self::Cast,
            "event trigger" => Self::EventTrigger,
            "publication" => Self::Publication,
            "privileges" => Self::Privileges,
            "comment" => Self::Comment,
            "index" => Self::Index,
            _ => return None,
        })
    }
}

/// Kind, object id, name and definition of everything that is not a table, and of what else depends on tables.
const OTHERS: &str = concat!(
    "SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table'
            WHEN 'c' THEN 'composite type' ELSE 'sequence' END AS kind, 0::int8 AS oid, c.relname::text AS name,
        CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid)
            WHEN c.relkind = 'S' THEN (SELECT pg_catalog.format('AS %s START %s INCREMENT %s MINVALUE %s MAXVALUE %s CACHE %s %s',
                pg_catalog.format_type(q.seqtypid, NULL), q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache,
                CASE WHEN q.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END)
                FROM pg_catalog.pg_sequence q WHERE q.seqrelid = c.oid)
            ELSE (SELECT pg_catalog.string_agg(pg_catalog.format('%I %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)), ', '
                ORDER BY a.attnum) FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
        END AS what
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND c.relkind IN ('v', 'm', 'f', 'c', 'S')
        AND NOT (c.relkind = 'S' AND EXISTS (SELECT FROM pg_catalog.pg_depend o
            WHERE o.classid = 'pg_catalog.pg_class'::regclass AND o.objid = c.oid AND o.refobjsubid > 0 AND o.deptype IN ('a', 'i')))
        AND ",
    own!("pg_class", "c.oid"),
    " UNION ALL
     SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END, p.oid::int8,
        pg_catalog.format('%s(%s)', p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
        CASE WHEN p.prokind = 'a' THEN pg_catalog.pg_get_function_result(p.oid)
            WHEN p.proconfig IS NULL THEN pg_catalog.pg_get_functiondef(p.oid)
            ELSE (SELECT pg_catalog.string_agg(line, E'\\n' ORDER BY place)
                FROM pg_catalog.unnest(pg_catalog.string_to_array(pg_catalog.pg_get_functiondef(p.oid), E'\\n')) WITH ORDINALITY AS l (line, place)
                WHERE NOT EXISTS (SELECT FROM pg_catalog.unnest(p.proconfig) AS k (setting)
                    WHERE pg_catalog.starts_with(line, pg_catalog.format(' SET %I TO ', pg_catalog.split_part(k.setting, '=', 1)))
                        AND NOT ",
    set_by_statement!("k.setting"),
    ")) END
     FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = ANY($1) AND ",
    own!("pg_proc", "p.oid", "'e', 'i'"),
    " UNION ALL
     SELECT CASE t.typtype WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type' ELSE 'base type' END, 0, t.typname::text,
        pg_catalog.concat_ws(' ', pg_catalog.format_type(t.typbasetype, t.typtypmod),
            CASE WHEN t.typnotnull THEN 'NOT NULL' END, 'DEFAULT ' || t.typdefault,
            (SELECT pg_catalog.string_agg(pg_catalog.format('CONSTRAINT %I %s', k.conname, pg_catalog.pg_get_constraintdef(k.oid)), ' '
                ORDER BY k.conname) FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'),
            (SELECT pg_catalog.format_type(r.rngsubtype, NULL) FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid))
     FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     WHERE n.nspname = ANY($1) AND (t.typtype IN ('d', 'r') OR t.typtype = 'b' AND t.typcategory <> 'A') AND ",
    own!("pg_type", "t.oid"),
    " UNION ALL
     SELECT 'rule', 0, pg_catalog.format('%s of %s', r.rulename, c.relname), pg_catalog.pg_get_ruledef(r.oid)
     FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND r.rulename <> '_RETURN' AND ",
    own!("pg_class", "c.oid"),
    " UNION ALL
     SELECT 'statistics', 0, s.stxname::text, pg_catalog.pg_get_statisticsobjdef(s.oid)
     FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace WHERE n.nspname = ANY($1)
     UNION ALL
     SELECT 'collation', 0, o.collname::text, coalesce(o.collcollate, '') FROM pg_catalog.pg_collation o
     JOIN pg_catalog.pg_namespace n ON n.oid = o.collnamespace WHERE n.nspname = ANY($1) AND ",
    own!("pg_collation", "o.oid"),
    " UNION ALL
     SELECT 'operator', 0, pg_catalog.format('%s (%s, %s)', o.oprname, pg_catalog.format_type(o.oprleft, NULL),
        pg_catalog.format_type(o.oprright, NULL)), o.oprcode::text FROM pg_catalog.pg_operator o
     JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace WHERE n.nspname = ANY($1) AND ",
    own!("pg_operator", "o.oid"),
    " UNION ALL
     SELECT 'operator class', 0, o.opcname::text, pg_catalog.format_type(o.opcintype, NULL) FROM pg_catalog.pg_opclass o
     JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace WHERE n.nspname = ANY($1) AND ",
    own!("pg_opclass", "o.oid"),
    " UNION ALL
     SELECT 'text search', 0, o.cfgname::text, 'a configuration' FROM pg_catalog.pg_ts_config o
     JOIN pg_catalog.pg_namespace n ON n.oid = o.cfgnamespace WHERE n.nspname = ANY($1) AND ",
    own!("pg_ts_config", "o.oid"),
    " UNION ALL
     SELECT 'text search', 0, o.dictname::text, 'a dictionary' FROM pg_catalog.pg_ts_dict o
     JOIN pg_catalog.pg_namespace n ON n.oid = o.dictnamespace WHERE n.nspname = ANY($1) AND ",
    own!("pg_ts_dict", "o.oid"),
    // The server's own objects have lower numbers.
    " UNION ALL
     SELECT 'cast', 0, pg_catalog.format('%s to %s', pg_catalog.format_type(o.castsource, NULL),
        pg_catalog.format_type(o.casttarget, NULL)), o.castcontext::text
     FROM pg_catalog.pg_cast o WHERE o.oid >= 16384 AND ",
    own!("pg_cast", "o.oid", "'e', 'i'"),
    " UNION ALL
     SELECT 'event trigger', 0, o.evtname::text, o.evtevent::text FROM pg_catalog.pg_event_trigger o WHERE ",
    own!("pg_event_trigger", "o.oid"),
    " UNION ALL
     SELECT 'publication', 0, o.pubname::text, CASE WHEN o.puballtables THEN 'FOR ALL TABLES' ELSE '' END
     FROM pg_catalog.pg_publication o
     UNION ALL
     SELECT 'privileges', 0, 'schema ' || n.nspname, ",
    granted!("n.nspacl", "n.nspowner"),
    " FROM pg_catalog.pg_namespace n
     WHERE n.nspname = ANY($1) AND n.nspname <> 'public' AND n.nspacl IS NOT NULL
     UNION ALL
     SELECT 'comment', 0, 'schema ' || n.nspname, d.description
     FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_description d
        ON d.classoid = 'pg_catalog.pg_namespace'::regclass AND d.objoid = n.oid
     WHERE n.nspname = ANY($1) AND d.description <> 'standard public schema'
     UNION ALL
     SELECT 'comment', 0, CASE c.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' WHEN 'S' THEN 'sequence '
        ELSE 'foreign table ' END || c.relname || coalesce('.' || a.attname, ''), d.description
     FROM pg_catalog.pg_description d
     JOIN pg_catalog.pg_class c ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = c.oid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
     WHERE n.nspname = ANY($1) AND c.relkind IN ('v', 'm', 'S', 'f') AND ",
    own!("pg_class", "c.oid"),
    " UNION ALL
     SELECT 'comment', 0, pg_catalog.format('function %s(%s)', p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
        d.description
     FROM pg_catalog.pg_description d
     JOIN pg_catalog.pg_proc p ON d.classoid = 'pg_catalog.pg_proc'::regclass AND d.objoid = p.oid
     JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = ANY($1) AND ",
    own!("pg_proc", "p.oid", "'e', 'i'"),
    " UNION ALL
     SELECT 'comment', 0, 'type ' || t.typname, d.description
     FROM pg_catalog.pg_description d
     JOIN pg_catalog.pg_type t ON d.classoid = 'pg_catalog.pg_type'::regclass AND d.objoid = t.oid
     JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     WHERE n.nspname = ANY($1) AND t.typtype IN ('d', 'r', 'b') AND ",
    own!("pg_type", "t.oid"),
    " UNION ALL
     SELECT 'privileges', 0, pg_catalog.format('function %s(%s)', p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
        nullif(coalesce(",
    granted!("p.proacl", "p.proowner"),
    ", 'nothing to PUBLIC'), 'EXECUTE to PUBLIC')
     FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = ANY($1) AND p.proacl IS NOT NULL AND ",
    own!("pg_proc", "p.oid", "'e', 'i'"),
    " UNION ALL
     SELECT 'privileges', 0, CASE c.relkind WHEN 'S' THEN 'sequence ' ELSE 'view ' END || c.relname,
        ",
    granted!("c.relacl", "c.relowner"),
    " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND c.relkind IN ('v', 'm', 'S', 'f') AND c.relacl IS NOT NULL AND ",
    own!("pg_class", "c.oid"),
    " UNION ALL
     SELECT 'privileges', 0, 'type ' || t.typname, nullif(coalesce(",
    granted!("t.typacl", "t.typowner"),
    ", 'nothing to PUBLIC'), 'USAGE to PUBLIC')
     FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     WHERE n.nspname = ANY($1) AND t.typacl IS NOT NULL AND ",
    own!("pg_type", "t.oid"),
    " UNION ALL
     SELECT 'privileges', 0, pg_catalog.format('default of %s for %s', o.defaclobjtype, r.rolname),
        coalesce(",
    granted!("o.defaclacl", "o.defaclrole"),
    ", 'nothing to others')
     FROM pg_catalog.pg_default_acl o JOIN pg_catalog.pg_roles r ON r.oid = o.defaclrole
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = o.defaclnamespace
     WHERE n.oid IS NULL OR n.nspname = ANY($1)
     UNION ALL
     SELECT 'index', 0, x.relname::text, pg_catalog.pg_get_indexdef(x.oid)
     FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
     JOIN pg_catalog.pg_class c ON c.oid = i.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND c.relkind = 'm'
     ORDER BY 1, 3"
);

/// What the definition of a view does not say.
const VIEW_OPTIONS: &str = concat!(
    "SELECT c.relkind = 'm' AS materialized, c.relname::text AS name, c.reloptions AS options,
        toast.reloptions AS toast_options
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_class toast ON toast.oid = c.reltoastrelid
     WHERE n.nspname = ANY($1) AND c.relkind IN ('v', 'm') AND (c.reloptions IS NOT NULL OR toast.reloptions IS NOT NULL) AND ",
    own!("pg_class", "c.oid"),
);

#[derive(sqlx::FromRow)]
struct ViewRow {
    materialized: bool,
    name: String,
    options: Option<Vec<String>>,
    toast_options: Option<Vec<String>>,
}

#[derive(sqlx::FromRow)]
struct OtherRow {
    kind: String,
    oid: i64,
    name: String,
    what: Option<String>,
}

impl Catalog {
    pub(super) async fn view_options(&mut self, reader: &mut Reader<'_>) -> Result<(), Unreadable> {
        for row in reader.rows::<ViewRow>(VIEW_OPTIONS).await? {
            let (kind, of) =
                if row.materialized { (Kind::MaterializedView, Of::Table) } else { (Kind::View, Of::View) };
            let mut options = settable(of, row.options);
            options.extend(settable(Of::Toast, row.toast_options));
            if let Some(options) = listed(&options) {
                self.unheld(kind, row.name, format!("WITH ({options})"));
            }
        }
        Ok(())
    }

    pub(super) async fn others(&mut self, reader: &mut Reader<'_>) -> Result<(), Unreadable> {
        for OtherRow { kind, oid, name, what } in reader.rows(OTHERS).await? {
            // A function whose body a trigger holds is held.
            if self.functions.contains(&oid) {
                continue;
            }
            match (Kind::of(&kind), what) {
                // What only the owner may do is the default for whoever recreates it.
                (Some(Kind::Privileges), None) | (None, _) => {}
                (Some(kind), what) => self.unheld(kind, name, what.unwrap_or_default()),
            }
        }
        Ok(())
    }
}
