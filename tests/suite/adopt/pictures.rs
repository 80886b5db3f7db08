//! The pictures of a document come with it: under the names that they had, and never over another picture.

use super::{as_modification, as_version, built};
use ctsd::files::Root;
use ctsd::pipeline::importing::{Imported, import};
use ctsd::pipeline::{Desk, Format, Options};
use ctsd::reader::docx;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

type Bytes = BTreeMap<String, Vec<u8>>;

/// The files of the example of another code, by their paths.
fn example() -> Bytes {
    fn add(folder: &Path, path: &str, files: &mut Bytes) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = format!("{path}/{}", entry.file_name().to_str().unwrap());
            match entry.path().is_dir() {
                true => add(&entry.path(), &path, files),
                false => drop(files.insert(path, fs::read(entry.path()).unwrap())),
            }
        }
    }
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/another");
    let mut files = Bytes::new();
    ["content", "templates"].iter().for_each(|folder| add(&root.join(folder), folder, &mut files));
    files
}

fn without(files: &Bytes, beginnings: &[&str]) -> Bytes {
    let keeps = |path: &str| !beginnings.iter().any(|beginning| path.starts_with(beginning));
    files.iter().filter(|(path, _)| keeps(path)).map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

fn desk(files: &Bytes) -> Desk {
    Desk::open_from(&Root::memory(files.clone())).unwrap_or_else(|failure| panic!("{failure}"))
}

fn with(files: &Bytes, imported: &Imported) -> Bytes {
    let mut files = files.clone();
    let written = imported.revised.written.iter().map(|file| (file.path.clone(), file.text.clone().into_bytes()));
    files.extend(written.chain(imported.revised.pictures.iter().cloned()));
    files
}

fn options(format: Format) -> Options {
    Options { formats: vec![format], ..Options::default() }
}

#[test]
fn pictures_come_out_of_the_document_and_every_version_builds_the_same() {
    let files = example();
    let desk_of_example = desk(&files);
    let bare = without(&files, &["content/1.0", "content/p", "content/figures"]);
    let text = |desk: &Desk, id: &str| String::from_utf8(built(desk, id, Format::Markdown)).unwrap();
    for version in &desk_of_example.project.versions {
        let document = docx::read(&built(&desk_of_example, &version.id, Format::Docx)).unwrap();
        let imported = import(&Root::memory(bare.clone()), document, &as_version("1.0")).unwrap();
        assert!(!imported.revised.pictures.is_empty());
        for (path, bytes) in &imported.revised.pictures {
            assert_eq!(files.get(path), Some(bytes), "{path}");
        }
        let again = desk(&with(&bare, &imported));
        assert_eq!(text(&again, "1.0"), text(&desk_of_example, &version.id), "{}", *version.id);
    }
}

#[test]
fn a_picture_that_is_there_keeps_its_name_and_another_of_that_name_stays() {
    let files = example();
    let document = docx::read(&built(&desk(&files), "1.0", Format::Docx)).unwrap();
    let mut bare = without(&files, &["content/1.0", "content/p"]);
    let of_document = without(&bare, &["content/figures"]);
    let shown = import(&Root::memory(of_document), document.clone(), &as_version("1.0")).unwrap().revised.pictures;
    let [(path, _), (_, other)] = <[_; 2]>::try_from(shown).unwrap();
    // The picture is there under another name, and under its own there is another.
    let own = bare.insert(path.clone(), other).unwrap();
    bare.insert("content/figures/zz.png".to_owned(), own.clone());
    let imported = import(&Root::memory(bare.clone()), document.clone(), &as_version("1.0")).unwrap();
    assert_eq!(imported.revised.pictures, Vec::new());
    assert!(imported.revised.written.iter().any(|file| file.text.contains("figures/zz.png")));
    // It is there under no name.
    bare.remove("content/figures/zz.png");
    let imported = import(&Root::memory(bare.clone()), document, &as_version("1.0")).unwrap();
    let (stem, ending) = path.rsplit_once('.').unwrap();
    assert_eq!(imported.revised.pictures, [(format!("{stem}-1.0.{ending}"), own)]);
    desk(&with(&bare, &imported));
}

#[test]
fn a_modification_brings_the_picture_that_it_puts_in() {
    let files = example();
    let whole = desk(&files);
    let (base, target) = (whole.version("1.0").unwrap(), whole.version("P1").unwrap());
    let redline = whole.full_redline(base, target, &options(Format::Docx)).unwrap().remove(0).bytes;
    let shown: Vec<&String> = files.keys().filter(|path| path.starts_with("content/figures/")).collect();
    let in_base = String::from_utf8(built(&whole, "1.0", Format::Markdown)).unwrap();
    let new: Vec<&str> =
        shown.iter().map(|path| path.as_str()).filter(|path| !in_base.contains(&path["content/".len()..])).collect();
    assert_eq!(new.len(), 1, "{shown:?}");
    let bare = without(&files, &["content/p", new[0]]);
    let imported =
        import(&Root::memory(bare.clone()), docx::read(&redline).unwrap(), &as_modification("P1", Some("1.0")))
            .unwrap();
    assert_eq!(imported.revised.pictures, [(new[0].to_owned(), files[new[0]].clone())]);
    let again = desk(&with(&bare, &imported));
    assert!(built(&again, "P1", Format::Markdown) == built(&whole, "P1", Format::Markdown));
}
