//! Where a schema comes from: the models, `schema.lock`, or a database.

use tablewright_core::migrations;
use tablewright_core::parse::scan::{self, Scan};
use tablewright_core::schema::Schema;

use crate::failure::{Failure, Problem};
use crate::package::Package;

/// One side of a comparison, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// What the models state.
    Models,
    /// The result of the migrations, as recorded in `schema.lock`.
    Lock,
    /// What a database contains.
    Database(String),
}

impl std::str::FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "models" => Ok(Self::Models),
            "lock" => Ok(Self::Lock),
            url if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Ok(Self::Database(url.to_owned()))
            }
            // A URL may contain a password, so the text is not repeated.
            _ => Err("a source is `models`, `lock`, or a URL that begins with postgres://".to_owned()),
        }
    }
}

/// The URL from the arguments, or from the environment.
pub(crate) fn url(typed: Option<&str>) -> Result<String, Failure> {
    let of_environment = || std::env::var("DATABASE_URL").ok().filter(|url| !url.is_empty());
    typed.map(str::to_owned).or_else(of_environment).ok_or_else(|| {
        Failure::new("no database is named, and DATABASE_URL is not set")
            .help("postgres://user:password@host:5432/database")
    })
}

pub(crate) fn models(package: &Package) -> Result<Scan, Problem> {
    scan::scan(&package.folder, package.profile()?).map_err(|failure| Problem::Violations(failure.reports))
}

pub(crate) fn lock(package: &Package) -> Result<Schema, Problem> {
    match migrations::verify(&package.folder, package.profile()?)? {
        Some(lock) => Ok(lock.schema),
        None => Err(Failure::new("there is no schema.lock yet").help("cargo schema migrate create_tables").into()),
    }
}
