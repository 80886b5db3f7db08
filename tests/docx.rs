//! The laws of the Word document, read back with the tests' own reader.

mod common;

use common::docx::{self, Resolve};
use common::{docx_sample, generate};
use ctsd::document::{Document, accept, reject};
use ctsd::stylesheet::Stylesheet;
use ctsd::writer::docx::{Options, write};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

fn sheet() -> Stylesheet {
    serde_yaml::from_str(include_str!("../templates/style.yaml")).expect("the style sheet that ships")
}

fn options() -> Options {
    Options { author: "A <drafter> & \"Co\"".to_owned(), date: "2026-01-31T00:00:00Z".to_owned() }
}

fn written(document: &Document) -> Vec<u8> {
    write(document, &sheet(), &options()).expect("a file")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn resolving_all_revisions_gives_the_document_of_that_text(document in generate::document(true)) {
        let redline = written(&document);
        prop_assert_eq!(docx::faults(&redline), Vec::<String>::new());
        for (how, clean) in [(Resolve::Accept, accept(&document)), (Resolve::Reject, reject(&document))] {
            let resolved = docx::resolve(&docx::body(&redline), how);
            let clean = written(&clean);
            prop_assert_eq!(docx::seen(&resolved), docx::seen(&docx::body(&clean)), "{:?}", how);
            prop_assert!(!docx::tables_touch(&resolved), "{:?}", how);
            prop_assert_eq!(docx::faults(&clean), Vec::<String>::new());
        }
    }
}

/// Where the files stand that other readers are tried on.
fn folder() -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("docx");
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn generated_documents_are_there_for_other_readers() {
    let mut runner = TestRunner::deterministic();
    for at in 0..12 {
        let redline = generate::document(true).new_tree(&mut runner).expect("a document").current();
        for (name, document) in [("old", reject(&redline)), ("new", accept(&redline)), ("redline", redline.clone())] {
            std::fs::write(folder().join(format!("generated{at:02}-{name}.docx")), written(&document)).expect("a file");
        }
    }
}

#[test]
fn the_sample_resolves_to_its_two_texts() {
    let redline = docx_sample::document();
    // LibreOffice without a display crashes on any comment, whoever wrote it, so these have a file of their own.
    let commented = Document { comments: docx_sample::comments(&redline), ..redline.clone() };
    let clean = [("old", reject(&redline)), ("new", accept(&redline))];
    for (name, document) in clean.into_iter().chain([("redline", redline), ("commented", commented)]) {
        let file = written(&document);
        assert_eq!(docx::faults(&file), Vec::<String>::new(), "{name}");
        std::fs::write(folder().join(format!("sample-{name}.docx")), file).expect("a file");
    }
}
