//! What the derives say about models that are wrong, exactly, and that those which are right compile.

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*/bad*.rs");
    cases.pass("tests/ui/*/good*.rs");
}
