//! A server that answers slowly: what it sends arrives message by message, and what it is sent it reads in small pieces. A
//! future then waits in every place where it can wait, and can be dropped there.

use std::io;
use std::pin::pin;
use std::str::FromStr as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use tablewright::sqlx::postgres::{PgConnectOptions, PgSslMode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};

/// A unix socket before that of the server.
pub struct Slow {
    folder: tempfile::TempDir,
    options: PgConnectOptions,
    slow: Arc<AtomicBool>,
}

impl Slow {
    pub fn before(url: &str) -> Self {
        let options = PgConnectOptions::from_str(url).unwrap().ssl_mode(PgSslMode::Disable);
        let server = options.get_socket().unwrap().join(format!(".s.PGSQL.{}", options.get_port()));
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).unwrap();
        let slow = Arc::new(AtomicBool::new(false));
        let is_slow = Arc::clone(&slow);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (from_client, to_client) = client.into_split();
                let (from_server, to_server) = UnixStream::connect(&server).await.unwrap().into_split();
                // Either ends when the other side is gone.
                tokio::spawn(pieces(from_client, to_server, Arc::clone(&is_slow)));
                tokio::spawn(messages(from_server, to_client, Arc::clone(&is_slow)));
            }
        });
        Self { folder, options, slow }
    }

    pub fn options(&self) -> PgConnectOptions {
        self.options.clone().socket(self.folder.path()).port(5432)
    }

    pub fn set(&self, slow: bool) {
        self.slow.store(slow, Ordering::Relaxed);
    }
}

async fn pieces(
    mut from: tokio::net::unix::OwnedReadHalf,
    mut to: tokio::net::unix::OwnedWriteHalf,
    slow: Arc<AtomicBool>,
) -> io::Result<()> {
    let mut piece = vec![0; 32 * 1024];
    loop {
        let length = from.read(&mut piece).await?;
        if length == 0 {
            return to.shutdown().await;
        }
        to.write_all(&piece[..length]).await?;
        pause(&slow).await;
    }
}

async fn messages(
    mut from: tokio::net::unix::OwnedReadHalf,
    mut to: tokio::net::unix::OwnedWriteHalf,
    slow: Arc<AtomicBool>,
) -> io::Result<()> {
    loop {
        let mut message = vec![0; 5];
        from.read_exact(&mut message).await?;
        let length = u32::from_be_bytes([message[1], message[2], message[3], message[4]]);
        message.resize(1 + length as usize, 0);
        from.read_exact(&mut message[5..]).await?;
        pause(&slow).await;
        to.write_all(&message).await?;
    }
}

async fn pause(slow: &AtomicBool) {
    if slow.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// What the future gives, unless it waits so often first: then it is dropped where it waits.
pub async fn dropped_after<F: Future>(waits: usize, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut waited = 0;
    std::future::poll_fn(|context| {
        if waited == waits {
            return Poll::Ready(None);
        }
        waited += 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            // The last time it waits nothing wakes it.
            Poll::Pending if waited == waits => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}
