//! Migrations where policies hide every row from the owner of the tables.
//!
//! The changes are those of `tests/migrations`, with a policy on every table: one of each kind of file that reads rows,
//! or all of them with `ROW_SECURITY=all`. Each is applied by roles that see the rows and by one that does not, by the
//! runner and file by file, up and down: what a superuser's run keeps is kept, or nothing is changed.

#[path = "migrations_harness/mod.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod harness;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use harness::case::{self, Case};
use harness::rows::{self, Rows};
use harness::values::Values;
use harness::{catalog, database, run};
use sqlx::Connection as _;
use sqlx::postgres::PgConnection;
use tablewright_core::config::Profile;
use tablewright_core::dialect::Target;
use tablewright_core::migrations::{Naming, Rendered, steps};
use tablewright_core::plan::{self, Allowed, Plan, Run, Script, lifted};
use tablewright_core::schema::{Policy, PrimaryKey, Schema};
use tablewright_core::sql::ddl;
use tablewright_database::apply::{self, Back, Failed, Settings, Silent};

/// Who applies the migrations, and to whom the policies apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum As {
    Superuser,
    /// The owner, to whom the policies do not apply.
    OwnerNotForced,
    /// The owner, to whom they apply.
    OwnerForced,
    /// The same, where it was acknowledged that they are lifted.
    OwnerLifted,
    /// A member of the owner to whom no policy applies.
    Bypassing,
}

impl As {
    const ALL: [Self; 5] =
        [Self::Superuser, Self::OwnerNotForced, Self::OwnerForced, Self::OwnerLifted, Self::Bypassing];
}

/// How files are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Runner,
    Files,
}

/// A change of models, with a policy on every table.
struct Change {
    name: String,
    old: Schema,
    new: Schema,
    profile: Profile,
    allowed: Allowed,
    seed: Option<String>,
}

impl Change {
    fn of(case: &Case) -> Option<Self> {
        let models = case.models(&[Target::Postgres]).ok()?;
        let hidden = |schema: &Schema| {
            let mut schema = schema.clone();
            for table in schema.tables.values_mut() {
                table.policies.push(Policy {
                    name: "hidden".to_owned(),
                    permissive: false,
                    using: Some("false".to_owned()),
                    ..Policy::default()
                });
            }
            schema
        };
        let (old, new) = (hidden(&models.old.schema), hidden(&models.new.schema));
        let mut allowed = case.allowed.clone();
        // Whether they are lifted is tried here.
        for table in old.tables.keys() {
            allowed.acknowledged.remove(&lifted(table));
        }
        let seed = case.seed.clone();
        Some(Self { name: case.name.clone(), old, new, profile: models.profile, allowed, seed })
    }

    fn plan(&self, lifts: bool) -> Option<Plan> {
        let mut allowed = self.allowed.clone();
        if lifts {
            allowed.acknowledged.extend(self.old.tables.keys().chain(self.new.tables.keys()).map(|it| lifted(it)));
        }
        plan::plan(&self.old, &self.new, &self.profile, &allowed).ok()
    }

    /// Which kinds of its files read rows.
    fn kinds(&self) -> BTreeSet<String> {
        let kind = |way: &str, script: &Script| {
            let word = script.what.split(' ').next().unwrap_or_default();
            format!("{way} {word}, {:?}, {} tables", script.run, script.reads.len())
        };
        let plan = self.plan(false).unwrap_or_default();
        let scripts = plan.steps.iter().flat_map(|step| [("up", &step.up), ("down", &step.down)]);
        // The first file looks on behalf of others: what it does besides is no kind.
        let looks =
            |script: &Script| script.statements().nth(3).is_some_and(|it| it.contains("max(") || it.contains("EXISTS"));
        scripts
            .filter(|(_, script)| !script.reads.is_empty())
            .filter(|(_, script)| !matches!(script.run, Run::Transaction) || script.long || looks(script))
            .map(|(way, script)| kind(way, script))
            .collect()
    }
}

