//! Lists by pages: keyset pagination, no `OFFSET`.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use sqlx::postgres::{PgArguments, PgRow, PgTypeInfo};
use sqlx::{Either, PgExecutor};

use crate::bind::{Args, Put, Raw, Statement};
use crate::cursor::{Cursor, CursorError, Identity, PageDirection};
use crate::error::PageError;
use crate::rt::Record;
use crate::rt::reply::Steps;
use crate::trace::{Name, Span};

/// One page of a list.
///
/// A [`PageRequest`] asks for one: `PageRequest::first(20)`, `PageRequest::at(cursor, 20)`.
///
/// ```no_run
/// # use tablewright::prelude::*;
/// # use tablewright::sqlx::{self, PgConnection, PgPool};
/// # #[derive(Table)]
/// # #[table(soft_delete)]
/// # #[index(customer, created_at desc, id desc)]
/// # #[query(recent_of(customer), order(created_at desc), page)]
/// # pub struct Order {
/// #     pub id: Uuid,
/// #     pub customer: String,
/// #     pub created_at: DateTime<Utc>,
/// #     pub updated_at: DateTime<Utc>,
/// #     pub deleted_at: Option<DateTime<Utc>>,
/// # }
/// use tablewright::{Page, PageError};
///
/// async fn ids(pool: &PgPool, customer: &str) -> Result<Page<Uuid>, PageError> {
///     let first = Order::recent_of(pool, customer, PageRequest::first(20)).await?;
///     let Some(next) = first.next else { return Ok(first.map(|order| order.id)) };
///     let second = Order::recent_of(pool, customer, PageRequest::at(next, 20)).await?;
///     Ok(second.map(|order| order.id))
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Page<T> {
    /// The rows, in the list's order, whichever way one came.
    pub items: Vec<T>,
    /// Leads to the page after this one; `None` if this is the last. After going back by `previous` it is `Some`.
    pub next: Option<Cursor>,
    /// Leads to the page before this one; `None` on the first page, and on an empty one. The page may have become empty.
    pub previous: Option<Cursor>,
}

/// Which page of a list, and how many rows: `PageRequest::first(20)`.
///
/// ```
/// use tablewright::PageRequest;
///
/// assert_eq!(PageRequest::first(5000), PageRequest::new(None, PageRequest::MAX));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    cursor: Option<Cursor>,
    limit: u32,
}

impl PageRequest {
    /// The most rows that a page can have: a larger limit is reduced to this.
    pub const MAX: u32 = 1000;

    /// The first page, of at most `limit` rows (1 to [`MAX`](Self::MAX); anything else is moved to the nearer bound).
    #[must_use]
    pub fn first(limit: u32) -> Self {
        Self::new(None, limit)
    }

    /// The page that `cursor` leads to, of at most `limit` rows (1 to [`MAX`](Self::MAX)).
    #[must_use]
    pub fn at(cursor: Cursor, limit: u32) -> Self {
        Self::new(Some(cursor), limit)
    }

    /// [`at`](Self::at) where a client gave a cursor, else [`first`](Self::first).
    #[must_use]
    pub fn new(cursor: Option<Cursor>, limit: u32) -> Self {
        Self { cursor, limit: limit.clamp(1, Self::MAX) }
    }
}

impl<T> Page<T> {
    /// The same page of something made from its rows.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next, previous: self.previous }
    }
}

