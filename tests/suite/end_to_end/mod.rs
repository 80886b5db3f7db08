//! The command as a drafter runs it, on the shipped content: each format is read back, not compared byte by byte.

use crate::common::docx::{self, Resolve, Seen, body, faults, resolve, seen};
use crate::common::pdf::Read;
use ctsd::document::{Document, accept, markdown, reject};
use ctsd::redline::{AmendmentKind, ChangeList, Instructed, apply};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A folder of its own for a test's output.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("end-to-end").join(name);
    let _ = std::fs::remove_dir_all(&path);
    path
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ctsd"));
    command.args(["--root", ROOT]).args(arguments).env_remove("SOURCE_DATE_EPOCH");
    command
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the command starts")
}

/// Runs a command that writes to `folder` and must succeed.
fn make(folder: &Path, arguments: &[&str]) {
    let mut arguments = arguments.to_vec();
    let path = folder.display().to_string();
    arguments.extend(["--output", &path, "--quiet"]);
    let output = run(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty() && output.stderr.is_empty(), "--quiet says nothing");
}

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn text(folder: &Path, name: &str) -> String {
    String::from_utf8(bytes(folder, name)).expect("UTF-8")
}

fn document(folder: &Path, name: &str) -> Document {
    markdown::read(&text(folder, name)).expect("what is written reads back")
}

/// Both clean versions, the change document and the full redline.
fn everything(name: &str) -> PathBuf {
    let folder = folder(name);
    make(&folder, &["build"]);
    make(&folder, &["redline", "6.18", "MP089"]);
    make(&folder, &["redline", "6.18", "mp089", "--full"]);
    folder
}

#[test]
fn a_word_document_says_which_versions_it_was_made_from_by_their_words() {
    let folder = everything("traced");
    let digest = |name: &str| -> String {
        Sha256::digest(bytes(&folder, name)).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let [base, target] = [("6.18", "appendix-r-6.18.md"), ("MP089", "appendix-r-mp089.md")];
    for (file, base, target) in [
        ("appendix-r-6.18.docx", None, base),
        ("appendix-r-mp089.docx", None, target),
        ("redline-6.18-mp089.docx", Some(base), target),
        ("redline-6.18-mp089-full.docx", Some(base), target),
    ] {
        let item = docx::part(&bytes(&folder, file), "customXml/item1.xml");
        let said = |name: &str| item.child(name).map(|node| (node.text.clone(), node.attributes["sha256"].clone()));
        let meant = |(id, file): (&str, &str)| (id.to_owned(), digest(file));
        assert_eq!(said("base"), base.map(meant), "{file}");
        assert_eq!(said("target"), Some(meant(target)), "{file}");
        let row = item.named("row").into_iter().find(|row| row.child("key").is_some_and(|key| key.text == "6.2.7"));
        assert!(row.is_some() || file == "redline-6.18-mp089.docx", "{file}");
    }
}

const INSTRUCTIONS: [&str; 5] = [
    "Amend Section 1 as follows:",
    "Amend Section 5.4 as follows:",
    "Amend Section 8.1.4 as follows:",
    "Amend Table 8.1.8 as follows: insert row 7.7 after row 7.4, and amend the count rows.",
    "Amend Table 8.1.10 as follows: insert two rows 8.14.3 after row 8.4.",
];

#[test]
fn the_counts_are_those_of_the_rows() {
    let printed = |version: &str| String::from_utf8(run(&["counts", version, "--table", "8.1.8"]).stdout).unwrap();
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        words(&printed("mp089")),
        "Table 8.1.8 Count of N/A 10 33 35 34 35 35 36 36 36 29 Count of Mandatory 18 0 0 0 1 0 0 0 0 6 total 25 \
         Count of Mandatory SMETS 2 8 3 1 2 0 1 0 0 0 1 total 16 Total Tests 41"
    );
    assert_eq!(
        words(&printed("6.18")),
        "Table 8.1.8 Count of N/A 10 32 34 33 34 34 35 35 35 28 Count of Mandatory 18 0 0 0 1 0 0 0 0 6 total 25 \
         Count of Mandatory SMETS 2 7 3 1 2 0 1 0 0 0 1 total 15 Total Tests 40"
    );
}

#[test]
fn the_counts_are_data_too() {
    let json: serde_json::Value = serde_json::from_slice(&run(&["counts", "mp089", "--json"]).stdout).unwrap();
    assert_eq!(json[0]["table"], "8.1.8");
    assert_eq!(json[0]["total_tests"], 41);
    assert_eq!(json[0]["rows"][0]["label"], "Count of N/A");
    assert_eq!(json[0]["rows"][0]["cv"], serde_json::json!([10, 33, 35, 34, 35, 35, 36, 36, 36, 29]));
    assert!(json[0]["rows"][0]["total"].is_null());
    assert_eq!(json[0]["rows"][1]["total"], 25);
}

