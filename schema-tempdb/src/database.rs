//! One database for one test.

use std::hash::{BuildHasher, Hasher, RandomState};

use crate::error::Error;
use crate::server::Server;
use crate::sql::quote;

/// An empty database with a unique name; dropped, with all connections to it, when the value is.
///
/// It keeps its server alive.
#[derive(Debug)]
pub struct Database {
    server: Server,
    name: String,
    url: String,
}

impl Database {
    /// A fresh database on the [shared server](Server::shared).
    ///
    /// # Errors
    /// No server, or a server that refuses.
    pub fn new() -> Result<Self, Error> {
        Server::shared()?.create_database("test")
    }

    pub(crate) fn create(server: Server, prefix: &str) -> Result<Self, Error> {
        let name = unique_name(prefix);
        server.run(&format!("create the database {name}"), format!("CREATE DATABASE {}", quote(&name)))?;
        let url = server.url(&name);
        Ok(Self { server, name, url })
    }

    /// The URL to connect with, as sqlx and libpq read it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The name of the database.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The server of the database.
    #[must_use]
    pub fn server(&self) -> &Server {
        &self.server
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let name = quote(&self.name);
        let statement = if self.server.is_cockroach() {
            format!("DROP DATABASE IF EXISTS {name} CASCADE")
        } else {
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        };
        if let Err(error) = self.server.run(&format!("drop the database {}", self.name), statement) {
            eprintln!("tablewright-tempdb: {error}");
        }
    }
}

/// 64 random bits, since a server may be shared by processes of many machines.
fn unique_name(prefix: &str) -> String {
    let readable = |c: char| {
        if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }
    };
    let prefix: String = prefix.chars().map(readable).take(40).collect();
    format!("{prefix}_{:016x}", RandomState::new().build_hasher().finish())
}

#[cfg(test)]
mod tests {
    use super::unique_name;

    #[test]
    fn names_are_unique_readable_and_short_enough() {
        let (one, two) = (unique_name("Shop: \"orders\""), unique_name("Shop: \"orders\""));
        assert_ne!(one, two);
        assert!(one.starts_with("shop___orders__"), "{one}");
        assert!(unique_name(&"é".repeat(100)).len() < 63);
    }
}
