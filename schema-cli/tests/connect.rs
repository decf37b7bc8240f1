//! What a user sees when there is no connection, or it is lost.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use sqlx::{Connection as _, PgConnection};
use tablewright_database::{Access, Error, connect, run};

fn refused(url: &str, access: Access) -> Error {
    match run(connect(url, access)) {
        Ok(_) => panic!("{url} was accepted"),
        Err(error) => {
            let told = format!("{error} {error:?} {}", error.help().unwrap_or_default());
            assert!(!told.contains("hunter2"), "{told}");
            error
        }
    }
}

/// A server that answers the first message with these bytes, and the later ones with what follows.
fn pretend(replies: Vec<Vec<u8>>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        for reply in replies {
            let mut buffer = [0; 1024];
            let _ = stream.read(&mut buffer);
            stream.write_all(&reply).unwrap();
        }
        // The connection stays open until the client is done with it.
        let _ = stream.read(&mut [0; 16]);
    });
    port
}

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap();
    [&[kind], &length.to_be_bytes()[..], body].concat()
}

fn error_message(code: &str, text: &str) -> Vec<u8> {
    message(b'E', format!("SFATAL\0VFATAL\0C{code}\0M{text}\0\0").as_bytes())
}

#[test]
fn an_invalid_url_is_not_repeated() {
    for url in
        ["mysql://me:hunter2@localhost/shop", "me:hunter2@localhost", "postgres://me:hunter2@localhost:port/shop"]
    {
        assert!(matches!(refused(url, Access::Read), Error::Url { .. }), "{url}");
    }
}

#[test]
fn no_server_answers() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = refused(&format!("postgres://me:hunter2@127.0.0.1:{port}/shop"), Access::Read);
    assert!(matches!(error, Error::NoServer { .. }), "{error:?}");
    assert!(error.to_string().starts_with(&format!("no server answers at 127.0.0.1:{port}: ")), "{error}");
}

#[test]
fn a_wrong_password_a_full_server_and_an_old_one_are_distinguished() {
    let at = |replies| {
        let port = pretend(replies);
        refused(&format!("postgres://me:hunter2@127.0.0.1:{port}/shop?sslmode=disable"), Access::Read)
    };
    let error = at(vec![error_message("28P01", "password authentication failed for user \"me\"")]);
    assert!(matches!(error, Error::Authentication { .. }), "{error:?}");
    let error = at(vec![error_message("53300", "sorry, too many clients already")]);
    assert!(matches!(error, Error::Busy { .. }), "{error:?}");

    let welcome = [message(b'R', &[0; 4]), message(b'Z', b"I")].concat();
    let field =
        |name: &str, oid: u32| [name.as_bytes(), &[0; 7], &oid.to_be_bytes(), &[0, 4], &[255; 4], &[0, 0]].concat();
    let description =
        [&[0, 3][..], &field("version", 23), &field("is_cockroach", 16), &field("is_read_only", 16)].concat();
    let row = [&[0, 3, 0, 0, 0, 2][..], b"12", &[0, 0, 0, 1], b"f", &[0, 0, 0, 1], b"f"].concat();
    let answer = [message(b'T', &description), message(b'D', &row), message(b'C', b"SELECT 1\0"), message(b'Z', b"I")];
    let error = at(vec![welcome, answer.concat()]);
    assert!(matches!(error, Error::TooOld { version: 12, .. }), "{error:?}");
}

#[test]
fn a_database_that_does_not_exist() {
    let database = tablewright_tempdb::database();
    let url = database.url().replace(database.name(), "not_there");
    let error = refused(&url, Access::Read);
    assert!(matches!(error, Error::NoDatabase { .. }), "{error:?}");
    assert_eq!(error.help().as_deref(), Some("createdb not_there"));
}

#[test]
fn a_read_only_server_is_refused_for_writing() {
    let database = tablewright_tempdb::database();
    let url = format!("{}&options=-c%20default_transaction_read_only%3Don", database.url());
    assert!(run(connect(&url, Access::Read)).is_ok());
    let error = refused(&url, Access::Write);
    assert!(matches!(error, Error::ReadOnly { .. }), "{error:?}");
}

#[test]
fn a_role_without_privileges() {
    let database = tablewright_tempdb::database();
    let error = run(async {
        let mut connection = connect(database.url(), Access::Write).await?;
        sqlx::raw_sql("CREATE ROLE nobody_much").execute(connection.sql()).await.unwrap();
        sqlx::raw_sql("SET ROLE nobody_much").execute(connection.sql()).await.unwrap();
        let failed = connection.failed("create a schema");
        let result = sqlx::raw_sql("CREATE SCHEMA mine").execute(connection.sql()).await.map_err(failed);
        sqlx::raw_sql("RESET ROLE; DROP ROLE nobody_much").execute(connection.sql()).await.unwrap();
        result
    })
    .unwrap_err();
    assert!(matches!(error, Error::Permission { .. }), "{error:?}");
}

#[test]
fn a_connection_that_breaks_in_the_middle() {
    let database = tablewright_tempdb::database();
    let error = run(async {
        let mut connection = connect(database.url(), Access::Read).await?;
        let pid: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(connection.sql()).await.unwrap();
        let mut other = PgConnection::connect(database.url()).await.unwrap();
        sqlx::query("SELECT pg_terminate_backend($1)").bind(pid).execute(&mut other).await.unwrap();
        let failed = connection.failed("read the catalog");
        sqlx::raw_sql("SELECT 1").execute(connection.sql()).await.map_err(failed)
    })
    .unwrap_err();
    assert!(matches!(error, Error::Lost { .. }), "{error:?}");
}
