//! Another appendix, which nothing in the sources knows: what its README shows is what the commands say, and its documents keep the
//! laws.

use crate::common::{copy, docx, walked};
use ctsd::pipeline::{Desk, Format, Options};
use ctsd::publish::File;
use std::fs;
use std::path::Path;

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn each_command_of_its_readme_says_what_stands_there() {
    let folder = tempfile::tempdir().unwrap();
    copy(&here().join("examples/another"), folder.path());
    walked("examples/another/README.md", folder.path());
}

#[test]
fn its_redlines_resolve_to_its_versions_in_word() {
    let desk = Desk::open(&here().join("examples/another")).unwrap();
    let options = Options { formats: vec![Format::Docx], ..Options::default() };
    let only = |files: Vec<File>| files.into_iter().next().map(|file| file.bytes).unwrap();
    for id in ["P1", "P2"] {
        let (base, target) = (desk.version("1.0").unwrap(), desk.version(id).unwrap());
        let redline = desk.full_redline(base, target, &options).unwrap();
        let marked = docx::body(&only(redline));
        for (version, how) in [(base, docx::Resolve::Reject), (target, docx::Resolve::Accept)] {
            let clean = only(desk.build(version, &options).unwrap());
            assert_eq!(docx::seen(&docx::resolve(&marked, how)), docx::seen(&docx::body(&clean)), "{id} {how:?}");
        }
    }
}

#[test]
fn no_source_knows_it() {
    fn sources(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => sources(&path, found),
                false => found.push(fs::read_to_string(path).unwrap_or_default()),
            }
        }
    }
    let mut all = Vec::new();
    sources(&here().join("src"), &mut all);
    for word in ["Island Energy Code", "Metering Practice", "Reading Agent", "schedule-7"] {
        assert!(all.iter().all(|source| !source.contains(word)), "{word}");
    }
    assert!(all.len() > 100);
}
