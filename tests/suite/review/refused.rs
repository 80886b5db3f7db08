//! What isn't a copy of a redline of the project: told what it is, and what to do.

use super::told::project;
use super::{Files, desk, reviewer, sent};
use crate::common::docx;
use ctsd::pipeline::{Desk, Format, Options};

fn refused(desk: &Desk, bytes: &[u8]) -> String {
    desk.review_bytes(bytes).unwrap_err().to_string()
}

#[test]
fn a_document_that_says_nothing_of_a_redline_is_for_import() {
    let desk = desk(&project());
    let mut parts = docx::parts(&sent(&desk, "M1", true));
    parts.retain(|path, _| !path.starts_with("customXml") && path != "docProps/custom.xml");
    assert!(refused(&desk, &reviewer::packed(&parts)).contains("use “ctsd import”"));
    let options = Options { formats: vec![Format::Docx], ..Options::default() };
    let clean = desk.build(desk.version("M1").unwrap(), &options).unwrap().remove(0).bytes;
    let why = refused(&desk, &clean);
    assert!(why.contains("a clean document of M1") && why.contains("ctsd import … --as ID --base M1"), "{why}");
}

#[test]
fn a_copy_that_has_lost_its_text_is_to_be_asked_for_again() {
    let desk = desk(&project());
    let mut parts = docx::parts(&sent(&desk, "M1", true));
    let main = String::from_utf8(parts["word/document.xml"].clone()).unwrap();
    let (start, end) = (main.find("<w:body>").unwrap() + 8, main.find("</w:body>").unwrap());
    for left in ["", "<w:p/>"] {
        let body = format!("{}{left}{}", &main[..start], &main[end..]);
        parts.insert("word/document.xml".to_owned(), body.into_bytes());
        let why = refused(&desk, &reviewer::packed(&parts));
        assert!(why.contains("lost its text: ask for the copy again"), "{why}");
    }
}

#[test]
fn a_copy_of_another_project_is_told_by_the_version_that_is_unknown() {
    let files = project();
    let copy = sent(&desk(&files), "M1", true);
    let other: Files = files.into_iter().filter(|(path, _)| !path.contains("/m1/")).collect();
    let why = refused(&desk(&other), &copy);
    assert!(why.contains("this project has no M1: is it another project's?"), "{why}");
}

#[test]
fn what_is_no_word_document_is_told_by_what_it_is() {
    let (desk, folder) = (desk(&project()), tempfile::tempdir().unwrap());
    let options = Options { formats: vec![Format::Xlsx], ..Options::default() };
    let workbook = desk.build(desk.version("M1").unwrap(), &options).unwrap().remove(0).bytes;
    let text = b"application/vnd.oasis.opendocument.text".to_vec();
    let open_document = reviewer::packed(&[("mimetype".to_owned(), text)].into());
    let files: [(&str, &[u8], &str); 9] = [
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "the format of Office 97: open it in Word or"),
        (
            "locked.docx",
            include_bytes!("locked.docx"),
            "protected by a password: open it with that, and save it without",
        ),
        ("copy.odt", &open_document, "an OpenDocument text: open it in Word or LibreOffice, and save it"),
        ("copy.rtf", b"{\\rtf1}", "Rich Text Format: open it in Word or LibreOffice"),
        ("copy.pdf", b"%PDF-1.7", "a PDF: ask for a Word document that it was made from"),
        ("empty.docx", b"", "it is empty: ask for it again"),
        ("notes.txt", b"Accept all of it.", "it isn't a Word document (.docx): check that it is the file"),
        ("book.xlsx", &workbook, "a workbook of Excel, not a Word document: “ctsd import” reads it"),
        ("half.docx", b"PK\x03\x04 and no more", "damaged: its list of parts can't be read. Ask for it again"),
    ];
    let why = |name: &str| desk.review_file(&folder.path().join(name)).unwrap_err().to_string();
    for (name, bytes, told) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let why = why(name);
        assert!(why.contains(&format!("{name}: ")) && why.contains(told), "{why}");
    }
    std::fs::create_dir(folder.path().join("folder.docx")).unwrap();
    assert!(why("folder.docx").ends_with("folder.docx: this is a folder: name the document in it that you mean"));
    assert!(why("none.docx").contains("none.docx: there is no such file: check its name"));
}
