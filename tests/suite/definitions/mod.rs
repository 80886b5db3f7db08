//! Definitions: terms and what they mean, as a drafter writes them and as they are drawn.

use crate::common::{copy, docx, good, sheet};
use ctsd::diagnostic::Code;
use ctsd::document::markdown::{read_body, write_blocks};
use ctsd::document::{Block, Document, Kind, accept, reject};
use ctsd::pipeline::Desk;
use ctsd::reader::{self, View};
use ctsd::redline::compare;
use ctsd::writer::pdf::tree::Tag;
use ctsd::writer::{docx as word, pdf};
use std::fs;

const BODY: &str = "In this part:\n\nDCC Key\n: a key that the **DCC** keeps, and:\n\n  (a) one;\n  (b) two.\n\n  It is no Device.\n\n\
                    Device\n: a thing.\n\nThat is all.\n";

fn kinds(blocks: &[Block]) -> Vec<(String, String)> {
    let said = |block: &Block| {
        let Block::Paragraph(paragraph) = block else { panic!("{block:?}") };
        let kind = match &paragraph.kind.now {
            Kind::Body => "body".to_owned(),
            Kind::Role(role) => format!("{role:?}").to_lowercase(),
            Kind::Item { level, .. } => format!("item {level}"),
            other => format!("{other:?}"),
        };
        (kind, paragraph.text())
    };
    blocks.iter().map(said).collect()
}

#[test]
fn a_term_has_what_it_means_below_it() {
    let blocks = read_body(BODY).unwrap_or_else(|faults| panic!("{faults:?}"));
    let all = kinds(&blocks);
    let all: Vec<(&str, &str)> = all.iter().map(|(kind, text)| (kind.as_str(), text.as_str())).collect();
    assert_eq!(
        all,
        [
            ("body", "In this part:"),
            ("term", "DCC Key"),
            ("meaning", "a key that the DCC keeps, and:"),
            ("item 2", "one;"),
            ("item 2", "two."),
            ("meaning", "It is no Device."),
            ("term", "Device"),
            ("meaning", "a thing."),
            ("body", "That is all."),
        ]
    );
    assert_eq!(read_body(&write_blocks(&blocks)), Ok(blocks));
    assert_eq!(
        kinds(&read_body("a\n\n\\: b").unwrap()),
        [("body".to_owned(), "a".to_owned()), ("body".to_owned(), ": b".to_owned()),]
    );
}

#[test]
fn definitions_go_through_every_format_and_a_redline() {
    let document = |text: &str| Document { blocks: read_body(text).unwrap(), ..Document::default() };
    let (old, new) = (
        document(BODY),
        document(&BODY.replace("Device\n: a thing.", "Device\n: a physical thing.\n\nUser\n: a person.")),
    );
    let redline = compare(&old, &new, "old", "new").document;
    assert_eq!((&accept(&redline).blocks, &reject(&redline).blocks), (&new.blocks, &old.blocks));
    let file = word::write(&redline, &sheet(), &word::Options::default()).unwrap();
    assert_eq!(docx::faults(&file), Vec::<String>::new());
    for (view, text) in [(View::Original, &old), (View::Proposed, &new)] {
        let (read, remarks) = reader::document(&reader::docx::read(&file).unwrap(), view);
        assert_eq!((write_blocks(&read.blocks), remarks), (write_blocks(&text.blocks), Vec::new()));
    }
    let laid = pdf::lay_out(&redline, &sheet()).unwrap();
    let lists: Vec<_> = laid.tree.nodes.iter().enumerate().filter(|(_, node)| node.tag == Tag::Definitions).collect();
    let [(list, _)] = lists[..] else { panic!("{} lists", lists.len()) };
    assert_eq!(laid.tree.nodes.iter().filter(|node| node.parent == list && node.tag == Tag::Item).count(), 3);
}

#[test]
fn what_is_wrong_with_definitions_is_told_at_its_line() {
    let body = "- a\n  : b\n\nTerm\n:\n\nOther\n:c\n";
    let faults = read_body(body).unwrap_err();
    assert!(faults.iter().any(|fault| fault.message.contains("stands within a list")), "{faults:?}");
    assert!(faults.iter().any(|fault| fault.message.contains("a term has no meaning")), "{faults:?}");
}

#[test]
fn terms_stand_in_the_order_of_the_alphabet() {
    let root = tempfile::tempdir().unwrap();
    copy(&good(), root.path());
    let version = fs::read_dir(root.path().join("content")).unwrap().filter_map(Result::ok).find(|entry| {
        let head = fs::read_to_string(entry.path().join("version.yaml")).unwrap_or_default();
        !head.is_empty() && !head.contains("base:")
    });
    let body = "  Device\n  : a thing.\n\n  DCC Key\n  : a key.\n\n  User\n  : a person.\n";
    let section = version.unwrap().path().join("sections/99.yaml");
    fs::write(section, format!("section: \"99\"\nheading: Words\nbody: |\n{body}")).unwrap();
    let desk = Desk::open(root.path()).unwrap();
    let findings = desk.check(&desk.asked(&[]).unwrap()).diagnostics;
    let order: Vec<_> = findings.iter().filter(|finding| finding.code == Code::DefinitionOrder).collect();
    assert_eq!(order.len(), 1, "{findings:#?}");
    assert!(order[0].message.contains("“DCC Key” is defined below “Device”"), "{order:?}");
}
