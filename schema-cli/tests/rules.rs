//! What `cargo schema check` prints for each rule's bad example: `tests/ui/<rule>/check.txt` of the workspace, next to what
//! the compiler prints. `UPDATE_UI=1` rewrites it.

mod common;

use std::path::{Path, PathBuf};

use common::Package;
use tablewright_core::rules::RULES;

fn folder(rule: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/ui").join(rule)
}

#[test]
fn each_bad_example_is_one_violation() {
    let mut wrong = Vec::new();
    for rule in RULES {
        // A target that no files are written for yet is refused as a whole.
        if tablewright_core::config::parse(rule.settings).is_err() {
            continue;
        }
        let folder = folder(rule.id);
        let program = ["bad.rs", "schema.rs"].iter().find_map(|name| std::fs::read_to_string(folder.join(name)).ok());
        let package = Package::of(&program.unwrap_or_else(|| panic!("{} has no program", folder.display())));
        if !rule.settings.is_empty() {
            package.write("schema.toml", rule.settings);
        }
        let printed = package.run(&["check"]);
        assert!(printed.ends_with("error: 1 violation in 1 file\n"), "{}: {printed}", rule.id);
        assert!(printed.contains(&format!("error[{}]", rule.id)), "{}: {printed}", rule.id);
        let file = folder.join("check.txt");
        if std::fs::read_to_string(&file).ok().as_deref() != Some(&printed) {
            if std::env::var_os("UPDATE_UI").is_some() {
                std::fs::write(&file, printed).unwrap();
            } else {
                wrong.push(format!("{}:\n{printed}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "these have changed; UPDATE_UI=1 rewrites them: {}", wrong.join("\n"));
}
