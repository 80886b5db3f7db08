//! What the text refers to: the links of documents and the findings of checks are of one mind about it.

mod redlined;

use crate::common::{docx, good};
use ctsd::check::check;
use ctsd::content;
use ctsd::files::Root;
use ctsd::pipeline::{Desk, Format, Options};
use std::collections::BTreeMap;

const WORDS: &str = "references: { section: Section, section_also: [clause], table: Table }\n";

/// The good project with another Section 1, and with these words in `appendix.yaml`: the anchors that its Word document
/// links to, and the references that checks find nothing for.
fn links_and_findings(words: &str, text: &str) -> (Vec<String>, Vec<String>) {
    let path = |path: &str| std::fs::read(good().join(path)).unwrap();
    let mut files: BTreeMap<String, Vec<u8>> = ["1.0/version.yaml", "1.0/sections/2.yaml", "1.0/sections/2.1.yaml"]
        .map(|file| format!("content/{file}"))
        .map(|file| (file.clone(), path(&file)))
        .into();
    let appendix = [path("content/appendix.yaml"), words.into()].concat();
    files.insert("content/appendix.yaml".into(), appendix);
    let section = format!("section: \"1\"\nheading: Purpose\nbody: |\n  {text}\n");
    files.insert("content/1.0/sections/1.yaml".into(), section.into_bytes());
    let root = Root::memory(files);
    let desk = Desk::open_from(&root).unwrap();
    let version = desk.project.version("1.0").unwrap();
    let options = Options { formats: vec![Format::Docx], ..Options::default() };
    let made = desk.build(version, &options).unwrap();
    let body = docx::body(&made[0].bytes);
    // The contents come first, with a link for each of the three sections.
    let links = body.named("w:hyperlink").into_iter().skip(3).map(|link| link.attributes["w:anchor"].clone());
    let (standards, _) = content::standards(&root).unwrap();
    let found = check(&desk.project, &desk.templates, &standards, &desk.sheet, &[version], &Default::default());
    let dangling = found.iter().filter(|finding| finding.code.to_string() == "dangling-reference");
    (links.collect(), dangling.map(|finding| finding.message.clone()).collect())
}

#[test]
fn what_is_here_is_linked_and_what_is_of_another_document_neither_linked_nor_missed() {
    let text = "See Section 2, TC Section 2.1, Section 2 of the UTSAD, clause 2.1 of Appendix T and Section 9.";
    let (links, missed) = links_and_findings(WORDS, text);
    assert_eq!(links, ["section_2", "section_2_1"]);
    assert_eq!(missed, ["the text names Section 9, and no section or table that is shown answers to it"]);
}

#[test]
fn the_words_are_the_appendixs_own() {
    let (links, missed) = links_and_findings("", "See Section 2 and Section 9.");
    assert_eq!((links, missed), (Vec::new(), Vec::new()));
    let words = "references: { section: Paragraph, table: Schedule }\n";
    let (links, missed) = links_and_findings(words, "See Paragraph 2 and Section 2.");
    assert_eq!((links, missed), (vec!["section_2".to_owned()], Vec::new()));
}
