//! What squawk says of a file, by its default rules.

use squawk_linter::Linter;
use squawk_syntax::SourceFile;

/// The findings of a file, each as `rule: message`, but for the exceptions.
pub fn findings(text: &str, exceptions: &[(&str, &str)]) -> Vec<String> {
    let parse = SourceFile::parse(text);
    let mut linter = Linter::with_default_rules();
    linter.settings.assume_in_transaction = !text.starts_with("-- no-transaction");
    let mut findings: Vec<String> = parse.errors().iter().map(|error| format!("syntax: {}", error.message())).collect();
    for violation in linter.lint(&parse, text) {
        let rule = violation.code.to_string();
        if exceptions.iter().all(|(excepted, _)| *excepted != rule) {
            findings.push(format!("{rule}: {}", violation.message));
        }
    }
    findings
}
