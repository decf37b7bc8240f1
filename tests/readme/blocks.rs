//! The README's sections and code blocks.

/// A fenced block.
#[derive(Debug)]
pub struct Block {
    /// The file that it is, where the line above says so: `` `src/main.rs`: ``.
    pub file: Option<String>,
    /// The word after the fence.
    pub language: String,
    /// What is inside.
    pub text: String,
}

/// The blocks of a section.
pub fn section(title: &str) -> Vec<Block> {
    let readme = include_str!("../../README.md");
    let heading = format!("\n## {title}\n");
    let (_, rest) = readme.split_once(&heading).unwrap_or_else(|| panic!("the README has no section {title:?}"));
    let section = rest.split("\n## ").next().unwrap_or_default();
    let mut blocks = Vec::new();
    let mut above = "";
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let file = above.strip_prefix('`').and_then(|above| above.strip_suffix("`:"));
            blocks.push(Block {
                file: file.map(str::to_owned),
                language: language.to_owned(),
                text: format!("{}\n", inside.join("\n")),
            });
        }
        if !line.is_empty() {
            above = line;
        }
    }
    blocks
}