/// The pages of a list, one after the other: made by [`Pages::of`].
///
/// ```no_run
/// # use tablewright::prelude::*;
/// # use tablewright::sqlx::{self, PgConnection, PgPool};
/// # #[derive(Table)]
/// # #[table(soft_delete)]
/// # #[index(customer, created_at desc, id desc)]
/// # #[query(recent_of(customer), order(created_at desc), page)]
/// # pub struct Order {
/// #     pub id: Uuid,
/// #     pub customer: String,
/// #     pub created_at: DateTime<Utc>,
/// #     pub updated_at: DateTime<Utc>,
/// #     pub deleted_at: Option<DateTime<Utc>>,
/// # }
/// use tablewright::{PageError, Pages};
///
/// async fn print(pool: &PgPool, customer: &str) -> Result<(), PageError> {
///     let mut pages = Pages::of(100, |page| Order::recent_of(pool, customer, page));
///     while let Some(page) = pages.next().await {
///         page?.items.iter().for_each(|order| println!("{}", order.id));
///     }
///     Ok(())
/// }
/// ```
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<'e, T, F> {
    page: F,
    limit: u32,
    state: PagesState<'e, T>,
}

enum PagesState<'e, T> {
    Next(PageRequest),
    Reading(Box<Paged<'e, T>>),
    End,
}

// The pages are moved in and out whole, never pinned.
impl<T, F> Unpin for Pages<'_, T, F> {}

impl<'e, T, F> Pages<'e, T, F>
where
    T: Record,
    F: FnMut(PageRequest) -> Paged<'e, T>,
{
    /// Every page of a list from the first on, of at most `limit` rows each (1 to [`PageRequest::MAX`]): a [`Stream`],
    /// and an asynchronous iterator by [`next`](Self::next).
    ///
    /// `page` runs the list: `Pages::of(100, |page| Order::recent_for_user(&pool, user_id, page))`. Each page is a
    /// separate statement, run on demand: rows that are added or removed meanwhile may or may not be seen, and a row that
    /// stays where it is in the order is neither skipped nor repeated. The stream ends after the last page, and after an
    /// error.
    pub fn of(limit: u32, page: F) -> Self {
        Self { page, limit, state: PagesState::Next(PageRequest::first(limit)) }
    }

    /// The next page; `None` after the last.
    ///
    /// # Errors
    /// Those of the list's own function; nothing comes after an error.
    pub async fn next(&mut self) -> Option<Result<Page<T>, PageError>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<'e, T, F> Stream for Pages<'e, T, F>
where
    T: Record,
    F: FnMut(PageRequest) -> Paged<'e, T>,
{
    type Item = Result<Page<T>, PageError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match &mut this.state {
                PagesState::End => return Poll::Ready(None),
                PagesState::Next(request) => {
                    let reading = (this.page)(request.clone());
                    this.state = PagesState::Reading(Box::new(reading));
                }
                PagesState::Reading(page) => {
                    let page = ready!(Pin::new(page.as_mut()).poll(context));
                    let next = page.as_ref().ok().and_then(|page| page.next.clone());
                    this.state = match next {
                        Some(cursor) => PagesState::Next(PageRequest::at(cursor, this.limit)),
                        None => PagesState::End,
                    };
                    return Poll::Ready(Some(page));
                }
            }
        }
    }
}

/// The statements of one list, made by the derive; public to be read, logged and explained.
///
/// In each, the list's own parameters come first, then the values of the order columns (not in [`first`](Self::first)), then
/// the limit, which asks for one row more than the page's, to know whether there is another page.
///
/// ```
/// # use tablewright::prelude::*;
/// # use tablewright::sqlx::{self, PgConnection, PgPool};
/// # #[derive(Table)]
/// # #[table(soft_delete)]
/// # #[index(customer, created_at desc, id desc)]
/// # #[query(recent_of(customer), order(created_at desc), page)]
/// # pub struct Order {
/// #     pub id: Uuid,
/// #     pub customer: String,
/// #     pub created_at: DateTime<Utc>,
/// #     pub updated_at: DateTime<Utc>,
/// #     pub deleted_at: Option<DateTime<Utc>>,
/// # }
/// assert!(Order::RECENT_OF.first.contains("ORDER BY created_at DESC, id DESC LIMIT $2"));
/// assert_eq!((Order::RECENT_OF.after.len(), Order::RECENT_OF.before.len()), (1, 1));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PageQuery {
    /// The first page: `SELECT … WHERE … ORDER BY created_at DESC, id DESC LIMIT $2`.
    pub first: &'static str,
    /// The page after a row: `… AND (created_at, id) < ($2::timestamptz, $3::uuid) ORDER BY … LIMIT $4`.
    ///
    /// If order columns are nullable, there is one statement for each set of them that is NULL in that row: bit 0 of its
    /// place is for the first such column. Where the following rows are several ranges of the index, it is their
    /// `UNION ALL`, each with the order and the limit, so that it reads about as many rows as it returns.
    pub after: &'static [&'static str],
    /// The page before a row, read backwards: `… AND (created_at, id) > (…) ORDER BY created_at, id LIMIT $4`.
    pub before: &'static [&'static str],
    identity: Identity,
    order: &'static [OrderColumn],
}

