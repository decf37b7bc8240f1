//! Reading by key, by unique, counting; through every executor.

use tablewright::prelude::*;
use tablewright::sqlx::{self, Connection as _};

use super::more::{NewOrderTag, OrderTag};
use super::order::Order;
use super::support::{database, new_order, user};
use super::user::{NewUser, User, UserOptional, UserPatch};

#[tokio::test]
async fn found_and_not_found() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    assert_eq!(User::find(&pool, ada.id).await.unwrap(), Some(ada.clone()));
    assert_eq!(User::find(&pool, Uuid::nil()).await.unwrap(), None);
    assert_eq!(User::find_by_email(&pool, "ada@example.org").await.unwrap(), Some(ada.clone()));
    assert_eq!(User::find_by_email(&pool, "bob@example.org").await.unwrap(), None);
    assert!(User::exists(&pool, ada.id).await.unwrap());
    assert!(!User::exists(&pool, Uuid::nil()).await.unwrap());
    assert_eq!(User::count(&pool).await.unwrap(), 1);
}

#[tokio::test]
async fn many_keys() {
    let (_database, pool) = database().await;
    let mut users = Vec::new();
    for i in 0..5 {
        users.push(user(&pool, &format!("{i}@example.org")).await);
    }
    let mut found = User::find_many(&pool, &[users[3].id, Uuid::nil(), users[1].id, users[3].id]).await.unwrap();
    found.sort_by(|a, b| a.email.cmp(&b.email));
    assert_eq!(found, [users[1].clone(), users[3].clone()]);
    assert_eq!(User::find_many(&pool, &[]).await.unwrap(), []);
    // no statement, so no connection either
    pool.close().await;
    assert_eq!(User::find_many(&pool, &[]).await.unwrap(), []);
    assert!(User::find_many(&pool, &[users[0].id]).await.is_err());
}

#[tokio::test]
async fn composite_keys() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let order = Order::insert(&pool, new_order(&ada, "A-1")).await.unwrap();
    let mut tags = Vec::new();
    for tag in ["a", "b", "c"] {
        let new = NewOrderTag { order_id: order.id, tag: tag.into(), optional: Default::default() };
        tags.push(OrderTag::insert(&pool, new).await.unwrap());
    }
    let key = |tag: &str| (order.id, tag.to_owned());
    assert_eq!(OrderTag::find(&pool, key("b")).await.unwrap(), Some(tags[1].clone()));
    assert_eq!(OrderTag::find(&pool, key("d")).await.unwrap(), None);
    assert!(OrderTag::exists(&pool, key("c")).await.unwrap());
    let mut found = OrderTag::find_many(&pool, &[key("c"), key("a"), (Uuid::nil(), "b".into())]).await.unwrap();
    found.sort_by(|a, b| a.tag.cmp(&b.tag));
    assert_eq!(found, [tags[0].clone(), tags[2].clone()]);
    assert!(OrderTag::delete(&pool, key("a")).await.unwrap());
    assert!(!OrderTag::delete(&pool, key("a")).await.unwrap());
    assert_eq!(OrderTag::count(&pool).await.unwrap(), 2);
}

#[tokio::test]
async fn the_estimate_comes_with_analyze() {
    let (_database, pool) = database().await;
    assert_eq!(User::estimate(&pool).await.unwrap(), None);
    user(&pool, "ada@example.org").await;
    sqlx::raw_sql("ANALYZE users").execute(&pool).await.unwrap();
    assert_eq!(User::estimate(&pool).await.unwrap(), Some(1));
    sqlx::raw_sql("DROP TABLE order_tags").execute(&pool).await.unwrap();
    assert_eq!(OrderTag::estimate(&pool).await.unwrap(), None);
}

#[tokio::test]
async fn children_of_many_parents() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let bob = user(&pool, "bob@example.org").await;
    for (user, number) in [(&ada, "A-1"), (&bob, "B-1"), (&ada, "A-2")] {
        Order::insert(&pool, new_order(user, number)).await.unwrap();
    }
    assert_eq!(Order::of_users(&pool, &[ada.id, bob.id], 10).await.unwrap().len(), 3);
    assert_eq!(Order::of_users(&pool, &[ada.id, bob.id], 2).await.unwrap().len(), 2);
    assert_eq!(Order::of_users(&pool, &[bob.id], 10).await.unwrap().len(), 1);
    assert_eq!(Order::count_of_user(&pool, ada.id).await.unwrap(), 2);
    assert_eq!(Order::cancel_of_user(&pool, ada.id).await.unwrap(), 2);
    assert_eq!(Order::cancel_of_user(&pool, ada.id).await.unwrap(), 0);
}

