//! The logo: what a drafter may write, what is told of what isn't right, and where it stands.

use crate::common::{docx, docx_sample, generate};
use ctsd::content;
use ctsd::document::Document;
use ctsd::files::Root;
use ctsd::stylesheet::Stylesheet;
use ctsd::writer;
use lopdf::Object;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

const SHEET: &str = include_str!("../../../templates/style.yaml");
const FILE: &str = "templates/style.yaml";

/// A picture of these sizes that is opaque on its left and shines through on its right.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgba);
    let pixels = (0..height).flat_map(|_| (0..width).flat_map(|x| [31, 56, 100, u8::try_from(255 - x % 256).unwrap()]));
    let pixels: Vec<u8> = pixels.collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    file
}

/// The name and the bytes of a file.
type File = (&'static str, Vec<u8>);

fn read(logo: &str, files: &[File]) -> Result<Stylesheet, Vec<String>> {
    let files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(name, bytes)| (format!("templates/{name}"), bytes.clone())).collect();
    content::stylesheet(&Root::memory(files), FILE, &format!("{SHEET}logo: {logo}\n"))
        .map_err(|wrong| wrong.iter().map(ToString::to_string).collect())
}

fn with_logo(side: &str) -> Stylesheet {
    let logo = format!("{{ file: logo.png, width: 40, side: {side}, alt: \"Smart <Energy> & \\\"Code\\\"\" }}");
    read(&logo, &[("logo.png", png(60, 20))]).unwrap()
}

fn word(document: &Document, sheet: &Stylesheet) -> Vec<u8> {
    let (author, date) = ("A drafter".into(), None);
    let options =
        writer::docx::Options { author, date, pages: writer::pages::of_texts(document, sheet), ..Default::default() };
    writer::docx::write(document, sheet, &options).unwrap()
}

#[test]
fn what_is_wrong_with_a_logo_is_told_at_its_place() {
    let line = SHEET.lines().count() + 1;
    let good = ("logo.png", png(60, 20));
    let mut bent = png(60, 20);
    bent.truncate(90);
    let cases: [(&str, Vec<File>, &str); 10] = [
        (
            "{ file: Logo.png, width: 40, alt: x }",
            vec![good.clone()],
            "15: error[unreadable-file]: templates/Logo.png isn't there\n  help: did you mean “logo.png”?",
        ),
        (
            "{ file: sec.png, width: 40, alt: x }",
            vec![],
            "15: error[unreadable-file]: templates/sec.png isn't there\n  help: create it, or correct its name",
        ),
        (
            "{ file: ../logo.png, width: 40, alt: x }",
            vec![good.clone()],
            "15: error[bad-file-name]: “../logo.png” isn't the name of a file\n  help: put the file beside style.yaml, and write its name alone",
        ),
        (
            "{ file: logo.png, width: 40, alt: x }",
            vec![("logo.png", b"\xff\xd8\xff\xe0 and so on".to_vec())],
            "15: error[bad-picture]: templates/logo.png is a JPEG, not a PNG\n  help: open it in a program for pictures and save it as PNG",
        ),
        (
            "{ file: logo.png, width: 40, alt: x }",
            vec![("logo.png", bent)],
            "15: error[bad-picture]: templates/logo.png is a broken PNG: it ends too soon\n  help: open it in a program for pictures and save it as PNG",
        ),
        (
            "{ file: logo.png, width: 40, alt: x }",
            vec![("logo.png", png(5000, 801))],
            "15: error[bad-picture]: templates/logo.png is 5000 by 801 pixels: too many\n  help: scale the picture down: a thousand pixels across print well",
        ),
        (
            "{ file: logo.png, width: 170, alt: x }",
            vec![good.clone()],
            "32: error[bad-length]: the logo is wider than the text, of which an upright page has 160 mm\n  help: make it 160 wide at most; lengths are in millimetres",
        ),
        (
            "{ file: logo.png, width: 60, alt: x }",
            vec![("logo.png", png(20, 60))],
            "32: error[bad-length]: at that width the logo would be 180 mm high: more than a third of a turned page\n  help: make it 17 wide at most; lengths are in millimetres",
        ),
        (
            "{ file: logo.png, width: 40 }",
            vec![good.clone()],
            "9: error[missing-field]: the logo has no “alt”\n  help: add it: “alt: …”",
        ),
        (
            "{ file: logo.png, width: 40, alt: x, side: centre }",
            vec![good.clone()],
            "50: error[wrong-type]: “centre” is no side\n  help: write “left” or “right”",
        ),
    ];
    for (logo, files, message) in cases {
        assert_eq!(read(logo, &files).unwrap_err(), [format!("{FILE}:{line}:{message}")], "{logo}");
    }
    let all = read("{ file: logo.png, width: wide, side: up }", &[]).unwrap_err();
    assert_eq!(all.len(), 4, "everything is told at once: {all:?}");
}

