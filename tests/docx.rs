//! The laws of the Word document, read back with the tests' own reader.

mod common;

use common::docx::{self, Resolve};
use common::{docx_sample, generate};
use ctsd::document::{Document, accept, reject};
use ctsd::stylesheet::Stylesheet;
use ctsd::writer::docx::{Options, write};
use proptest::prelude::*;

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

/// Writes the sample, and generated documents, where other readers can be tried on them.
#[test]
fn the_sample_resolves_to_its_two_texts() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("docx");
    std::fs::create_dir_all(&folder).expect("a folder");
    let redline = docx_sample::document();
    let texts = [("redline", redline.clone()), ("old", reject(&redline)), ("new", accept(&redline))];
    for (name, document) in texts {
        let file = written(&document);
        assert_eq!(docx::faults(&file), Vec::<String>::new(), "{name}");
        std::fs::write(folder.join(format!("sample-{name}.docx")), file).expect("a file");
    }
}
