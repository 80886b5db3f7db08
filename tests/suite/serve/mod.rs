//! A live preview: who is answered, with what, and what becomes of what is saved.

mod again;

use crate::common::copy;
use ctsd::serve::{Editor, Server, Stop};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

/// A server of a copy of what ships.
struct Served {
    folder: tempfile::TempDir,
    address: SocketAddr,
    stop: Stop,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    fn new() -> Self {
        Self::of(|_| ())
    }

    /// After something was done to it.
    fn of(change: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &folder.path().join("content"));
        change(folder.path());
        let server = Server::open(folder.path(), 0, Editor::default()).unwrap();
        let (address, stop) = (server.address(), server.stop());
        Self { folder, address, stop, thread: Some(std::thread::spawn(move || server.run())) }
    }

    /// The status and the body of what a browser is answered that asks so.
    fn asked(&self, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // Who says too much is cut short.
        stream.read_to_end(&mut answer).unwrap_or_default();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let Some((head, body)) = answer.split_once("\r\n\r\n") else { return (0, answer) };
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.asked(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address))
    }

    fn beside(&self) -> Value {
        serde_json::from_str(&self.get("/beside/redline/6.18/mp089").1).unwrap()
    }

    fn section(&self) -> PathBuf {
        self.folder.path().join("content/mp089/sections/5.4.yaml")
    }

    /// A stream of events, after the one that is there from the beginning.
    fn events(&self) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.write_all(format!("GET /events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).as_bytes()).unwrap();
        let mut events = BufReader::new(stream);
        next(&mut events);
        events
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.stop();
        self.thread.take().unwrap().join().unwrap();
    }
}

/// What the next event says.
fn next(events: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    while !line.starts_with("data: ") {
        line.clear();
        assert_ne!(events.read_line(&mut line).unwrap(), 0, "the stream ended");
    }
    line
}

