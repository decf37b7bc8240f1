//! Symbolic places turned back into spans.

use std::collections::BTreeMap;

use proc_macro2::Span;

use crate::place::Place;

/// Where each place of a model is in the source.
#[derive(Clone, Debug)]
pub struct SourceMap {
    item: Span,
    spans: BTreeMap<Place, Span>,
}

impl SourceMap {
    /// A map whose unknown places are shown at `item`.
    #[must_use]
    pub fn new(item: Span) -> Self {
        Self { item, spans: BTreeMap::new() }
    }

    /// Notes where a place is. The first note counts.
    pub fn insert(&mut self, place: Place, span: Span) {
        self.spans.entry(place).or_insert(span);
    }

    /// The place's tokens, or those of the nearest place around it.
    #[must_use]
    pub fn span(&self, place: &Place) -> Span {
        let mut place = Some(place.clone());
        while let Some(current) = place {
            if let Some(span) = self.spans.get(&current) {
                return *span;
            }
            place = current.around();
        }
        self.item
    }

    /// Whether the place has tokens of its own.
    #[must_use]
    pub fn knows(&self, place: &Place) -> bool {
        self.spans.contains_key(place)
    }

    /// The tokens of the item as a whole.
    #[must_use]
    pub fn item(&self) -> Span {
        self.item
    }

    /// Every place that was noted.
    pub fn into_places(self) -> impl Iterator<Item = (Place, Span)> {
        self.spans.into_iter()
    }
}
