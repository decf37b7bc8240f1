//! Lists by pages, and cursors of every kind.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tablewright::prelude::*;
use tablewright::sqlx::PgPool;
use tablewright::{Cursor, Page};

use super::more::{NewOrderTag, OrderTag};
use super::order::{NewOrder, Order, OrderStatus};
use super::support::{at, database, new_order, user};
use super::user::User;

/// Orders of which several share the moment: ties are broken by the key.
async fn orders(pool: &PgPool, count: i64) -> User {
    let ada = user(pool, "ada@example.org").await;
    let rows: Vec<NewOrder> = (0..count)
        .map(|i| {
            let mut new = new_order(&ada, &format!("A-{i}"));
            new.optional.ordered_at = Some(at(i / 4));
            new.total_amount = Decimal::from(i / 3);
            new
        })
        .collect();
    Order::insert_many(pool, &rows).await.unwrap();
    ada
}

fn expected_recent(mut orders: Vec<Order>) -> Vec<Uuid> {
    orders.sort_by_key(|order| std::cmp::Reverse((order.ordered_at, order.id)));
    orders.iter().map(|order| order.id).collect()
}

fn ids(page: &Page<Order>) -> Vec<Uuid> {
    page.items.iter().map(|order| order.id).collect()
}

#[tokio::test]
async fn forward_and_back_over_ties() {
    let (_database, pool) = database().await;
    let ada = orders(&pool, 23).await;
    let all = expected_recent(Order::of_users(&pool, &[ada.id], 100).await.unwrap());
    for limit in [1, 2, 3, 5, 7, 22, 23, 24] {
        let pages: Vec<&[Uuid]> = all.chunks(limit).collect();
        let limit = u32::try_from(limit).unwrap();
        let mut page = Order::list_by_user_id(&pool, ada.id, PageRequest::first(limit)).await.unwrap();
        assert_eq!(page.previous, None);
        for (i, expected) in pages.iter().enumerate() {
            assert_eq!(ids(&page), *expected, "page {i} of {limit}");
            assert_eq!(page.next.is_some(), i + 1 < pages.len(), "page {i} of {limit}");
            assert_eq!(page.previous.is_some(), i > 0, "page {i} of {limit}");
            if let Some(next) = page.next.clone() {
                page = Order::list_by_user_id(&pool, ada.id, PageRequest::at(next, limit)).await.unwrap();
            }
        }
        for (i, expected) in pages.iter().enumerate().rev().skip(1) {
            let previous = page.previous.clone().unwrap();
            page = Order::list_by_user_id(&pool, ada.id, PageRequest::at(previous, limit)).await.unwrap();
            assert_eq!(ids(&page), *expected, "back to page {i} of {limit}");
            assert!(page.next.is_some());
            assert_eq!(page.previous.is_some(), i > 0, "back to page {i} of {limit}");
        }
    }
}

#[tokio::test]
async fn ascending_by_a_numeric() {
    let (_database, pool) = database().await;
    orders(&pool, 10).await;
    let mut page = Order::cheapest_of_status(&pool, OrderStatus::Pending, PageRequest::first(4)).await.unwrap();
    let mut seen = page.items.clone();
    while let Some(next) = page.next {
        page = Order::cheapest_of_status(&pool, OrderStatus::Pending, PageRequest::at(next, 4)).await.unwrap();
        seen.extend(page.items.clone());
    }
    assert_eq!(seen.len(), 10);
    assert!(seen.is_sorted_by_key(|order| (order.total_amount, order.id)));
    let back = PageRequest::at(page.previous.unwrap(), 4);
    let back = Order::cheapest_of_status(&pool, OrderStatus::Pending, back).await.unwrap();
    assert_eq!(back.items, seen[4..8]);
}

#[tokio::test]
async fn limits_are_bounded() {
    let (_database, pool) = database().await;
    let ada = orders(&pool, 1005).await;
    assert_eq!(PageRequest::MAX, 1000);
    for (asked, got) in [(0, 1), (1, 1), (1000, 1000), (1001, 1000), (u32::MAX, 1000)] {
        let page = Order::list_by_user_id(&pool, ada.id, PageRequest::first(asked)).await.unwrap();
        assert_eq!(page.items.len(), got);
        let next = PageRequest::new(page.next, asked);
        let page = Order::list_by_user_id(&pool, ada.id, next).await.unwrap();
        assert_eq!(page.items.len(), got.min(1005 - got));
    }
}

