//! Things with names compared: added, dropped, renamed or changed.

use super::Item;

/// Something that a table holds under a name.
pub(crate) trait Named {
    fn name(&self) -> &str;

    /// The same under another name.
    fn under(&self, name: &str) -> Self;
}

/// The changes from one list to another: what has a different name and is otherwise the same is renamed.
pub(super) fn named<'a, T: Named>(old: &'a [T], new: &'a [T], same: impl Fn(&T, &T) -> bool) -> Vec<Item<'a, T>> {
    let find = |list: &'a [T], name: &str| list.iter().find(|item| item.name() == name);
    let mut gone: Vec<&T> = old.iter().filter(|item| find(new, item.name()).is_none()).collect();
    let mut changes = Vec::new();
    let mut added = Vec::new();
    for item in new {
        if let Some(before) = find(old, item.name()) {
            if !same(before, item) {
                changes.push(Item::Change { old: before, new: item });
            }
        } else if let Some(position) = gone.iter().position(|before| same(&before.under(item.name()), item)) {
            changes.push(Item::Rename { old: gone.remove(position), new: item });
        } else {
            added.push(Item::Add(item));
        }
    }
    let mut found: Vec<Item<'a, T>> = gone.into_iter().map(Item::Drop).collect();
    found.extend(changes);
    found.extend(added);
    found.sort_by_key(|item| item.now().or(item.was()).map(|item| item.name().to_owned()));
    found
}
