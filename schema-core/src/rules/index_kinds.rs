use super::{Facts, Role, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::expression::Type;
use crate::place::Place;
use crate::schema::{Index, KeyColumn, KeyTarget, Method, SortDirection, SqlType};

pub(super) static RULE: Rule = Rule {
    id: "index_kinds",
    summary: "The method of an index suits the types of its columns, and can do what the attribute asks of it.",
    why: "A B-tree over a document finds equal documents only, GIN has no operators for a number, Hash takes one \
          column: the server refuses such an index, or never uses it.",
    bad: "
#[derive(Table)]
#[index(tags)]
struct Product {
    id: Uuid,
    tags: Vec<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[index(tags, using = gin)]
struct Product {
    id: Uuid,
    tags: Vec<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

/// What a method can do: <https://www.postgresql.org/docs/15/indexes-types.html>, `pg_indexam_has_property`, and for the
/// last two <https://github.com/pgvector/pgvector>.
struct Abilities {
    many_columns: bool,
    include: bool,
    ordered: bool,
}

fn abilities(method: Method) -> Abilities {
    let (many_columns, include, ordered) = match method {
        Method::Btree => (true, true, true),
        Method::Gist => (true, true, false),
        Method::Gin | Method::Brin => (true, false, false),
        Method::Spgist => (false, true, false),
        Method::Hash | Method::Hnsw | Method::Ivfflat => (false, false, false),
    };
    Abilities { many_columns, include, ordered }
}

/// The families of types that methods differ in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Document,
    PlainDocument,
    Array,
    Range,
    Words,
    Vector,
    Shape,
    Text,
    Address,
    Moment,
    Number,
    /// UUID, bytes, booleans: values without a useful order.
    Scattered,
}

fn kind(sql_type: &SqlType) -> Option<Kind> {
    Some(match sql_type {
        SqlType::Jsonb => Kind::Document,
        SqlType::Json => Kind::PlainDocument,
        SqlType::Array(_) => Kind::Array,
        SqlType::Range(_) => Kind::Range,
        SqlType::Text | SqlType::Varchar(_) | SqlType::Char(_) => Kind::Text,
        SqlType::Inet => Kind::Address,
        SqlType::Timestamptz | SqlType::Timestamp | SqlType::Date | SqlType::Time | SqlType::Interval => Kind::Moment,
        SqlType::SmallInt
        | SqlType::Integer
        | SqlType::BigInt
        | SqlType::Real
        | SqlType::Double
        | SqlType::Numeric(_) => Kind::Number,
        SqlType::Uuid | SqlType::Bytea | SqlType::Boolean => Kind::Scattered,
        SqlType::Other(name) => {
            let name = name.to_lowercase();
            let word = name.split('(').next().unwrap_or_default().trim();
            match word {
                "tsvector" => Kind::Words,
                "vector" | "halfvec" | "sparsevec" | "bit" => Kind::Vector,
                "point" | "box" | "polygon" | "circle" | "geometry" | "geography" => Kind::Shape,
                "citext" => Kind::Text,
                "cidr" => Kind::Address,
                _ => return None,
            }
        }
        SqlType::Rust(_) => return None,
    })
}

/// The method that a type is indexed by, where that is not a B-tree.
fn natural(kind: Kind) -> &'static str {
    match kind {
        Kind::Document | Kind::Array | Kind::Words => "gin",
        Kind::Range | Kind::Shape => "gist",
        Kind::Vector => "hnsw",
        _ => "btree",
    }
}

fn suits(method: Method, kind: Kind) -> bool {
    use Kind as K;
    match method {
        Method::Btree => matches!(kind, K::Text | K::Address | K::Moment | K::Number | K::Scattered),
        Method::Gin => matches!(kind, K::Document | K::Array | K::Words),
        Method::Gist => matches!(kind, K::Range | K::Shape | K::Words | K::Address),
        Method::Spgist => matches!(kind, K::Range | K::Shape | K::Text | K::Address),
        Method::Brin => matches!(kind, K::Moment | K::Number | K::Text | K::Address | K::Range | K::Shape),
        Method::Hash => !matches!(kind, K::PlainDocument | K::Vector | K::Shape | K::Words),
        Method::Hnsw | Method::Ivfflat => kind == K::Vector,
    }
}

/// Operator classes that belong to one method and kind of type.
const CLASSES: &[(&str, &[Method], Kind)] = &[
    ("gin_trgm_ops", &[Method::Gin], Kind::Text),
    ("gist_trgm_ops", &[Method::Gist], Kind::Text),
    ("jsonb_ops", &[Method::Gin], Kind::Document),
    ("jsonb_path_ops", &[Method::Gin], Kind::Document),
    ("text_pattern_ops", &[Method::Btree], Kind::Text),
    ("varchar_pattern_ops", &[Method::Btree], Kind::Text),
    ("array_ops", &[Method::Gin], Kind::Array),
    ("tsvector_ops", &[Method::Gin, Method::Gist], Kind::Words),
    ("inet_ops", &[Method::Gist, Method::Spgist], Kind::Address),
    ("vector_l2_ops", &[Method::Hnsw, Method::Ivfflat], Kind::Vector),
    ("vector_ip_ops", &[Method::Hnsw, Method::Ivfflat], Kind::Vector),
    ("vector_cosine_ops", &[Method::Hnsw, Method::Ivfflat], Kind::Vector),
    ("vector_l1_ops", &[Method::Hnsw], Kind::Vector),
];

fn check(facts: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    let table = facts.table();
    for (number, index) in table.indexes.iter().enumerate().filter(|(_, index)| !index.generated) {
        let place = Place::of_index(table, number);
        let mut report =
            |message: String, help: String| found.push(Diagnostic::new(RULE.id, place.clone(), message).help(help));
        let method = index.method;
        let can = abilities(method);
        let name = method.word();
        if index.key.len() > 1 && !can.many_columns {
            report(
                format!("{name} takes one column, this has {}", index.key.len()),
                "one index for each column, or using = btree".to_owned(),
            );
            continue;
        }
        if !index.include.is_empty() && !can.include {
            report(format!("{name} carries no other columns"), "drop `include(…)`, or using = btree".to_owned());
        }
        if index.unique && method != Method::Btree {
            report(format!("{name} cannot refuse duplicates"), "drop `using`, or `unique`".to_owned());
        }
        if !can.ordered && index.key.iter().any(|key| key.direction == SortDirection::Descending || key.nulls.is_some())
        {
            report(format!("{name} has no order"), "drop `desc`, `nulls_first` and `nulls_last`".to_owned());
        }
        // Next to a range or a shape, a plain value is there for btree_gist and btree_gin, on purpose.
        let suited =
            index.key.iter().filter_map(|key| kind_of(facts, number, index, key)).any(|kind| suits(method, kind));
        for key in &index.key {
            let Some(kind) = kind_of(facts, number, index, key) else { continue };
            let shown = match &key.target {
                KeyTarget::Column(column) => column,
                KeyTarget::Expression(expression) => expression,
            };
            if let Some(class) = &key.operator_class {
                let known = CLASSES.iter().find(|(name, ..)| name == class);
                if let Some((_, methods, of)) =
                    known.filter(|(_, methods, of)| !methods.contains(&method) || *of != kind)
                {
                    let message = if *of == kind {
                        format!("`{class}` belongs to {}, this is {name}", methods[0].word())
                    } else {
                        format!("`{class}` is not for the type of `{shown}`")
                    };
                    let help = if *of == kind {
                        format!("using = {}", methods[0].word())
                    } else {
                        "drop the `ops(…)`".to_owned()
                    };
                    report(message, help);
                }
                continue;
            }
            if matches!(method, Method::Hnsw) && kind == Kind::Vector {
                report(
                    "hnsw wants the distance that it serves".to_owned(),
                    with_class(shown, "vector_cosine_ops", Method::Hnsw),
                );
                continue;
            }
            if suits(method, kind) || (suited && matches!(method, Method::Gin | Method::Gist)) {
                continue;
            }
            let trigrams = kind == Kind::Text && matches!(method, Method::Gin | Method::Gist);
            let help = match kind {
                _ if trigrams => {
                    format!("{} for LIKE and similarity", with_class(shown, &format!("{name}_trgm_ops"), method))
                }
                Kind::PlainDocument => "make the column JSONB, then using = gin".to_owned(),
                Kind::Vector => with_class(shown, "vector_cosine_ops", Method::Hnsw),
                kind if natural(kind) == "btree" => format!("drop `using`: a B-tree serves `{shown}`"),
                kind => attribute::index::of_key(shown).word("using", Some(natural(kind))).to_string(),
            };
            report(format!("{name} has no use for `{shown}`: {}", why(method, kind)), help);
        }
    }
}

fn with_class(column: &str, class: &str, method: Method) -> String {
    let key = format!("{column} ops({})", attribute::string(class));
    attribute::index::of_key(&key).word("using", Some(method.word())).to_string()
}

fn why(method: Method, kind: Kind) -> &'static str {
    match (method, kind) {
        (_, Kind::PlainDocument) => "JSON cannot be compared",
        (Method::Btree, Kind::Document) => "it finds equal documents, not what is in them",
        (Method::Btree, Kind::Array) => "it finds equal arrays, not their elements",
        (Method::Btree, Kind::Range) => "it finds equal ranges, not those that overlap",
        (Method::Brin, Kind::Scattered) => "its values lie in no order on disk",
        (Method::Gin, _) => "there are no elements in it",
        (Method::Gist | Method::Spgist, _) => "nothing in it overlaps or is near",
        (Method::Hnsw | Method::Ivfflat, _) => "it is not a vector",
        _ => "the server has no operators for it",
    }
}

fn kind_of(facts: &Facts<'_>, number: usize, index: &Index, key: &KeyColumn) -> Option<Kind> {
    match &key.target {
        KeyTarget::Column(column) => {
            let column = facts.table().column(column)?;
            kind(&column.sql_type)
        }
        KeyTarget::Expression(_) => {
            let position = index.key.iter().position(|other| std::ptr::eq(other, key))?;
            let sql = facts
                .sql
                .iter()
                .find(|sql| matches!(sql.role, Role::IndexExpression(i, k) if (i, k) == (number, position)))?;
            match sql.fragment.type_in(facts.table()) {
                Type::Known(sql_type) => kind(&sql_type),
                _ => None,
            }
        }
    }
}
