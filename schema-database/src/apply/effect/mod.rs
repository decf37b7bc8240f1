//! What a statement creates and drops, if its text shows all of it: from that one can see whether it has run.

use std::ops::Range;

use squawk_syntax::SyntaxNode;
use squawk_syntax::ast::{
    AlterTable, AlterTableAction, AlterType, AlterTypeAction, AstNode, Constraint, CreateIndex, CreateTable,
    CreateType, CreateTypeKind, NamedSchema, Persistence, Schema, Stmt,
};

use super::script::{NewIndex, new_index};

/// Everything that a statement changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Effect {
    pub(super) changes: Vec<Change>,
    pub(super) same: Same,
}

/// One thing that a statement changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) deed: Deed,
    pub(super) thing: Thing,
}

/// What happens to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// It is there afterwards, and was not.
    Makes,
    /// It was there, and is not afterwards.
    Takes,
}

/// A name as the server reads it, with its schema where the file says one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) schema: Option<String>,
    pub(super) name: String,
}

/// What a statement creates or drops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    /// A table, a view, a sequence.
    Relation(Name),
    Index(Name),
    Type(Name),
    Schema(String),
    Column(Name, String),
    Constraint(Name, String),
    Trigger(Name, String),
    Policy(Name, String),
    /// A value of an enumeration.
    Value(Name, String),
}

/// How an existing thing is distinguished from another one of the same name. Ranges are bytes of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Same {
    /// It consists only of its name.
    ByName,
    /// The statement is run with another name in this place, and its result is compared.
    Made(Range<usize>),
    /// The statement is run on a copy of the table, whose name is put in this place.
    OnCopy(Range<usize>),
    /// The index is built on an empty copy of its table.
    Index(NewIndex),
}

impl Change {
    fn makes(thing: Thing) -> Self {
        Self { deed: Deed::Makes, thing }
    }

    fn takes(thing: Thing) -> Self {
        Self { deed: Deed::Takes, thing }
    }

    /// What the server answers if the change has already been made.
    pub(super) fn refusals(&self) -> &'static [&'static str] {
        match (self.deed, &self.thing) {
            (Deed::Makes, Thing::Relation(_) | Thing::Index(_)) => &["42P07"],
            (Deed::Makes, Thing::Schema(_)) => &["42P06"],
            (Deed::Makes, Thing::Column(..)) => &["42701"],
            // The index of a key has the key's name, and a table has one primary key.
            (Deed::Makes, Thing::Constraint(..)) => &["42710", "42P07", "42P16"],
            (Deed::Makes, _) => &["42710"],
            (Deed::Takes, Thing::Relation(_)) => &["42P01"],
            (Deed::Takes, Thing::Schema(_)) => &["3F000"],
            (Deed::Takes, Thing::Column(..)) => &["42703"],
            (Deed::Takes, _) => &["42704"],
        }
    }
}

