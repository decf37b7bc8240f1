//! `CREATE INDEX`, concurrently or not.

use std::collections::BTreeMap;

use super::column::collate;
use super::is_constraint;
use crate::dialect::Dialect;
use crate::expression::Fragment;
use crate::schema::{Index, KeyColumn, KeyTarget, Method, Nulls, Object, SortDirection, Table, Unique};
use crate::sql::ident::{quote, quote_list};
use crate::sql::statement::Statement;
use crate::sql::template::{Fill as _, Literal, Message, NameLiteral, template};

/// The index that stands for a unique key where it is not a constraint, or before it becomes one.
#[must_use]
pub fn unique_index(unique: &Unique) -> Index {
    Index {
        name: unique.name.clone(),
        method: Method::Btree,
        key: unique.columns.iter().map(|column| KeyColumn::column(column)).collect(),
        include: Vec::new(),
        predicate: unique.predicate.clone(),
        unique: true,
        nulls_not_distinct: unique.nulls_not_distinct,
        with: BTreeMap::new(),
        generated: false,
    }
}

/// Every index of a table that is made by a statement of its own: the unique keys that are not constraints first.
#[must_use]
pub fn indexes(table: &Table, dialect: &Dialect) -> Vec<Index> {
    let uniques = table.uniques.iter().filter(|unique| !is_constraint(unique, dialect)).map(unique_index);
    uniques.chain(table.indexes.iter().cloned()).collect()
}

/// The statements of the same.
#[must_use]
pub fn create_indexes(table: &Table, dialect: &Dialect) -> Vec<Statement> {
    indexes(table, dialect).iter().map(|index| create_index(&table.name, index)).collect()
}

/// `CREATE INDEX`, which keeps writers out while it is built.
#[must_use]
pub fn create_index(table: &str, index: &Index) -> Statement {
    create("", table, index)
}

/// `CREATE INDEX CONCURRENTLY`, which no transaction takes. One that fails stays behind where
/// [`Dialect::invalid_indexes`] says so.
#[must_use]
pub fn create_index_concurrently(table: &str, index: &Index) -> Statement {
    create(" CONCURRENTLY", table, index)
}

fn create(word: &str, table: &str, index: &Index) -> Statement {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let using = match index.method {
        Method::Btree => String::new(),
        method => format!("USING {} ", method.word()),
    };
    let key = index.key.iter().map(key_column).collect::<Vec<_>>().join(", ");
    let mut sql = format!("CREATE {unique}INDEX{word} {} ON {} {using}({key})", quote(&index.name), quote(table));
    if !index.include.is_empty() {
        sql.push_str(&format!(" INCLUDE ({})", quote_list(&index.include)));
    }
    if index.nulls_not_distinct {
        sql.push_str(" NULLS NOT DISTINCT");
    }
    if !index.with.is_empty() {
        let with: Vec<String> = index.with.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        sql.push_str(&format!(" WITH ({})", with.join(", ")));
    }
    if let Some(predicate) = &index.predicate {
        sql.push_str(&format!(" WHERE {predicate}"));
    }
    sql.push(';');
    let statement = Statement::from(sql).makes(Object::index(&index.name));
    let columns: Option<Vec<String>> = index.key.iter().map(|key| key.name().map(str::to_owned)).collect();
    match columns.filter(|_| index.unique && index.predicate.is_none()) {
        Some(columns) => statement.makes(Object::key(table, &columns)),
        None => statement,
    }
}

fn key_column(key: &KeyColumn) -> String {
    let mut sql = match &key.target {
        KeyTarget::Column(column) => quote(column),
        // A function call is written as it is, any other expression in parentheses.
        KeyTarget::Expression(expression) => match Fragment::parse(expression) {
            Ok(fragment) if fragment.is_call() => expression.clone(),
            _ => format!("({expression})"),
        },
    };
    if let Some(collation) = &key.collation {
        sql.push_str(&collate(collation));
    }
    if let Some(class) = &key.operator_class {
        sql.push_str(&format!(" {}", quote(class)));
    }
    if key.direction == SortDirection::Descending {
        sql.push_str(" DESC");
    }
    match key.nulls {
        Some(Nulls::First) => sql.push_str(" NULLS FIRST"),
        Some(Nulls::Last) => sql.push_str(" NULLS LAST"),
        None => {}
    }
    sql
}

/// `DROP INDEX`, which keeps everyone off the table.
#[must_use]
pub fn drop_index(name: &str) -> Statement {
    dropping("", name)
}

/// `DROP INDEX CONCURRENTLY`, which no transaction takes.
#[must_use]
pub fn drop_index_concurrently(name: &str) -> Statement {
    dropping(" CONCURRENTLY", name)
}

/// `DROP INDEX IF EXISTS`, where an index may be gone with its key.
#[must_use]
pub fn drop_index_if_exists(name: &str) -> Statement {
    dropping(" IF EXISTS", name)
}

fn dropping(words: &str, name: &str) -> Statement {
    Statement::from(format!("DROP INDEX{words} {};", quote(name))).drops(Object::index(name))
}

/// `ALTER INDEX … RENAME TO …`.
#[must_use]
pub fn rename_index(from: &str, to: &str) -> Statement {
    Statement::from(format!("ALTER INDEX {}\n    RENAME TO {};", quote(from), quote(to)))
        .renames(Object::index(from), Object::index(to))
}

template!(AssertIndexIsValid<'a> from "templates/assert_index_is_valid.sql" {
    index: NameLiteral<'a>,
    message: Message<'a>,
    hint: Literal<'a>,
});
template!(RaiseIfInvalid<'a> from "templates/raise_if_invalid.sql" {
    index: NameLiteral<'a>,
    message: Message<'a>,
    hint: Literal<'a>,
});

/// Raises an error with the cure where the index is missing, or was left invalid by a build that failed.
#[must_use]
pub fn assert_index_is_valid(index: &str) -> Statement {
    let (message, hint) = (invalid(index), cure(index));
    let text = AssertIndexIsValid { index: NameLiteral(index), message: Message(&message), hint: Literal(&hint) }.sql();
    Statement::from(text).changes(Object::index(index))
}

/// The same within a block, for an index that exists.
#[must_use]
pub fn raise_if_invalid(index: &str) -> Statement {
    let (message, hint) = (invalid(index), cure(index));
    RaiseIfInvalid { index: NameLiteral(index), message: Message(&message), hint: Literal(&hint) }.sql().into()
}

fn invalid(index: &str) -> String {
    format!("the index {index} is not valid: its build failed")
}

fn cure(index: &str) -> String {
    format!("DROP INDEX CONCURRENTLY {}; then create it again", quote(index))
}
