//! What reviewers said in their copies, kept beside the modification.

use super::Desk;
use super::applying::Only;
use super::reviewing::Reviewed;
use crate::adopt::review::Site;
use crate::content::{self, Written};
use crate::diagnostic::Failure;
use crate::document::PartKind;
use crate::model::{Answer, Comment, CommentState};
use crate::reader::marked;
use std::collections::BTreeMap;

impl Desk {
    /// The file of comments with what copies have: new comments, new answers, and what is resolved. Nothing, if it says so
    /// already.
    pub(super) fn commented(
        &self,
        target: &str,
        copies: &[(String, Reviewed)],
        only: &Only,
    ) -> Result<Option<Written>, Failure> {
        let there = content::comments(&self.root, target)?;
        let mut all = there.clone();
        for (_, copy) in copies {
            // In the order in which the copy has them.
            let parts = copy.review.parts.iter();
            let said: BTreeMap<usize, &Site> =
                parts.flat_map(|part| part.comments.iter().map(|at| (*at, &part.site))).collect();
            for (at, site) in said {
                take(&mut all, copy, at, site, only);
            }
        }
        if all == there {
            return Ok(None);
        }
        content::write_comments(&self.root, target, &all).map(Some).map_err(|diagnostics| self.failure(diagnostics))
    }
}

/// Takes a comment of a copy in, with what answers it.
fn take(all: &mut Vec<Comment>, copy: &Reviewed, at: usize, site: &Site, only: &Only) {
    let comments = &copy.copy.comments;
    let Some(said) = comments.get(at) else { return };
    let is_wanted = |said: &marked::Comment| match only {
        Only::Author(author) => said.author == *author,
        _ => true,
    };
    // What goes out with a redline in its own name, such as its instructions, is nobody's comment.
    let is_own = |said: &marked::Comment| copy.drafters.contains(&said.author);
    // Who answers the desk says something of his own.
    let thread = copy.copy.thread_of(at);
    let is_answer = thread != at && comments.get(thread).is_some_and(|above| !is_own(above));
    if is_answer || is_own(said) || said.text.trim().is_empty() {
        return;
    }
    let sent = all.iter().flat_map(|known| &known.answers);
    // An answer that went out as a comment comes back as one.
    if sent.into_iter().any(|known| said_before(&known.author, &known.text, said)) {
        return;
    }
    let answers = comments.iter().enumerate().filter(|(nth, _)| *nth != at && copy.copy.thread_of(*nth) == at);
    let answers = answers.map(|(_, it)| it).filter(|it| !it.text.trim().is_empty() && is_wanted(it));
    let known = match all.iter().position(|known| said_before(&known.author, &known.text, said)) {
        Some(known) => known,
        None if is_wanted(said) => {
            all.push(new(said, site));
            all.len() - 1
        }
        None => return,
    };
    let known = &mut all[known];
    if said.resolved {
        known.state = CommentState::Resolved;
    }
    for answer in answers {
        if !known.answers.iter().any(|it| said_before(&it.author, &it.text, answer)) {
            let (author, date) = (answer.author.clone(), answer.date.clone());
            known.answers.push(Answer { author, date, text: answer.text.trim().into() });
        }
    }
}

fn new(said: &marked::Comment, site: &Site) -> Comment {
    let number = (!site.number.is_empty()).then(|| site.number.clone().into());
    let (section, table) = match site.kind {
        Some(PartKind::Section) => (number, None),
        Some(PartKind::Table) => (None, number),
        None => (None, None),
    };
    // What a place begins with, as far as it was noted; a heading is the part itself.
    let words = said.place.begins.trim_end_matches('…').trim();
    let is_heading = words.starts_with(&site.number) || said.place.after;
    Comment {
        section,
        table,
        words: (!words.is_empty() && !is_heading).then(|| words.to_owned()),
        author: said.author.clone(),
        date: said.date.clone(),
        text: said.text.trim().into(),
        ..Comment::default()
    }
}

/// Whether what is kept is what somebody says in a copy, be it with its place before it, as it goes out where that isn't
/// shown.
pub(super) fn said_before(author: &str, text: &str, said: &marked::Comment) -> bool {
    let (kept, says) = (folded(text), folded(&said.text));
    let bare = says.strip_prefix('[').and_then(|rest| rest.split_once("] ")).map(|(_, rest)| rest);
    author == said.author && (kept == says || Some(kept.as_str()) == bare)
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
