//! The journey of what reviewers did to a table for the meeting, in any format that documents are written in.

use super::commenting::said_before;
use super::reviewing::Reviewed;
use super::{Desk, Findings, Format, Options, Shows, made};
use crate::adopt::review::{self, Change, Outcome, ReviewedPart, Since, Site};
use crate::content;
use crate::diagnostic::Failure;
use crate::document::PartKind;
use crate::model::{Comment, CommentState, Version};
use crate::ooxml::trace::Trace;
use crate::publish::File;
use crate::reader::marked;
use serde::Serialize;
use std::ops::Range;
use std::path::Path;

/// What the template of the table can use.
#[derive(Debug, Default, Serialize)]
struct Summary {
    copies: Vec<Copy>,
    /// What was done where nothing was proposed.
    outside: Vec<Entry>,
    amended: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Copy {
    name: String,
    /// Who saved it last, and when, if he is none of those who sent it.
    saved: Option<Person>,
    /// What has changed since it was sent.
    changed_since: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Person {
    name: String,
    /// In ISO 8601.
    date: Option<String>,
}

/// A line of the table.
#[derive(Debug, Serialize)]
struct Entry {
    /// `section`, `table`, or nothing: the cover and the instructions.
    kind: Option<PartKind>,
    number: String,
    heading: String,
    /// What tells the row of a table.
    row: Option<String>,
    /// `accepted`, `rejected`, `open`, `edited`, or, of what is said, `comment` and `answer`.
    what: &'static str,
    was: String,
    sent: String,
    now: String,
    /// Of what is edited, which words are now which others.
    edits: Vec<(String, String)>,
    /// Whether the line before it is of the same part.
    repeats: bool,
    /// Whether somebody else did something else there.
    disputed: bool,
    /// Who said or tracked it, else whose copies it stands in.
    people: Vec<Person>,
    /// Whether it is a figure that follows from the rows.
    counted: bool,
    /// `done`, `open`, `otherwise`; of what is said also `resolved` and `answered`.
    since: &'static str,
    /// What was answered last, and by whom.
    answer: Option<String>,
    by: Option<String>,
    #[serde(skip)]
    at: Range<usize>,
    /// The copy that it was found in first.
    #[serde(skip)]
    copy: usize,
}

impl Desk {
    /// What reviewers did in copies of redlines of one modification and what has become of it, as a document in a format
    /// that its name asks for. Each copy has the name by which it is told of.
    ///
    /// # Errors
    /// If no format is called that, the copies are of several modifications, or all that keeps it from being made.
    pub fn summary(&self, copies: &[(String, Reviewed)], file: &Path, options: &Options) -> Result<File, Failure> {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let format = Format::named(extension).filter(|format| format.is_of_documents()).ok_or_else(|| {
            Failure::refused(format!("“{name}” is to be a .docx, .html, .pdf or .md: that is how it is written"))
        })?;
        let Some((_, first)) = copies.first() else { return Err(Failure::refused("there are no copies to sum up")) };
        if copies.iter().any(|(_, it)| it.target != first.target) {
            return Err(Failure::refused("the copies are of several modifications: sum them up one after the other"));
        }
        let (base, target) = (self.version(&first.base)?, self.version(&first.target)?);
        let comments = content::comments(&self.root, &target.id)?;
        let options = Options { formats: vec![format], ..options.clone() };
        let made = || -> Result<Vec<File>, Findings> {
            let summary = self.summed_up(copies, (base, target), &comments)?;
            let document = self.templates.summary(&self.project.appendix, (base, target), &summary)?;
            let trace = |_: &_| Trace { tool: made::TOOL.to_owned(), ..Trace::default() };
            self.files(stem, document, target, trace, Shows::default(), &options)
        };
        let mut files = made().map_err(|findings| self.failure(findings))?;
        Ok(files.swap_remove(0))
    }

    fn summed_up(
        &self,
        copies: &[(String, Reviewed)],
        (base, target): (&Version, &Version),
        comments: &[Comment],
    ) -> Result<Summary, Findings> {
        let today = self.change(base, target)?.into_redline().document;
        let mut summary = Summary::default();
        for (at, (path, copy)) in copies.iter().enumerate() {
            let name = Path::new(path).file_name().map_or_else(|| path.into(), |name| name.to_string_lossy());
            let about = &copy.copy.about;
            let is_somebody = !about.saved_by.is_empty() && !copy.drafters.contains(&about.saved_by);
            let date = Some(about.saved.clone()).filter(|date| is_somebody && !date.is_empty());
            let saved = Person { name: if is_somebody { about.saved_by.clone() } else { name.to_string() }, date };
            let since = review::since(&copy.sent, &today, &copy.review);
            for (part, since) in copy.review.parts.iter().zip(since) {
                let is_outside = !part.is_amended && !part.changes.is_empty();
                let entries = if is_outside { &mut summary.outside } else { &mut summary.amended };
                // Copies of one redline have the same at the same places.
                let first = copies.iter().position(|(_, other)| other.sent == copy.sent).unwrap_or(at);
                changes(part, &since, first, &saved, entries);
                said(part, copy, first, comments, entries);
            }
            let changed_since = copy.changed_since.clone();
            summary.copies.push(Copy { name: name.into_owned(), saved: is_somebody.then_some(saved), changed_since });
        }
        for entries in [&mut summary.outside, &mut summary.amended] {
            // What one leaves open is left to those who settle it.
            let settled: Vec<(usize, Range<usize>)> =
                entries.iter().filter(|it| is_deed(it)).map(|it| (it.copy, it.at.clone())).collect();
            let is_settled = |it: &Entry| {
                settled.iter().any(|(copy, at)| *copy == it.copy && at.start < it.at.end && it.at.start < at.end)
            };
            entries.retain(|it| it.what != "open" || !is_settled(it));
            entries.sort_by_key(|it| (it.copy, it.at.start));
            see_together(entries);
        }
        Ok(summary)
    }
}

/// Sees which lines are of one part, and which are of one place and don't agree.
fn see_together(entries: &mut [Entry]) {
    let disputed: Vec<bool> = entries.iter().map(|it| entries.iter().any(|other| contradicts(it, other))).collect();
    let repeats = entries.windows(2).map(|pair| (pair[0].kind, &pair[0].number) == (pair[1].kind, &pair[1].number));
    let repeats: Vec<bool> = std::iter::once(false).chain(repeats).collect();
    for ((entry, disputed), repeats) in entries.iter_mut().zip(disputed).zip(repeats) {
        (entry.disputed, entry.repeats) = (disputed, repeats);
    }
}

/// Whether two reviewers did something else to the same words. A figure that is counted is nobody's to decide.
fn contradicts(one: &Entry, other: &Entry) -> bool {
    let overlap = one.at.start < other.at.end && other.at.start < one.at.end;
    let is_other = (one.what, &one.now) != (other.what, &other.now) && one.people != other.people;
    one.copy == other.copy && overlap && is_other && is_deed(one) && is_deed(other) && !one.counted
}

/// What was done to a part in a copy, beside what others did.
fn changes(part: &ReviewedPart, since: &[Since], copy: usize, saved: &Person, entries: &mut Vec<Entry>) {
    for (change, since) in
        part.changes.iter().zip(since).filter(|(it, _)| !it.is_counted || it.outcome == Outcome::Edited)
    {
        let tracked = change.by.iter().map(|by| Person { name: by.author.clone(), date: by.date.clone() });
        let mut people: Vec<Person> = tracked.collect();
        if people.is_empty() && change.outcome != Outcome::Open {
            people.push(saved.clone());
        }
        let new = Entry { people, since: word(*since), copy, ..entry(part, change) };
        let is_same = |it: &&mut Entry| {
            (it.copy, it.what, &it.at, &it.now) == (new.copy, new.what, &new.at, &new.now) && it.number == new.number
        };
        match entries.iter_mut().find(is_same) {
            Some(known) => {
                let others: Vec<Person> = new.people.into_iter().filter(|it| !known.people.contains(it)).collect();
                known.people.extend(others);
            }
            None => entries.push(new),
        }
    }
}

fn entry(part: &ReviewedPart, change: &Change) -> Entry {
    let what = match change.outcome {
        Outcome::Accepted => "accepted",
        Outcome::Rejected => "rejected",
        Outcome::Open => "open",
        Outcome::Edited => "edited",
    };
    let Change { was, sent, now, row, at, .. } = change;
    let counted = change.is_counted;
    let (was, sent, now) = (line(was), line(sent), line(now));
    let edits = change.edits().into_iter().map(|(sent, now)| (line(sent), line(now))).collect();
    Entry { what, was, sent, now, edits, row: row.clone(), at: at.clone(), counted, ..of_site(&part.site) }
}

/// Whether somebody settled something, rightly or not.
fn is_deed(entry: &Entry) -> bool {
    matches!(entry.what, "accepted" | "rejected" | "edited")
}

fn of_site(site: &Site) -> Entry {
    Entry {
        kind: site.kind,
        number: site.number.clone(),
        heading: site.heading.clone(),
        row: None,
        what: "comment",
        was: String::new(),
        sent: String::new(),
        now: String::new(),
        edits: Vec::new(),
        repeats: false,
        disputed: false,
        people: Vec::new(),
        counted: false,
        since: "open",
        answer: None,
        by: None,
        at: 0..0,
        copy: 0,
    }
}

const fn word(since: Since) -> &'static str {
    match since {
        Since::Done => "done",
        Since::Open => "open",
        Since::Otherwise => "otherwise",
    }
}

/// What is said of a part in a copy, and hasn't been told of another.
fn said(part: &ReviewedPart, copy: &Reviewed, first: usize, kept: &[Comment], entries: &mut Vec<Entry>) {
    let all = &copy.copy.comments;
    for comment in part.comments.iter().filter_map(|at| all.get(*at)) {
        if copy.drafters.contains(&comment.author) || comment.text.trim().is_empty() {
            continue;
        }
        let people = vec![Person { name: comment.author.clone(), date: comment.date.clone() }];
        let (now, sent) = (line(&comment.text), line(&comment.place.begins));
        let above = comment.answers.and_then(|at| all.get(at)).map(|it| it.author.clone());
        let what = if above.is_some() { "answer" } else { "comment" };
        let is_told =
            |it: &Entry| (it.what, &it.now, &it.people) == (what, &now, &people) && it.number == part.site.number;
        if entries.iter().any(is_told) {
            continue;
        }
        let (since, answer) = become_of(comment, kept);
        // It stands behind what was done to its part.
        let at = part.changes.last().map_or(0..0, |last| last.at.clone());
        let by = answer.as_ref().map(|answer| answer.0.clone()).or(above);
        let answer = answer.map(|answer| line(&answer.1));
        entries.push(Entry { what, sent, now, people, since, answer, by, at, copy: first, ..of_site(&part.site) });
    }
}

/// What has become of what is said, and the last answer with its author.
fn become_of(said: &marked::Comment, kept: &[Comment]) -> (&'static str, Option<(String, String)>) {
    let Some(known) = kept.iter().find(|known| said_before(&known.author, &known.text, said)) else {
        return (if said.resolved { "resolved" } else { "open" }, None);
    };
    let answer = known.answers.last().map(|it| (it.author.clone(), it.text.text.to_string()));
    let since = match (known.state, &answer) {
        (CommentState::Resolved, _) => "resolved",
        (CommentState::Open, Some(_)) => "answered",
        (CommentState::Open, None) => "open",
    };
    (since, answer)
}

/// Words on one line, as far as they tell what is meant.
fn line(text: &str) -> String {
    const MOST: usize = 240;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default().trim_end()),
        None => line,
    }
}
