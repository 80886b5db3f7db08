//! What must hold of any bytes whatever: one law for each fuzz target, and for each input that once broke it.

use ctsd::adopt::{Wanted, workbook::Naming};
use ctsd::compose::{self, Project};
use ctsd::content;
use ctsd::diagnostic::{Account, Failure};
use ctsd::document::{Block, Document, accept, is_clean, markdown as hub, reject};
use ctsd::files::Root;
use ctsd::pipeline::importing::{self, Imported, Importing};
use ctsd::pipeline::{Desk, Format, Options};
use ctsd::reader::{self, View, docx, xlsx};
use ctsd::redline::{ChangeList, apply, compare as redline};
use std::collections::BTreeMap;

/// A Word document is read or refused, and what is printed of it reads back. The bytes are a ZIP archive or, since few are,
/// the main part of a document.
pub fn word(bytes: &[u8]) {
    let read = match bytes.starts_with(b"PK") {
        true => docx::read(bytes),
        false => docx::read(&archive(bytes)),
    };
    let Ok(marked) = read else { return };
    for view in [View::Original, View::Proposed, View::Marked] {
        let (document, _) = reader::document(&marked, view);
        assert!(view == View::Marked || is_clean(&document), "{view:?}");
        assert_eq!(hub::read(&hub::write(&document)).as_ref(), Ok(&document), "{view:?}");
    }
}

/// A Word document becomes content or is refused: a version of its own, and a modification of one that is there. What is
/// written is a project that reads.
pub fn import(bytes: &[u8]) {
    let archived = if bytes.starts_with(b"PK") { bytes.to_vec() } else { archive(bytes) };
    let Ok(marked) = docx::read(&archived) else { return };
    for base in [None, Some("1.0"), Some("Old")] {
        if let Ok(imported) = importing::import(&small(), marked.clone(), &as_new(base)) {
            opens(&imported, base);
        }
    }
}

