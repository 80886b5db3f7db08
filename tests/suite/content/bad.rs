//! What the desk says of bad content, word for word.
//!
//! Each file in `bad/` is a list of cases. A case has a title after `===`, then the files that differ from
//! the good content (after `---`, the file's name; `without` a name takes the file away), then after `--- says`
//! everything that must be said. `⇥` stands for a tab, `␀`, `␛` and `␍` for the characters that they picture.
//!
//! `SNAPSHOTS=overwrite cargo test bad::` writes down what is said now; the difference then wants a reader's eye.

use crate::common::{copy, good, passed};
use ctsd::check::check;
use ctsd::content;
use ctsd::diagnostic::{Diagnostic, Severity, sort};
use ctsd::files::Root;
use ctsd::pipeline::Desk;
use std::fs;
use std::path::Path;

#[derive(Debug, Default)]
struct Case {
    title: String,
    /// A file's name and its text; without a text, the file is taken away.
    files: Vec<(String, Option<String>)>,
    says: String,
}

fn cases(text: &str) -> Vec<Case> {
    let blocks = text.split("=== ").skip(1);
    let case = |block: &str| {
        let (title, rest) = block.split_once('\n').expect("a case has a title");
        let mut case = Case { title: title.to_owned(), ..Case::default() };
        for part in rest.split("--- ").skip(1) {
            let (name, text) = part.split_once('\n').expect("a part has a name");
            match name.strip_prefix("without ") {
                Some(name) => case.files.push((name.to_owned(), None)),
                None if name == "says" => text.trim_end().clone_into(&mut case.says),
                None => case.files.push((name.to_owned(), Some(text.to_owned()))),
            }
        }
        case
    };
    blocks.map(case).collect()
}

/// The good content, with what the case changes.
fn project(files: &[(String, Option<String>)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    copy(&good(), root.path());
    for (name, text) in files {
        let path = root.path().join(name);
        match text {
            Some(text) => {
                let text = text.replace('⇥', "\t").replace('␀', "\0").replace('␛', "\u{1b}").replace('␍', "\r");
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            None => fs::remove_file(path).unwrap(),
        }
    }
    root
}

/// Every error, as a drafter reads it; warnings are another test's.
fn said(root: &Path) -> String {
    let all = match (Desk::open(root), content::standards(&Root::folder(root))) {
        (Ok(desk), Ok((standards, _))) => {
            let versions: Vec<_> = desk.project.versions.iter().collect();
            let mut all =
                check(&desk.project, &desk.templates, &standards, &desk.sheet, &versions, &Default::default());
            all.extend(desk.project.faults.iter().cloned());
            sort(&mut all);
            all
        }
        (desk, standards) => {
            let desk = desk.map_or_else(|failure| failure.into_account().diagnostics, |desk| desk.project.faults);
            desk.into_iter()
                .chain(standards.map_or_else(|failure| failure.into_account().diagnostics, |_| Vec::new()))
                .collect()
        }
    };
    let errors: Vec<&Diagnostic> = all.iter().filter(|finding| finding.severity == Severity::Error).collect();
    match errors.as_slice() {
        [] => "nothing".to_owned(),
        errors => errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
    }
}

#[test]
fn the_good_content_is_good() {
    assert_eq!(said(&good()), "nothing");
}

/// What is said of each case of a file, in the place of what was said before.
fn told(file: &str) {
    let path = Path::new("tests/suite/content/bad").join(file);
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap();
    let introduction = text.split("=== ").next().unwrap_or_default();
    let cases = cases(&text).into_iter();
    let now = cases.map(|case| written(&Case { says: said(project(&case.files).path()), ..case }));
    passed(path, introduction.to_owned() + &now.collect::<String>());
}

/// A test for each file, and a look at the folder so that none is left out.
macro_rules! told {
    ($($name:ident)*) => {
        $(#[test] fn $name() { told(concat!(stringify!($name), ".txt")); })*

        #[test]
        fn no_file_is_left_out() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/content/bad");
            let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            files.sort();
            assert_eq!(files, [$(concat!(stringify!($name), ".txt")),*]);
        }
    };
}

told! { fields overlay standards syntax templates versions words }

fn written(case: &Case) -> String {
    let mut text = format!("=== {}\n", case.title);
    for (name, content) in &case.files {
        match content {
            Some(content) => text.push_str(&format!("--- {name}\n{content}")),
            None => text.push_str(&format!("--- without {name}\n")),
        }
    }
    text.push_str(&format!("--- says\n{}\n\n", case.says));
    text
}