#[tokio::test]
async fn rows_come_and_go_between_pages() {
    let (_database, pool) = database().await;
    let ada = orders(&pool, 6).await;
    let first = Order::list_by_user_id(&pool, ada.id, PageRequest::first(3)).await.unwrap();
    let next = first.next.clone().unwrap();
    // the row at the edge is gone, a newer one came: the next page is the same
    assert!(Order::delete(&pool, first.items[2].id).await.unwrap());
    Order::insert(&pool, new_order(&ada, "new")).await.unwrap();
    let second = Order::list_by_user_id(&pool, ada.id, PageRequest::at(next.clone(), 3)).await.unwrap();
    assert_eq!((second.items.len(), &second.next), (3, &None));
    for order in &second.items {
        assert!(Order::delete(&pool, order.id).await.unwrap());
    }
    let empty = Order::list_by_user_id(&pool, ada.id, PageRequest::at(next, 3)).await.unwrap();
    assert_eq!(empty, Page { items: vec![], next: None, previous: None });
    let back = PageRequest::at(second.previous.unwrap(), 3);
    let back = Order::list_by_user_id(&pool, ada.id, back).await.unwrap();
    assert_eq!(back.items.len(), 3);
    assert_eq!(back.previous, None);
}

#[tokio::test]
async fn every_flipped_bit_is_found() {
    let (_database, pool) = database().await;
    let ada = orders(&pool, 3).await;
    let page = Order::list_by_user_id(&pool, ada.id, PageRequest::first(1)).await.unwrap();
    let text = page.next.clone().unwrap().to_string();
    assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{text}");
    assert_eq!(text.parse::<Cursor>().unwrap(), page.next.unwrap());
    for i in 0..text.len() {
        for bit in 0..8 {
            let mut bytes = text.clone().into_bytes();
            bytes[i] ^= 1 << bit;
            let Ok(flipped) = String::from_utf8(bytes) else { continue };
            let error = flipped.parse::<Cursor>().unwrap_err();
            assert!(matches!(error, CursorError::Malformed | CursorError::Version { .. }));
        }
        assert!(text[..i].parse::<Cursor>().is_err());
        assert!(text[i + 1..].parse::<Cursor>().is_err());
        assert!(format!("{}A{}", &text[..i], &text[i..]).parse::<Cursor>().is_err());
    }
}

/// The text of a cursor with this content and a right checksum: as made by someone who has read the source.
fn forge(content: &[u8]) -> String {
    let sum = !content.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |s, _| (s >> 1) ^ (0xEDB8_8320 & (s & 1).wrapping_neg()))
    });
    encode(&[content, &sum.to_be_bytes()].concat())
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn encode(bytes: &[u8]) -> String {
    let bit = |i: usize| (bytes.get(i / 8).copied().unwrap_or(0) >> (7 - i % 8)) & 1;
    (0..(bytes.len() * 8).div_ceil(6))
        .map(|c| (0..6).fold(0, |n, b| n << 1 | usize::from(bit(c * 6 + b))))
        .map(|n| char::from(ALPHABET[n]))
        .collect()
}

fn decode(text: &str) -> Vec<u8> {
    let bits: Vec<usize> = text
        .bytes()
        .flat_map(|c| {
            let n = ALPHABET.iter().position(|&a| a == c).unwrap();
            (0..6).rev().map(move |b| n >> b & 1)
        })
        .collect();
    bits.chunks_exact(8).map(|byte| u8::try_from(byte.iter().fold(0, |n, b| n << 1 | b)).unwrap()).collect()
}