#[test]
fn the_change_document_amends_what_was_amended_in_document_order() {
    let folder = everything("amends");
    let markdown = text(&folder, "redline-6.18-mp089.md");
    let instructions: Vec<&str> = markdown.lines().filter(|line| line.starts_with("Amend ")).collect();
    assert_eq!(instructions, INSTRUCTIONS);
    for line in [
        "MP089: Changes to Appendix R ‘Common Testing Scenarios Document’",
        "Legal text – version 0.1",
        "# About this document",
        "# 1 Introduction {#section-1}",
        "These changes have been drafted against SEC Version 6.18.",
        "- <ins>Additive UEPT in respect of November 19 Release.</ins><!-- ctsd:inserted -->",
        "## 5.4 Completing Additive UEPT for Release 2.0<ins> or November 19 Release</ins> {#section-5.4}",
    ] {
        assert!(markdown.lines().any(|own| own == line), "{line}");
    }
    assert!(markdown.contains("under the SVTAD for SMETS1<del>.</del><ins>; and</ins>"));
    assert!(markdown.contains("| <del>40</del><ins>41</ins> |"));
    assert_eq!(markdown.matches("<del>").count(), 2 + 9 + 3, "two full stops, nine figures of N/A, and three more");
}

#[test]
fn accepting_gives_the_target_and_rejecting_the_baseline_in_markdown() {
    let folder = everything("markdown-law");
    let full = document(&folder, "redline-6.18-mp089-full.md");
    assert_eq!(accept(&full).blocks, document(&folder, "appendix-r-mp089.md").blocks);
    assert_eq!(reject(&full).blocks, document(&folder, "appendix-r-6.18.md").blocks);
}

#[test]
fn accepting_gives_the_target_and_rejecting_the_baseline_in_word() {
    let folder = everything("word-law");
    let full = bytes(&folder, "redline-6.18-mp089-full.docx");
    for (how, name) in [(Resolve::Accept, "appendix-r-mp089.docx"), (Resolve::Reject, "appendix-r-6.18.docx")] {
        let clean = bytes(&folder, name);
        assert_eq!(seen(&resolve(&body(&full), how)), seen(&body(&clean)), "{name}");
        assert_eq!(faults(&clean), Vec::<String>::new());
    }
    assert_eq!(faults(&full), Vec::<String>::new());
}

#[test]
fn the_word_document_has_the_instructions_and_native_revisions() {
    let folder = everything("word");
    let body = body(&bytes(&folder, "redline-6.18-mp089.docx"));
    let instructions: Vec<String> = seen(&body)
        .into_iter()
        .filter_map(|seen| match seen {
            Seen::Paragraph { style, runs, .. } if style == "AmendmentInstruction" => {
                Some(runs.into_iter().map(|(text, _)| text).collect())
            }
            _ => None,
        })
        .collect();
    assert_eq!(instructions, INSTRUCTIONS);
    let authors = body.named("w:ins").into_iter().chain(body.named("w:del"));
    assert!(authors.clone().count() > 100);
    assert!(authors.into_iter().all(|mark| mark.attributes["w:author"] == "MP089"));
    let marked_rows = body.named("w:trPr").into_iter().filter(|row| row.child("w:ins").is_some()).count();
    assert_eq!(marked_rows, 3);
    let headers = body.named("w:tr").into_iter().filter(|row| row.named("w:tblHeader").len() == 1).count();
    assert_eq!(headers, 2);
}

#[test]
fn the_pdf_says_what_the_seed_says() {
    let folder = everything("pdf");
    let pdf = Read::new(&bytes(&folder, "redline-6.18-mp089.pdf"));
    let text = pdf.all_text().split_whitespace().collect::<Vec<_>>().join(" ");
    for instruction in INSTRUCTIONS {
        assert!(text.contains(instruction), "{instruction}");
    }
    let pages = pdf.pages();
    for (index, page) in pages.iter().enumerate() {
        let (_, furniture) = pdf.text(*page);
        let furniture = furniture.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(furniture.contains(&format!("MP089 legal text Page {} of {}", index + 1, pages.len())), "{furniture}");
        assert!(furniture.contains("This document has a Classification of White"), "{furniture}");
    }
}

#[test]
fn the_list_of_amendments_gives_the_target() {
    let folder = everything("json");
    let changes: ChangeList<Instructed> = serde_json::from_slice(&bytes(&folder, "redline-6.18-mp089.json")).unwrap();
    let instructions: Vec<&str> =
        changes.amendments.iter().filter(|a| !a.amendment.site.id.is_empty()).map(|a| a.instruction.as_str()).collect();
    assert_eq!(instructions, INSTRUCTIONS);
    assert!(changes.amendments.iter().all(|amendment| amendment.amendment.kind == AmendmentKind::Substitution));
    let (old, new) = (document(&folder, "appendix-r-6.18.md"), document(&folder, "appendix-r-mp089.md"));
    assert_eq!(apply(&old, &changes), Ok(new));
    let figures: usize = changes
        .amendments
        .iter()
        .flat_map(|a| &a.amendment.parts)
        .flat_map(|part| &part.changes)
        .flat_map(|change| &change.rows)
        .map(|row| row.figures.len())
        .sum();
    assert_eq!(figures, 9 + 1 + 1 + 1);
}

