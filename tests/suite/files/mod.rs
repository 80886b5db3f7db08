//! A project is the same from disk and from memory, and whatever editor its files were saved by.

use crate::common::{copy, good};
use ctsd::files::Root;
use ctsd::pipeline::{Desk, Format, Options};
use ctsd::publish::File;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

type Files = BTreeMap<String, Vec<u8>>;

const SECTION: &str = "content/1.0/sections/1.yaml";
const COVER: &str = "templates/cover.md";
const PART: &str = "templates/mine.md";
const STYLE: &str = "templates/style.yaml";

/// The good project with templates, a part that one of them includes, a style sheet and a logo of its own.
fn project() -> Files {
    let mut files = Files::new();
    gather(&good(), "", &mut files);
    let cover = format!("{}\n{{% include \"mine.md\" %}}\n", include_str!("../../../templates/cover.md"));
    let style = include_str!("../../../templates/style.yaml").replace("# logo:", "logo:");
    files.insert(COVER.to_owned(), cover.into_bytes());
    files.insert(PART.to_owned(), "A part of our own.\n\nTwo paragraphs of it.\n".into());
    files.insert(STYLE.to_owned(), style.into_bytes());
    files.insert("templates/logo.png".to_owned(), crate::logo::png(60, 20));
    files
}

fn gather(folder: &Path, path: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = format!("{path}{}", entry.file_name().to_str().unwrap());
        match entry.path().is_dir() {
            true => gather(&entry.path(), &format!("{path}/"), files),
            false => drop(files.insert(path, fs::read(entry.path()).unwrap())),
        }
    }
}

fn on_disk(files: &Files) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    copy(&good(), root.path());
    for (path, bytes) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    root
}

fn open(root: &Root) -> Desk {
    Desk::open_from(root).unwrap_or_else(|failure| panic!("{failure}"))
}

/// The good project's version and its change document, in these formats.
fn made(desk: &Desk, formats: &[Format]) -> Vec<File> {
    let [base, target] = ["1.0", "MP1"].map(|id| desk.project.version(id).unwrap());
    let options = Options {
        formats: formats.to_vec(),
        author: None,
        date: Some("2026-01-01T00:00:00Z".to_owned()),
        context: None,
        comments: true,
        ..Options::default()
    };
    let mut files = desk.build(target, &options).unwrap();
    files.extend(desk.redline(base, target, &options).unwrap());
    files
}

fn assert_same(one: &[File], other: &[File]) {
    let names = |files: &[File]| files.iter().map(|file| file.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(one), names(other));
    for (one, other) in one.iter().zip(other) {
        assert!(one.bytes == other.bytes, "{} differs", one.name);
    }
}

#[test]
fn a_desk_from_memory_makes_the_same_bytes_as_one_from_disk() {
    let formats = [Format::Markdown, Format::Docx, Format::Pdf, Format::Json];
    let files = project();
    let disk = on_disk(&files);
    let (disk, memory) = (open(&Root::folder(disk.path())), open(&Root::memory(files)));
    let made = [made(&disk, &formats), made(&memory, &formats)];
    assert_same(&made[0], &made[1]);
    let plain = String::from_utf8(made[0][0].bytes.clone()).unwrap();
    assert!(plain.contains("Two paragraphs of it."), "the templates were its own: {plain}");
    assert!(disk.sheet.picture().is_some() && memory.sheet.picture().is_some());
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing_in_any_file() {
    let plain = project();
    let saved = |as_by: fn(String) -> String| -> Files {
        let bytes = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_or(bytes.to_vec(), |text| as_by(text).into());
        plain.iter().map(|(path, file)| (path.clone(), bytes(file))).collect()
    };
    let notepad = saved(|text| format!("\u{feff}{}", text.replace('\n', "\r\n")));
    let old_mac = saved(|text| text.replace('\n', "\r"));
    let plain = open(&Root::memory(plain));
    for saved in [notepad, old_mac] {
        let disk = on_disk(&saved);
        for desk in [open(&Root::memory(saved)), open(&Root::folder(disk.path()))] {
            let formats = [Format::Markdown, Format::Json];
            assert_same(&made(&plain, &formats), &made(&desk, &formats));
            assert_eq!(plain.sheet, desk.sheet);
        }
    }
}

#[test]
fn a_text_that_is_none_is_refused_in_the_same_words_wherever_it_stands() {
    let mixed = |bytes: &[u8]| [b"a: 1\n".as_slice(), bytes, b"\n"].concat();
    let cases: [(Vec<u8>, &str); 6] = [
        (b"\xff\xfea\0:\0".to_vec(), ":1:1: error[not-utf-8]: {file} is saved as UTF-16"),
        (b"a\0:\0 \x001\0".to_vec(), ":1:1: error[not-utf-8]: {file} is saved as UTF-16"),
        (mixed(b"caf\xe9"), ":2:4: error[not-utf-8]: the byte E9 is no character: the file isn't saved as UTF-8"),
        (mixed(b"x\x1by"), ":2:2: error[control-character]: the text holds an escape character (U+001B)"),
        (mixed("\u{2028}".as_bytes()), ":2:1: error[control-character]: the text holds a line separator (U+2028)"),
        (mixed(b"<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other"), ":2:1: error[merge-mark]: two texts stand here"),
    ];
    for file in [SECTION, COVER, PART, STYLE] {
        for (bytes, said) in &cases {
            let mut files = project();
            files.insert(file.to_owned(), bytes.clone());
            let disk = on_disk(&files);
            for root in [Root::folder(disk.path()), Root::memory(files)] {
                let faults = Desk::open_from(&root)
                    .map_or_else(|failure| failure.into_account().diagnostics, |desk| desk.project.faults);
                let expected = format!("{file}{}", said.replace("{file}", file));
                assert!(faults[0].to_string().starts_with(&expected), "{expected}\n{faults:#?}");
                assert_eq!(faults.len(), 1, "{faults:#?}");
            }
        }
    }
}

#[test]
fn a_folder_where_a_file_belongs_is_told_in_the_same_words_too() {
    for file in [SECTION, COVER, STYLE] {
        let root = on_disk(&Files::new());
        let _ = fs::remove_file(root.path().join(file));
        fs::create_dir_all(root.path().join(file)).unwrap();
        let faults = Desk::open(root.path())
            .map_or_else(|failure| failure.into_account().diagnostics, |desk| desk.project.faults);
        let expected = format!("{file}:1:1: error[not-a-file]: {file} is a folder; a file belongs there");
        assert!(faults.iter().any(|fault| fault.to_string().starts_with(&expected)), "{expected}\n{faults:#?}");
    }
}

#[test]
fn a_root_without_content_is_told_from_memory_too() {
    let failure = Desk::open_from(&Root::memory(Files::new())).unwrap_err();
    let said: Vec<String> = failure.diagnostics().iter().map(ToString::to_string).collect();
    assert!(said[0].starts_with("error[no-content]: there is no folder “content” in the files"), "{said:?}");
}
