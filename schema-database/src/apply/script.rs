//! A file that runs outside of a transaction, taken apart: what can be run again, and how to see that it ran.

use std::ops::Range;

use squawk_syntax::SourceFile;
use squawk_syntax::ast::{AlterTableAction, AstNode, CreateIndex, DetachPartitionOption, ReindexTarget, Stmt};

use super::effect::{self, Effect};
use super::refusal;

/// What is sent to the server at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its bytes in the file.
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
    /// What it creates and drops, where only a record shows whether it ran.
    pub(super) effect: Option<Effect>,
}

impl Unit {
    fn new(range: Range<usize>, kind: Kind) -> Self {
        Self { range, kind, effect: None }
    }
}

/// How a unit behaves when it is run a second time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `SET` and `RESET`: run again whenever the file is resumed.
    Session,
    /// From `BEGIN` on. The `COMMIT` is separate, so that what was done is recorded in the same transaction.
    Transaction {
        /// The bytes of the `COMMIT`.
        commit: Range<usize>,
    },
    /// `CREATE INDEX CONCURRENTLY`: the catalog shows whether it ran.
    CreateIndex(NewIndex),
    /// `DROP INDEX CONCURRENTLY`: the catalog shows whether it ran.
    DropIndex {
        /// The indexes as the file names them.
        names: Vec<String>,
    },
    /// `DETACH PARTITION … CONCURRENTLY`: the catalog shows whether it ran.
    Detach {
        /// The parent as the file names it.
        parent: String,
        /// The partition as the file names it.
        partition: String,
    },
    /// `REINDEX … CONCURRENTLY` of an index or a table: run again, when what it left half done is gone.
    Reindex {
        /// The index or the table as the file names it.
        name: String,
    },
    /// Rows that are written, and a block that does not commit: recorded in the transaction that it would be by itself, or a second time
    /// would write them again.
    Atomic,
    /// Does no harm a second time: a backfill in batches, a value that is added `IF NOT EXISTS`.
    Restartable,
    /// One statement, where only a record can show whether it ran.
    Once,
}

/// An index that a statement builds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewIndex {
    /// Its name as the file writes it.
    pub(super) name: String,
    /// The table as the file writes it.
    pub(super) table: String,
    /// The words `CONCURRENTLY` and, where there, `IF NOT EXISTS`, in bytes of the file.
    pub(super) online: Vec<Range<usize>>,
    /// The table's name, in bytes of the file.
    pub(super) table_range: Range<usize>,
}

/// The units of a file. One that cannot be read is one unit.
pub(super) fn units(sql: &str) -> Vec<Unit> {
    let parse = SourceFile::parse(sql);
    if !parse.errors().is_empty() {
        return vec![Unit::new(0..sql.len(), Kind::Once)];
    }
    let mut units = Vec::new();
    let mut begun: Option<usize> = None;
    for statement in parse.tree().stmts() {
        let range = bytes(&statement);
        match (&statement, begun) {
            (Stmt::Begin(_), None) => begun = Some(range.start),
            (Stmt::Commit(_), Some(start)) => {
                units.push(Unit::new(start..range.end, Kind::Transaction { commit: range }));
                begun = None;
            }
            (_, Some(_)) | (Stmt::EmptyStmt(_), None) => {}
            (_, None) => {
                let kind = kind(&statement);
                let effect = if kind == Kind::Once { effect::of(&statement) } else { None };
                units.push(Unit { range, kind, effect });
            }
        }
    }
    if let Some(start) = begun {
        units.push(Unit::new(start..sql.len(), Kind::Once));
    }
    units
}

fn bytes(node: &impl AstNode) -> Range<usize> {
    let range = node.syntax().text_range();
    usize::from(range.start())..usize::from(range.end())
}

fn text(node: &impl AstNode) -> String {
    node.syntax().text().to_string().trim().to_owned()
}

