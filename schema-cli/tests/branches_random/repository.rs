//! A package in a repository, its branches, and what each of them was told to change.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tablewright_core::config::{self, Profile};
use tablewright_core::migrations::{self, Outcome, Request};
use tablewright_core::parse::scan;
use tablewright_core::plan::Allowed;

use super::common::Package;
use super::world::{Edit, Random, World};

/// The files of a branch at one of its ends, as a database ran them.
pub struct Tip {
    pub branch: String,
    pub folder: PathBuf,
}

pub struct Repository {
    pub package: Package,
    /// Outside the package: git does not see it.
    kept: tempfile::TempDir,
    profile: Profile,
    /// What each branch was told, in order, each with a number of its own.
    edits: BTreeMap<String, Vec<(usize, Edit)>>,
    next: usize,
    pub tips: Vec<Tip>,
    /// What was done, for whom it went wrong.
    pub told: Vec<String>,
    /// How many changes were refused by the command.
    pub refused: usize,
    /// What a squash put away.
    pub squash: Option<PathBuf>,
}

const SETTINGS: &str = "sql = \"sql\"\n";

/// How a step of a history ended.
pub enum End {
    Good,
    /// The command named what does not go together.
    Clash(String),
}

impl Repository {
    pub fn new() -> Result<Self, String> {
        let package = Package::of("");
        package.write("schema.toml", SETTINGS);
        package.write(".gitattributes", "*.sql text eol=lf\n");
        let profile = config::parse(SETTINGS).map_err(|_| "schema.toml")?;
        let mut it = Self {
            package,
            kept: tempfile::tempdir().map_err(|error| error.to_string())?,
            profile,
            edits: BTreeMap::from([("main".to_owned(), Vec::new())]),
            next: 0,
            tips: Vec::new(),
            told: Vec::new(),
            refused: 0,
            squash: None,
        };
        it.git(&["init", "-q", "-b", "main"])?;
        for (key, value) in [("user.email", "dev@example.com"), ("user.name", "Dev"), ("commit.gpgsign", "false")] {
            it.git(&["config", key, value])?;
        }
        World::start().write(&it.package);
        it.migrate("start")?;
        it.seal()?;
        it.commit("start")?;
        it.keep("main");
        Ok(it)
    }

    pub fn git(&mut self, arguments: &[&str]) -> Result<String, String> {
        let (good, text) = self.try_git(arguments);
        if good { Ok(text) } else { Err(format!("git {}: {text}", arguments.join(" "))) }
    }

