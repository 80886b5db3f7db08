//! What was done in copies, for programs.

use super::told::word;
use ctsd::document::PartKind;
use ctsd::pipeline::reviewing::Reviewed;
use serde::Serialize;

#[derive(Serialize)]
struct Copy<'r> {
    file: &'r str,
    base: &'r str,
    target: &'r str,
    #[serde(skip_serializing_if = "str::is_empty")]
    saved_by: &'r str,
    /// What the version says otherwise today than when the redline was sent.
    changed_since: &'r [String],
    parts: Vec<Part<'r>>,
}

#[derive(Serialize)]
struct Part<'r> {
    #[serde(rename = "where")]
    site: Site<'r>,
    amended: bool,
    changes: Vec<Change<'r>>,
    comments: Vec<Comment<'r>>,
}

#[derive(Serialize)]
struct Site<'r> {
    kind: Option<PartKind>,
    id: &'r str,
    number: &'r str,
    heading: &'r str,
}

#[derive(Serialize)]
struct Change<'r> {
    outcome: &'static str,
    /// Whether the redline has a change there.
    proposed: bool,
    /// Whether it is a figure that follows from the rows.
    counted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<&'r str>,
    was: &'r str,
    sent: &'r str,
    now: &'r str,
    by: Vec<By<'r>>,
}

#[derive(Serialize)]
struct By<'r> {
    author: &'r str,
    date: Option<&'r str>,
}

#[derive(Serialize)]
struct Comment<'r> {
    author: &'r str,
    date: Option<&'r str>,
    text: &'r str,
    page: Option<u32>,
    paragraph: &'r str,
    resolved: bool,
    /// Whose comment it answers, and what that says.
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<Answered<'r>>,
}

#[derive(Serialize)]
struct Answered<'r> {
    author: &'r str,
    text: &'r str,
}

pub(super) fn all(copies: &[(String, Reviewed)]) -> String {
    let copies: Vec<Copy<'_>> = copies.iter().map(|(file, reviewed)| copy(file, reviewed)).collect();
    serde_json::to_string_pretty(&copies).expect("plain data can be written")
}

fn copy<'r>(file: &'r str, reviewed: &'r Reviewed) -> Copy<'r> {
    let parts = reviewed.review.parts.iter().map(|part| Part {
        site: Site { kind: part.site.kind, id: &part.site.id, number: &part.site.number, heading: &part.site.heading },
        amended: part.is_amended,
        changes: part.changes.iter().map(change).collect(),
        comments: part.comments.iter().filter_map(|at| comment(reviewed, *at)).collect(),
    });
    Copy {
        file,
        base: &reviewed.base,
        target: &reviewed.target,
        saved_by: &reviewed.copy.about.saved_by,
        changed_since: &reviewed.changed_since,
        parts: parts.collect(),
    }
}

fn change(change: &ctsd::adopt::review::Change) -> Change<'_> {
    Change {
        outcome: word(change.outcome),
        proposed: change.is_change,
        counted: change.is_counted,
        row: change.row.as_deref(),
        was: &change.was,
        sent: &change.sent,
        now: &change.now,
        by: change.by.iter().map(|by| By { author: &by.author, date: by.date.as_deref() }).collect(),
    }
}

fn comment(reviewed: &Reviewed, at: usize) -> Option<Comment<'_>> {
    let all = &reviewed.copy.comments;
    let comment = all.get(at)?;
    Some(Comment {
        author: &comment.author,
        date: comment.date.as_deref(),
        text: &comment.text,
        page: comment.place.page,
        paragraph: &comment.place.begins,
        resolved: comment.resolved,
        answers: comment.answers.and_then(|at| all.get(at)).map(|it| Answered { author: &it.author, text: &it.text }),
    })
}
