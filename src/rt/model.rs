//! The statements of a model.

/// What the derive states of a table: one constant, because each associated constant of an implementation costs every
/// user compile time. A statement that the table does not have is empty.
#[allow(missing_docs, reason = "as the constants of the traits")]
#[derive(Clone, Copy, Debug)]
pub struct Model {
    pub name: &'static str,
    /// The hash of the name, for the tables that reference this one.
    pub id: u64,
    pub create_table: &'static str,
    pub create_indexes: &'static str,
    pub comments: &'static str,
    pub key_columns: usize,
    /// The names of the columns, in the order in which a row is decoded.
    pub columns: &'static [&'static str],
    pub find: &'static str,
    pub find_many: &'static str,
    pub lock: &'static str,
    pub lock_shared: &'static str,
    pub exists: &'static str,
    pub count: &'static str,
    pub insert: &'static str,
    pub insert_many: &'static str,
    pub insert_many_returning: &'static str,
    pub copy: &'static str,
    /// A letter for each parameter of the INSERT.
    pub copy_columns: &'static str,
    pub update: &'static str,
    pub update_many: &'static str,
    pub update_if_unchanged: &'static str,
    pub delete: &'static str,
    pub delete_many: &'static str,
    pub restore: &'static str,
    pub purge: &'static str,
}
