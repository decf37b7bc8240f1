//! Partitioned tables and their partitions.

use super::alter;
use crate::schema::{Object, Partition, Partitioning, Table};
use crate::sql::ident::quote;
use crate::sql::statement::Statement;
use crate::sql::template::{Fill as _, NameLiteral, template};

/// `PARTITION BY … (…)`, as it is after the columns.
#[must_use]
pub fn partition_by(partitioning: &Partitioning) -> String {
    let strategy = partitioning.strategy;
    // An expression is in parentheses already.
    let part = |part: &String| if part.starts_with('(') { part.clone() } else { quote(part) };
    let key: Vec<String> = partitioning.key.iter().map(part).collect();
    format!("PARTITION BY {strategy} ({})", key.join(", "))
}

/// The partitions of a table, as statements.
#[must_use]
pub fn create_partitions(table: &Table) -> Vec<Statement> {
    let partitions = table.partitioning.iter().flat_map(|partitioning| &partitioning.partitions);
    partitions.map(|partition| create_partition(&table.name, partition)).collect()
}

/// `CREATE TABLE … PARTITION OF …`: locks the parent against everyone for an instant.
#[must_use]
pub fn create_partition(table: &str, partition: &Partition) -> Statement {
    let (name, bound) = (quote(&partition.name), bound(partition));
    Statement::from(format!("CREATE TABLE {name} PARTITION OF {}\n    {bound};", quote(table)))
        .makes(Object::Partition(partition.name.clone()))
}

/// `CREATE TABLE … (LIKE …)`: a table that can be attached as a partition without a lock that readers or writers of the
/// parent wait for.
#[must_use]
pub fn create_partition_detached(table: &str, partition: &Partition) -> Statement {
    // A table that is made as a partition has neither of the two.
    let like = "INCLUDING ALL EXCLUDING COMMENTS EXCLUDING STATISTICS";
    Statement::from(format!("CREATE TABLE {} (\n    LIKE {} {like}\n);", quote(&partition.name), quote(table)))
        .makes(Object::Partition(partition.name.clone()))
}

/// `ATTACH PARTITION`: reads the rows of the table that is attached.
#[must_use]
pub fn attach_partition(table: &str, partition: &Partition) -> Statement {
    alter(table, &format!("ATTACH PARTITION {} {}", quote(&partition.name), bound(partition)))
        .changes(Object::Partition(partition.name.clone()))
}

/// `DETACH PARTITION`: keeps everyone off the parent.
#[must_use]
pub fn detach_partition(table: &str, partition: &str) -> Statement {
    alter(table, &format!("DETACH PARTITION {}", quote(partition))).changes(Object::Partition(partition.to_owned()))
}

/// `DETACH PARTITION … CONCURRENTLY`, which no transaction takes, and no table that has a default partition.
#[must_use]
pub fn detach_partition_concurrently(table: &str, partition: &str) -> Statement {
    alter(table, &format!("DETACH PARTITION {} CONCURRENTLY", quote(partition)))
        .changes(Object::Partition(partition.to_owned()))
}

template!(DropDetachedCheck<'a> from "templates/drop_detached_check.sql" { partition: NameLiteral<'a> });

/// Drops the check that `DETACH … CONCURRENTLY` leaves on a table, when that is a partition again: it says what the bound
/// says, under a name that the server chose.
#[must_use]
pub fn drop_detached_check(partition: &str) -> Statement {
    DropDetachedCheck { partition: NameLiteral(partition) }.sql().into()
}

/// `DROP TABLE` of a partition that is detached.
#[must_use]
pub fn drop_partition(partition: &str) -> Statement {
    Statement::from(format!("DROP TABLE {};", quote(partition))).drops(Object::Partition(partition.to_owned()))
}

/// `DEFAULT` stands alone, any other bound after FOR VALUES.
fn bound(partition: &Partition) -> String {
    let bound = partition.bound.trim();
    if bound.eq_ignore_ascii_case("default") { "DEFAULT".to_owned() } else { format!("FOR VALUES {bound}") }
}
