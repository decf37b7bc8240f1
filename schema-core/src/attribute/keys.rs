//! Keys that several attributes share.

use super::{Form, Key, key};

pub(super) const ON_ACTION: Form = Form::Word(&["cascade", "restrict", "set_null", "set_default", "no_action"]);

pub(super) const NAME_OF_CONSTRAINT: Key = key(
    "name",
    Form::Text,
    "name = \"orders_total_check\"",
    "The constraint's name, where the derived one does not fit.",
);
pub(super) const WHERE: Key = key(
    "where",
    Form::Text,
    "where = \"shipped_at IS NULL\"",
    "The predicate: only these rows are covered. On a soft-deleted table, `deleted_at IS NULL` is added.",
);
pub(super) const INCLUDE_DELETED: Key = key(
    "include_deleted",
    Form::Flag,
    "include_deleted",
    "Covers softly deleted rows too: the `deleted_at IS NULL` is left out.",
);
pub(super) const NULLS_NOT_DISTINCT: Key =
    key("nulls_not_distinct", Form::Flag, "nulls_not_distinct", "Two NULLs count as equal (`NULLS NOT DISTINCT`).");
pub(super) const ON_DELETE: Key = key(
    "on_delete",
    ON_ACTION,
    "on_delete = restrict",
    "What happens to this row when the referenced row is deleted. Every foreign key states it.",
);
pub(super) const ON_UPDATE: Key =
    key("on_update", ON_ACTION, "on_update = cascade", "What happens to this row when the referenced key changes.");
pub(super) const DEFERRABLE: Key = key(
    "deferrable",
    Form::Flag,
    "deferrable",
    "Checked when the transaction commits (`DEFERRABLE INITIALLY DEFERRED`).",
);
pub(super) const CYCLE: Key = key(
    "cycle",
    Form::Flag,
    "cycle",
    "The references form a cycle: this one is added by ALTER TABLE after both tables exist.",
);
pub(super) const TARGET_TABLE: Key = key(
    "table",
    Form::Text,
    "table = \"app_users\"",
    "The referenced table, where its model's table name does not follow from the struct's name.",
);
