//! The whole expansion of one model: read it when it changes, it is what every user compiles.

use tablewright_core::config::Profile;
use tablewright_core::{emit, parse, rules};

#[test]
fn order() {
    let source = include_str!("expansion/order.rs");
    let profile = Profile::default();
    let mut emitted = String::new();
    for item in syn::parse_file(source).unwrap().items {
        let tokens = match item {
            syn::Item::Struct(item) => {
                let parsed = parse::table(&item.into(), &profile);
                assert!(parsed.errors.is_empty());
                let model = parsed.model.unwrap();
                assert!(rules::table(&model.table, &profile).is_empty());
                emit::table(&model, &profile, false)
            }
            syn::Item::Enum(item) => {
                let parsed = parse::enumeration(&item.into());
                assert!(parsed.errors.is_empty());
                emit::enumeration(&parsed.model.unwrap(), false)
            }
            _ => continue,
        };
        emitted.push_str(&prettyplease::unparse(&syn::parse2(tokens).unwrap()));
    }
    insta::assert_snapshot!(emitted);
}
