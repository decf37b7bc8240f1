//! A package in a repository, and branches of it.
#![allow(dead_code)]

use std::fs;
use std::process::Command;

use super::{Package, STANDARD};

pub fn model(name: &str, fields: &str) -> String {
    format!("#[derive(Table)]\npub struct {name} {{\n    pub id: Uuid,\n{fields}{STANDARD}}}\n")
}

/// A package in a repository, its first migration sealed and committed on `main`. Each model is a separate file, so that
/// only the lock is in conflict.
pub fn repository() -> Package {
    let package = Package::of("pub mod orders;\npub mod users;\n");
    package.write("src/orders.rs", model("Order", "    pub amount: i64,\n"));
    package.write("src/users.rs", model("User", "    pub display_name: String,\n"));
    git(&package, &["init", "-q", "-b", "main"]);
    git(&package, &["config", "user.email", "dev@example.com"]);
    git(&package, &["config", "user.name", "Dev"]);
    run(&package, &["migrate", "create_shop"]);
    run(&package, &["seal"]);
    commit(&package);
    package
}

pub fn git(package: &Package, arguments: &[&str]) -> bool {
    let output = Command::new("git").args(arguments).current_dir(package.path()).output().unwrap();
    output.status.success()
}

pub fn commit(package: &Package) {
    assert!(git(package, &["add", "-A"]) && git(package, &["commit", "-q", "-m", "x"]));
}

pub fn run(package: &Package, arguments: &[&str]) {
    package.command("").args(arguments).assert().success();
}

/// Adds a column on a branch, writes its migration, seals it on request, commits.
pub fn on_branch(package: &Package, branch: &str, file: &str, line: &str, name: &str, seal: bool) {
    git(package, &["checkout", "-q", "main"]);
    if branch != "main" {
        assert!(git(package, &["checkout", "-q", "-b", branch]));
    }
    package.change(file, "    pub created_at", &format!("{line}    pub created_at"));
    run(package, &["migrate", name]);
    if seal {
        run(package, &["seal"]);
    }
    commit(package);
}

pub fn files(package: &Package) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(package.path().join("migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

pub const NOTE: &str = "    pub note: Option<String>,\n";
pub const PHONE: &str = "    /// Where to call.\n    #[column(pii)]\n    pub phone: Option<String>,\n";
