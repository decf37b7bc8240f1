//! The name of what runs, as a span of `tracing` where the feature of that name is on. Without it, all of this compiles to nothing.

/// Which helper a statement belongs to.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "the name is not needed"))]
pub(crate) struct Name {
    table: &'static str,
    helper: &'static str,
}

impl Name {
    pub(crate) const fn new(table: &'static str, helper: &'static str) -> Self {
        Self { table, helper }
    }

    /// The name as the derive writes it: `orders.recent_for_user`.
    #[cfg_attr(not(feature = "tracing"), allow(clippy::missing_const_for_fn, reason = "it is one where it is nothing"))]
    pub(crate) fn of(full: &'static str) -> Self {
        if cfg!(feature = "tracing") {
            let (table, helper) = full.rsplit_once('.').unwrap_or(("", full));
            Self { table, helper }
        } else {
            Self { table: "", helper: full }
        }
    }
}

#[cfg(feature = "tracing")]
mod span {
    use std::future::Future;

    use tracing::Instrument as _;

    use super::Name;

    /// The span of one call.
    pub(crate) struct Span(tracing::Span);

    impl Span {
        pub(crate) fn new(Name { table, helper }: Name) -> Self {
            Self(tracing::info_span!(
                target: "tablewright",
                "query",
                otel.name = %format_args!("{table}.{helper}"),
                otel.kind = "client",
                db.collection.name = table,
                db.operation.name = helper,
            ))
        }

        pub(crate) fn enter(&self) -> impl Drop + '_ {
            self.0.enter()
        }
    }

    /// The future within the span of its name.
    pub(crate) fn within<F: Future + Send>(name: Name, future: F) -> impl Future<Output = F::Output> + Send {
        future.instrument(Span::new(name).0)
    }
}

#[cfg(not(feature = "tracing"))]
mod span {
    use std::future::Future;

    use super::Name;

    /// The span of one call: none.
    pub(crate) struct Span;

    /// Within none.
    pub(crate) struct Within;

    impl Span {
        #[inline]
        pub(crate) fn new(_: Name) -> Self {
            Self
        }

        #[inline]
        #[allow(clippy::unused_self, reason = "as with a span")]
        pub(crate) fn enter(&self) -> Within {
            Within
        }
    }

    /// The future as it is.
    #[inline]
    pub(crate) fn within<F: Future + Send>(_: Name, future: F) -> impl Future<Output = F::Output> + Send {
        future
    }
}

pub(crate) use span::{Span, within};