/// A stand-in for a program's own function: any executor is passed on.
async fn passed_on<'e>(db: impl sqlx::PgExecutor<'e>, id: Uuid) -> sqlx::Result<Option<User>> {
    User::find(db, id).await
}

#[tokio::test]
async fn every_executor() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;

    let mut connection = pool.acquire().await.unwrap();
    assert!(User::find(&mut *connection, ada.id).await.unwrap().is_some());
    assert!(User::find_by_email(&mut *connection, "ada@example.org").await.unwrap().is_some());
    assert!(passed_on(&mut *connection, ada.id).await.unwrap().is_some());
    assert_eq!(User::find_many(&mut *connection, &[ada.id]).await.unwrap().len(), 1);

    let mut transaction = connection.begin().await.unwrap();
    let order = Order::insert(&mut *transaction, new_order(&ada, "A-1")).await.unwrap();
    assert!(Order::find(&mut *transaction, order.id).await.unwrap().is_some());
    let page = Order::list_by_user_id(&mut *transaction, ada.id, PageRequest::first(5)).await.unwrap();
    assert_eq!(page.items, std::slice::from_ref(&order));
    transaction.rollback().await.unwrap();
    assert_eq!(Order::find(&mut *connection, order.id).await.unwrap(), None);
    drop(connection);

    let spawned = {
        let pool = pool.clone();
        tokio::spawn(async move {
            let order = Order::insert(&pool, new_order(&ada, "A-2")).await.unwrap();
            let mut transaction = pool.begin().await.unwrap();
            let rows = [new_order(&ada, "A-3"), new_order(&ada, "A-4")];
            assert_eq!(Order::insert_many(&mut *transaction, &rows).await.unwrap(), 2);
            assert_eq!(Order::insert_many(&mut transaction, &[]).await.unwrap(), 0);
            assert!(Order::delete(&mut *transaction, order.id).await.unwrap());
            let page = Order::list_by_user_id(&mut *transaction, ada.id, PageRequest::first(5)).await.unwrap();
            transaction.commit().await.unwrap();
            let again = [new_order(&ada, "A-5")];
            assert_eq!(Order::insert_many(&pool, &again).await.unwrap(), 1);
            let mut connection = pool.acquire().await.unwrap();
            let many: Vec<_> = (0..10_001).map(|i| new_order(&ada, &format!("S-{i}"))).collect();
            assert_eq!(Order::insert_many(&mut *connection, &many).await.unwrap(), 10_001);
            assert_eq!(Order::insert_many_returning(&mut connection, &[]).await.unwrap(), []);
            page.items.len()
        })
    };
    assert_eq!(spawned.await.unwrap(), 2);
    assert_eq!(Order::count(&pool).await.unwrap(), 10_004);
}

#[test]
fn futures_are_send_and_keep_only_the_executor() {
    fn send<T: Send>(value: T) -> T {
        value
    }
    fn find(db: &sqlx::PgPool) -> impl Future<Output = sqlx::Result<Option<User>>> + Send {
        let email = String::from("ada@example.org");
        // the argument is borrowed only until the function returns
        send(User::find_by_email(db, &email))
    }
    let _ = find;
}

#[tokio::test]
async fn personal_data_stays_out_of_logs() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let text = format!("{ada:?}");
    assert!(text.contains("email: (personal data)") && !text.contains("ada@"), "{text}");
    assert!(text.contains(&ada.id.to_string()), "{text}");

    let optional = UserOptional { id: Some(ada.id), ..UserOptional::default() };
    let new = NewUser { email: "bob@example.org".to_owned(), optional };
    let expected = format!(
        "NewUser {{ email: (personal data), optional: UserOptional {{ id: Some({}), created_at: None, updated_at: None }} }}",
        ada.id
    );
    assert_eq!(format!("{:?}", new.clone()), expected);
    let patch = UserPatch { email: Some("eve@example.org".to_owned()) };
    assert_eq!(format!("{:?}", patch.clone()), "UserPatch { email: (personal data) }");
    assert_eq!(User::update(&pool, ada.id, patch).await.unwrap().unwrap().email, "eve@example.org");
}