fn kind(statement: &Stmt) -> Kind {
    match statement {
        Stmt::Set(_) | Stmt::Reset(_) => Kind::Session,
        Stmt::CreateIndex(create) if create.concurrently_token().is_some() => {
            new_index(create).map_or(Kind::Once, Kind::CreateIndex)
        }
        Stmt::DropIndex(drop) if drop.concurrently_token().is_some() => {
            Kind::DropIndex { names: drop.index_refs().map(|index| text(&index)).collect() }
        }
        Stmt::AlterTable(alter) => {
            let mut actions = alter.actions();
            let (first, second) = (actions.next(), actions.next());
            match (first, second, alter.table_relation_name()) {
                (Some(AlterTableAction::DetachPartition(detach)), None, Some(parent))
                    if matches!(
                        detach.detach_partition_option(),
                        Some(DetachPartitionOption::DetachConcurrently(_))
                    ) =>
                {
                    match detach.table_name_ref() {
                        Some(partition) => Kind::Detach { parent: text(&parent), partition: text(&partition) },
                        None => Kind::Once,
                    }
                }
                (Some(AlterTableAction::ValidateConstraint(_)), None, _) => Kind::Restartable,
                _ => Kind::Once,
            }
        }
        Stmt::Reindex(reindex) => {
            let options = reindex.reindex_option_list();
            let listed = options.is_some_and(|list| text(&list).to_ascii_uppercase().contains("CONCURRENTLY"));
            let (online, name) = match reindex.reindex_target() {
                Some(ReindexTarget::ReindexTargetIndex(it)) => {
                    (it.concurrently_token().is_some(), it.index_ref().map(|name| text(&name)))
                }
                Some(ReindexTarget::ReindexTargetTable(it)) => {
                    (it.concurrently_token().is_some(), it.table_name_ref().map(|name| text(&name)))
                }
                _ => (false, None),
            };
            name.filter(|_| online || listed).map_or(Kind::Restartable, |name| Kind::Reindex { name })
        }
        Stmt::Do(block) if !refusal::may_commit(block) => Kind::Atomic,
        Stmt::Insert(_) | Stmt::Update(_) | Stmt::Delete(_) | Stmt::Merge(_) | Stmt::Copy(_) => Kind::Atomic,
        // A block that commits in batches says that it can be resumed.
        Stmt::Do(_) | Stmt::Vacuum(_) | Stmt::Analyze(_) => Kind::Restartable,
        Stmt::AlterType(alter) if alter.syntax().descendants().any(|node| is_if_not_exists(&node)) => Kind::Restartable,
        _ => Kind::Once,
    }
}

fn is_if_not_exists(node: &squawk_syntax::SyntaxNode) -> bool {
    squawk_syntax::ast::IfNotExists::can_cast(node.kind())
}

/// An index that has a name: without one only the server knows it.
pub(super) fn new_index(create: &CreateIndex) -> Option<NewIndex> {
    let (name, table) = (create.index()?, create.table_relation_name()?);
    let concurrently = create.concurrently_token().map(|token| token.text_range());
    let concurrently = concurrently.map(|range| usize::from(range.start())..usize::from(range.end()));
    let online = concurrently.into_iter().chain(create.if_not_exists().as_ref().map(bytes)).collect();
    Some(NewIndex { name: text(&name), table: text(&table), online, table_range: bytes(&table) })
}

