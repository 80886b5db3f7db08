//! As much of HTTP as a browser on this machine needs: it asks for something, and is answered.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A request is a few lines.
const LONGEST: u64 = 16 * 1024;

/// Who asks for something does so at once.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a browser asks for.
#[derive(Debug)]
pub(super) struct Request {
    /// Without what follows a question mark.
    pub path: String,
    /// What follows it, as it came.
    pub query: String,
}

/// How a request is answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: &'static str,
    pub kind: &'static str,
    pub body: Vec<u8>,
    /// The name of the file that it is to be kept as, if it is.
    pub file: Option<String>,
}

impl Answer {
    pub fn new(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: "200 OK", kind, body: body.into(), file: None }
    }

    pub fn refused(status: &'static str) -> Self {
        Self { status, ..Self::new("text/plain; charset=utf-8", status) }
    }
}

/// Reads what is asked for, or says why it isn't answered.
///
/// # Errors
/// The answer, to what isn't asked as a browser that was sent here by this server's own pages asks.
pub(super) fn read(stream: &TcpStream, address: SocketAddr) -> Result<Request, Answer> {
    stream.set_read_timeout(Some(PATIENCE)).unwrap_or_default();
    stream.set_write_timeout(Some(PATIENCE)).unwrap_or_default();
    let mut lines = BufReader::new(stream.take(LONGEST)).lines();
    let bad = || Answer::refused("400 Bad Request");
    let mut next = || lines.next().and_then(Result::ok).ok_or_else(bad);
    let first = next()?;
    let mut words = first.split(' ');
    let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next()) else {
        return Err(bad());
    };
    let mut hosts = Vec::new();
    let mut origins = Vec::new();
    loop {
        let line = next()?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(bad)?;
        match name.to_ascii_lowercase().as_str() {
            "host" => hosts.push(value.trim().to_owned()),
            "origin" => origins.push(value.trim().to_owned()),
            _ => {}
        }
    }
    if method != "GET" || !version.starts_with("HTTP/1.") {
        return Err(Answer::refused("405 Method Not Allowed"));
    }
    // Another name for this machine is how a page from elsewhere would reach it.
    let own = ["127.0.0.1", "localhost"].map(|host| format!("{host}:{}", address.port()));
    let is_own_host = |host: &String| own.contains(host);
    let is_own_origin = |origin: &String| own.iter().any(|host| *origin == format!("http://{host}"));
    if hosts.len() != 1 || !hosts.iter().all(is_own_host) || !origins.iter().all(is_own_origin) {
        return Err(Answer::refused("403 Forbidden"));
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = percent_encoding::percent_decode_str(path).decode_utf8().map_err(|_| bad())?;
    Ok(Request { path: path.into_owned(), query: query.to_owned() })
}

/// Writes an answer. Who no longer listens misses it.
pub(super) fn write(mut stream: &TcpStream, answer: &Answer) {
    let mut head = head(answer.status, answer.kind);
    head += &format!("Content-Length: {}\r\n", answer.body.len());
    if let Some(file) = &answer.file {
        let plain: String = file.chars().filter(|c| c.is_ascii_alphanumeric() || ".-_".contains(*c)).collect();
        head += &format!("Content-Disposition: attachment; filename=\"{plain}\"\r\n");
    }
    head += "\r\n";
    let written = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&answer.body));
    written.and_then(|()| stream.flush()).unwrap_or_default();
}

/// The first lines of an answer. Nothing is kept, put into another page, or taken for what it isn't said to be.
pub(super) fn head(status: &str, kind: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nCache-Control: no-store\r\nConnection: close\r\n\
         X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n\
         Cross-Origin-Resource-Policy: same-origin\r\n"
    )
}