/// One of each kind of file that reads, or every change that has one.
fn changes() -> Vec<Change> {
    let all = std::env::var("ROW_SECURITY").is_ok_and(|it| it == "all") || std::env::var("CASE").is_ok();
    let mut seen = BTreeSet::new();
    let mut chosen = Vec::new();
    for change in case::all().iter().filter_map(Change::of) {
        let kinds = change.kinds();
        if !kinds.is_empty() && (all || !kinds.is_subset(&seen)) {
            seen.extend(kinds);
            chosen.push(change);
        }
    }
    chosen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn rows_are_kept_or_nothing_is_changed() {
    let changes = Arc::new(changes());
    let tried: Vec<(usize, By)> =
        (0..changes.len()).flat_map(|change| [(change, By::Runner), (change, By::Files)]).collect();
    let (tried, next) = (Arc::new(tried), Arc::new(AtomicUsize::new(0)));
    let refused = Arc::new(AtomicUsize::new(0));
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let (changes, tried, next, refused) =
                (Arc::clone(&changes), Arc::clone(&tried), Arc::clone(&next), Arc::clone(&refused));
            tokio::spawn(async move {
                let mut wrong = Vec::new();
                while let Some((change, by)) = tried.get(next.fetch_add(1, Ordering::Relaxed)).copied() {
                    let change = &changes[change];
                    // What loses values says so on the way down, and the other roles see the same message.
                    let mut goes_back = true;
                    for who in As::ALL {
                        match Trial::of(change, who, by).await.run(&mut goes_back).await {
                            Ok(count) => drop(refused.fetch_add(count, Ordering::Relaxed)),
                            Err(problem) => wrong.push(format!("{} as {who:?} by {by:?}: {problem}", change.name)),
                        }
                    }
                }
                wrong
            })
        })
        .collect();
    let mut wrong = Vec::new();
    for worker in workers {
        wrong.extend(worker.await.unwrap());
    }
    wrong.sort();
    let refused = refused.load(Ordering::Relaxed);
    eprintln!("{} changes, {} trials, {refused} ways refused", changes.len(), tried.len());
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), tried.len(), wrong.join("\n"));
    if std::env::var("CASE").is_err() {
        assert!(changes.len() >= 8, "too few changes have files that read");
        assert!(refused >= changes.len() * 2, "each is refused up or down, by the runner and by its files");
    }
}

/// A change that is applied in a separate database.
struct Trial<'a> {
    change: &'a Change,
    who: As,
    by: By,
    plan: Plan,
    files: Vec<Rendered>,
    folder: tempfile::TempDir,
    database: tablewright_tempdb::Database,
    superuser: PgConnection,
}

impl<'a> Trial<'a> {
    async fn of(change: &'a Change, who: As, by: By) -> Self {
        let plan = change.plan(who == As::OwnerLifted).expect("the words add to what was acknowledged");
        let files = steps(&plan, &Naming { name: "change", first: 2, date: None }, &change.profile);
        let folder = tempfile::tempdir().unwrap();
        for file in files.iter().flat_map(Rendered::files) {
            fs::write(folder.path().join(&file.name), &file.text).unwrap();
        }
        let database = tokio::task::spawn_blocking(tablewright_tempdb::database).await.unwrap();
        let superuser = PgConnection::connect(database.url()).await.unwrap();
        Self { change, who, by, plan, files, folder, database, superuser }
    }

    /// The tables as they were, with rows, owned by an ordinary role.
    async fn begin(&mut self) -> Result<(), String> {
        let name = self.database.name().to_owned();
        let roles = format!(
            "CREATE ROLE \"{name}_owner\" LOGIN PASSWORD '{PASSWORD}'; \
             CREATE ROLE \"{name}_bypassing\" LOGIN PASSWORD '{PASSWORD}' BYPASSRLS IN ROLE \"{name}_owner\"; \
             ALTER DATABASE \"{name}\" OWNER TO \"{name}_owner\"; ALTER SCHEMA public OWNER TO \"{name}_owner\"; \
             SET ROLE \"{name}_owner\""
        );
        database::execute(&mut self.superuser, &roles).await?;
        database::create(&mut self.superuser, &self.change.old, &self.change.profile).await?;
        database::execute(&mut self.superuser, "RESET ROLE").await?;
        if self.who == As::OwnerNotForced {
            self.force(false, &self.change.old).await?;
        }
        let values = Values { schema: &self.change.old, other: &self.change.new };
        rows::seed(&mut self.superuser, values, self.change.seed.as_deref()).await
    }

    async fn force(&mut self, on: bool, schema: &Schema) -> Result<(), String> {
        for table in schema.tables.keys() {
            let statement = if on { ddl::force_row_security(table) } else { ddl::lift_row_security(table) };
            database::execute(&mut self.superuser, &statement).await?;
        }
        Ok(())
    }

    fn url(&self) -> String {
        let role = match self.who {
            As::Superuser => return self.database.url().to_owned(),
            As::Bypassing => "bypassing",
            As::OwnerForced | As::OwnerLifted | As::OwnerNotForced => "owner",
        };
        let (scheme, rest) = self.database.url().split_once("://").unwrap();
        let place = rest.split_once('@').map_or(rest, |(_, place)| place);
        format!("{scheme}://{}_{role}:{PASSWORD}@{place}", self.database.name())
    }