/// An order column: its place in the row, its type, and whether it is nullable.
pub type OrderColumn = (usize, fn() -> PgTypeInfo, bool);

impl PageQuery {
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        version: u64,
        first: &'static str,
        after: &'static [&'static str],
        before: &'static [&'static str],
        order: &'static [OrderColumn],
    ) -> Self {
        Self { first, after, before, identity: Identity { name, version }, order }
    }

    fn statement(&self, args: impl Args, request: &PageRequest) -> Result<Statement, CursorError> {
        self.bound(request.cursor.as_ref(), i64::from(request.limit) + 1, |arguments| args.bind(arguments))
    }

    /// The statement that continues after a cursor's row, or the first; `args` binds the list's own parameters.
    pub(crate) fn bound(
        &self,
        cursor: Option<&Cursor>,
        limit: i64,
        args: impl FnOnce(&mut PgArguments) -> Put,
    ) -> Result<Statement, CursorError> {
        let types: Vec<(PgTypeInfo, bool)> =
            self.order.iter().map(|(_, type_info, nullable)| (type_info(), *nullable)).collect();
        let (sql, values) = match cursor {
            None => (self.first, Vec::new()),
            Some(cursor) => {
                let values = cursor.values(self.identity, &types)?;
                let nullable = values.iter().zip(&types).filter(|(_, (_, nullable))| *nullable);
                let nulls = nullable
                    .enumerate()
                    .fold(0, |nulls, (bit, (value, _))| nulls | usize::from(value.is_none()) << bit);
                let statements = match cursor.direction() {
                    PageDirection::Next => self.after,
                    PageDirection::Previous => self.before,
                };
                (*statements.get(nulls).ok_or(CursorError::Malformed)?, values)
            }
        };
        Ok(Statement::new(sql, |arguments| {
            args(arguments)?;
            for (value, (type_info, _)) in values.into_iter().zip(types) {
                if let Some(bytes) = value {
                    sqlx::Arguments::add(arguments, Raw { bytes, type_info })?;
                }
            }
            sqlx::Arguments::add(arguments, limit)
        }))
    }

    pub(crate) fn name(&self) -> Name {
        Name::of(self.identity.name)
    }

    /// How many columns the order has.
    pub(crate) fn order_columns(&self) -> usize {
        self.order.len()
    }

    pub(crate) fn cursor(&self, row: &PgRow, direction: PageDirection) -> sqlx::Result<Cursor> {
        Cursor::at(row, self.identity, direction, self.order.iter().map(|(column, ..)| *column))
    }
}

/// The future of a page.
///
/// ```no_run
/// # use tablewright::prelude::*;
/// # use tablewright::sqlx::{self, PgConnection, PgPool};
/// # #[derive(Table)]
/// # #[table(soft_delete)]
/// # #[index(customer, created_at desc, id desc)]
/// # #[query(recent_of(customer), order(created_at desc), page)]
/// # pub struct Order {
/// #     pub id: Uuid,
/// #     pub customer: String,
/// #     pub created_at: DateTime<Utc>,
/// #     pub updated_at: DateTime<Utc>,
/// #     pub deleted_at: Option<DateTime<Utc>>,
/// # }
/// use tablewright::Paged;
///
/// fn recent<'e>(pool: &PgPool) -> Paged<'e, Order> {
///     Order::recent_of(pool, "somebody", PageRequest::first(20))
/// }
/// ```
#[must_use = "a future does nothing until it is awaited"]
pub struct Paged<'e, T> {
    state: Result<Steps<'e>, Option<CursorError>>,
    span: Span,
    query: &'static PageQuery,
    from: Option<PageDirection>,
    limit: usize,
    items: Vec<T>,
    /// The first and the last row of the page, as they were read.
    edges: Option<(PgRow, Option<PgRow>)>,
    more: bool,
}

