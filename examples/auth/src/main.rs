//! Signs a user up, in and out, on a database that starts empty and is gone afterwards.

use std::process::ExitCode;

use auth::steps;
use sqlx::PgPool;
use tablewright_test::Server;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> auth::Result {
    let server = Server::start()?;
    println!("Database: {}", server.origin());
    let database = server.create_database("auth")?;
    let pool = PgPool::connect(database.url()).await?;
    auth::MIGRATIONS.run(&pool).await?;

    let user = steps::sign_up(&pool, "usr_7Qk2", "Ada@Example.org", "$argon2id$v=19$…").await?;
    println!("signed up: {} <{}>, {:?}", user.id, user.email, user.status);
    let taken = steps::sign_up(&pool, "usr_9Xw4", "ada@example.org", "$argon2id$v=19$…").await;
    println!("signed up again: {}", taken.map_or_else(|error| error.to_string(), |user| user.id));

    let user = steps::verify_email(&pool, user).await?;
    println!("typed in the code: email_verified is {}", user.email_verified);

    let session = steps::sign_in(&pool, &user, "192.0.2.7/32".parse()?, "Ada's laptop").await?;
    println!("signed in: session {}, on {}", session.id, session.device_label.as_deref().unwrap_or("some device"));
    println!("  counts: {}", steps::counts(&pool, &session).await?);
    steps::sign_out(&pool, &session).await?;
    println!("  counts after it was revoked: {}", steps::counts(&pool, &session).await?);

    pool.close().await;
    Ok(())
}
