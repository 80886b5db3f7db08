//! What is asked for, and what is answered.

use super::http::{self, Answer, Request};
use super::made::{self, Asked};
use super::pieces::Pieces;
use super::state::{Made, State};
use crate::pipeline::Format;
use serde::Serialize;
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long a stream of events is silent at most; who has gone is noticed by it.
const SILENCE: Duration = Duration::from_secs(10);

/// What is told of a page beside it.
#[derive(Serialize)]
struct Beside<'a> {
    count: u64,
    errors: &'a [super::told::Told],
    /// Nothing, where nobody looked, since something is wrong or something else was saved meanwhile.
    findings: Option<&'a [super::told::Told]>,
}

/// Reads what is asked for and answers it.
pub(super) fn answer(stream: TcpStream, state: &State, address: SocketAddr) {
    match http::read(&stream, address) {
        Ok(request) if request.path == "/events" => events(&stream, state),
        Ok(request) => http::write(&stream, &found(state, &request)),
        Err(refused) => http::write(&stream, &refused),
    }
}

fn found(state: &State, Request { path, query }: &Request) -> Answer {
    let none = || Answer::refused("404 Not Found");
    if let Some(of) = path.strip_prefix("/beside") {
        let Some(asked) = Asked::named(of) else { return none() };
        let made = made::looked_at(state, &asked);
        let beside = Beside { count: made.count, errors: &made.errors, findings: made.findings.as_deref() };
        let json = serde_json::to_vec(&beside).expect("plain data turns into JSON");
        return Answer::new("application/json", json);
    }
    if let Some(of) = path.strip_prefix("/pieces") {
        let Some(asked) = Asked::named(of) else { return none() };
        let Made { page: Some(page), before, .. } = made::made(state, &asked) else { return none() };
        let pieces = Pieces::of(&page);
        // Who has a page that is still known is told only what is another since.
        let mut known = [before.as_ref(), Some(&page)].into_iter().flatten().map(|page| Pieces::of(page));
        let known = known.find(|known| query.strip_prefix("since=") == Some(&*known.name()));
        let json = serde_json::to_vec(&pieces.since(&known.unwrap_or_default())).expect("plain data turns into JSON");
        return Answer::new("application/json", json);
    }
    for (format, kind) in [
        (Format::Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (Format::Pdf, "application/pdf"),
    ] {
        let ending = format!(".{}", format.extension());
        if let Some(asked) = path.strip_suffix(&ending).and_then(Asked::named) {
            return match made::file(state, &asked, format) {
                Ok(Some(file)) => Answer { file: Some(file.name), ..Answer::new(kind, file.bytes) },
                Ok(None) => none(),
                Err(why) => {
                    let status = "409 Conflict";
                    Answer { status, ..Answer::new("text/plain; charset=utf-8", why.to_string()) }
                }
            };
        }
    }
    let Some(asked) = Asked::named(path) else { return none() };
    match made::made(state, &asked).page {
        Some(page) => Answer::new("text/html; charset=utf-8", page.as_bytes()),
        None => none(),
    }
}

/// Tells of each save, until the browser has gone or the server ends.
fn events(mut stream: &TcpStream, state: &State) {
    let head = http::head("200 OK", "text/event-stream") + "\r\nretry: 1000\n\n";
    let mut written = stream.write_all(head.as_bytes());
    let mut told = None;
    while written.is_ok() && !state.is_ended() {
        let count = state.wait(told.unwrap_or(0), SILENCE);
        let line = if told == Some(count) { ":\n\n".to_owned() } else { format!("data: {count}\n\n") };
        written = stream.write_all(line.as_bytes()).and_then(|()| stream.flush());
        told = Some(count);
    }
}
