//! The documents that ship: built, written for Word, and read again, to the byte.

use ctsd::document::markdown;
use ctsd::pipeline::{Desk, Format, Options};
use ctsd::reader::{View, document, docx as reader};
use std::path::Path;

fn desk() -> Desk {
    Desk::open(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the content is sound")
}

fn options() -> Options {
    Options { formats: vec![Format::Markdown, Format::Docx], ..Options::default() }
}

#[test]
fn a_version_comes_back_from_word_to_the_byte() {
    let desk = desk();
    for version in &desk.project.versions {
        let files = desk.build(version, &options()).expect("a document");
        let [markdown, word] = files.as_slice() else { panic!("two files") };
        let marked = reader::read(&word.bytes).expect("a Word document");
        for view in [View::Original, View::Proposed, View::Marked] {
            let (document, remarks) = document(&marked, view);
            assert_eq!(markdown::write(&document), String::from_utf8_lossy(&markdown.bytes), "{}", *version.id);
            assert_eq!(remarks, [], "{}", *version.id);
        }
    }
}

#[test]
fn a_full_redline_holds_the_versions_that_it_is_of() {
    let desk = desk();
    let (base, target) = (desk.version("6.18").expect("a version"), desk.version("MP089").expect("a version"));
    let redline = desk.full_redline(base, target, &options()).expect("a redline");
    let marked = reader::read(&redline[1].bytes).expect("a Word document");
    for (view, version) in [(View::Original, base), (View::Proposed, target)] {
        let clean = desk.build(version, &options()).expect("a document");
        let clean = markdown::read(&String::from_utf8_lossy(&clean[0].bytes)).expect("our Markdown");
        let (document, remarks) = document(&marked, view);
        assert_eq!(document.blocks, clean.blocks, "{view:?}");
        assert_eq!(remarks, []);
    }
    assert!(marked.revisions.iter().all(|revision| revision.author == "MP089"));
    let trace = marked.trace.expect("a trace");
    assert_eq!((trace.base.map(|it| it.id), trace.target.map(|it| it.id)), (Some("6.18".into()), Some("MP089".into())));
}
