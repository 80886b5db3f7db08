//! Comments that come back in a copy.

use super::{Files, SAID, root, shipped};
use ctsd::content::comments;
use ctsd::model::{Comment, CommentState};
use ctsd::pipeline::applying::Only;
use ctsd::pipeline::reviewing::Reviewed;
use ctsd::pipeline::{Desk, Format, Options};

fn desk(files: &Files) -> Desk {
    Desk::open_from(&root(files)).unwrap_or_else(|failure| panic!("{failure}"))
}

fn sent(files: &Files) -> Vec<u8> {
    let desk = desk(files);
    let (base, target) = desk.with_base("MP089").unwrap();
    let options = Options { formats: vec![Format::Docx], comments: true, ..Options::default() };
    desk.redline(base, target, &options).unwrap().remove(0).bytes
}

/// What is kept beside MP089 once a copy is applied; nothing, if nothing changes.
fn kept(files: &Files, copy: Reviewed, only: &Only) -> Option<Vec<Comment>> {
    let applied = desk(files).apply(&[("copy".to_owned(), copy)], only).unwrap_or_else(|failure| panic!("{failure}"));
    assert!(applied.conflicts.is_empty() && applied.revised.removed.is_empty());
    let [written] = applied.revised.written.as_slice() else {
        assert!(applied.revised.written.is_empty(), "only the comments are written");
        return None;
    };
    let files = Files::from([(written.path.clone(), written.text.clone())]);
    Some(comments(&root(&files), "MP089").unwrap())
}

fn without_comments() -> Files {
    let mut files = shipped(SAID);
    files.remove("content/mp089/comments.yaml");
    files
}

#[test]
fn what_went_out_and_comes_back_is_there_already() {
    let files = shipped(SAID);
    let copy = desk(&files).review_bytes(&sent(&files)).unwrap();
    assert_eq!(kept(&files, copy, &Only::All), None);
}

#[test]
fn what_reviewers_say_is_kept_where_it_stands_and_once() {
    let files = without_comments();
    let copy = desk(&files).review_bytes(&sent(&shipped(SAID))).unwrap();
    let said = kept(&files, copy, &Only::All).expect("comments");
    let of: Vec<(Option<&str>, Option<&str>, &str, &str)> = said
        .iter()
        .map(|it| {
            let number =
                |it: &Option<ctsd::model::Placed<String>>| it.as_ref().map(|it| it.value.clone().leak() as &str);
            (number(&it.section), number(&it.table), it.author.as_str(), it.text.text.trim_end())
        })
        .collect();
    assert_eq!(
        of[..3],
        [
            (Some("5.4"), None, "Ada Lovelace", "Is this its name?"),
            (Some("5.4"), None, "Charles Babbage", "It is."),
            (None, Some("8.1.8"), "Ada Lovelace", "Should this be mandatory?\nIt was not in April."),
        ]
    );
    assert_eq!(said[0].words.as_deref(), Some("For November 19 Release"));
    assert_eq!(said[0].date.as_deref(), Some("2019-05-02T09:30:00Z"));
    // With them, the same copy says nothing more.
    let mut again = files.clone();
    let written = ctsd::content::write_comments(&root(&files), "MP089", &said).unwrap();
    again.insert(written.path, written.text);
    let copy = desk(&again).review_bytes(&sent(&shipped(SAID))).unwrap();
    assert_eq!(kept(&again, copy, &Only::All), None);
}

#[test]
fn answers_and_what_is_resolved_are_taken_in() {
    let files = shipped(SAID);
    let mut copy = desk(&files).review_bytes(&sent(&files)).unwrap();
    let at = copy.copy.comments.iter().position(|it| it.text == "Is this its name?").unwrap();
    copy.copy.comments[at].resolved = true;
    let answer = |author: &str, answers| ctsd::reader::marked::Comment {
        author: author.to_owned(),
        text: format!("{author} agrees."),
        answers: Some(answers),
        ..ctsd::reader::marked::Comment::default()
    };
    let first = copy.copy.comments.len();
    copy.copy.comments.extend([answer("Bob", at), answer("Eve", first)]);
    let said = kept(&files, copy, &Only::All).expect("comments");
    assert_eq!(said.len(), 4, "{said:#?}");
    assert_eq!(said[0].state, CommentState::Resolved);
    let names = |comment: &Comment| comment.answers.iter().map(|it| it.author.clone()).collect::<Vec<_>>();
    assert_eq!(names(&said[0]), ["Charles Babbage", "Bob", "Eve"]);
    assert_eq!(said[1..], comments(&root(&files), "MP089").unwrap()[1..]);
}