#[test]
fn two_runs_anywhere_give_the_same_bytes() {
    let (here, there) = (folder("same-here"), folder("same-there"));
    for (folder, zone, threads, directory) in [(&here, "Europe/London", "1", ROOT), (&there, "Asia/Tokyo", "4", "/")] {
        let path = folder.display().to_string();
        for arguments in [["redline", "6.18", "mp089"], ["redline", "mp089", "6.18"], ["build", "6.18", "mp089"]] {
            let status = command(&arguments)
                .args(["--output", &path, "--quiet"])
                .env("TZ", zone)
                .env("LANG", "de_DE.UTF-8")
                .env("RAYON_NUM_THREADS", threads)
                .current_dir(directory)
                .status()
                .expect("the command starts");
            assert!(status.success());
        }
    }
    let mut names: Vec<_> = std::fs::read_dir(&here).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names.len(), 14);
    for name in names {
        assert_eq!(std::fs::read(here.join(&name)).unwrap(), std::fs::read(there.join(&name)).unwrap(), "{name:?}");
    }
}

#[test]
fn a_date_from_the_command_line_stands_on_each_revision() {
    let folder = folder("date");
    make(&folder, &["redline", "6.18", "mp089", "--date", "2026-01-31", "--author", "A. Drafter", "--format", "docx"]);
    let body = body(&bytes(&folder, "redline-6.18-mp089.docx"));
    let ins = body.named("w:ins");
    assert!(ins.iter().all(|mark| mark.attributes["w:date"] == "2026-01-31T00:00:00Z"));
    assert!(ins.iter().all(|mark| mark.attributes["w:author"] == "A. Drafter"));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "only the format that was asked for");
}

#[test]
fn wrong_usage_and_wrong_content_have_their_own_exit_codes() {
    let code = |arguments: &[&str]| run(arguments).status.code();
    assert_eq!(code(&["redline", "6.18", "mp089", "--full", "--context", "2"]), Some(2), "the whole has no context");
    assert_eq!(code(&["counts", "6.19"]), Some(2));
    assert_eq!(code(&["redline", "6.18"]), Some(2));
    assert_eq!(code(&["redline", "6.18", "mp089", "--date", "yesterday"]), Some(2));

    let root = folder("broken");
    std::fs::create_dir_all(root.join("content")).unwrap();
    std::fs::write(root.join("content/appendix.yaml"), "name: [\n").unwrap();
    let path = root.display().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_ctsd")).args(["build", "--root", &path]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("content/appendix.yaml:"));
    assert!(!root.join("output").exists(), "nothing is written");
}

#[test]
fn a_long_table_is_cut_to_what_changed_and_its_context() {
    let folder = folder("context");
    make(&folder, &["redline", "6.18", "mp089", "--context", "1", "--format", "md"]);
    let markdown = text(&folder, "redline-6.18-mp089-context-1.md");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "the plain redline is another file");
    assert!(markdown.contains("| *10 unchanged rows left out* |"));
    assert!(markdown.contains("| 7.4 |") && markdown.contains("| 8.2 |") && !markdown.contains("| 6.2.7 |"));
    assert!(markdown.contains("| Total Tests |"));
}

#[test]
fn comments_name_each_amendment_and_each_published_figure_that_is_wrong() {
    let folder = folder("comments");
    make(&folder, &["redline", "6.18", "mp089", "--comments", "--format", "docx"]);
    let comments = docx::part(&bytes(&folder, "redline-6.18-mp089-comments.docx"), "word/comments.xml");
    let texts: Vec<String> = comments.named("w:comment").into_iter().map(docx::text).collect();
    for instruction in INSTRUCTIONS {
        assert!(texts.contains(&format!("MP089: {instruction}")), "{instruction}");
    }
    assert_eq!(texts.iter().filter(|text| text.contains("; published: ")).count(), 11);
}

#[test]
fn no_bookmark_moves_between_two_versions_and_their_redline() {
    let folder = everything("bookmarks");
    let names = |file: &str| -> std::collections::BTreeSet<String> {
        let body = body(&bytes(&folder, file));
        body.named("w:bookmarkStart").iter().map(|mark| mark.attributes["w:name"].clone()).collect()
    };
    let (old, new) = (names("appendix-r-6.18.docx"), names("appendix-r-mp089.docx"));
    let redline = names("redline-6.18-mp089-full.docx");
    assert!(old.contains("table_8_1_8") && old.contains("section_5_4"), "{old:?}");
    assert!(old.is_subset(&new) && new == redline, "{old:?}, {new:?}, {redline:?}");
}