impl<'e, T: Record> Paged<'e, T> {
    pub(crate) fn new(
        db: impl PgExecutor<'e>,
        query: &'static PageQuery,
        args: impl Args,
        request: &PageRequest,
    ) -> Self {
        Self {
            state: query.statement(args, request).map(|s| db.fetch_many(s)).map_err(Some),
            span: Span::new(query.name()),
            query,
            from: request.cursor.as_ref().map(Cursor::direction),
            limit: usize::try_from(request.limit).unwrap_or(usize::MAX),
            items: Vec::new(),
            edges: None,
            more: false,
        }
    }

    fn take(&mut self, row: PgRow) -> sqlx::Result<()> {
        if self.items.len() == self.limit {
            self.more = true;
            return Ok(());
        }
        self.items.push(T::record(&row)?);
        match &mut self.edges {
            None => self.edges = Some((row, None)),
            Some((_, last)) => *last = Some(row),
        }
        Ok(())
    }

    fn finish(&mut self) -> sqlx::Result<Page<T>> {
        let mut items = std::mem::take(&mut self.items);
        let Some((first, last)) = self.edges.take() else {
            return Ok(Page { items, next: None, previous: None });
        };
        let last = last.as_ref().unwrap_or(&first);
        let next = |row| self.query.cursor(row, PageDirection::Next).map(Some);
        let previous = |row| self.query.cursor(row, PageDirection::Previous).map(Some);
        let (next, previous) = match self.from {
            None => (if self.more { next(last)? } else { None }, None),
            Some(PageDirection::Next) => (if self.more { next(last)? } else { None }, previous(&first)?),
            Some(PageDirection::Previous) => {
                items.reverse();
                (next(&first)?, if self.more { previous(last)? } else { None })
            }
        };
        Ok(Page { items, next, previous })
    }

    /// Some values have the right length but no meaning, which only the server knows: that is the cursor's fault too.
    fn error(&self, error: sqlx::Error) -> PageError {
        // protocol violation, bad binary form, bad text encoding, moment out of range or in a bad form
        const BAD_VALUE: [&str; 5] = ["08P01", "22P03", "22021", "22008", "22007"];
        let bad = self.from.is_some()
            && error
                .as_database_error()
                .and_then(sqlx::error::DatabaseError::code)
                .is_some_and(|code| BAD_VALUE.contains(&&*code));
        if bad { PageError::Cursor(CursorError::Malformed) } else { PageError::Sqlx(error) }
    }
}

impl<T: Record> Future for Paged<'_, T> {
    type Output = Result<Page<T>, PageError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        loop {
            let step = {
                let _within = this.span.enter();
                match &mut this.state {
                    Ok(steps) => ready!(steps.as_mut().poll_next(context)),
                    Err(error) => {
                        let error = error.take().map_or(CursorError::Malformed, |error| error);
                        return Poll::Ready(Err(PageError::Cursor(error)));
                    }
                }
            };
            let done = match step {
                Some(Ok(Either::Right(row))) => match this.take(row) {
                    Ok(()) => continue,
                    Err(error) => Err(PageError::Sqlx(error)),
                },
                Some(Ok(Either::Left(_))) => continue,
                Some(Err(error)) => Err(this.error(error)),
                None => this.finish().map_err(PageError::Sqlx),
            };
            return Poll::Ready(done);
        }
    }
}
