//! Migrations that two branches added, merged by git; a command that is killed.

mod common;

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::Package;
use common::branches::{NOTE, PHONE, commit, files, git, on_branch, repository, run};
use insta::assert_snapshot;

#[test]
fn two_branches_that_commute_are_put_into_one_order() {
    let package = repository();
    on_branch(&package, "feature", "src/users.rs", PHONE, "add_phone", true);
    let phone = package.read("migrations/002_add_phone.up.sql");
    on_branch(&package, "main", "src/orders.rs", NOTE, "add_note", true);
    assert!(!git(&package, &["merge", "-q", "feature"]), "the lock is in conflict on purpose");
    assert!(package.run(&["check"]).contains("cargo schema rebase"));
    assert_snapshot!(package.run(&["rebase"]), @r"
    exit code 0
    --- out
    002_add_phone is 003_add_phone now
    wrote migrations/003_add_phone.down.sql
    wrote migrations/003_add_phone.up.sql
    wrote schema.lock

    The branches commute: the migrations of the branch that is merged in come last.
    A database that ran one under its old number goes back with the old files, before it gets the new ones:
      git worktree add ../before MERGE_HEAD    and there: cargo schema revert --to 1
    Then: git add migrations schema.lock schema.statements
    ");
    assert_eq!(
        files(&package),
        [
            "001_create_shop.down.sql",
            "001_create_shop.up.sql",
            "002_add_note.down.sql",
            "002_add_note.up.sql",
            "003_add_phone.down.sql",
            "003_add_phone.up.sql"
        ]
    );
    // No byte of a sealed file changed.
    assert_eq!(package.read("migrations/003_add_phone.up.sql"), phone);
    assert_snapshot!(package.run(&["check", "--ci"]), @r"
    exit code 0
    --- out
    2 tables, no violations; the models match 003_add_phone
    ");
    commit(&package);
    assert_snapshot!(package.run(&["rebase"]), @r"
    exit code 0
    --- out
    nothing to do: no merge left both sides in schema.lock
    ");
}

#[test]
fn main_merged_into_a_branch_keeps_its_numbers() {
    let package = repository();
    on_branch(&package, "feature", "src/users.rs", PHONE, "more", true);
    on_branch(&package, "main", "src/orders.rs", NOTE, "more", true);
    let on_main = package.read("migrations/002_more.up.sql");
    git(&package, &["checkout", "-q", "feature"]);
    let on_feature = package.read("migrations/002_more.up.sql");
    // Both have the same name, so their files are in conflict too.
    assert!(!git(&package, &["merge", "-q", "main"]));
    assert!(package.read("migrations/002_more.up.sql").contains("<<<<<<<"));
    run(&package, &["rebase"]);
    assert_eq!(package.read("migrations/002_more.up.sql"), on_main);
    assert_eq!(package.read("migrations/003_more.up.sql"), on_feature);
    run(&package, &["check", "--ci"]);
}

#[test]
fn what_is_not_sealed_is_rewritten_after_the_other() {
    let package = repository();
    on_branch(&package, "feature", "src/users.rs", PHONE, "add_phone", false);
    on_branch(&package, "main", "src/orders.rs", NOTE, "add_note", true);
    git(&package, &["checkout", "-q", "feature"]);
    assert!(!git(&package, &["merge", "-q", "main"]));
    assert_snapshot!(package.run(&["rebase"]), @r"
    exit code 0
    --- out
    wrote schema.lock

    The migration of the branch that was checked out is not sealed: it is rewritten after the others.
    003_add_phone (expand) adds the column users.phone
    Then: git add migrations schema.lock schema.statements
    ");
    assert_snapshot!(package.run(&["status"]), @r"
    exit code 0
    --- out
    001_create_shop  expand    sealed
    002_add_note     expand    sealed
    003_add_phone    expand    not sealed

    The models match 003_add_phone.
    ");
    run(&package, &["check"]);
}

#[test]
fn two_branches_that_do_not_commute_name_the_field() {
    let package = repository();
    let wide = "    #[column(numeric(12, 2))]\n    pub total: Decimal,\n";
    let line = |text: &str| format!("    #[column(default = \"0\")]\n{text}");
    on_branch(&package, "feature", "src/orders.rs", &line(wide), "add_total", true);
    on_branch(&package, "main", "src/orders.rs", &line(&wide.replace("12, 2", "14, 2")), "add_total", true);
    git(&package, &["merge", "-q", "feature"]);
    let lock = package.read("schema.lock");
    assert_snapshot!(package.run(&["rebase"]), @r"
    exit code 1
    --- err
    error[lock]: orders.total: the branches do not commute: both branches add it
    --> schema.lock
     = help: decide in the models which of the two holds; take 002_add_total out of its branch, merge, and write it again: cargo schema migrate NAME

    error: 1 violation in 1 file
    ");
    assert_eq!(package.read("schema.lock"), lock, "nothing is lost");
}

#[test]
fn a_column_that_the_other_branch_dropped_is_named() {
    let package = repository();
    on_branch(&package, "feature", "src/orders.rs", "    pub extra: Option<i64>,\n", "add_extra", true);
    git(&package, &["checkout", "-q", "main"]);
    fs::remove_file(package.path().join("src/orders.rs")).unwrap();
    package.write("src/lib.rs", "pub mod users;\n");
    run(&package, &["migrate", "drop_orders", "--drop", "orders"]);
    run(&package, &["seal"]);
    commit(&package);
    git(&package, &["merge", "-q", "feature"]);
    assert_snapshot!(package.run(&["rebase"]), @r"
    exit code 1
    --- err
    error[lock]: orders: the branches do not commute: one branch takes it away, and the other changes it
    --> schema.lock
     = help: decide in the models which of the two holds; take 002_add_extra out of its branch, merge, and write it again: cargo schema migrate NAME

    error: 1 violation in 1 file
    ");
}

#[test]
fn what_was_done_by_hand_to_sealed_migrations_is_reported_and_nothing_is_lost() {
    let package = repository();
    let all = |package: &Package| {
        [package.run(&["check"]), package.run(&["seal"]), package.run(&["migrate", "next"])].join("")
    };
    let (up, down) = ("migrations/001_create_shop.up.sql", "migrations/001_create_shop.down.sql");
    let (text, lock) = (package.read(up), package.read("schema.lock"));
    for (change, word) in [
        ("edit", "this file is not what schema.lock records"),
        ("delete", "there is a way down and no way up"),
        ("delete both", "this file is missing"),
        ("add", "schema.lock does not know 002_mine.up.sql"),
        ("corrupt", "this is not what `cargo schema` writes"),
        ("empty", "this is not what `cargo schema` writes"),
        ("no lock", "there are migrations and no schema.lock"),
    ] {
        match change {
            "edit" => package.write(up, text.replace("TEXT", "TEXT  ")),
            "delete" => fs::remove_file(package.path().join(up)).unwrap(),
            "delete both" => [up, down].iter().for_each(|file| fs::remove_file(package.path().join(file)).unwrap()),
            "add" => ["up", "down"]
                .iter()
                .for_each(|way| package.write(&format!("migrations/002_mine.{way}.sql"), "SELECT 1;")),
            "corrupt" => package.write("schema.lock", lock.replace("\"migrations\": [", "\"migrations\": {")),
            "empty" => package.write("schema.lock", ""),
            _ => fs::remove_file(package.path().join("schema.lock")).unwrap(),
        }
        package.change("src/users.rs", "    pub created_at", &format!("{NOTE}    pub created_at"));
        let before = files(&package);
        let told = all(&package);
        assert_eq!(told.matches("exit code 1").count(), 3, "{change}: {told}");
        assert!(told.matches(word).count() >= 3, "{change}: {told}");
        assert_eq!(files(&package), before, "{change}");
        assert!(git(&package, &["checkout", "-q", "--", "."]) && git(&package, &["clean", "-qfd"]));
        run(&package, &["check", "--ci"]);
    }
}

#[test]
fn a_migration_by_hand_is_linted() {
    let package = repository();
    assert_snapshot!(package.run(&["lint"]), @r"
    exit code 0
    --- out
    1 file, no findings
    ");
    run(&package, &["migrate", "fast_search", "--empty"]);
    let file = "migrations/002_fast_search.up.sql";
    package
        .write(file, format!("{}\nCREATE INDEX idx_users_display_name ON users (display_name);\n", package.read(file)));
    assert_snapshot!(package.run(&["lint"]), @r"
    exit code 1
    --- err
    error[squawk]: require-concurrent-index-creation: During normal index creation, table updates are blocked, but reads are still allowed.
      --> migrations/002_fast_search.up.sql:10:1
       |
    10 | CREATE INDEX idx_users_display_name ON users (display_name);
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: Use `concurrently` to avoid blocking writes.
               https://squawkhq.com/docs/require-concurrent-index-creation

    error: 1 violation in 1 file
    ");
    assert_snapshot!(package.run(&["lint", file, "--format", "github"]), @r"
    exit code 1
    --- out
    ::error file=migrations/002_fast_search.up.sql,line=10,endLine=10,col=1,endColumn=61,title=squawk::require-concurrent-index-creation: During normal index creation, table updates are blocked, but reads are still allowed.%0Ahelp: Use `concurrently` to avoid blocking writes.%0Ahttps://squawkhq.com/docs/require-concurrent-index-creation
    ");
}

/// Killed at any time, the command leaves what was there, or what would be there.
#[test]
fn a_killed_command_leaves_the_old_state_or_the_new() {
    let package = repository();
    package.change("src/users.rs", "    pub created_at", &format!("{NOTE}    pub created_at"));
    let old = package.read("schema.lock");
    let started = std::time::Instant::now();
    run(&package, &["migrate", "add_note"]);
    let whole = started.elapsed();
    let new = package.read("schema.lock");
    let (mut before, mut after) = (0, 0);
    for step in 0..40 {
        assert!(git(&package, &["checkout", "-q", "--", "schema.lock"]) && git(&package, &["clean", "-qfd"]));
        let program = assert_cmd::cargo::cargo_bin("cargo-schema");
        let mut child = Command::new(program)
            .args(["migrate", "add_note"])
            .current_dir(package.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * step / 30 + Duration::from_micros(u64::from(step)));
        let _ = child.kill();
        child.wait().unwrap();
        // The next command finishes what was started.
        let status = package.run(&["status"]);
        assert!(status.starts_with("exit code 0"), "{status}");
        match package.read("schema.lock") {
            lock if lock == old => {
                before += 1;
                assert_eq!(files(&package).iter().filter(|name| !name.starts_with('.')).count(), 2);
            }
            lock if lock == new => {
                after += 1;
                assert_eq!(files(&package).len(), 4, "{:?}", files(&package));
            }
            lock => panic!("neither: {lock}"),
        }
    }
    assert_eq!(before + after, 40);
    assert!(before > 0, "no process was killed early enough");
}

/// Main took over the branch below under another number: what is above finds it again by its bytes, although git merges the lock
/// without a conflict.
#[test]
fn a_branch_on_a_branch_has_only_its_own_migrations_moved() {
    for way in ["merge", "rebase"] {
        let package = repository();
        on_branch(&package, "below", "src/users.rs", PHONE, "add_phone", true);
        assert!(git(&package, &["checkout", "-q", "-b", "above"]));
        package.change("src/orders.rs", "    pub created_at", "    pub total: Option<i64>,\n    pub created_at");
        run(&package, &["migrate", "add_total"]);
        run(&package, &["seal"]);
        commit(&package);
        on_branch(&package, "main", "src/users.rs", NOTE, "add_note", true);
        git(&package, &["merge", "-q", "below"]);
        package.write(
            "src/users.rs",
            package
                .read("src/users.rs")
                .lines()
                .filter(|line| !["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)))
                .map(|line| format!("{line}\n"))
                .collect::<String>(),
        );
        run(&package, &["rebase"]);
        commit(&package);
        assert!(git(&package, &["checkout", "-q", "above"]));
        assert!(!git(&package, &[way, "main"]) || way == "rebase", "the statements are in conflict");
        let marked = package.read("schema.lock").contains("<<<<<<<");
        assert!(!marked, "the lock is merged without one");
        assert!(package.run(&["check"]).contains("cargo schema rebase"));
        run(&package, &["rebase"]);
        let up: Vec<String> = files(&package).into_iter().filter(|name| name.ends_with(".up.sql")).collect();
        assert_eq!(
            up,
            ["001_create_shop.up.sql", "002_add_note.up.sql", "003_add_phone.up.sql", "004_add_total.up.sql"],
            "{way}"
        );
        run(&package, &["check", "--ci"]);
    }
}

/// A merge that is committed as git left it is led out of all the same.
#[test]
fn a_merge_that_was_committed_out_of_order_is_put_into_order() {
    for strategy in ["ours", "theirs"] {
        let package = repository();
        on_branch(&package, "feature", "src/users.rs", PHONE, "add_phone", true);
        on_branch(&package, "main", "src/orders.rs", NOTE, "add_note", true);
        assert!(git(&package, &["merge", "-q", "--no-edit", "-X", strategy, "feature"]));
        assert!(package.run(&["check"]).contains("cargo schema rebase"), "{strategy}");
        run(&package, &["rebase"]);
        run(&package, &["check", "--ci"]);
        assert_eq!(files(&package).len(), 6, "{strategy}");
    }
}

/// A database of a branch is told what it has, and goes back as it was told.
#[test]
fn a_database_that_ran_a_branch_goes_back_before_it_gets_the_merge() {
    let package = repository();
    on_branch(&package, "main", "src/orders.rs", NOTE, "add_note", true);
    assert!(git(&package, &["checkout", "-q", "-b", "feature", "HEAD~1"]));
    package.change("src/users.rs", "    pub created_at", &format!("{PHONE}    pub created_at"));
    run(&package, &["migrate", "add_phone"]);
    run(&package, &["seal"]);
    commit(&package);
    let database = tablewright_tempdb::database();
    run(&package, &["apply", database.url()]);
    git(&package, &["merge", "-q", "main"]);
    run(&package, &["rebase"]);
    let said = package.run(&["apply", database.url()]);
    assert!(said.contains("what is 003_add_phone now ran in this database as 002, before a merge"), "{said}");
    assert!(said.contains("cargo schema revert URL --to 1"), "{said}");
    let before = tempfile::tempdir().unwrap();
    let folder = before.path().join("before");
    assert!(git(&package, &["worktree", "add", "-q", folder.to_str().unwrap(), "HEAD"]));
    let back = ["-C", folder.to_str().unwrap(), "revert", database.url(), "--to", "1", "--accept-loss"];
    run(&package, &back);
    run(&package, &["apply", database.url()]);
    run(&package, &["drift", database.url()]);
}

/// The migration of a commit that was picked is one, wherever it is merged again.
#[test]
fn a_picked_commit_is_merged_once() {
    let package = repository();
    on_branch(&package, "feature", "src/users.rs", PHONE, "add_phone", true);
    package.change("src/orders.rs", "    pub created_at", "    pub total: Option<i64>,\n    pub created_at");
    run(&package, &["migrate", "add_total"]);
    run(&package, &["seal"]);
    commit(&package);
    git(&package, &["checkout", "-q", "main"]);
    git(&package, &["cherry-pick", "feature"]);
    run(&package, &["rebase"]);
    assert!(package.read("schema.lock").contains("002_add_total"));
    run(&package, &["check", "--ci"]);
    assert!(git(&package, &["add", "-A"]) && git(&package, &["-c", "core.editor=true", "cherry-pick", "--continue"]));
    git(&package, &["merge", "-q", "feature"]);
    run(&package, &["rebase"]);
    let up: Vec<String> = files(&package).into_iter().filter(|name| name.ends_with(".up.sql")).collect();
    assert_eq!(up, ["001_create_shop.up.sql", "002_add_total.up.sql", "003_add_phone.up.sql"]);
    run(&package, &["check", "--ci"]);
}

/// Main may have put the name of the branch's first file on another: what is not git's doing stays with the person.
#[test]
fn a_file_that_a_person_changed_is_not_led_out_of() {
    let package = repository();
    let file = "migrations/001_create_shop.up.sql";
    package.write(file, package.read(file) + "-- more\n");
    let said = package.run(&["rebase"]);
    assert!(said.starts_with("exit code 1\n") && said.contains("a sealed migration is never changed"), "{said}");
}
