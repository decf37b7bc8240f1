//! One database per test: isolated, usable from anywhere, and dropped.

mod common;

use common::{ask, own_server};
use sqlx::{Connection, PgConnection};
use tablewright_tempdb::{Database, Origin, Server};

fn count_of(name: &str, server: &Server) -> String {
    let url = server.create_database("observer").unwrap();
    ask(url.url(), &format!("SELECT count(*)::text FROM pg_database WHERE datname = '{name}'")).unwrap()
}

#[test]
fn databases_do_not_see_each_other_and_are_dropped() {
    let (one, two) = (tablewright_tempdb::database(), tablewright_tempdb::database());
    assert_ne!(one.name(), two.name());
    ask(one.url(), "CREATE TABLE only_here (id int)").unwrap();
    assert!(ask(two.url(), "SELECT * FROM only_here").is_err());
    assert_eq!(ask(one.url(), "SELECT current_database()::text").unwrap(), one.name());

    let (name, server) = (one.name().to_owned(), one.server().clone());
    assert_eq!(count_of(&name, &server), "1");
    drop(one);
    assert_eq!(count_of(&name, &server), "0");
}

#[test]
fn the_shared_server_is_one() {
    let urls: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| Server::shared().unwrap().url("postgres"))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(urls.windows(2).all(|pair| pair[0] == pair[1]), "{urls:?}");
}

#[test]
fn many_databases_at_once() {
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| ask(Database::new().unwrap().url(), "CREATE TABLE t (id int)").unwrap());
        }
    });
}

#[test]
fn an_outer_runtime_does_no_harm_and_open_connections_are_closed() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let database = Database::new().unwrap();
        let (name, server) = (database.name().to_owned(), database.server().clone());
        let mut connection = PgConnection::connect(database.url()).await.unwrap();
        drop(database);
        assert!(sqlx::raw_sql("SELECT 1").execute(&mut connection).await.is_err());
        let count = std::thread::spawn(move || count_of(&name, &server)).join().unwrap();
        assert_eq!(count, "0");
    });
}

#[test]
fn a_database_keeps_its_server() {
    let database = own_server().create_database("keeps").unwrap();
    assert_eq!(ask(database.url(), "SELECT 'alive'").unwrap(), "alive");
}

#[test]
fn a_url_is_a_server_too() {
    let running = own_server();
    let server = Server::from_url(&running.url("postgres")).unwrap();
    assert!(matches!(server.origin(), Origin::Url { cockroach: false, .. }), "{}", server.origin());
    assert_eq!(server.version(), running.version());

    let database = server.create_database("by url").unwrap();
    assert!(database.name().starts_with("by_url_"));
    assert_eq!(ask(database.url(), "SELECT current_database()::text").unwrap(), database.name());
}

#[test]
fn odd_database_names_are_encoded() {
    let server = Server::shared().unwrap();
    let name = "a/b c+d%é?";
    ask(&server.url("postgres"), &format!("CREATE DATABASE \"{name}\"")).unwrap();

    let found = ask(&server.url(name), "SELECT current_database()::text");

    ask(&server.url("postgres"), &format!("DROP DATABASE \"{name}\"")).unwrap();
    assert_eq!(found.unwrap(), name);
}

#[test]
fn unusable_urls_are_named_without_their_password() {
    let error = Server::from_url("mysql://me:secret@localhost/x").unwrap_err().to_string();
    assert!(error.contains("mysql://me@localhost/x") && !error.contains("secret"), "{error}");
    assert!(Server::from_url("not a url").unwrap_err().to_string().contains("DATABASE_URL"));

    let error = Server::from_url("postgresql://me:secret@127.0.0.1:1/x").unwrap_err().to_string();
    assert!(error.contains("127.0.0.1:1") && !error.contains("secret"), "{error}");
}
