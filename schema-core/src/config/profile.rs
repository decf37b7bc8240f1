//! The choices of `schema.toml`.

use std::collections::BTreeMap;

use crate::dialect::Target;
use crate::schema::SoftDelete;

/// The choices of `schema.toml`, with their defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The service that owns the tables.
    pub service: Option<String>,
    /// The databases that the schema must run on.
    pub targets: Vec<Target>,
    /// What a primary key is.
    pub primary_key: KeyStyle,
    /// How rows are deleted softly, on the tables that say so.
    pub soft_delete: SoftDelete,
    /// The tenant column, where every table is scoped by one.
    pub tenant: Option<String>,
    /// What keeps `updated_at` true.
    pub updated_at: UpdatedAt,
    /// Whether the statements of helpers begin with their names, as comments.
    pub query_comments: bool,
    /// The timeouts that each migration file sets.
    pub timeouts: Timeouts,
    /// The file that the scan starts at, relative to `schema.toml`; the crate root when absent.
    pub models: Option<String>,
    /// The folder of the migrations, relative to `schema.toml`.
    pub migrations: String,
    /// The folder of SQL of the user's own, relative to `schema.toml`, where there is one.
    pub sql: Option<String>,
    /// How migration files are named and laid out.
    pub format: Format,
    /// Whether a `cfg` on a model or column is accepted; the scan then takes it as present.
    pub allow_cfg: bool,
    /// What a boolean's name may start with; messages propose the first.
    pub boolean_prefixes: Vec<String>,
    /// What a timestamp's name may end with; messages propose the first.
    pub timestamp_suffixes: Vec<String>,
    /// What a date's name may end with; messages propose the first.
    pub date_suffixes: Vec<String>,
    /// How many indexes a table may have, keys included.
    pub max_indexes: usize,
    /// Whether every nullable column says why in its documentation.
    pub explain_null: bool,
    /// Where the indexes of foreign keys come from.
    pub foreign_key_index: ForeignKeyIndex,
    /// The words by which a column of personal data is known.
    pub pii: Vec<String>,
    /// The services that share this schema, each with its tables. Tables that none names belong to `service`.
    pub services: BTreeMap<String, Vec<String>>,
    /// The rules that are switched off, each with the reason.
    pub rules_off: BTreeMap<String, String>,
}

/// The words by which a column of personal data is known, unless the profile says otherwise.
const PII: &[&str] = &[
    "email",
    "phone",
    "ssn",
    "passport",
    "birth_date",
    "date_of_birth",
    "birthday",
    "born_on",
    "first_name",
    "last_name",
];

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            service: None,
            targets: vec![Target::default()],
            primary_key: KeyStyle::Uuid,
            soft_delete: SoftDelete::DeletedAt,
            tenant: None,
            updated_at: UpdatedAt::Statement,
            query_comments: false,
            timeouts: Timeouts::default(),
            models: None,
            migrations: "migrations".to_owned(),
            sql: None,
            format: Format::Sqlx,
            allow_cfg: false,
            boolean_prefixes: strings(&["is_"]),
            timestamp_suffixes: strings(&["_at"]),
            date_suffixes: strings(&["_on", "_date"]),
            max_indexes: 12,
            explain_null: false,
            foreign_key_index: ForeignKeyIndex::Generated,
            pii: strings(PII),
            services: BTreeMap::new(),
            rules_off: BTreeMap::new(),
        }
    }
}

/// What a primary key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyStyle {
    /// `id UUID PRIMARY KEY DEFAULT gen_random_uuid()`.
    Uuid,
    /// `id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY`.
    Bigint,
}

/// Where the indexes of foreign keys come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignKeyIndex {
    /// Each foreign key that nothing indexes yet gets its index.
    Generated,
    /// The models declare every index.
    Declared,
}

/// What keeps `updated_at` true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdatedAt {
    /// Each generated UPDATE sets it.
    Statement,
    /// A trigger sets it.
    Trigger,
}

/// How migration files are named and laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `001_create_users.up.sql` and `.down.sql`.
    Sqlx,
    /// `20260101_001_create_users.up.sql` and `.down.sql`.
    Dated,
    /// One file with `-- +migrate Up` and `-- +migrate Down`.
    Single,
}

/// The timeouts that each migration file sets, in PostgreSQL's notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// `lock_timeout`.
    pub lock: String,
    /// `statement_timeout`.
    pub statement: String,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { lock: "2s".to_owned(), statement: "60s".to_owned() }
    }
}
