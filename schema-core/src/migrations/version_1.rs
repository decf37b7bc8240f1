//! Locks as they were written before: they are read to what the models say today, and written back byte for byte.

use std::path::Path;

use super::Lock;
use super::migrate::lock_text;
use crate::schema::{Predicate, SoftDelete, Table};

/// Of the example shop. Its predicates are texts: `shipped_at IS NULL AND deleted_at IS NULL`.
const SHOP: &str = include_str!("testdata/shop_version_1.lock");

#[test]
fn an_old_lock_is_read_and_written_back_as_it_was() {
    let lock = Lock::parse(Path::new("schema.lock"), SHOP).unwrap();
    assert_eq!(lock_text(&lock).unwrap(), SHOP);
}

#[test]
fn live_rows_are_a_property_of_what_an_old_lock_holds() {
    let lock = Lock::parse(Path::new("schema.lock"), SHOP).unwrap();
    let predicates = |table: &Table| -> Vec<Predicate> {
        let indexes = table.indexes.iter().filter_map(|it| it.predicate.clone());
        indexes.chain(table.uniques.iter().filter_map(|it| it.predicate.clone())).collect()
    };
    let found: Vec<Predicate> = lock.schema.tables.values().flat_map(predicates).collect();
    let live = |own: Option<&str>| Predicate::new(own.map(str::to_owned), Some(SoftDelete::DeletedAt)).unwrap();
    assert_eq!(found.iter().filter(|it| **it == live(None)).count(), 3, "{found:?}");
    assert_eq!(found.iter().filter(|it| **it == live(Some("shipped_at IS NULL"))).count(), 1, "{found:?}");
    for (own, count) in
        [(Some("shipped_at IS NULL"), 1), (Some("is_active"), 1), (Some("revoked_at IS NULL"), 1), (None, 3)]
    {
        let beside = found.iter().filter(|it| it.beside(Some(SoftDelete::DeletedAt)) == own).count();
        assert_eq!(beside, count, "{own:?}");
    }
}