#[test]
fn a_huge_file_is_refused_unread() {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join("templates")).unwrap();
    std::fs::File::create(root.path().join("templates/logo.png")).unwrap().set_len(100 << 20).unwrap();
    let text = format!("{SHEET}logo: {{ file: logo.png, width: 40, alt: x }}\n");
    let wrong = content::stylesheet(&Root::folder(root.path()), FILE, &text).unwrap_err();
    assert!(
        wrong[0].to_string().contains("error[file-too-large]: templates/logo.png is larger than 2 MB"),
        "{wrong:?}"
    );
}

#[test]
fn no_document_has_a_logo_unless_the_sheet_names_one() {
    let plain = crate::common::sheet();
    let document = docx_sample::document();
    let parts = docx::parts(&word(&document, &plain));
    assert!(!parts.keys().any(|path| path.contains("media") || path.contains("header1.xml.rels")));
    let file = lopdf::Document::load_mem(&writer::pdf::write(&document, &plain).unwrap()).unwrap();
    assert!(!drawn(&file).iter().any(|page| page.logo.is_some()));
}

#[test]
fn word_has_the_file_as_it_is_with_its_words_and_its_size() {
    for side in ["left", "right"] {
        let file = word(&docx_sample::document(), &with_logo(side));
        assert_eq!(docx::faults(&file), Vec::<String>::new());
        assert_eq!(docx::parts(&file)["word/media/logo.png"], png(60, 20));
        let header = docx::part(&file, "word/header1.xml");
        let named = |name: &str| header.named(name)[0].attributes.clone();
        assert_eq!(named("wp:docPr")["descr"], "Smart <Energy> & \"Code\"");
        let related = docx::part(&file, "word/_rels/header1.xml.rels").children[0].attributes.clone();
        assert_eq!((&related["Id"], &*related["Target"]), (&named("a:blip")["r:embed"], "media/logo.png"));
        // 36,000 to the millimetre; three times as wide as high.
        assert_eq!((&*named("wp:extent")["cx"], &*named("wp:extent")["cy"]), ("1440000", "480000"));
    }
}

/// What is drawn on a page: how low the logo reaches, if it is an artifact's, and how high the text does.
struct Drawn {
    logo: Option<f32>,
    highest_text: f32,
}

fn drawn(file: &lopdf::Document) -> Vec<Drawn> {
    file.page_iter()
        .map(|page| {
            let mut drawn = Drawn { logo: None, highest_text: 0.0 };
            let (mut artifact, mut matrix) = (false, Vec::new());
            for operation in file.get_and_decode_page_content(page).unwrap().operations {
                let numbers = || operation.operands.iter().filter_map(|number| number.as_float().ok()).collect();
                match operation.operator.as_str() {
                    "BDC" => artifact = operation.operands[0].as_name().unwrap() == b"Artifact",
                    "cm" => matrix = numbers(),
                    "Do" if artifact => drawn.logo = Some(matrix[5]),
                    "Tm" => {
                        let place: Vec<f32> = numbers();
                        drawn.highest_text = drawn.highest_text.max(place[5]);
                    }
                    _ => {}
                }
            }
            drawn
        })
        .collect()
}

#[test]
fn a_pdf_has_the_picture_once_on_every_page_and_no_text_beside_or_over_it() {
    let mut runner = TestRunner::deterministic();
    let generated = (0..8).map(|_| generate::document(true).new_tree(&mut runner).unwrap().current());
    for document in generated.chain([docx_sample::document()]) {
        let Ok(bytes) = writer::pdf::write(&document, &with_logo("right")) else { continue };
        let file = lopdf::Document::load_mem(&bytes).unwrap();
        let pictures = file.objects.values().filter_map(|object| object.as_stream().ok());
        let spaces: Vec<&[u8]> = pictures
            .filter(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Image"))
            .map(|stream| stream.dict.get(b"ColorSpace").and_then(Object::as_name).unwrap())
            .collect();
        assert_eq!(spaces.len(), 2, "the picture and its mask: {spaces:?}");
        for page in drawn(&file) {
            let bottom = page.logo.expect("a logo, as an artifact");
            assert!(page.highest_text < bottom, "{} over {bottom}", page.highest_text);
        }
    }
}

#[test]
fn the_same_logo_gives_the_same_bytes() {
    let document = docx_sample::document();
    let written = || (word(&document, &with_logo("left")), writer::pdf::write(&document, &with_logo("left")).unwrap());
    assert!(written() == written());
}

proptest! {
    #[test]
    fn any_bytes_are_a_picture_or_told(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0..90usize) {
        let mut file = png(60, 20);
        let end = file.len();
        file.splice(at.min(end)..(at + bytes.len()).min(end), bytes);
        let _ = read("{ file: logo.png, width: 40, alt: x }", &[("logo.png", file)]);
    }
}
