//! The migrations of two branches in one order, whatever numbers they have.

use std::collections::BTreeMap;

use crate::migrations::{Error, Lock, Migration};

/// A migration without its number: its bytes, and how many with the same bytes come before it.
pub(super) type Identity<'a> = (&'a str, Option<&'a str>, usize);

/// The migrations of a branch that are final, or belong to a person.
pub(super) fn kept(lock: &Lock) -> Vec<&Migration> {
    lock.sealed().iter().chain(lock.unsealed().iter().filter(|migration| migration.by_hand)).collect()
}

/// Each migration's identity.
pub(super) fn identities<'a>(migrations: impl IntoIterator<Item = &'a Migration>) -> Vec<Identity<'a>> {
    let mut seen: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    let number = |migration: &'a Migration| {
        let bytes = (migration.up.as_str(), migration.down.as_deref());
        let before = seen.entry(bytes).or_default();
        *before += 1;
        (bytes.0, bytes.1, *before)
    };
    migrations.into_iter().map(number).collect()
}

/// The three locks of a merge.
#[derive(Clone, Debug)]
pub struct Sides {
    /// What both branches began with.
    pub base: Lock,
    /// The branch whose migrations keep their numbers.
    pub first: Lock,
    /// The branch whose migrations come after them.
    pub later: Lock,
}

impl Sides {
    /// Lets a branch come first that took sealed migrations away, as a squash does: what the other branch has beyond the common
    /// start comes after what took their place. Says whether the two changed places.
    pub fn let_what_took_away_come_first(&mut self) -> Result<bool, Error> {
        let base = identities(self.base.sealed());
        let [first, later] = [&self.first, &self.later].map(|lock| identities(kept(lock)));
        let taken = |side: &[Identity<'_>]| -> Vec<usize> {
            (0..base.len()).filter(|index| !side.contains(&base[*index])).collect()
        };
        let (by_first, by_later) = (taken(&first), taken(&later));
        let both_start_over = by_first.contains(&0) && by_later.contains(&0) && first.first() != later.first();
        if !by_first.is_empty() && !by_later.is_empty() && (by_first != by_later || both_start_over) {
            let names = |taken: &[usize]| -> String {
                let names: Vec<&str> = taken.iter().map(|index| self.base.migrations[*index].name.as_str()).collect();
                names.join(", ")
            };
            return Err(Error::Refused {
                message: format!(
                    "both branches took sealed migrations away: the one {}; the other {}",
                    names(&by_first),
                    names(&by_later)
                ),
                help:
                    "take one of the two squashes or reverts back in its branch: git revert COMMIT    then merge again"
                        .to_owned(),
            });
        }
        let swap = by_first.is_empty() && !by_later.is_empty();
        if swap {
            std::mem::swap(&mut self.first, &mut self.later);
        }
        Ok(swap)
    }

    /// Which migrations of the later branch come after those of the first: what it has beyond the common start and the first
    /// does not have, by their places.
    pub(super) fn moved(&self) -> Vec<usize> {
        let (base, first) = (identities(self.base.sealed()), identities(kept(&self.first)));
        let later = identities(kept(&self.later));
        (0..later.len()).filter(|index| !base.contains(&later[*index]) && !first.contains(&later[*index])).collect()
    }

    /// Whether the first branch put other migrations in the place of the first ones.
    pub(super) fn is_squashed(&self) -> bool {
        let (base, first) = (identities(self.base.sealed()), identities(self.first.sealed()));
        base.first().is_some_and(|start| !first.contains(start))
    }

    /// The last migration that a database of a branch may have before it runs those of `order`; `None` where what it has is
    /// the beginning of that.
    pub(super) fn goes_back(&self, branch: &Lock, order: &[Migration]) -> Option<usize> {
        let (own, new) = (identities(kept(branch)), identities(order));
        let base = identities(self.base.sealed());
        if self.is_squashed() && own.first() != new.first() {
            return own.iter().position(|it| !base.contains(it));
        }
        own.iter().enumerate().find(|(index, it)| new.get(*index) != Some(it)).map(|(index, _)| index)
    }
}
