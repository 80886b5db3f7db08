//! Comments that come back in a copy.

use super::{Files, SAID, root, shipped};
use crate::common::docx::{faults, parts};
use crate::common::reviewer::with_part;
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
            (None, Some("8.1.8"), "Ada Lovelace", "Should this be mandatory?\nIt was not in April."),
            (None, None, "Ada Lovelace", "[9.9] Where is it?"),
        ]
    );
    assert_eq!(said[0].answers[0].author, "Charles Babbage");
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
fn a_thread_goes_out_as_one_and_comes_back_as_one() {
    let files = shipped(SAID);
    let sent = sent(&files);
    assert_eq!(faults(&sent), Vec::<String>::new());
    let copy = desk(&files).review_bytes(&sent).unwrap();
    let at = |author: &str| copy.copy.comments.iter().position(|it| it.author == author).unwrap();
    assert_eq!(copy.copy.comments[at("Charles Babbage")].answers, Some(at("Ada Lovelace")));
    let said = kept(&without_comments(), copy, &Only::All).expect("comments");
    let first = comments(&root(&files), "MP089").unwrap().remove(0);
    assert_eq!((&said[0].author, &said[0].answers), (&first.author, &first.answers));
    // Somebody ticks it off in Word.
    let parts = parts(&sent);
    let threads = String::from_utf8(parts["word/commentsExtended.xml"].clone()).unwrap();
    let opened = threads.find("w15:paraIdParent").unwrap();
    let done = threads[..opened].rfind("w15:done=\"0\"").unwrap();
    let ticked = format!("{}w15:done=\"1\"{}", &threads[..done], &threads[done + 12..]);
    let ticked = with_part(&sent, "word/commentsExtended.xml", &ticked);
    let said = kept(&files, desk(&files).review_bytes(&ticked).unwrap(), &Only::All).expect("comments");
    assert_eq!((said[0].state, &said[0].answers), (CommentState::Resolved, &first.answers));
    // A copy that knows nothing of it opens nothing again.
    let mut settled = files.clone();
    let written = ctsd::content::write_comments(&root(&files), "MP089", &said).unwrap();
    settled.insert(written.path, written.text);
    assert_eq!(kept(&settled, desk(&settled).review_bytes(&sent).unwrap(), &Only::All), None);
}

#[test]
fn what_answers_the_desk_is_a_comment_of_its_own() {
    let files = without_comments();
    let mut copy = desk(&files).review_bytes(&sent(&files)).unwrap();
    let at = copy.copy.comments.iter().position(|it| it.author == "MP089").unwrap();
    let answer = ctsd::reader::marked::Comment {
        author: "Bob".to_owned(),
        text: "Not so.".to_owned(),
        answers: Some(at),
        ..ctsd::reader::marked::Comment::default()
    };
    let new = copy.copy.comments.len();
    copy.copy.comments.push(answer);
    let part = copy.review.parts.iter_mut().find(|part| part.comments.contains(&at)).unwrap();
    part.comments.push(new);
    let said = kept(&files, copy, &Only::All).expect("comments");
    assert_eq!(said.iter().map(|it| it.text.text.trim()).collect::<Vec<_>>(), ["Not so."]);
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