/// What a statement changes. `None` if its text does not show it, or if it also does what leaves no such trace.
pub(super) fn of(statement: &Stmt) -> Option<Effect> {
    let taken = |things: Vec<Option<Thing>>| {
        let changes = things.into_iter().map(|thing| thing.map(Change::takes)).collect::<Option<Vec<_>>>()?;
        Some(Effect { changes, same: Same::ByName })
    };
    let relation = |node: &SyntaxNode| Some(Thing::Relation(name(node)?));
    let effect = match statement {
        Stmt::CreateTable(create) => create_table(create)?,
        Stmt::CreateView(create) if create.persistence().is_none() => made(create.view()?.syntax(), Thing::Relation)?,
        Stmt::CreateSequence(create) if create.persistence().is_none() => {
            made(create.sequence()?.syntax(), Thing::Relation)?
        }
        Stmt::CreateType(create) => create_type(create)?,
        Stmt::CreateIndex(create) => create_index(create)?,
        Stmt::CreateSchema(create) if create.schema_elements().next().is_none() => {
            let named = create.syntax().children().find_map(NamedSchema::cast)?;
            let schema = named.syntax().children().find_map(Schema::cast)?;
            let changes = vec![Change::makes(Thing::Schema(ident(schema.syntax())?))];
            Effect { changes, same: Same::ByName }
        }
        Stmt::DropTable(drop) => taken(drop.table_name_refs().map(|it| relation(it.syntax())).collect())?,
        Stmt::DropView(drop) => taken(drop.view_refs().map(|it| relation(it.syntax())).collect())?,
        Stmt::DropMaterializedView(drop) => taken(drop.view_refs().map(|it| relation(it.syntax())).collect())?,
        Stmt::DropSequence(drop) => taken(drop.sequence_refs().map(|it| relation(it.syntax())).collect())?,
        Stmt::DropIndex(drop) => taken(drop.index_refs().map(|it| Some(Thing::Index(name(it.syntax())?))).collect())?,
        Stmt::DropType(drop) => taken(drop.type_name_refs().map(|it| Some(Thing::Type(name(it.syntax())?))).collect())?,
        Stmt::DropDomain(drop) => taken(drop.domain_refs().map(|it| Some(Thing::Type(name(it.syntax())?))).collect())?,
        Stmt::DropSchema(drop) => {
            taken(drop.schema_refs().map(|it| Some(Thing::Schema(ident(it.syntax())?))).collect())?
        }
        Stmt::DropTrigger(drop) => {
            let table = name(drop.on_relation()?.relation_name_ref()?.syntax())?;
            taken(vec![Some(Thing::Trigger(table, ident(drop.trigger_ref()?.syntax())?))])?
        }
        Stmt::DropPolicy(drop) => {
            let table = name(drop.on_table()?.table_name_ref()?.syntax())?;
            taken(vec![Some(Thing::Policy(table, ident(drop.policy_ref()?.syntax())?))])?
        }
        Stmt::AlterTable(alter) => alter_table(alter)?,
        Stmt::AlterType(alter) => alter_type(alter)?,
        _ => return None,
    };
    (!effect.changes.is_empty()).then_some(effect)
}

fn made(node: &SyntaxNode, thing: impl Fn(Name) -> Thing) -> Option<Effect> {
    let changes = vec![Change::makes(thing(name(node)?))];
    Some(Effect { changes, same: Same::Made(range(node)) })
}

fn create_table(create: &CreateTable) -> Option<Effect> {
    // What is temporary ended with the session; a partition and a child are also known to their parents.
    let plain = matches!(create.persistence(), None | Some(Persistence::Unlogged(_)))
        && create.partition_of().is_none()
        && create.inherits().is_none()
        && create.of_type().is_none();
    if !plain {
        return None;
    }
    made(create.table_name()?.syntax(), Thing::Relation)
}

fn create_type(create: &CreateType) -> Option<Effect> {
    match create.kind()? {
        CreateTypeKind::EnumType(_) => made(create.type_name()?.syntax(), Thing::Type),
        _ => None,
    }
}

fn create_index(create: &CreateIndex) -> Option<Effect> {
    let new = new_index(create)?;
    let table = name(create.table_relation_name()?.table_name_ref()?.syntax())?;
    // An index is in the schema of its table.
    let index = Name { schema: table.schema, name: name(create.index()?.syntax())?.name };
    Some(Effect { changes: vec![Change::makes(Thing::Index(index))], same: Same::Index(new) })
}