impl NewIndex {
    /// The same index on another table, built in a transaction: what the server makes of it is what the index should be.
    pub(super) fn on(&self, sql: &str, unit: &Range<usize>, table: &str) -> String {
        let mut cuts: Vec<(Range<usize>, &str)> = self.online.iter().map(|range| (range.clone(), "")).collect();
        cuts.push((self.table_range.clone(), table));
        cuts.sort_by_key(|(range, _)| range.start);
        let mut out = String::new();
        let mut at = unit.start;
        for (range, replacement) in cuts {
            out.push_str(&sql[at..range.start]);
            out.push_str(replacement);
            at = range.end;
        }
        out.push_str(&sql[at..unit.end]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(sql: &str) -> Vec<Kind> {
        units(sql).into_iter().map(|unit| unit.kind).collect()
    }

    #[test]
    fn an_index_is_found_with_its_table() {
        let sql = "-- no-transaction\n-- Why.\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"Odd name\" ON shop.orders USING btree (user_id) WHERE (a IS NULL);\n";
        let units = units(sql);
        let [Unit { range, kind: Kind::CreateIndex(index), .. }] = units.as_slice() else { panic!("{units:?}") };
        assert_eq!((index.name.as_str(), index.table.as_str()), ("\"Odd name\"", "shop.orders"));
        assert_eq!(
            index.on(sql, range, "pg_temp.probe"),
            "CREATE UNIQUE INDEX   \"Odd name\" ON pg_temp.probe USING btree (user_id) WHERE (a IS NULL);"
        );
    }

    #[test]
    fn an_index_built_in_a_blocking_way_is_not_of_this_kind() {
        assert_eq!(kinds("CREATE INDEX a ON b (c);"), [Kind::Once]);
        // Only the server knows its name.
        assert_eq!(kinds("CREATE INDEX CONCURRENTLY ON b (c);"), [Kind::Once]);
    }

    #[test]
    fn transactions_of_a_file_are_one_unit_each() {
        let sql = "-- no-transaction\nSET lock_timeout = '2s';\nBEGIN;\nALTER TABLE a ADD b INT;\nCOMMIT;\n\nBEGIN;\nSELECT 1;\nCOMMIT;\nRESET lock_timeout;";
        let units = units(sql);
        assert!(matches!(units[0].kind, Kind::Session), "{units:?}");
        let Kind::Transaction { commit } = &units[1].kind else { panic!("{units:?}") };
        assert_eq!(&sql[units[1].range.clone()], "BEGIN;\nALTER TABLE a ADD b INT;\nCOMMIT;");
        assert_eq!(&sql[commit.clone()], "COMMIT;");
        assert_eq!(units.len(), 4);
    }

    #[test]
    fn what_can_be_run_again_is_distinguished_from_what_cannot() {
        assert_eq!(
            kinds("DROP INDEX CONCURRENTLY IF EXISTS a, s.b;"),
            [Kind::DropIndex { names: vec!["a".to_owned(), "s.b".to_owned()] }]
        );
        assert_eq!(kinds("DO $$ BEGIN COMMIT; END $$;"), [Kind::Restartable]);
        for sql in [
            "DO $$ BEGIN RAISE NOTICE 'COMMIT'; END $$;",
            "INSERT INTO a VALUES (1);",
            "WITH b AS (SELECT 1) DELETE FROM a;",
        ] {
            assert_eq!(kinds(sql), [Kind::Atomic], "{sql}");
        }
        assert_eq!(kinds("ALTER TYPE a ADD VALUE IF NOT EXISTS 'x';"), [Kind::Restartable]);
        assert_eq!(kinds("ALTER TYPE a ADD VALUE 'x';"), [Kind::Once]);
        assert_eq!(kinds("ALTER TABLE a VALIDATE CONSTRAINT b;"), [Kind::Restartable]);
        assert_eq!(
            kinds("ALTER TABLE s.a DETACH PARTITION b CONCURRENTLY;"),
            [Kind::Detach { parent: "s.a".to_owned(), partition: "b".to_owned() }]
        );
        for sql in ["REINDEX INDEX CONCURRENTLY s.a;", "REINDEX (VERBOSE, CONCURRENTLY) TABLE s.a;"] {
            assert_eq!(kinds(sql), [Kind::Reindex { name: "s.a".to_owned() }], "{sql}");
        }
        assert_eq!(kinds("REINDEX TABLE a; REINDEX (CONCURRENTLY) SCHEMA s;"), [Kind::Restartable, Kind::Restartable]);
        assert_eq!(kinds("this is no SQL"), [Kind::Once]);
        assert!(kinds("-- nothing\n").is_empty());
    }
}
