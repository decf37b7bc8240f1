//! Every public item of the runtime is shown in an example that the compiler has seen.

use std::collections::BTreeSet;

use syn::{Attribute, Expr, ImplItem, Item, Lit, Meta, TraitItem, UseTree, Visibility};

use super::files;

/// The documentation of an item.
fn doc(attributes: &[Attribute]) -> String {
    let mut text = String::new();
    for attribute in attributes {
        if let Meta::NameValue(pair) = &attribute.meta
            && pair.path.is_ident("doc")
            && let Expr::Lit(literal) = &pair.value
            && let Lit::Str(line) = &literal.lit
        {
            text.push_str(line.value().strip_prefix(' ').unwrap_or(&line.value()));
            text.push('\n');
        }
    }
    text
}

fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) => list.path.is_ident("doc") && list.tokens.to_string() == "hidden",
        _ => false,
    })
}

/// The code of the examples in a documentation; one that the compiler does not see is an error.
fn examples(doc: &str) -> String {
    let mut code = String::new();
    let mut parts = doc.split("```");
    parts.next();
    while let (Some(example), _) = (parts.next(), parts.next()) {
        let (language, text) = example.split_once('\n').unwrap();
        assert!(["", "no_run", "compile_fail"].contains(&language), "an example is not compiled:\n```{example}```");
        code.push_str(text);
    }
    code
}

fn names(tree: &UseTree, found: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => names(&path.tree, found),
        UseTree::Name(name) => {
            found.insert(name.ident.to_string());
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| names(tree, found)),
        UseTree::Rename(_) | UseTree::Glob(_) => panic!("an export has its own name"),
    }
}

/// What an item is called, its documentation, and the functions that it offers.
struct Offered {
    name: String,
    doc: String,
    functions: Vec<(String, String)>,
}

fn offered(item: &Item) -> Option<Offered> {
    let public = |vis: &Visibility| matches!(vis, Visibility::Public(_));
    let (name, attributes) = match item {
        Item::Struct(item) if public(&item.vis) => (&item.ident, &item.attrs),
        Item::Enum(item) if public(&item.vis) => (&item.ident, &item.attrs),
        Item::Trait(item) if public(&item.vis) => (&item.ident, &item.attrs),
        Item::Fn(item) if public(&item.vis) => (&item.sig.ident, &item.attrs),
        Item::Const(item) if public(&item.vis) => (&item.ident, &item.attrs),
        Item::Impl(item) if item.trait_.is_none() => {
            let syn::Type::Path(path) = &*item.self_ty else { return None };
            let functions = item.items.iter().filter_map(|item| match item {
                ImplItem::Fn(function) if public(&function.vis) && !is_hidden(&function.attrs) => {
                    Some((function.sig.ident.to_string(), doc(&function.attrs)))
                }
                _ => None,
            });
            let name = path.path.segments.last()?.ident.to_string();
            return Some(Offered { name, doc: String::new(), functions: functions.collect() });
        }
        _ => return None,
    };
    let functions = match item {
        Item::Trait(item) => {
            let functions = item.items.iter().filter_map(|item| match item {
                TraitItem::Fn(function) if !is_hidden(&function.attrs) => {
                    Some((function.sig.ident.to_string(), doc(&function.attrs)))
                }
                // Its example is counted, the constant itself need not have one.
                TraitItem::Const(constant) => Some((String::new(), doc(&constant.attrs))),
                _ => None,
            });
            functions.collect()
        }
        _ => Vec::new(),
    };
    Some(Offered { name: name.to_string(), doc: doc(attributes), functions })
}

#[test]
fn every_public_item_has_a_compiled_example() {
    let files = files(&["src"], ".rs");
    let mut public = BTreeSet::new();
    for item in syn::parse_file(&files["src/lib.rs"]).unwrap().items {
        if let Item::Use(item) = item
            && matches!(item.vis, Visibility::Public(_))
        {
            names(&item.tree, &mut public);
        }
    }
    assert!(public.remove("sqlx") && public.len() > 30, "{public:?}");

    let mut code = String::new();
    let (mut shown, mut functions) = (BTreeSet::new(), BTreeSet::new());
    for text in files.values() {
        let file = syn::parse_file(text).unwrap();
        code.push_str(&examples(&doc(&file.attrs)));
        for item in file.items.iter().filter_map(offered).filter(|item| public.contains(&item.name)) {
            let of_item = examples(&item.doc);
            if !of_item.is_empty() {
                shown.insert(item.name.clone());
            }
            code.push_str(&of_item);
            for (function, doc) in item.functions {
                code.push_str(&examples(&doc));
                functions.insert(function);
            }
        }
    }
    let without: Vec<_> = public.difference(&shown).collect();
    assert!(without.is_empty(), "without an example: {without:?}");
    functions.remove("");
    assert!(functions.len() > 35, "{functions:?}");
    let called = |name: &String| [format!(".{name}("), format!("::{name}(")].iter().any(|call| code.contains(call));
    let never: Vec<_> = functions.iter().filter(|name| !called(name)).collect();
    assert!(never.is_empty(), "no example calls {never:?}");
}
