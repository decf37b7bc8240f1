//! Where modules lie, by the compiler's rules.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::files;

/// Where the files of a module's children are looked for.
///
/// The names and the rules are those of `rustc_expand::module`: a file that is not a `mod.rs` keeps its name as an offset,
/// which a `#[path]` on a child ignores and an inline module takes into its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    pub(super) offset: Option<String>,
}

/// The file of a `mod name;`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ModuleFile {
    One(PathBuf, Folder),
    /// Neither of these exists.
    Missing(Vec<PathBuf>),
    /// Both of these exist.
    Two(PathBuf, PathBuf),
}

impl Folder {
    /// The folder of a file that is read as a `mod.rs`: the crate root, a `#[path]`, an `include!`.
    pub(super) fn of(file: &Path) -> Self {
        Self { path: file.parent().unwrap_or(Path::new("")).to_owned(), offset: None }
    }

    /// The folder of an inline module.
    pub(super) fn inline(&self, name: &str, path: Option<&str>) -> Self {
        if let Some(path) = path {
            return Self { path: self.path.join(path), offset: None };
        }
        let mut folder = self.path.clone();
        folder.extend(&self.offset);
        folder.push(name);
        Self { path: folder, offset: None }
    }

    /// The file that a `#[path]` names.
    pub(super) fn at_path(&self, path: &str) -> ModuleFile {
        let file = self.path.join(path);
        if file.exists() {
            let folder = Self::of(&file);
            ModuleFile::One(file, folder)
        } else {
            ModuleFile::Missing(vec![file])
        }
    }

    /// The file of a module without `#[path]`.
    pub(super) fn module(&self, name: &str) -> ModuleFile {
        let mut folder = self.path.clone();
        folder.extend(&self.offset);
        let plain = folder.join(format!("{name}.rs"));
        let nested = folder.join(name).join("mod.rs");
        match (plain.exists(), nested.exists()) {
            (true, true) => ModuleFile::Two(plain, nested),
            (true, false) => ModuleFile::One(plain, Self { path: folder, offset: Some(name.to_owned()) }),
            (false, true) => {
                let folder = Self::of(&nested);
                ModuleFile::One(nested, folder)
            }
            (false, false) => ModuleFile::Missing(vec![plain, nested]),
        }
    }
}

/// Reads a file, or says in words why not.
pub(super) fn read(file: &Path) -> Result<Arc<str>, String> {
    files::read_text(file).map(Arc::from).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_follow_the_compiler() {
        // https://doc.rust-lang.org/reference/items/modules.html#the-path-attribute
        let no_mod_rs = Folder { path: "src/a".into(), offset: Some("b".to_owned()) };
        let mod_rs = Folder { path: "src/a".into(), offset: None };
        assert_eq!(no_mod_rs.at_path("foo.rs"), ModuleFile::Missing(vec!["src/a/foo.rs".into()]));
        assert_eq!(mod_rs.at_path("foo.rs"), ModuleFile::Missing(vec!["src/a/foo.rs".into()]));
        assert_eq!(
            no_mod_rs.inline("inline", None).at_path("other.rs"),
            ModuleFile::Missing(vec!["src/a/b/inline/other.rs".into()])
        );
        assert_eq!(
            mod_rs.inline("inline", None).at_path("other.rs"),
            ModuleFile::Missing(vec!["src/a/inline/other.rs".into()])
        );
        assert_eq!(
            no_mod_rs.inline("thread", Some("thread_files")).at_path("tls.rs"),
            ModuleFile::Missing(vec!["src/a/thread_files/tls.rs".into()])
        );
        assert_eq!(no_mod_rs.module("c"), ModuleFile::Missing(vec!["src/a/b/c.rs".into(), "src/a/b/c/mod.rs".into()]));
    }
}
