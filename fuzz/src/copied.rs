//! Rows that COPY takes in its binary format: the server reads what was written.

use std::sync::OnceLock;

use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use tablewright::prelude::*;
use tokio::runtime::Runtime;

/// A row of what COPY writes.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(allow(primary_key, standard_columns, reason = "rows for a test"))]
pub struct Copied {
    pub id: i64,
    #[column(small)]
    pub count: i32,
    #[column(small)]
    pub tiny: i16,
    pub ratio: f64,
    pub is_set: bool,
    pub note: String,
    pub bytes: Vec<u8>,
    pub tags: Vec<String>,
    pub about: Option<String>,
    pub counted: Option<i64>,
}

struct Server {
    runtime: Runtime,
    pool: PgPool,
    _database: tablewright_tempdb::Database,
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let database = tablewright_tempdb::database();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let pool = runtime.block_on(async {
            let pool = PgPoolOptions::new().max_connections(1).connect(database.url()).await.expect("a connection");
            sqlx::query(Copied::CREATE_TABLE).execute(&pool).await.expect("a table");
            pool
        });
        Server { runtime, pool, _database: database }
    })
}

/// Takes values from bytes, as long as there are some.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, most: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(most.min(self.0.len()));
        self.0 = rest;
        taken
    }

    fn number(&mut self) -> i64 {
        let mut bytes = [0; 8];
        for (to, from) in bytes.iter_mut().zip(self.take(8)) {
            *to = *from;
        }
        i64::from_le_bytes(bytes)
    }

    fn some(&mut self) -> &'a [u8] {
        let length = self.take(1).first().map_or(0, |byte| usize::from(*byte));
        self.take(length)
    }

    fn text(&mut self) -> String {
        // The server has no NUL.
        String::from_utf8_lossy(self.some()).replace('\0', "")
    }

    fn flag(&mut self) -> bool {
        self.take(1).first().is_some_and(|byte| byte & 1 == 1)
    }

    fn row(&mut self, id: i64) -> Copied {
        let ratio = f64::from_bits(self.number().cast_unsigned());
        Copied {
            id,
            count: self.number() as i32,
            tiny: self.number() as i16,
            ratio: if ratio.is_nan() { 0.5 } else { ratio },
            is_set: self.flag(),
            note: self.text(),
            bytes: self.some().to_vec(),
            tags: (0..self.take(1).first().map_or(0, |byte| byte % 4)).map(|_| self.text()).collect(),
            about: self.flag().then(|| self.text()),
            counted: self.flag().then(|| self.number()),
        }
    }
}

/// Rows made of the input, copied in and read back.
pub fn copy_encoding(data: &[u8]) {
    let mut bytes = Bytes(data);
    let mut rows = Vec::new();
    while !bytes.0.is_empty() && rows.len() < 50 {
        rows.push(bytes.row(rows.len() as i64 + 1));
    }
    let Server { runtime, pool, .. } = server();
    let read = runtime.block_on(async {
        let mut transaction = pool.begin().await.expect("a transaction");
        let new = rows.iter().cloned().map(|row| {
            let Copied { id, count, tiny, ratio, is_set, note, bytes, tags, about, counted } = row;
            let optional = CopiedOptional { about, counted };
            NewCopied { id, count, tiny, ratio, is_set, note, bytes, tags, optional }
        });
        let copied = Copied::copy_in(&mut transaction, new).await.expect("the server takes the rows");
        assert_eq!(copied, rows.len() as u64);
        let keys: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let mut read = Copied::find_many(&mut *transaction, &keys).await.expect("the rows are read");
        transaction.rollback().await.expect("the end of it");
        read.sort_by_key(|row| row.id);
        read
    });
    assert_eq!(read, rows);
}
