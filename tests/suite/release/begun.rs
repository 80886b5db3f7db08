//! `ctsd new`: a modification that begins reads as its base, and each example in it works once it is no comment.

use super::project;
use crate::common::copy;
use ctsd::compose::Project;
use ctsd::content;
use ctsd::model::{Head, Modification, Stated, TableStatement};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The shipped content, in a folder of its own.
fn shipped(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("begun").join(name);
    let _ = std::fs::remove_dir_all(&root);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &root.join("content"));
    root
}

fn run(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ctsd"));
    command.arg("--root").arg(root).args(arguments).env_remove("SOURCE_DATE_EPOCH").output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = std::fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

#[test]
fn a_modification_begins_as_its_base_reads() {
    let root = shipped("begins");
    let made =
        run(&root, &["new", "MP123", "--base", "6.18", "--section", "5.4", "--section", "1", "--table", "8.1.8"]);
    assert!(made.status.success(), "{}", said(&made));
    assert!(said(&made).contains("ctsd redline mp123"));
    let written = String::from_utf8(made.stdout).unwrap();
    assert_eq!(written.lines().count(), 4, "{written}");
    let folder = root.join("content/mp123");
    assert_eq!(names(&folder), ["sections", "tables", "version.yaml"]);
    let head = std::fs::read_to_string(folder.join("version.yaml")).unwrap();
    assert!(head.ends_with("name: MP123\nbase: \"6.18\"\nstatus: draft\n"), "{head}");

    let checked = run(&root, &["check", "mp123"]);
    assert!(checked.status.success(), "{}", said(&checked));
    let redline = run(&root, &["redline", "mp123", "--format", "md"]);
    assert!(redline.status.success(), "{}", said(&redline));
    assert!(said(&redline).contains("nothing is changed: MP123 reads as SEC Version 6.18 does"), "{}", said(&redline));

    let section = folder.join("sections/5.4.yaml");
    let text = std::fs::read_to_string(&section).unwrap();
    std::fs::write(&section, text.replace("Testing Participants will", "Testing Participants shall")).unwrap();
    let redline = run(&root, &["redline", "mp123", "--format", "md"]);
    assert!(redline.status.success() && !said(&redline).contains("nothing is changed"), "{}", said(&redline));
}

#[test]
fn what_cannot_begin_is_refused_and_leaves_nothing() {
    let root = shipped("refused");
    let before = names(&root.join("content"));
    let refused: [(&[&str], &str); 9] = [
        (&["mp089", "--base", "6.18"], "content/mp089 is there already"),
        (&["Schemas", "--base", "6.18"], "content/schemas is for something else"),
        (&["a/b", "--base", "6.18"], "without “/”"),
        (&["", "--base", "6.18"], "can't be empty"),
        (&["con", "--base", "6.18"], "Windows"),
        (&["MP123", "--base", "mp89"], "did you mean “MP089”?"),
        (&["MP123", "--base", "6.18", "--section", "54"], "no Section “54”: did you mean “5.4”?"),
        (&["MP123", "--base", "6.18", "--table", "818"], "no Table “818”: did you mean “8.1.8”?"),
        (&["MP123", "--base", "6.18", "--section", "9", "--table", "7"], "no Section “9”: it has: “1”"),
    ];
    for (arguments, why) in refused {
        let output = run(&root, &[&["new"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains(why), "{arguments:?}: {}", said(&output));
        assert_eq!(names(&root.join("content")), before, "{arguments:?}");
    }
}

/// A base with a table of rows with these keys.
fn base(keys: &[u8]) -> Vec<(String, String)> {
    let head = "id: \"1.0\"\nname: One\nclassification: White\n".to_owned();
    let section = "section: \"5\"\nheading: Five\nbody: Text.\n".to_owned();
    let row =
        |key: &u8| format!("  - {{ reference: \"{key}\", variant: \"{key}\", name: Row {key}, critical: false }}\n");
    let rows =
        if keys.is_empty() { " []\n".to_owned() } else { format!("\n{}", keys.iter().map(row).collect::<String>()) };
    vec![
        ("1.0/version.yaml".into(), head),
        ("1.0/sections/5.yaml".into(), section),
        ("1.0/tables/5.9.yaml".into(), format!("table: \"5.9\"\nrole: ED\nrows:{rows}")),
    ]
}

/// The files of a modification of that base which begins with its table, below `content/`.
fn begun(project: &Project) -> Vec<(String, String)> {
    let head = Head { id: "M1".to_owned().into(), name: "M1".into(), ..Head::default() };
    let table = TableStatement { number: "5.9".to_owned().into(), ..TableStatement::default() };
    let base = "1.0".to_owned().into();
    let stated = Stated::Modification(Modification {
        head,
        base,
        includes: Vec::new(),
        sections: Vec::new(),
        tables: vec![table],
    });
    let files = content::begin(&stated, &project.appendix, project.version("1.0").unwrap());
    files.into_iter().map(|file| (file.path.replacen("content/", "", 1), file.text)).collect()
}

/// The text with one of its examples no comment, for each of them.
fn tried(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let starts: Vec<usize> = (0..lines.len())
        .filter(|at| ["insert", "amend", "remove", "move"].iter().any(|it| lines[*at].starts_with(&format!("# {it}:"))))
        .collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let without = |from: usize, to: usize| {
        let own = |(at, line): (usize, &&str)| match (from..to).contains(&at) {
            true => format!("{}\n", line.strip_prefix("# ").unwrap()),
            false => format!("{line}\n"),
        };
        lines.iter().enumerate().map(own).collect::<String>()
    };
    starts.iter().zip(ends).map(|(from, to)| without(*from, to)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn each_example_works_once_it_is_no_comment(keys in proptest::collection::btree_set(1u8..20, 1..7)) {
        let keys: Vec<u8> = keys.into_iter().collect();
        let of_base = base(&keys);
        let before = project(&of_base);
        let files = begun(&before);
        let as_begun = project(&[of_base.clone(), files.clone()].concat());
        let (old, new) = (as_begun.version("1.0").unwrap(), as_begun.version("M1").expect("it is whole"));
        prop_assert!(new.reads_as(old));
        let (path, text) = files.last().unwrap();
        let tried = tried(text);
        prop_assert_eq!(tried.len(), if keys.len() > 1 { 4 } else { 3 });
        for text in tried {
            let files = [of_base.clone(), vec![files[0].clone(), (path.clone(), text.clone())]].concat();
            let made = project(&files);
            prop_assert!(made.faults.is_empty(), "{:?}\n{}", made.faults, text);
            prop_assert!(!made.version("M1").unwrap().reads_as(old), "{}", text);
        }
    }
}