    /// Whether it ended well, and what it said.
    pub fn try_git(&mut self, arguments: &[&str]) -> (bool, String) {
        self.told.push(format!("git {}", arguments.join(" ")));
        let output = Command::new("git")
            .args(arguments)
            .current_dir(self.package.path())
            .env("GIT_EDITOR", "true")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.success(), text)
    }

    fn commit(&mut self, message: &str) -> Result<(), String> {
        self.git(&["add", "-A"])?;
        self.git(&["commit", "-q", "--allow-empty", "-m", message]).map(drop)
    }

    pub fn branch(&mut self, name: &str, from: &str) -> Result<(), String> {
        self.git(&["checkout", "-q", "-b", name, from])?;
        self.edits.insert(name.to_owned(), self.edits[from].clone());
        Ok(())
    }

    pub fn world(&self, branch: &str) -> World {
        let mut world = World::start();
        for (_, edit) in &self.edits[branch] {
            world.apply(edit);
        }
        world
    }

    /// Some changes on a branch, as one migration in one commit.
    pub fn change(&mut self, random: &mut Random, branch: &str, sealed: bool) -> Result<(), String> {
        self.git(&["checkout", "-q", branch])?;
        let before = self.edits[branch].clone();
        for _ in 0..5 {
            let mut world = self.world(branch);
            let mut by_hand = None;
            for _ in 0..=random.below(2) {
                self.next += 1;
                let edit = world.edit(random, self.next);
                if by_hand.is_none() && world.apply(&edit) {
                    if let Edit::ByHand(table, column) = &edit {
                        by_hand = Some((table.clone(), column.clone()));
                    }
                    self.told.push(format!("{branch}: {edit:?}"));
                    self.edits.get_mut(branch).unwrap().push((self.next, edit));
                }
            }
            if self.edits[branch].len() == before.len() {
                continue;
            }
            world.write(&self.package);
            let name = format!("change_{}", if random.one_in(3) { 0 } else { self.next });
            let done = match by_hand {
                // What is by hand does only that.
                Some(_) if self.edits[branch].len() > before.len() + 1 => Err("two kinds at once".to_owned()),
                Some((table, column)) => self.by_hand(&name, &table, &column),
                None => self.migrate(&name),
            };
            match done {
                Ok(()) => {
                    if sealed {
                        self.seal()?;
                    }
                    return self.commit(&name);
                }
                Err(refused) => {
                    self.refused += 1;
                    self.told.push(format!("refused: {refused}"));
                    self.edits.insert(branch.to_owned(), before.clone());
                    self.git(&["reset", "-q", "--hard"])?;
                    self.git(&["clean", "-qfd"])?;
                }
            }
        }
        // Nothing that was thought of can be done: a new table always can.
        self.next += 1;
        let edit = Edit::AddTable(format!("places_{}s", self.next));
        self.edits.get_mut(branch).unwrap().push((self.next, edit));
        self.world(branch).write(&self.package);
        self.migrate("places")?;
        if sealed {
            self.seal()?;
        }
        self.commit("places")
    }

    fn request(&mut self, name: &str, by_hand: bool) -> Result<Outcome, String> {
        let allowed = Allowed { everything: true, offline_rename: true, ..Allowed::default() };
        let request = Request { name: Some(name.to_owned()), allowed, by_hand, ..Request::default() };
        let scan = scan::scan(self.package.path(), &self.profile)
            .map_err(|failure| failure.reports.iter().map(|it| it.message.clone()).collect::<Vec<_>>().join("\n"))?;
        migrations::migrate(self.package.path(), &self.profile, &scan, &request).map_err(|error| format!("{error:?}"))
    }

    fn migrate(&mut self, name: &str) -> Result<(), String> {
        match self.request(name, false)? {
            Outcome::Written(_) => Ok(()),
            _ => Err("there is nothing to write".to_owned()),
        }
    }

    fn by_hand(&mut self, name: &str, table: &str, column: &str) -> Result<(), String> {
        let Outcome::Written(written) = self.request(name, true)? else { return Err("nothing was written".to_owned()) };
        for file in written.files.iter().filter(|file| file.extension().is_some_and(|it| it == "sql")) {
            let text = fs::read_to_string(file).unwrap();
            fs::write(
                file,
                format!("{text}\nUPDATE {table} SET {column} = {column} WHERE {column} > {};\n", self.next),
            )
            .unwrap();
        }
        Ok(())
    }

    pub fn seal(&mut self) -> Result<(), String> {
        migrations::seal(self.package.path(), &self.profile).map_err(|error| format!("{error:?}"))?;
        let scan = scan::scan(self.package.path(), &self.profile).map_err(|_| "the models cannot be read")?;
        migrations::record_statements(self.package.path(), &self.profile, Some(&scan.schema))
            .map(drop)
            .map_err(|error| format!("{error:?}"))
    }

    /// Remembers what a database of the branch that is checked out has run.
    pub fn keep(&mut self, branch: &str) {
        let folder = self.kept.path().join(self.tips.len().to_string());
        copied(&self.package.path().join("migrations"), &folder);
        self.tips.push(Tip { branch: branch.to_owned(), folder });
    }

    /// One migration in place of all, on the branch that is checked out.
    pub fn squash(&mut self) -> Result<(), String> {
        let text = self.package.run(&["squash", "all"]);
        let until = text.split_once(" migrations to ").and_then(|(_, rest)| rest.lines().next());
        let Some(until) = until else { return Err(text) };
        self.squash = Some(self.kept.path().join("archive"));
        let archive = self.kept.path().join("archive");
        copied(&self.package.path().join(until), &archive);
        self.commit("all")
    }

    /// The branch that is checked out gets what another was told, after its own; `some` are those of a cherry-pick.
    pub fn learns(&mut self, branch: &str, others: &[(usize, Edit)]) {
        let own = self.edits.get_mut(branch).unwrap();
        let new: Vec<_> = others.iter().filter(|(id, _)| own.iter().all(|(known, _)| known != id)).cloned().collect();
        own.extend(new);
    }

    pub fn told_to(&self, branch: &str) -> Vec<(usize, Edit)> {
        self.edits[branch].clone()
    }

    pub fn forget_all_but(&mut self, branch: &str, edits: Vec<(usize, Edit)>) {
        self.edits.insert(branch.to_owned(), edits);
    }

    /// Leads out of what git left behind on a branch. `tip` is the branch whose migrations were brought in, by its kept files.
    pub fn settle(&mut self, branch: &str, tip: Option<usize>, go_on: &[&str]) -> Result<End, String> {
        self.world(branch).write(&self.package);
        let checked = self.package.run(&["check"]);
        if !checked.starts_with("exit code 0\n") {
            // Either the migrations are out of order, or the models have what no migration has.
            if !checked.contains("cargo schema rebase") {
                return Err(format!("check does not name the way out: {checked}"));
            }
            let text = match self.rebased()? {
                (text, true) => text,
                (text, false) => return Ok(End::Clash(text)),
            };
            if let Some(tip) = tip {
                self.says_how_far_back(&text, tip)?;
            }
            // Together the models may ask for more than each branch's: a new column has no value that the other branch added.
            if text.contains("\nThe models have more than both branches: cargo schema migrate NAME\n") {
                self.migrate("both")?;
                self.seal()?;
            }
            let again = self.package.run(&["check"]);
            if !again.starts_with("exit code 0\n") {
                return Err(format!("not in order after rebase: {again}\nbefore: {checked}\n{text}"));
            }
        }
        self.git(&["add", "-A"])?;
        // What git ended by itself has the textual merge of the models in its commit.
        self.git(go_on)?;
        Ok(End::Good)
    }

    /// What `rebase` says, and whether it leads out; otherwise it names a clash.
    fn rebased(&mut self) -> Result<(String, bool), String> {
        let before = self.package.read("schema.lock");
        let text = self.package.run(&["rebase"]);
        self.told.push(text.clone());
        if text.starts_with("exit code 0\n") {
            return Ok((text, true));
        }
        if self.package.read("schema.lock") != before {
            return Err(format!("the lock changed all the same: {text}"));
        }
        let named = ["do not commute: ", "both branches took sealed migrations away"];
        if named.iter().any(|words| text.contains(words)) {
            Ok((text, false))
        } else {
            Err(format!("rebase does not lead out: {text}"))
        }
    }

    /// Leads out of a stop of a replay. The models are already those of the end: what is between has no migration.
    pub fn stop(&mut self, branch: &str) -> Result<End, String> {
        self.world(branch).write(&self.package);
        match self.rebased()? {
            (_, true) => self.git(&["add", "-A"]).map(|_| End::Good),
            (text, false) => Ok(End::Clash(text)),
        }
    }

    /// The command says to which migration a database of the other branch goes back.
    fn says_how_far_back(&self, text: &str, tip: usize) -> Result<(), String> {
        let old = up_files(&self.tips[tip].folder);
        let new = up_files(&self.package.path().join("migrations"));
        let same = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
        let line = format!("revert --to {same}\n");
        if same < old.len() && !text.contains("squash") && !text.contains(&line) {
            return Err(format!("a database of {} goes back to {same}: {text}", self.tips[tip].branch));
        }
        Ok(())
    }
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// The text of each way up, in order.
pub fn up_files(folder: &Path) -> Vec<String> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let up = paths.iter().filter(|path| path.to_string_lossy().ends_with(".up.sql"));
    up.map(|path| fs::read_to_string(path).unwrap()).collect()
}
