//! Lists by pages.

use sqlx::PgPool;
use tablewright::prelude::*;

use super::{heading, say};
use crate::models::{Order, User};

/// Reads a page of a customer's orders, the next, and tries a mangled cursor.
///
/// # Errors
/// What the database says.
pub async fn read(pool: &PgPool, user: &User) -> crate::Result<[Vec<String>; 2]> {
    heading(8, "Order::list_by_user_id: a page and the next, newest first");
    let first = Order::list_by_user_id(pool, user.id, Page::first(3)).await?;
    let cursor = first.next.clone().ok_or("there is no second page")?;
    say!("page 1: {}", numbers(&first).join(" "));
    // What a client gets and sends back: a text that says nothing to it.
    let text = cursor.to_string();
    say!("cursor: {text}");
    let second = Order::list_by_user_id(pool, user.id, Page::at(text.parse()?, 3)).await?;
    say!("page 2: {}", numbers(&second).join(" "));
    match text[..text.len() - 1].parse::<Cursor>() {
        Err(error) => say!("mangled: {error}"),
        Ok(_) => return Err("a mangled cursor was taken".into()),
    }
    Ok([numbers(&first), numbers(&second)])
}

fn numbers(page: &Page<Order>) -> Vec<String> {
    page.items.iter().map(|order| order.order_number.clone()).collect()
}