    /// How many ways were refused. `Err` says what is wrong. The superuser comes first, and finds out whether there is a
    /// way back over the rows.
    async fn run(mut self, goes_back: &mut bool) -> Result<usize, String> {
        self.begin().await?;
        let (old, new) = (&self.change.old, &self.change.new);
        let before = self.state(old).await;
        let mut refused = 0;
        let up = self.way(true, self.url()).await;
        if self.is_refused(true) {
            refused += 1;
            self.must_be_refused("up", up, &before).await?;
            if self.reads_what_it_makes(true) {
                return Ok(refused);
            }
            // A remedy, and then the way down is tried.
            self.force(false, old).await?;
            self.way(true, self.url()).await?;
            self.force(true, new).await?;
        } else {
            up?;
        }
        let migrated = self.state(new).await;
        let lost = rows::lost(&before.1, old, &migrated.1, new);
        if !lost.is_empty() {
            return Err(format!("up: {}", lost.join("\n")));
        }
        self.must_be_forced("up").await?;
        let down = self.way(false, self.url()).await;
        if self.is_refused(false) {
            refused += 1;
            self.must_be_refused("down", down, &migrated).await?;
            return Ok(refused);
        }
        if self.who == As::Superuser {
            *goes_back = down.is_ok();
        }
        match down {
            Ok(()) if *goes_back => {}
            Err(error) if !*goes_back && !error.contains(HIDDEN) => return Ok(refused),
            Ok(()) => return Err("down: a superuser's run is refused".to_owned()),
            Err(error) => return Err(format!("down: {error}")),
        }
        let kept = self.state(old).await;
        if let (As::Superuser | As::OwnerForced | As::OwnerLifted | As::Bypassing, Some(differs)) =
            (self.who, catalog::difference(&before.0, &kept.0))
        {
            return Err(format!("down: the catalog differs\n{differs}"));
        }
        let lost = rows::lost(&rows::snapshot_through(&before.1, old, new), old, &kept.1, old);
        if !lost.is_empty() {
            return Err(format!("down: {}", lost.join("\n")));
        }
        Ok(refused)
    }

    async fn state(&mut self, schema: &Schema) -> (catalog::Lines, Rows) {
        (catalog::lines(&mut self.superuser).await, rows::snapshot(&mut self.superuser, schema).await)
    }

    /// Whether that way should be refused. What a file creates has its policies, whomever they applied to before.
    fn is_refused(&self, up: bool) -> bool {
        match self.who {
            As::OwnerForced => self.reads(up).next().is_some(),
            As::OwnerNotForced => self.reads_what_it_makes(up),
            As::Superuser | As::OwnerLifted | As::Bypassing => false,
        }
    }

    fn reads_what_it_makes(&self, up: bool) -> bool {
        let start = if up { &self.change.old } else { &self.change.new };
        let is_there = |name: &String| {
            start.tables.values().any(|table| table.name == *name || table.renamed_from.as_ref() == Some(name))
        };
        let renamed = |name: &String| {
            let table = self.change.new.tables.get(name).and_then(|table| table.renamed_from.as_ref());
            table.is_some_and(|was| self.change.old.tables.contains_key(was))
        };
        self.reads(up).any(|name| !renamed(name) && !is_there(name))
    }

    /// The tables that files read on that way.
    fn reads(&self, up: bool) -> impl Iterator<Item = &String> {
        self.plan.steps.iter().flat_map(move |step| &(if up { &step.up } else { &step.down }).reads)
    }

    /// Runs every file.
    async fn way(&self, up: bool, url: String) -> Result<(), String> {
        match self.by {
            By::Runner => {
                // The runner stays on the thread that it began on.
                let folder = self.folder.path().to_owned();
                tokio::task::spawn_blocking(move || by_runner(up, &url, &folder)).await.unwrap()
            }
            By::Files => {
                let mut connection = PgConnection::connect(&url).await.unwrap();
                let mut files: Vec<_> =
                    self.files.iter().filter_map(|it| if up { Some(&it.up) } else { it.down.as_ref() }).collect();
                if !up {
                    files.reverse();
                }
                for file in files {
                    run::file(&mut connection, &file.text).await.map_err(|error| {
                        // After the first line comes the file itself.
                        let said = error.lines().next().unwrap_or_default();
                        let hidden = ["hides", "will hide"]
                            .iter()
                            .any(|it| said.contains(&format!("row-level security {it} rows of")));
                        format!("{}{}: {error}", if hidden { HIDDEN } else { "" }, file.name)
                    })?;
                }
                Ok(())
            }
        }
    }

