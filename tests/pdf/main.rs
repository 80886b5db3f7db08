//! The PDF writer from outside: documents in, files out, and the files read back.

mod sample;

use ctsd::document::*;
use ctsd::writer::pdf::write;
use sample::*;
use std::path::PathBuf;

/// Where a test leaves its file for those who want to look.
fn keep(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("the folder for test output is writable");
    path
}

#[test]
fn a_redline_is_small_and_always_the_same() {
    let document = redline();
    let bytes = write(&document, &sheet()).expect("it can be written");
    keep("redline.pdf", &bytes);
    assert!(bytes.len() < 120_000, "{} bytes", bytes.len());
    assert_eq!(bytes, write(&document, &sheet()).expect("it can be written"));
}
