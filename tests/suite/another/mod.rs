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

/// Writes a text anew with other words in it.
fn with_words(from: &Path, to: &Path, words: [&str; 2]) {
    let text = fs::read_to_string(from).unwrap();
    assert!(text.contains(words[0]), "{words:?}");
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::write(to, text.replace(words[0], words[1])).unwrap();
}

#[test]
fn several_that_change_one_text_go_together_with_its_definitions_notes_and_pictures() {
    let folder = tempfile::tempdir().unwrap();
    copy(&here().join("examples/another"), folder.path());
    let content = folder.path().join("content");
    for (section, words) in [
        ("1", ["the list of Meters", "the list of Meters and seals"]),
        ("2.1", ["within ten days", "within ten days, on paper"]),
        ("2.2", ["is done before the next begins", "is over before the next begins"]),
    ] {
        let file = format!("sections/{section}.yaml");
        with_words(&content.join("1.0").join(&file), &content.join("p3").join(&file), words);
    }
    let head = |id: &str, more: &str| format!("id: \"{id}\"\nname: {id}\nbase: \"1.0\"\nclassification: Amber\n{more}");
    fs::write(content.join("p3/version.yaml"), head("P3", "")).unwrap();
    fs::create_dir_all(content.join("1.1")).unwrap();
    fs::write(content.join("1.1/version.yaml"), head("1.1", "includes: [P1, P2, P3]\n")).unwrap();
    let desk = Desk::open(folder.path()).unwrap();
    let options = Options { formats: vec![Format::Markdown], ..Options::default() };
    let files = desk.build(desk.version("1.1").unwrap(), &options).unwrap();
    let text = String::from_utf8(files.into_iter().next().unwrap().bytes).unwrap();
    for words in [
        "\nEstimate\n: what a Meter would show",
        "\n  (aa) whole; and\n",
        "\nRegister\n: the list of Meters and seals that",
        "to the Keeper[^2] within five days, on paper;",
        "is over before the next begins.\n\n![Four steps in a row: read or estimate, check, send, settle](<figures/flow-with-estimate.png>)\nFigure 1: the way of a Reading or an Estimate\n",
    ] {
        assert!(text.contains(words), "{words}:\n{text}");
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
