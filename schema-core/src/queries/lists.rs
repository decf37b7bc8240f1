//! The lists that the helpers give of each foreign key: which index serves one.

use super::Resolved;
use crate::schema::{Index, KeyColumn, Method, OrderColumn, Parameter, Query, QueryShape, SortDirection, Table, Value};

/// A list that an index serves page by page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The columns that are compared for equality.
    pub equal: Vec<String>,
    /// The order, which ends with the primary key.
    pub order: Vec<String>,
    /// The direction, the same for every order column.
    pub direction: SortDirection,
    /// The index that serves it.
    pub index: String,
}

impl List {
    /// The same as a declared query.
    #[must_use]
    pub fn query(&self) -> Query {
        let equal = |column: &String| Parameter { column: column.clone(), value: Value::Equal };
        let ordered = |column: &String| OrderColumn { column: column.clone(), direction: self.direction, nulls: None };
        Query {
            name: format!("list_by_{}", self.equal.join("_")),
            parameters: self.equal.iter().map(equal).collect(),
            order: self.order.iter().map(ordered).collect(),
            shape: QueryShape::Page,
            ..Query::default()
        }
    }
}

/// The statements of a list: the equal columns come first, then the cursor's values, then the limit.
#[must_use]
pub fn list(table: &Table, list: &List) -> super::Pages {
    super::pages(&Resolved::new(table, &list.query()))
}

/// The list of a foreign key's rows: served by an index, or else the primary key, that leads with its columns, covers the
/// live rows, continues in one direction over columns that are NOT NULL, and ends with what is left of the primary key.
///
/// Where several indexes serve, the one of fewest key columns does, and of these the first by its columns, directions and
/// name: the order of the attributes decides nothing.
#[must_use]
pub fn list_by(table: &Table, equal: &[String]) -> Option<List> {
    let key = &table.primary_key;
    let by_key = Index {
        name: key.name.clone(),
        key: key.columns.iter().map(|column| KeyColumn::column(column)).collect(),
        ..Index::default()
    };
    let left: Vec<&String> = key.columns.iter().filter(|column| !equal.contains(column)).collect();
    let mut indexes: Vec<&Index> = table.indexes.iter().collect();
    indexes.sort_by_key(|index| (index.key.len(), content(index), &index.name));
    indexes.into_iter().chain([&by_key]).find_map(|index| {
        let covers = index.predicate.as_ref().and_then(|it| it.beside(table.soft_delete)).is_none();
        if index.method != Method::Btree || !covers {
            return None;
        }
        let names: Vec<&str> = index.key.iter().map(KeyColumn::name).collect::<Option<_>>()?;
        let (lead, rest) = names.split_at_checked(equal.len())?;
        let direction = index.key.get(equal.len())?.direction;
        let ordered = index.key[equal.len()..]
            .iter()
            .all(|key| key.direction == direction && key.nulls.is_none() && key.operator_class.is_none());
        let not_null = rest.iter().all(|name| table.column(name).is_some_and(|column| !column.nullable));
        let tie_broken = rest.len() >= left.len() && rest[rest.len() - left.len()..].iter().eq(left.iter());
        let serves = equal.iter().all(|column| lead.contains(&column.as_str())) && ordered && not_null && tie_broken;
        let order = rest.iter().map(|&name| name.to_owned()).collect();
        serves.then(|| List { equal: equal.to_vec(), order, direction, index: index.name.clone() })
    })
}

/// The key columns of an index, each with whether it descends.
fn content(index: &Index) -> Vec<(Option<&str>, bool)> {
    index.key.iter().map(|key| (key.name(), key.direction == SortDirection::Descending)).collect()
}
