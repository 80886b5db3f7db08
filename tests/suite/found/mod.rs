//! What fuzzing found, mended and kept: every file beside this one is an input that once broke the law of its folder.

pub mod laws;

use std::path::Path;

fn each(folder: &str, law: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/found").join(folder);
    let mut cases: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let broken: Vec<_> =
        cases.iter().filter(|case| std::panic::catch_unwind(|| law(&std::fs::read(case).unwrap())).is_err()).collect();
    assert!(!cases.is_empty() && broken.is_empty(), "{broken:#?}");
}

#[test]
fn content_is_read_or_refused_at_a_place() {
    each("content", laws::content);
}

#[test]
fn markdown_that_reads_is_written_and_reads_back() {
    each("markdown", laws::markdown);
}

#[test]
fn a_redline_holds_both_documents() {
    each("compare", laws::compare);
}