    async fn must_be_refused(
        &mut self,
        way: &str,
        done: Result<(), String>,
        before: &(catalog::Lines, Rows),
    ) -> Result<(), String> {
        let Err(error) = done else { return Err(format!("{way}: this is not refused")) };
        for word in [HIDDEN, "BYPASSRLS", "--acknowledge \"no FORCE on "] {
            if !error.contains(word) {
                return Err(format!("{way}: {error}"));
            }
        }
        let schema = if way == "up" { &self.change.old } else { &self.change.new };
        let after = self.state(schema).await;
        match catalog::difference(&before.0, &after.0) {
            Some(differs) => Err(format!("{way}: it was refused after a change\n{differs}")),
            None if before.1 != after.1 => Err(format!("{way}: it was refused after a change of rows")),
            None => Ok(()),
        }
    }

    /// What the files lifted is forced again.
    async fn must_be_forced(&mut self, way: &str) -> Result<(), String> {
        if self.who == As::OwnerNotForced {
            return Ok(());
        }
        let sql = "SELECT relname::TEXT FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity";
        let lifted: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut self.superuser).await.unwrap();
        if lifted.is_empty() { Ok(()) } else { Err(format!("{way}: FORCE is off on {}", lifted.join(", "))) }
    }
}

fn by_runner(up: bool, url: &str, folder: &Path) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let done = runtime.block_on(async {
        let files = apply::files(folder).await?;
        let settings = Settings::default();
        if up {
            apply::apply(url, &files, &settings, &Silent).await.map(drop)
        } else {
            apply::revert(url, &files, Back::To(0), true, &settings, &Silent).await.map(drop)
        }
    });
    done.map_err(|error| match error {
        Failed::HiddenRows { .. } => format!("{HIDDEN}: {error}\n{}", error.help().unwrap_or_default()),
        other => other.to_string(),
    })
}

/// That of the roles, where the server asks for one.
const PASSWORD: &str = "secret";

/// How a refusal is recognised here.
const HIDDEN: &str = "policies hide rows";

/// More rows than one batch has: each batch searches again, and none is left.
#[tokio::test]
async fn a_fill_of_several_batches_reaches_every_row() {
    let all = case::all();
    let Some(case) = all.iter().find(|case| case.name == "rename_column_nullable") else { return };
    let change = Change::of(case).unwrap();
    for who in [As::OwnerNotForced, As::OwnerLifted] {
        let mut trial = Trial::of(&change, who, By::Runner).await;
        trial.begin().await.unwrap();
        let more = "INSERT INTO orders (number, note) SELECT n, 'note ' || n FROM generate_series(10, 2510) AS n";
        database::execute(&mut trial.superuser, more).await.unwrap();
        let before = rows::snapshot(&mut trial.superuser, &change.old).await;
        trial.way(true, trial.url()).await.unwrap();
        let migrated = rows::snapshot(&mut trial.superuser, &change.new).await;
        assert_eq!(rows::lost(&before, &change.old, &migrated, &change.new), [""; 0]);
        trial.way(false, trial.url()).await.unwrap();
        let kept = rows::snapshot(&mut trial.superuser, &change.old).await;
        assert_eq!(rows::lost(&before, &change.old, &kept, &change.old), [""; 0]);
    }
}

/// No model is without a primary key, but a database that is compared may be: one statement fills the column.
#[tokio::test]
async fn a_table_without_a_key_is_filled_or_nothing_is_changed() {
    let all = case::all();
    let Some(case) = all.iter().find(|case| case.name == "rename_column_nullable") else { return };
    let mut change = Change::of(case).unwrap();
    for table in change.old.tables.values_mut().chain(change.new.tables.values_mut()) {
        table.primary_key = PrimaryKey::default();
    }
    for who in As::ALL {
        let mut trial = Trial::of(&change, who, By::Files).await;
        trial.begin().await.unwrap();
        let before = trial.state(&change.old).await;
        let done = trial.way(true, trial.url()).await;
        if who == As::OwnerForced {
            trial.must_be_refused("up", done, &before).await.unwrap();
            continue;
        }
        done.unwrap();
        let values = |rows: &Rows, column: &str| -> BTreeSet<String> {
            rows["orders"].iter().map(|row| row[column].to_string()).collect()
        };
        let after = trial.state(&change.new).await;
        let (old, new) = (&change.old.tables["orders"], &change.new.tables["orders"]);
        let was = old.columns.iter().find(|it| new.column(&it.name).is_none()).unwrap();
        let is = new.columns.iter().find(|it| it.renamed_from.as_ref() == Some(&was.name)).unwrap();
        assert_eq!(values(&after.1, &is.name), values(&before.1, &was.name), "{who:?}");
    }
}
