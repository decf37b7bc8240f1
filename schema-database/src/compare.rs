//! A database compared with models.

use tablewright_core::config::Profile;
use tablewright_core::schema::Schema;

use super::introspect::{Kind, Unheld, introspect};
use super::{Connection, Error, Options, align, canonical};

/// A database in a form that is comparable with a schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// What the database holds, in the words of the schema wherever both mean the same.
    pub schema: Schema,
    /// What the database has and a schema cannot express.
    pub unheld: Vec<Unheld>,
}

impl Compared {
    /// What is not in the schema and yet makes the database differ from its models: a constraint that was never validated.
    pub fn broken(&self) -> impl Iterator<Item = &Unheld> {
        self.unheld.iter().filter(|unheld| unheld.breaks())
    }

    /// Everything else: what models do not mention.
    pub fn beyond(&self) -> impl Iterator<Item = &Unheld> {
        self.unheld.iter().filter(|unheld| !unheld.breaks())
    }
}

/// Reads a database and spells it as a schema does.
///
/// `scratch` is another database to ask for the spelling: an empty one of the same version, where this one cannot be
/// written to.
///
/// # Errors
/// Those of [`introspect`] and [`canonical`].
pub async fn compare(
    database: &mut Connection,
    scratch: Option<&mut Connection>,
    schema: &Schema,
    profile: &Profile,
    options: &Options,
) -> Result<Compared, Error> {
    let found = introspect(database, options).await?;
    let spelled = match scratch {
        Some(scratch) => canonical(scratch, schema, profile, &Options::default()).await?,
        None => canonical(database, schema, profile, options).await?,
    };
    let needed = |name: &String| schema.extensions.contains(name);
    let more = found.schema.extensions.iter().filter(|name| !needed(name)).map(|name| Unheld {
        kind: Kind::Extension,
        name: name.clone(),
        what: "no column or index of the models needs it".to_owned(),
    });
    // What the models' own statements leave belongs to them.
    let mut unheld: Vec<Unheld> =
        found.unheld.iter().filter(|unheld| !spelled.unheld.contains(unheld)).cloned().chain(more).collect();
    unheld.sort();
    Ok(Compared { schema: align(schema, &spelled.schema, &found.schema), unheld })
}
