//! Where the references of a redline lead, once Word has accepted or rejected everything: where those of the clean
//! document do.

use crate::common::docx::{self, Node, Resolve, resolve};
use ctsd::files::Root;
use ctsd::pipeline::{Desk, Format, Options};
use proptest::prelude::*;
use std::collections::BTreeMap;

const NUMBERS: [&str; 7] = ["1", "1.1", "1.2", "1.3", "2", "2.1", "3"];

/// Each link within the text by the number that it names, with the heading that it leads to. Of a reference that was
/// changed, the number alone leads there.
fn links(body: &Node) -> Vec<(String, String)> {
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    for paragraph in body.named("w:p") {
        for bookmark in paragraph.named("w:bookmarkStart") {
            places.insert(bookmark.attributes["w:name"].clone(), docx::text(paragraph));
        }
    }
    let links = body.named("w:hyperlink").into_iter().filter(|link| link.named("w:fldChar").is_empty());
    let links = links.map(|link| {
        let place = link.attributes.get("w:anchor").and_then(|anchor| places.get(anchor)).cloned();
        (docx::text(link), place.unwrap_or_else(|| "nowhere".to_owned()))
    });
    let number = |(text, place): (String, String)| (text.trim_start_matches("Section ").to_owned(), place);
    // The lines of the contents are links too.
    let is_reference = |text: &str| !text.is_empty() && !text.contains("Title") && !text.contains("New");
    links.filter(|(text, _)| is_reference(text)).map(number).collect()
}

fn files(deeds: &[(usize, u8, usize)]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut write = |path: String, text: String| drop(files.insert(format!("content/{path}"), text.into_bytes()));
    write("appendix.yaml".into(), include_str!("../../../content/appendix.yaml").into());
    write("1.0/version.yaml".into(), "id: \"1.0\"\nname: One\nclassification: White\n".into());
    write("mp1/version.yaml".into(), "id: MP1\nname: MP1\nbase: \"1.0\"\n".into());
    for (at, number) in NUMBERS.iter().enumerate() {
        let named = NUMBERS[(at + 2) % NUMBERS.len()];
        let body = format!("See Section {named} and Section {number} of this document, but not Section 7.7.");
        write(
            format!("1.0/sections/{number}.yaml"),
            format!("section: \"{number}\"\nheading: Title {at}\nbody: {body}\n"),
        );
    }
    for &(at, deed, other) in deeds {
        let (number, other) = (NUMBERS[at], NUMBERS[other]);
        let text = match deed {
            0 => format!("section: \"{number}\"\ndelete: true\nclose_up: true\n"),
            1 => format!("insert: \"{number}\"\nid: new{at}\nheading: New {at}\nbody: See Section {other}.\n"),
            2 => format!("section: \"{number}\"\nbody: See also Section {other}, and Section {number}.\n"),
            3 => format!("section: \"{number}\"\nrenumber: \"1.{}\"\n", 4 + at),
            _ => format!("section: \"{number}\"\nmove: {{ after: \"{other}\" }}\n"),
        };
        write(format!("mp1/sections/{at}.yaml"), text);
    }
    files
}

proptest! {
    #![proptest_config(crate::common::config(40))]

    #[test]
    fn a_redlines_links_lead_where_those_of_either_text_do(
        deeds in proptest::collection::vec((0..NUMBERS.len(), 0..5u8, 0..NUMBERS.len()), 1..4),
    ) {
        let desk = Desk::open_from(&Root::memory(files(&deeds))).unwrap();
        let (Some(base), Some(target)) = (desk.project.version("1.0"), desk.project.version("mp1")) else { return Ok(()) };
        let options = Options { formats: vec![Format::Docx], ..Options::default() };
        let body = |bytes: &[u8]| docx::body(bytes);
        let marked = body(&desk.full_redline(base, target, &options).unwrap()[0].bytes);
        for (how, version) in [(Resolve::Accept, target), (Resolve::Reject, base)] {
            let clean = body(&desk.build(version, &options).unwrap()[0].bytes);
            prop_assert_eq!(links(&resolve(&marked, how)), links(&clean), "{:?}", how);
        }
    }
}