/// The same of the tables of a workbook. The bytes are a ZIP archive, or else the one sheet of one.
pub fn workbook(bytes: &[u8]) {
    let book = match bytes.starts_with(b"PK") {
        true => xlsx::read(bytes),
        false => xlsx::read(&packed(&[
            ("xl/workbook.xml", br#"<workbook><sheets><sheet name="2.2" r:id="a"/></sheets></workbook>"#),
            ("xl/_rels/workbook.xml.rels", SHEET_OF_BOOK),
            ("xl/worksheets/sheet1.xml", bytes),
        ])),
    };
    let Ok(book) = book else { return };
    for base in [None, Some("1.0")] {
        if let Ok(imported) = importing::import_workbook(&small(), &book, &as_new(base), &Naming::default()) {
            opens(&imported, base);
        }
    }
}

const SHEET_OF_BOOK: &[u8] = br#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// The small project.
fn small() -> Root {
    Root::memory(PROJECT.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect())
}

fn as_new(base: Option<&str>) -> Importing {
    Importing {
        wanted: Wanted { id: "New".to_owned(), name: None },
        base: base.map(str::to_owned),
        authors: Vec::new(),
        numbers_headings: false,
        accepts_vocabulary: true,
        replaces: false,
    }
}

/// The small project with what an import makes of it is one that reads, and its new version can be built; unless there
/// is something to be settled first. No word is lost untold.
fn opens(imported: &Imported, base: Option<&str>) {
    let adopted = &imported.adopted;
    assert!(adopted.words.missing() == 0 || adopted.remarks.iter().any(|it| it.lost), "{:?}", adopted.words);
    if imported.amended.as_ref().is_some_and(|it| !it.conflicts.is_empty()) {
        return;
    }
    let mut files: BTreeMap<String, Vec<u8>> =
        PROJECT.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
    files.extend(imported.revised.written.iter().map(|file| (file.path.clone(), file.text.clone().into_bytes())));
    files.extend(imported.revised.pictures.iter().cloned());
    let root = Root::memory(files);
    let desk = Desk::open_from(&root).unwrap_or_else(|failure| panic!("onto {base:?}: {failure}"));
    let options = Options { formats: vec![Format::Markdown], ..Options::default() };
    let built = desk.version("New").and_then(|version| desk.build(version, &options));
    built.unwrap_or_else(|failure| panic!("onto {base:?}: {failure}"));
}

/// A Word document with that main part.
fn archive(main: &[u8]) -> Vec<u8> {
    packed(&[("word/document.xml", main)])
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        archive.start_file(*name, options).expect("an entry");
        std::io::Write::write_all(&mut archive, bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

/// Between the two texts of a comparison, a line of its own.
const BETWEEN: &str = "\n%%%\n";

/// A small project with one version laid over another; the bytes take the place of one of its files.
const PROJECT: [(&str, &[u8]); 12] = [
    file(TERMS, b""),
    file(ALLOW, b""),
    file(REGISTER, b""),
    file("content/appendix.yaml", include_bytes!("../content/good/content/appendix.yaml")),
    file("content/1.0/version.yaml", include_bytes!("../content/good/content/1.0/version.yaml")),
    file("content/1.0/sections/1.yaml", include_bytes!("../content/good/content/1.0/sections/1.yaml")),
    file("content/1.0/sections/2.yaml", include_bytes!("../content/good/content/1.0/sections/2.yaml")),
    file("content/1.0/sections/2.1.yaml", include_bytes!("../content/good/content/1.0/sections/2.1.yaml")),
    file("content/1.0/tables/2.2.yaml", include_bytes!("../content/good/content/1.0/tables/2.2.yaml")),
    file("content/mp1/version.yaml", include_bytes!("../content/good/content/mp1/version.yaml")),
    file("content/mp1/sections/1.yaml", include_bytes!("../content/good/content/mp1/sections/1.yaml")),
    file("content/mp1/tables/2.2.yaml", include_bytes!("../content/good/content/mp1/tables/2.2.yaml")),
];

const TERMS: &str = "content/terms.yaml";
const ALLOW: &str = "content/allow.yaml";
const REGISTER: &str = "content/registers/duis.yaml";

const fn file<'a>(path: &'a str, bytes: &'a [u8]) -> (&'a str, &'a [u8]) {
    (path, bytes)
}

/// Content is read, or refused with something to do at a place that there is.
///
/// A first line `# content/…` says which file the bytes take the place of.
pub fn content(bytes: &[u8]) {
    let first = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    if let Some((path, _)) = PROJECT.iter().find(|(path, _)| first.strip_prefix(b"# ") == Some(path.as_bytes())) {
        content_as(path, bytes);
    }
}

fn content_as(path: &str, bytes: &[u8]) {
    let mut files: BTreeMap<String, Vec<u8>> =
        PROJECT.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
    files.insert(path.to_owned(), bytes.to_vec());
    let failure = match path {
        // None of these has to be there, and only checks read them.
        TERMS | ALLOW | REGISTER => {
            files.retain(|other, _| other == path);
            content::standards(&Root::memory(files)).err()
        }
        _ => compose::load_from(&Root::memory(files)).and_then(Project::whole).err(),
    };
    let Some(Account { diagnostics, sources }) = failure.map(Failure::into_account) else { return };
    assert!(!diagnostics.is_empty(), "refused without a word");
    for diagnostic in diagnostics {
        let at = diagnostic.location.as_ref().unwrap_or_else(|| panic!("no place: {diagnostic}"));
        assert!(at.line >= 1 && at.column >= 1 && diagnostic.help.is_some(), "{diagnostic}");
        if let (Some(text), Some(line)) = (sources.text(&at.file), sources.line(at)) {
            let width = line.chars().count() + 1;
            assert!(at.column <= width && at.column + at.length <= width.max(at.column), "{diagnostic}: {text}");
        } else {
            assert!(sources.text(&at.file).is_none_or(str::is_empty) || at.line == 1, "no such line: {diagnostic}");
        }
    }
}

/// Markdown is read, or refused at places within it; what was read is written and reads back as the same tree, and
/// so does each of the two clean trees in it.
pub fn markdown(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match hub::read(text) {
        Ok(document) => {
            reads_back(&document);
            for clean in [accept(&document), reject(&document)] {
                assert!(is_clean(&clean));
                reads_back(&with_text(clean));
            }
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a word");
            for fault in faults {
                assert!(text.get(fault.at.clone()).is_some(), "no such place: {fault:?}");
            }
        }
    }
}

/// The redline of two documents holds both, in the tree, in Markdown and in its list of amendments.
pub fn compare(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Some((old, new)) = text.split_once(BETWEEN) else { return };
    let (Ok(old), Ok(new)) = (hub::read(old), hub::read(new)) else { return };
    let (old, new) = (with_text(reject(&old)), with_text(accept(&new)));
    let redline = redline(&old, &new, "old", "new");
    assert_eq!(accept(&redline.document), new, "accept");
    assert_eq!(reject(&redline.document), old, "reject");
    reads_back(&redline.document);
    let json = serde_json::to_string(&redline.changes).expect("plain data turns into JSON");
    let changes: ChangeList = serde_json::from_str(&json).expect("what was written as JSON reads back");
    assert_eq!(apply(&old, &changes), Ok(new), "amendments: {json}");
}

/// Without the paragraphs that have lost all their words and stand empty; Markdown has none.
fn with_text(mut document: Document) -> Document {
    document.blocks.retain(|block| !matches!(block, Block::Paragraph(paragraph) if paragraph.runs.is_empty()));
    document
}

fn reads_back(document: &Document) {
    let text = hub::write(document);
    assert_eq!(hub::read(&text).as_ref(), Ok(document), "{text}");
}
