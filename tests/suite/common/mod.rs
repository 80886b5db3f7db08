//! What the tests share.

pub mod docx;
pub mod docx_sample;
pub mod edit;
pub mod generate;
pub mod numbering;
pub mod pdf;
pub mod project;
pub mod reviewer;
pub mod schema;

use ctsd::content;
use ctsd::files::Root;
use ctsd::stylesheet::{Picture, Stylesheet};
use proptest::prelude::ProptestConfig;
use snapbox::assert::DEFAULT_ACTION_ENV;
use snapbox::{Assert, Data};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// The small project that is good, which tests make bad.
pub fn good() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/content/good")
}

/// The style sheet that ships.
pub fn sheet() -> Stylesheet {
    const FILE: &str = "templates/style.yaml";
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join(FILE)).unwrap();
    let sheet = content::stylesheet(&Root::folder(root), FILE, &text).expect("the style sheet reads");
    let figures = generate::FIGURES.iter().map(|file| {
        let bytes = fs::read(root.join("examples/another/content").join(file)).unwrap();
        ((*file).to_owned(), Arc::new(Picture::from_file(bytes).expect("a picture")))
    });
    Stylesheet { figures: figures.collect(), ..sheet }
}

/// Copies a folder and all that is below it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(path, to.join(name)).unwrap();
        }
    }
}

/// Holds what is said against what a reader passed, in a file of the project: to the character, with no wildcards.
///
/// `SNAPSHOTS=overwrite cargo test` writes down what is said now; the difference then wants a reader's eye.
pub fn passed(path: impl AsRef<Path>, said: impl Into<String>) {
    let passed = Data::read_from(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path), None);
    let assert = Assert::new().action_env(DEFAULT_ACTION_ENV).normalize_paths(false);
    assert.eq(Data::text(said).raw(), passed.raw());
}

/// The words of a command, as a shell parts them: at blanks, except between quotation marks.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for (at, part) in command.split('"').enumerate() {
        match at % 2 {
            0 => {
                let mut parts = part.split(' ');
                words.last_mut().unwrap().push_str(parts.next().unwrap_or_default());
                words.extend(parts.map(str::to_owned));
            }
            _ => words.last_mut().unwrap().push_str(part),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What a command says in a folder, results first.
fn said(root: &Path, arguments: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ctsd"));
    command.args(words(arguments)).current_dir(root).env_remove("SOURCE_DATE_EPOCH");
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    paths_as_shown(&(text(&output.stdout) + &text(&output.stderr)))
}

/// A text with the paths in it as they are on other systems than Windows: what Markdown keeps from being a sign has a
/// backslash too, and no letter or figure behind it.
fn paths_as_shown(text: &str) -> String {
    let next = text.chars().skip(1).chain([' ']);
    text.chars().zip(next).map(|(c, next)| if c == '\\' && next.is_alphanumeric() { '/' } else { c }).collect()
}

/// Writes each file that a text shows under words such as “In `content/mp1/version.yaml`:”.
fn written(text: &str, root: &Path) {
    for (at, _) in text.match_indices("\nIn `") {
        let rest = &text[at + "\nIn `".len()..];
        let shown = rest.split_once("`:\n\n```yaml\n").filter(|(path, _)| !path.contains('\n'));
        if let Some((path, rest)) = shown {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, rest.split_once("```").unwrap().0).unwrap();
        }
    }
}

/// Holds each command that a text of the project shows, carried out in a folder, to what stands below it there. Files that
/// it shows by their names are written as soon as they are.
pub fn walked(path: &str, root: &Path) {
    let shown = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let mut told = String::new();
    let mut rest = shown.as_str();
    while let Some((before, block)) = rest.split_once("```console\n$ ctsd ") {
        written(before, root);
        let (block, after) = block.split_once("```\n").unwrap();
        let command = block.lines().next().unwrap();
        told += &format!("{before}```console\n$ ctsd {command}\n{}```\n", said(root, command));
        rest = after;
    }
    written(rest, root);
    told += rest;
    passed(path, told);
}

/// So many cases of a law, or as many as `CTSD_CASES` says.
pub fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("CTSD_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, max_shrink_iters: 4000, failure_persistence: None, ..ProptestConfig::default() }
}
