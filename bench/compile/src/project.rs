//! What a project has besides its models: migrations, `schema.lock`, and a build script that compares them.

use std::path::Path;

use tablewright_core::config::Profile;
use tablewright_core::migrations::{self, Outcome, Request};
use tablewright_core::parse::scan;

/// The name under which the build script's usage is recorded.
pub const SCRIPT: &str = "build_script_run";

pub const BUILD_DEPENDENCIES: &str = r#"
[build-dependencies]
tablewright-build = { path = "PRODUCT/schema-build" }
"#;

/// The build script of the documentation, which then notes its own CPU time: the kernel has it to the nanosecond. Its
/// memory is not noted; it is less than the compiler's.
const BUILD_SCRIPT: &str = r#"fn main() {
    tablewright_build::check();
    let Some(out) = std::env::var_os("BENCH_COMPILE_OUT") else { return };
    let used = std::fs::read_to_string("/proc/self/schedstat").unwrap();
    let nanoseconds: f64 = used.split(' ').next().unwrap().parse().unwrap();
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(out).unwrap();
    std::io::Write::write_all(&mut file, format!("NAME {} 0\n", nanoseconds / 1e9).as_bytes()).unwrap();
}
"#;

/// Writes the build script, and a sealed migration of all models where they are not those of the last one.
pub fn write(folder: &Path) {
    super::put(&folder.join("build.rs"), &BUILD_SCRIPT.replace("NAME", SCRIPT));
    let profile = Profile::default();
    let scan = scan::scan(folder, &profile).unwrap_or_else(|failure| panic!("{:?}", failure.reports));
    let lock = migrations::verify(folder, &profile).ok().flatten();
    if lock.is_some_and(|lock| tablewright_core::diff::differences(&lock.schema, &scan.schema).is_empty()) {
        return;
    }
    let _ = std::fs::remove_dir_all(folder.join("migrations"));
    let _ = std::fs::remove_file(folder.join("schema.lock"));
    let request = Request { name: Some("create_items".to_owned()), ..Request::default() };
    let outcome = migrations::migrate(folder, &profile, &scan, &request);
    assert!(matches!(outcome, Ok(Outcome::Written(_))), "the models are written as a migration");
    assert!(migrations::seal(folder, &profile).is_ok(), "the migration is sealed");
}
