//! Pictures in a text: what a drafter writes, what is wrong with it, and what becomes of it.

use crate::common::{copy, docx, good, sheet};
use ctsd::document::markdown::{read_body, write_blocks};
use ctsd::document::{Block, Document, Figure, Kind, Paragraph, Run, TextRole, accept, markdown, reject};
use ctsd::pipeline::Desk;
use ctsd::reader::{self, View};
use ctsd::redline::compare;
use ctsd::writer::{docx as word, pdf};
use std::fs;

const FLOW: &str = "figures/flow.png";

fn figure(file: &str, alt: &str, caption: &str) -> Block {
    let caption = (!caption.is_empty()).then(|| Run::plain(format!("\n{caption}")));
    let shown = Run::showing(Figure { file: file.to_owned(), alt: alt.to_owned() });
    Block::Paragraph(Paragraph::new(Kind::Role(TextRole::Figure), [shown].into_iter().chain(caption).collect()))
}

fn text(words: &str) -> Block {
    Block::Paragraph(Paragraph::new(Kind::Body, vec![Run::plain(words)]))
}

#[test]
fn a_picture_has_a_paragraph_and_its_caption_the_lines_below() {
    for (written, blocks) in [
        ("![A flow](figures/flow.png)", vec![figure(FLOW, "A flow", "")]),
        (
            "a\n\n![A *b* \\[c\\]](figures/flow.png)\nFigure 1\nand more\n\nz",
            vec![text("a"), figure(FLOW, "A b [c]", "Figure 1 and more"), text("z")],
        ),
        ("![x](<figures/a b.JPG>)\n\\- no item", vec![figure("figures/a b.JPG", "x", "- no item")]),
        ("\\![x](https://a.b) stays", vec![]),
    ] {
        let read = read_body(written).unwrap_or_else(|faults| panic!("{written}: {faults:?}"));
        if !blocks.is_empty() {
            assert_eq!(read, blocks, "{written}");
        }
        assert_eq!(read_body(&write_blocks(&read)), Ok(read), "{written}");
    }
    assert_eq!(write_blocks(&[figure(FLOW, "A flow", "Figure 1")]), "![A flow](<figures/flow.png>)\nFigure 1\n\n");
}

#[test]
fn what_is_wrong_with_pictures_is_told_all_at_once() {
    let body = "![](figures/a.png)\n\n![x](../b.png)\n\n![x](figures/c.gif)\n\na ![x](figures/d.png)\n\n\
                ![x](figures/e.png) b\n\n- ![x](figures/f.png)\n\n# ![x](figures/g.png)\n\n![x](figures/h.png \"t\")\n";
    let faults = read_body(body).unwrap_err();
    for (words, at) in [
        ("nothing says what the picture shows", "figures/a.png"),
        ("“../b.png” isn't the name of a picture", "../b.png"),
        ("“figures/c.gif” isn't the name of a picture", "c.gif"),
        ("stands among words", "d.png"),
        ("words stand beside a picture", "b"),
        ("stands among words", "f.png"),
        ("stands among words", "g.png"),
        ("has its caption within the brackets", "h.png"),
    ] {
        let told = |fault: &&markdown::Fault| fault.message.contains(words) && body[fault.at.clone()].contains(at);
        assert!(faults.iter().any(|fault| told(&fault)), "{words} at {at}: {faults:#?}");
    }
    assert_eq!(faults.len(), 8, "{faults:#?}");
    let clause = read_body("<!-- ctsd:clause {\"id\":\"5.4\",\"level\":1} -->\nWords.").unwrap_err();
    assert!(clause[0].message.contains("a section begins within another"), "{clause:?}");
}