fn alter_table(alter: &AlterTable) -> Option<Effect> {
    let written = alter.table_relation_name()?.table_name_ref()?;
    let table = name(written.syntax())?;
    let mut changes = Vec::new();
    let mut same = Same::ByName;
    for action in alter.actions() {
        match action {
            AlterTableAction::AddColumn(add) => {
                same = Same::OnCopy(range(written.syntax()));
                changes.push(Change::makes(Thing::Column(table.clone(), ident(add.column_name()?.syntax())?)));
            }
            AlterTableAction::AddConstraint(add) => {
                same = Same::OnCopy(range(written.syntax()));
                changes.push(Change::makes(Thing::Constraint(table.clone(), constraint(&add.constraint()?)?)));
            }
            AlterTableAction::DropColumn(drop) => {
                changes.push(Change::takes(Thing::Column(table.clone(), ident(drop.column_name_ref()?.syntax())?)));
            }
            AlterTableAction::DropConstraint(drop) => {
                let constraint = name(drop.constraint_name_ref()?.syntax())?.name;
                changes.push(Change::takes(Thing::Constraint(table.clone(), constraint)));
            }
            AlterTableAction::RenameColumn(rename) => {
                let (old, new) = (ident(rename.column_name_ref()?.syntax())?, ident(rename.column_name()?.syntax())?);
                changes.push(Change::takes(Thing::Column(table.clone(), old)));
                changes.push(Change::makes(Thing::Column(table.clone(), new)));
            }
            AlterTableAction::TableRenameTo(rename) => {
                let new = Name { schema: table.schema.clone(), ..name(rename.table_name()?.syntax())? };
                changes.push(Change::takes(Thing::Relation(table.clone())));
                changes.push(Change::makes(Thing::Relation(new)));
            }
            _ => return None,
        }
    }
    Some(Effect { changes, same })
}

/// The name of a constraint that has one. One that is made from an index takes its shape from there.
fn constraint(constraint: &Constraint) -> Option<String> {
    let clause = match constraint {
        Constraint::CheckConstraint(it) => it.constraint_name_clause(),
        Constraint::ForeignKeyConstraint(it) => it.constraint_name_clause(),
        Constraint::ExcludeConstraint(it) => it.constraint_name_clause(),
        Constraint::PrimaryKeyConstraint(it) if it.using_index().is_none() => it.constraint_name_clause(),
        Constraint::UniqueConstraint(it) if it.using_index().is_none() => it.constraint_name_clause(),
        _ => None,
    };
    ident(clause?.constraint_name()?.syntax())
}

fn alter_type(alter: &AlterType) -> Option<Effect> {
    let AlterTypeAction::AddValue(add) = alter.action()? else { return None };
    let literal = add.literal()?.syntax().text().to_string();
    let label = literal.trim().strip_prefix('\'')?.strip_suffix('\'')?.replace("''", "'");
    let value = Thing::Value(name(alter.type_name_ref()?.syntax())?, label);
    Some(Effect { changes: vec![Change::makes(value)], same: Same::ByName })
}

fn range(node: &SyntaxNode) -> Range<usize> {
    let range = node.text_range();
    usize::from(range.start())..usize::from(range.end())
}

/// The words of a name, without what surrounds them.
fn words(node: &SyntaxNode) -> Option<Vec<String>> {
    #[allow(
        clippy::redundant_closure_for_method_calls,
        reason = "the type is that of a crate that is none of ours to name"
    )]
    let tokens = node.descendants_with_tokens().filter_map(|it| it.into_token());
    let words = tokens.filter(|token| {
        let text = token.text();
        !text.trim().is_empty() && text != "." && !text.starts_with("--") && !text.starts_with("/*")
    });
    words.map(|token| unquoted(token.text())).collect()
}

fn name(node: &SyntaxNode) -> Option<Name> {
    let mut words = words(node)?.into_iter();
    let (first, second, more) = (words.next()?, words.next(), words.next());
    match (second, more) {
        (None, None) => Some(Name { schema: None, name: first }),
        (Some(name), None) => Some(Name { schema: Some(first), name }),
        _ => None,
    }
}

fn ident(node: &SyntaxNode) -> Option<String> {
    name(node).filter(|name| name.schema.is_none()).map(|name| name.name)
}

/// An identifier as the server reads it: folded, or as it is in quotes; cut to the longest allowed name.
fn unquoted(text: &str) -> Option<String> {
    let name = match text.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"')?.replace("\"\"", "\""),
        // `U&"…"` has escapes of its own.
        None if text.contains(['"', '\'']) => return None,
        None => text.to_ascii_lowercase(),
    };
    Some(name[..name.floor_char_boundary(63)].to_owned())
}

/// The bytes of a node within a statement, as the file has them.
pub(super) fn replaced(sql: &str, unit: &Range<usize>, at: &Range<usize>, with: &str) -> String {
    format!("{}{with}{}", &sql[unit.start..at.start], &sql[at.end..unit.end])
}

#[cfg(test)]
mod tests;