#[test]
fn a_browser_that_was_sent_here_by_another_page_is_refused() {
    let served = Served::new();
    let own = served.address;
    let status = |request: String| served.asked(&request).0;
    assert_eq!(status(format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", own.port())), 200);
    assert_eq!(status(format!("GET / HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}\r\n\r\n")), 200);
    assert_eq!(status("GET / HTTP/1.1\r\nHost: example.com\r\n\r\n".to_owned()), 403);
    assert_eq!(status(format!("GET / HTTP/1.1\r\nHost: example.com:{}\r\n\r\n", own.port())), 403);
    assert_eq!(status(format!("GET / HTTP/1.1\r\nHost: {own}\r\nHost: example.com\r\n\r\n")), 403);
    assert_eq!(status(format!("GET / HTTP/1.1\r\nHost: {own}\r\nOrigin: https://example.com\r\n\r\n")), 403);
    assert_eq!(status(format!("GET / HTTP/1.1\r\nHost: {own}\r\nOrigin: null\r\n\r\n")), 403);
    assert_eq!(status("GET / HTTP/1.1\r\n\r\n".to_owned()), 403);
    assert_eq!(status(format!("POST / HTTP/1.1\r\nHost: {own}\r\n\r\n")), 405);
    assert_eq!(status("nonsense\r\n\r\n".to_owned()), 400);
    assert!([0, 400].contains(&status(format!("GET / HTTP/1.1\r\nHost: {own}\r\nX: {}\r\n\r\n", "x".repeat(200_000)))));
    assert!(own.ip().is_loopback());
}

#[test]
fn nothing_is_served_but_what_is_made() {
    let served = Served::new();
    for path in [
        "/",
        "/appendix/6.18",
        "/appendix/mp089",
        "/redline/6.18/MP089",
        "/redline/6.18/mp089/full",
        "/redline/6.18/mp089/full/matrix",
        "/appendix/6.18/matrix",
        "/redline/mp089/6.18",
    ] {
        let (status, page) = served.get(path);
        assert!(status == 200 && page.contains("<!doctype html>"), "{path}: {status}");
    }
    assert!(served.get("/redline/6.18/mp089.docx").1.starts_with("PK"));
    assert!(served.get("/appendix/6.18.pdf").1.starts_with("%PDF"));
    for path in [
        "/content/appendix.yaml",
        "/../content/appendix.yaml",
        "/appendix/..%2f..%2fcontent%2fappendix.yaml",
        "/appendix/%2e%2e",
        "/appendix/6.19",
        "/appendix/6.19.pdf",
        "/redline/6.18",
        "/.docx",
        "//",
        "/beside/appendix",
        "/matrix",
        "/appendix/matrix",
        "/appendix/6.18/matrix/matrix",
    ] {
        assert_eq!(served.get(path).0, 404, "{path}");
    }
}

#[test]
fn the_text_in_force_on_a_day_is_served_without_what_begins_later() {
    let served = Served::of(|folder| {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/several/content");
        copy(&examples, &folder.join("content"));
        let section = folder.join("content/ex01/sections/1.1.yaml");
        let text = fs::read_to_string(&section).unwrap();
        fs::write(section, text + "\neffective: 2020-06-01\n").unwrap();
    });
    let text = |path: &str| {
        served.get(path).1.split("id=\"section-1.1\"").nth(1).unwrap().chars().take(3000).collect::<String>()
    };
    let (before, after) = (text("/as-of/2020-05-31"), text("/as-of/2020-06-01"));
    let body = |page: String| page.split("id=\"section-1.2\"").next().unwrap().to_owned();
    assert_eq!(body(before), body(text("/appendix/6.18")), "what begins later isn't there yet");
    assert_eq!(body(after.clone()), body(text("/appendix/9.1")));
    assert_ne!(body(after), body(text("/appendix/6.18")));
    assert!(served.get("/as-of/2020-05-31.docx").1.starts_with("PK"));
    for path in ["/as-of/2020-02-30", "/as-of/2020-1-1", "/as-of/1999-01-01", "/as-of/x", "/as-of/"] {
        assert_eq!(served.get(path).0, 404, "{path}");
    }
    // Whoever asks for every day there is gets each, and no more are kept than so many.
    for day in (0..105).map(|n| format!("/as-of/{}-03-01", 2021 + n)) {
        assert_eq!(served.get(&day).0, 200, "{day}");
    }
}

#[test]
fn what_is_saved_is_told_and_seen_and_what_is_wrong_stands_over_the_last_page() {
    let served = Served::new();
    let body = fs::read_to_string(served.section()).unwrap();
    let page = |word: &str| served.get("/redline/6.18/mp089").1.contains(word);
    let mut events = served.events();
    assert!(page("Testing Participants"));
    assert_eq!(served.beside()["errors"], Value::Array(Vec::new()));
    fs::write(served.section(), body.replace("Testing Participants", "Tested Parties")).unwrap();
    next(&mut events);
    assert!(page("Tested Parties"));
    fs::write(served.section(), body.replace("body:", "boby:")).unwrap();
    next(&mut events);
    assert!(page("Tested Parties"), "the last page that was right");
    let error = &served.beside()["errors"][0];
    assert_eq!(error["file"], "content/mp089/sections/5.4.yaml");
    assert!(
        error["line"].as_u64().is_some_and(|line| line > 0) && error["text"].as_str() == Some("boby: |"),
        "{error}"
    );
    let link = error["link"].as_str().unwrap();
    let line = error["line"].as_u64().unwrap();
    assert!(
        link.starts_with("vscode://file/") && link.ends_with(&format!("/content/mp089/sections/5.4.yaml:{line}:1"))
    );
    assert_eq!(served.get("/redline/6.18/mp089.docx").0, 409);
    fs::write(served.section(), &body).unwrap();
    next(&mut events);
    assert!(page("Testing Participants") && served.beside()["errors"].as_array().unwrap().is_empty());
    // The vocabulary itself: then nothing can be opened.
    let vocabulary = served.folder.path().join("content/appendix.yaml");
    let right = fs::read_to_string(&vocabulary).unwrap();
    fs::write(&vocabulary, "name: [").unwrap();
    next(&mut events);
    assert!(page("Testing Participants") && served.get("/appendix/6.18").0 == 200);
    assert_eq!(served.beside()["errors"][0]["file"], "content/appendix.yaml");
    fs::write(&vocabulary, right).unwrap();
    next(&mut events);
    assert!(served.beside()["errors"].as_array().unwrap().is_empty());
}

#[test]
fn a_browser_is_told_what_is_another_than_what_it_has() {
    let served = Served::new();
    let told = |since: &str| -> Value {
        serde_json::from_str(&served.get(&format!("/pieces/redline/6.18/mp089{since}")).1).unwrap()
    };
    let pieces = |told: &Value| told["document"].as_array().unwrap().clone();
    let mut events = served.events();
    let first = told("");
    assert!(pieces(&first).iter().all(Value::is_string));
    assert!(first["side"].is_string());
    let name = first["name"].as_str().unwrap();

    // Nothing was saved since: all of it is known.
    let same = told(&format!("?since={name}"));
    assert_eq!(pieces(&same), [serde_json::json!([0, pieces(&first).len()])]);
    assert!(same.get("side").is_none() && same.get("figures").is_none());

    let text = fs::read_to_string(served.section()).unwrap();
    fs::write(served.section(), text.replace("For November 19", "For late November 19")).unwrap();
    next(&mut events);
    let (all, news) = (told(""), told(&format!("?since={name}")));
    let known = pieces(&first);
    let made: Vec<Value> = pieces(&news)
        .into_iter()
        .flat_map(|piece| match piece.as_array() {
            Some(range) => known[range[0].as_u64().unwrap() as usize..range[1].as_u64().unwrap() as usize].to_vec(),
            None => vec![piece],
        })
        .collect();
    assert_eq!(made, pieces(&all));
    let new: Vec<Value> = pieces(&all).into_iter().filter(|piece| !known.contains(piece)).collect();
    assert!(!new.is_empty() && new.len() < 5);
    assert_eq!(pieces(&news).into_iter().filter(Value::is_string).collect::<Vec<_>>(), new);
    assert_eq!((&news["name"], &news["title"]), (&all["name"], &all["title"]));

    // Who has an older page, or one of another server, is told all.
    assert_eq!(told("?since=0"), all);
}

#[test]
fn the_first_page_leads_to_every_version_and_what_it_changes() {
    let served = Served::new();
    let page = served.get("/").1;
    for address in [
        "/appendix/6.18",
        "/appendix/MP089",
        "/appendix/MP089/matrix",
        "/redline/6.18/MP089",
        "/redline/6.18/MP089/full",
    ] {
        assert!(page.contains(&format!("href=\"{address}\"")), "{address}");
        assert_eq!(served.get(address).0, 200);
    }
}

#[test]
fn a_finding_says_which_place_of_the_page_it_is_about() {
    let served = Served::new();
    let beside = served.beside();
    let page = served.get("/redline/6.18/mp089").1;
    let findings = beside["findings"].as_array().unwrap();
    let places: Vec<&str> = findings.iter().filter_map(|finding| finding["place"].as_str()).collect();
    assert!(places.iter().any(|place| place.starts_with("row-8.1.8-")), "{places:?}");
    assert!(places.iter().any(|place| page.contains(&format!("id=\"{place}\""))), "{places:?}");
}

#[test]
fn a_port_that_is_taken_is_left_to_who_has_it() {
    let served = Served::new();
    let other = Server::open(served.folder.path(), served.address.port(), Editor::default()).unwrap();
    assert_ne!(other.address().port(), served.address.port());
    assert!(other.address().ip().is_loopback());
}