#[test]
fn a_picture_that_cannot_be_shown_is_an_error_where_the_text_names_it() {
    let root = tempfile::tempdir().unwrap();
    copy(&good(), root.path());
    let figures = root.path().join("content/figures");
    fs::create_dir_all(&figures).unwrap();
    fs::write(figures.join("flow.png"), sheet().figures[FLOW].file.clone()).unwrap();
    fs::write(figures.join("gif.png"), b"GIF89a").unwrap();
    // A hundred thousand pixels across, and two thousand down.
    let mut vast = sheet().figures[FLOW].file.clone();
    vast[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 0, 7, 0xd0]);
    let crc = crc32(&vast[12..29]).to_be_bytes();
    vast[29..33].copy_from_slice(&crc);
    fs::write(figures.join("vast.png"), vast).unwrap();
    fs::write(figures.join("short.jpg"), &sheet().figures["figures/meter.jpg"].file[..900]).unwrap();
    let version = fs::read_dir(root.path().join("content")).unwrap().filter_map(Result::ok).find(|entry| {
        let head = fs::read_to_string(entry.path().join("version.yaml")).unwrap_or_default();
        !head.is_empty() && !head.contains("base:")
    });
    let section = version.unwrap().path().join("sections/99.yaml");
    let body: String = ["flow.png", "flaw.png", "gif.png", "vast.png", "short.jpg"]
        .map(|name| format!("\n  ![What it shows](figures/{name})\n"))
        .concat();
    // What isn't of the dialect is told with them.
    let rest = "\n  A note[^1] that has no text.\n\n  (a) one; and\n  (a) two.\n\n  ![](figures/flow.png)\n";
    fs::write(section, format!("section: \"99\"\nheading: Pictures\nbody: |\n  As follows:\n{body}{rest}")).unwrap();
    let desk = Desk::open(root.path()).unwrap();
    let faults: Vec<String> = desk
        .project
        .faults
        .iter()
        .map(|fault| {
            let at = fault.location.as_ref().unwrap();
            format!("{}:{} {}; {}", at.line, at.column, fault.message, fault.help.clone().unwrap_or_default())
        })
        .collect();
    assert_eq!(faults.len(), 7, "{faults:#?}");
    for (at, words) in [
        ("8:3 ", "did you mean “flow.png”?"),
        ("10:3 ", "gif.png is a GIF, not a PNG or a JPEG"),
        ("12:3 ", "is 100000 by 2000 pixels: too many"),
        ("14:3 ", "short.jpg is a broken JPEG: it ends too soon"),
        ("16:9 ", "the note 1 has no text below"),
        ("19:3 ", "the label (a) stands twice in one list"),
        ("21:3 ", "nothing says what the picture shows"),
    ] {
        assert!(faults.iter().any(|fault| fault.starts_with(at) && fault.contains(words)), "{at} {words}: {faults:#?}");
    }
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}

fn pair() -> (Document, Document) {
    let old = vec![text("Before."), figure(FLOW, "The flow", "Figure 1: the flow"), figure(FLOW, "Gone", "")];
    let new = vec![
        text("Before."),
        figure("figures/meter.jpg", "A meter", "Figure 1: the meter"),
        text("After."),
        figure(FLOW, "Come", "Figure 2"),
    ];
    let document = |blocks| Document { blocks, ..Document::default() };
    (document(old), document(new))
}

#[test]
fn a_picture_that_changes_is_struck_and_inserted() {
    let (old, new) = pair();
    let redline = compare(&old, &new, "old", "new").document;
    assert_eq!((accept(&redline).blocks, reject(&redline).blocks), (new.blocks, old.blocks));
    let written = markdown::write(&redline);
    assert!(
        written.contains("<del>![The flow](<figures/flow.png>)</del><ins>![A meter](<figures/meter.jpg>)</ins>"),
        "{written}"
    );
    let file = word::write(&redline, &sheet(), &word::Options::default()).unwrap();
    let body = docx::body(&file);
    let drawn = |name: &str| -> Vec<String> {
        let changes = body.named(name);
        changes.iter().flat_map(|it| it.named("wp:docPr")).map(|it| it.attributes["descr"].clone()).collect()
    };
    assert_eq!(drawn("w:del"), ["The flow", "Gone"]);
    assert_eq!(drawn("w:ins"), ["A meter", "Come"]);
    let parts = docx::parts(&file);
    assert!(parts.contains_key("word/media/figure1.png") && parts.contains_key("word/media/figure2.jpeg"));
    assert!(!parts.contains_key("word/media/figure3.png"), "each picture is there once");
}

#[test]
fn a_picture_comes_back_from_word_with_its_words_and_its_name() {
    let (document, _) = pair();
    let file = word::write(&document, &sheet(), &word::Options::default()).unwrap();
    let (read, remarks) = reader::document(&reader::docx::read(&file).unwrap(), View::Proposed);
    assert_eq!(markdown::write_blocks(&read.blocks), markdown::write_blocks(&document.blocks));
    assert_eq!(remarks, []);
}

#[test]
fn a_pdf_says_what_a_picture_shows_and_has_its_caption_within_it() {
    let (old, new) = pair();
    let laid = pdf::lay_out(&compare(&old, &new, "old", "new").document, &sheet()).unwrap();
    let tree = &laid.tree;
    let figures: Vec<_> = tree.nodes.iter().filter(|node| node.tag == pdf::tree::Tag::Figure).collect();
    let shown: Vec<_> =
        figures.iter().map(|node| (node.alt.as_deref().unwrap(), tree.nodes[node.parent].tag)).collect();
    use pdf::tree::Tag::{Deleted, Inserted};
    assert_eq!(shown, [("The flow", Deleted), ("A meter", Inserted), ("Gone", Deleted), ("Come", Inserted)]);
    let captions = tree.nodes.iter().filter(|node| node.tag == pdf::tree::Tag::Caption);
    assert!(captions.clone().all(|node| tree.nodes[node.parent].tag == pdf::tree::Tag::Figure));
    assert_eq!(captions.count(), 2);
    let on_pages: usize = laid.pages.iter().map(|page| page.figures.len()).sum();
    assert_eq!((on_pages, laid.figures.len()), (4, 2));
}