#[tokio::test]
async fn forged_cursors_are_errors_of_the_cursor() {
    let (_database, pool) = database().await;
    let ada = orders(&pool, 8).await;
    let recent = Order::list_by_user_id(&pool, ada.id, PageRequest::first(2)).await.unwrap().next.unwrap();
    let cheap =
        Order::cheapest_of_status(&pool, OrderStatus::Pending, PageRequest::first(2)).await.unwrap().next.unwrap();

    // one list's cursor on the other list
    let error = Order::list_by_user_id(&pool, ada.id, PageRequest::at(cheap.clone(), 2)).await.unwrap_err();
    assert!(matches!(error, PageError::Cursor(CursorError::OtherQuery { .. })), "{error:?}");

    // every single byte of the content changed in several ways, and the checksum made right again: a page (another
    // place in the same list is fine) or an error of the cursor; never one of the database, and never a panic
    for (cursor, numeric) in [(&recent, false), (&cheap, true)] {
        let content = decode(&cursor.to_string());
        let content = &content[..content.len() - 4];
        assert_eq!(forge(content), cursor.to_string());
        for i in 0..content.len() {
            for change in [0x01, 0x0F, 0x10, 0x7F, 0x80, 0xFF] {
                let mut content = content.to_vec();
                content[i] ^= change;
                let Ok(cursor) = forge(&content).parse::<Cursor>() else { continue };
                let request = PageRequest::at(cursor, 2);
                let result = if numeric {
                    Order::cheapest_of_status(&pool, OrderStatus::Pending, request).await
                } else {
                    Order::list_by_user_id(&pool, ada.id, request).await
                };
                assert!(matches!(result, Ok(_) | Err(PageError::Cursor(_))), "byte {i} ^ {change:x}: {result:?}");
            }
        }
        for cut in 0..content.len() {
            if let Ok(cursor) = forge(&content[..cut]).parse::<Cursor>() {
                let result = Order::list_by_user_id(&pool, ada.id, PageRequest::at(cursor, 2)).await;
                assert!(matches!(result, Err(PageError::Cursor(_))), "cut at {cut}: {result:?}");
            }
        }
    }

    // an error that is not the cursor's is unchanged
    pool.close().await;
    let error = Order::list_by_user_id(&pool, ada.id, PageRequest::at(recent, 2)).await.unwrap_err();
    assert!(matches!(error, PageError::Sqlx(_)), "{error:?}");
}

#[tokio::test]
async fn pages_are_json() {
    let (_database, pool) = database().await;
    let ada = orders(&pool, 2).await;
    let page = Order::list_by_user_id(&pool, ada.id, PageRequest::first(1)).await.unwrap();
    let page = page.map(|order| order.order_number);
    let json = serde_json::to_value(&page).unwrap();
    assert_eq!(json["items"], serde_json::json!(page.items));
    assert_eq!(json["next"], page.next.as_ref().unwrap().to_string());
    assert_eq!(json["previous"], serde_json::Value::Null);
    assert_eq!(serde_json::from_value::<Page<String>>(json).unwrap(), page);
    assert!(serde_json::from_str::<Cursor>("\"AQAA\"").is_err());
}

#[tokio::test]
async fn the_primary_key_serves_the_list_of_its_first_column() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let order = Order::insert(&pool, new_order(&ada, "A-1")).await.unwrap();
    let tag = |tag: &str| NewOrderTag { order_id: order.id, tag: tag.to_owned(), optional: Default::default() };
    OrderTag::insert_many(&pool, &["c", "a", "b"].map(tag)).await.unwrap();
    let first = OrderTag::list_by_order_id(&pool, order.id, PageRequest::first(2)).await.unwrap();
    assert_eq!(first.items.iter().map(|row| row.tag.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let next = OrderTag::list_by_order_id(&pool, order.id, PageRequest::at(first.next.unwrap(), 2)).await.unwrap();
    assert_eq!(next.items.iter().map(|row| row.tag.as_str()).collect::<Vec<_>>(), ["c"]);
    assert!(next.next.is_none() && next.previous.is_some());
}

/// The version that a cursor states: see `Cursor`.
fn version(cursor: &Cursor) -> u64 {
    let bytes = URL_SAFE_NO_PAD.decode(cursor.to_string()).unwrap();
    u64::from_be_bytes(bytes[2..10].try_into().unwrap())
}

#[tokio::test]
async fn a_cursor_of_an_earlier_release_stays_valid() {
    let (_database, pool) = database().await;
    let ada = orders(&pool, 4).await;
    let recent = Order::list_by_user_id(&pool, ada.id, PageRequest::first(1)).await.unwrap().next.unwrap();
    let cheapest =
        Order::cheapest_of_status(&pool, OrderStatus::Pending, PageRequest::first(1)).await.unwrap().next.unwrap();
    // The derive hashes what the constant evaluator of earlier releases hashed: the list without its columns.
    for (cursor, query) in [(&recent, Order::LIST_BY_USER_ID), (&cheapest, Order::CHEAPEST_OF_STATUS)] {
        let from = query.first.find(" FROM ").unwrap();
        assert_eq!(version(cursor), tablewright::rt::hash(&query.first[from..]));
    }
    // FNV-1a of ` FROM orders WHERE user_id = $1 AND deleted_at IS NULL ORDER BY ordered_at DESC, id DESC LIMIT $2`.
    assert_eq!(version(&recent), 0xd488_f787_d164_c6f3);
}
