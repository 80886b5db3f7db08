//! A project that begins: it works, an editor knows its files, and who has none yet is told how to make it.

mod doctor;
mod editors;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn ctsd(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ctsd"));
    command.args(arguments).current_dir(folder).env_remove("SOURCE_DATE_EPOCH").output().expect("the command starts")
}

/// What a command says that shall pass.
fn passes(folder: &Path, arguments: &[&str]) -> String {
    let output = ctsd(folder, arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{arguments:?}: {}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout) + &text(&output.stderr)
}

/// A project in a folder of its own.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    passes(folder.path(), &["new", "--project", "."]);
    folder
}

#[test]
fn a_new_project_works() {
    let folder = tempfile::tempdir().unwrap();
    let said = passes(folder.path(), &["new", "--project", "My appendix"]);
    assert!(said.contains("ctsd redline MP000"), "{said}");
    let root = folder.path().join("My appendix");
    passes(&root, &["redline", "MP000"]);
    for file in ["docx", "pdf", "md", "json"] {
        assert!(root.join("output/redline-example-mp000").with_extension(file).is_file(), "{file}");
    }
    passes(&root, &["build"]);
    assert_eq!(passes(&root, &["check", "--deny", "warnings"]).trim(), "nothing found");
    passes(&root, &["schema", "--check"]);
    passes(&root, &["doctor"]);
    passes(&root, &["new", "MP123", "--base", "example", "--section", "1.2", "--table", "2.1"]);
    assert!(ctsd(&root, &["redline", "MP123"]).status.success());
}

#[test]
fn it_can_begin_among_documents_but_not_in_another_project() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Appendix R.docx"), "a document").unwrap();
    passes(folder.path(), &["new", "--project", "."]);
    assert_eq!(fs::read_to_string(folder.path().join("Appendix R.docx")).unwrap(), "a document");
    let appendix = folder.path().join("content/appendix.yaml");
    fs::write(&appendix, "mine").unwrap();
    let again = ctsd(folder.path(), &["new", "--project", "."]);
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert_eq!(again.status.code(), Some(2));
    assert!(said.contains("“content”") && said.contains("Choose another folder"), "{said}");
    assert_eq!(fs::read_to_string(appendix).unwrap(), "mine");
}

#[test]
fn who_asks_for_nothing_is_told_of_the_day_and_first_how_to_begin() {
    let folder = tempfile::tempdir().unwrap();
    let without = passes(folder.path(), &[]);
    assert!(without.contains("There is no project in this folder yet") && without.contains("new --project"));
    assert!(without.lines().all(|line| line.chars().count() <= 100));
    passes(folder.path(), &["new", "--project", "."]);
    let with = passes(folder.path(), &[]);
    assert!(with.contains("A drafter's day") && !with.contains("no project"));
    assert_eq!(with.lines().filter(|line| line.starts_with("  ctsd ")).count(), 6);
    for command in ["build", "list", "check"] {
        let lost = ctsd(folder.path(), &[command, "--root", "elsewhere"]);
        assert!(String::from_utf8_lossy(&lost.stderr).contains("ctsd new --project"));
    }
}
