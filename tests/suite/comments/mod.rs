//! What reviewers say of a version: kept beside it, told by checks, and sent out again.

mod back;

use crate::common::{config, docx::faults, generate};
use ctsd::content::{comments, write_comments};
use ctsd::diagnostic::{Code, Severity};
use ctsd::files::Root;
use ctsd::model::{Answer, Comment, CommentState};
use ctsd::pipeline::{Desk, Format, Options};
use ctsd::reader::docx;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

type Files = BTreeMap<String, String>;

fn root(files: &Files) -> Root {
    Root::memory(files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect())
}

/// The shipped versions, with comments on MP089.
fn shipped(said: &str) -> Files {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut files = Files::new();
    let mut folders = vec![here.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "yaml") {
                let name = path.strip_prefix(here.parent().unwrap()).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    files.insert("content/mp089/comments.yaml".to_owned(), said.to_owned());
    files
}

const SAID: &str = "\
# What came back in May.
comments:
  - section: \"5.4\"
    words: For November 19 Release
    author: Ada Lovelace
    date: 2019-05-02T09:30:00Z
    text: Is this its name?
    answers:
      - author: Charles Babbage
        text: It is.
  - table: \"8.1.8\"
    row: \"7.7\"
    author: Ada Lovelace
    text: >-
      Should this be mandatory?

      It was not in April.
  - section: \"9.9\"
    author: Ada Lovelace
    text: Where is it?
  - section: \"1.1\"
    author: Ada Lovelace
    text: A slip.
    state: resolved
";

#[test]
fn checks_tell_what_is_not_resolved_with_its_place() {
    let desk = Desk::open_from(&root(&shipped(SAID))).unwrap();
    let asked = desk.asked(&["MP089".to_owned()]).unwrap();
    let account = desk.check(&asked);
    let told: Vec<_> = account.diagnostics.iter().filter(|it| it.code == Code::OpenComment).collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told.iter().all(|it| it.severity == Severity::Note));
    let lines: Vec<usize> = told.iter().filter_map(|it| it.location.as_ref()).map(|at| at.line).collect();
    assert_eq!(lines, [7, 15, 20]);
    let at = told[0].location.as_ref().unwrap();
    assert_eq!(&*at.file, "content/mp089/comments.yaml");
    assert!(told[0].message.contains("Ada Lovelace, on Section 5.4, says: “Is this its name?” (answered once)"));
    assert!(told[2].help.as_ref().unwrap().contains("there is no Section 9.9"), "{:?}", told[2].help);
}

#[test]
fn a_slip_in_the_comments_keeps_no_document_from_being_made() {
    let files = shipped("comments:\n  - author: Ada\n    txt: What?\n  - author: Bob\n    text: x\n    state: done\n");
    let desk = Desk::open_from(&root(&files)).unwrap();
    let options = Options { formats: vec![Format::Markdown], ..Options::default() };
    let (base, target) = desk.with_base("MP089").unwrap();
    assert!(desk.redline(base, target, &options).is_ok());
    let failure = desk.redline(base, target, &Options { comments: true, ..options }).unwrap_err();
    let told = failure.to_string();
    assert!(told.contains("comments.yaml:3") && told.contains("“done” is no state of a comment"), "{told}");
}

/// What the Word comments of a redline say, and where.
fn sent(is_full: bool) -> Vec<(String, Option<String>, String, String)> {
    let desk = Desk::open_from(&root(&shipped(SAID))).unwrap();
    let (base, target) = desk.with_base("MP089").unwrap();
    let options = Options { formats: vec![Format::Docx], comments: true, ..Options::default() };
    let made = if is_full { desk.full_redline(base, target, &options) } else { desk.redline(base, target, &options) };
    let file = made.unwrap().remove(0).bytes;
    assert_eq!(faults(&file), Vec::<String>::new());
    let read = docx::read(&file).unwrap();
    let of_reviewers = read.comments.into_iter().filter(|it| it.author != "MP089");
    of_reviewers.map(|it| (it.author, it.date, it.text, it.place.begins)).collect()
}

#[test]
fn they_go_out_as_comments_of_those_who_made_them() {
    for is_full in [false, true] {
        let sent = sent(is_full);
        let says: Vec<(&str, &str)> =
            sent.iter().map(|(author, _, text, _)| (author.as_str(), text.as_str())).collect();
        assert_eq!(
            says,
            [
                ("Ada Lovelace", "Is this its name?"),
                ("Charles Babbage", "It is."),
                ("Ada Lovelace", "Should this be mandatory?\nIt was not in April."),
                ("Ada Lovelace", "[9.9] Where is it?"),
            ]
            .map(|(author, text)| (author, text)),
            "{sent:#?}"
        );
        assert_eq!(sent[0].1.as_deref(), Some("2019-05-02T09:30:00Z"));
        assert!(
            sent[0].3.starts_with("For November 19 Release"),
            "it stands at the words that it is about: {}",
            sent[0].3
        );
        assert!(sent[2].3.starts_with("7.7"), "it stands in its row: {}", sent[2].3);
    }
}

/// Words as somebody types them into a comment.
fn words() -> impl Strategy<Value = String> {
    generate::tame_text()
        .prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .prop_filter("words", |text| !text.is_empty())
}

fn comment() -> impl Strategy<Value = Comment> {
    let date = prop::option::of(Just("2026-01-31T09:30:00Z".to_owned()));
    let gap = prop_oneof![Just("\n"), Just("\n\n")];
    let text = move || (prop::collection::vec(words(), 1..4), gap.clone()).prop_map(|(lines, gap)| lines.join(gap));
    let answer = (words(), date.clone(), text()).prop_map(|(author, date, text)| Answer {
        author,
        date,
        text: text.as_str().into(),
    });
    let on = prop_oneof![
        Just((None, None, None)),
        Just((Some("5.4"), None, None)),
        Just((None, Some("8.1.8"), Some("6.10"))),
    ];
    (on, prop::option::of(words()), words(), date, text(), any::<bool>(), prop::collection::vec(answer, 0..3)).prop_map(
        |((section, table, row), words, author, date, text, is_open, answers)| {
            let placed = |text: Option<&str>| text.map(|text| text.to_owned().into());
            Comment {
                section: placed(section),
                table: placed(table),
                row: placed(row),
                words,
                author,
                date,
                text: text.as_str().into(),
                state: if is_open { CommentState::Open } else { CommentState::Resolved },
                answers,
            }
        },
    )
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn what_is_written_is_read(said in prop::collection::vec(comment(), 1..5), more in comment()) {
        let written = write_comments(&root(&Files::new()), "MP123", &said).unwrap();
        prop_assert_eq!(&written.path, "content/mp123/comments.yaml");
        let files = Files::from([(written.path.clone(), format!("{}# kept\n", written.text))]);
        prop_assert_eq!(&comments(&root(&files), "MP123").unwrap(), &said);
        // Of a file that is there, the rest stays byte for byte.
        let longer: Vec<Comment> = said.iter().cloned().chain([more]).collect();
        let again = write_comments(&root(&files), "MP123", &longer).unwrap();
        prop_assert!(again.text.starts_with(written.text.trim_end()), "{}\n{}", written.text, again.text);
        prop_assert!(again.text.contains("# kept"));
        let files = Files::from([(again.path, again.text)]);
        prop_assert_eq!(comments(&root(&files), "mp123").unwrap(), longer);
    }
}
