//! What was done in copies, as a drafter reads it.

use crate::cli::common::counted as count_of;
use ctsd::adopt::review::{self, By, Change, Outcome, Review, ReviewedPart, Site};
use ctsd::document::PartKind;
use ctsd::pipeline::reviewing::Reviewed;
use ctsd::reader::marked::Comment;
use std::collections::BTreeMap;

/// What was done in each copy; where there are several, first what they agree on and what not.
pub(super) fn all(copies: &[(String, Reviewed)]) -> String {
    let each = copies.iter().map(|(name, reviewed)| one(reviewed, name));
    let together = (copies.len() > 1).then(|| together(copies)).filter(|lines| !lines.is_empty());
    together.into_iter().chain(each).collect::<Vec<_>>().join("\n\n")
}

/// What several copies make of one change: a line where they agree, and one for each where they don't.
fn together(copies: &[(String, Reviewed)]) -> String {
    if copies.windows(2).any(|pair| pair[0].1.sent != pair[1].1.sent) {
        return "these are copies of several redlines: what they agree on isn't told".to_owned();
    }
    let reviews: Vec<&Review> = copies.iter().map(|(_, reviewed)| &reviewed.review).collect();
    let mut lines = Vec::new();
    for place in review::together(&reviews) {
        let deeds = |changes: &[&Change]| changes.iter().map(|it| change(it)).collect::<Vec<_>>().join("; ");
        let name = |at: usize| copies.get(at).map_or("", |(name, _)| name.as_str());
        match (place.is_agreed(), place.said.as_slice()) {
            (true, [(_, changes), ..]) => {
                let files: Vec<&str> = place.said.iter().map(|(at, _)| name(*at)).collect();
                lines.push(format!("  {}: {} ({})", heading(place.site), deeds(changes), files.join(", ")));
            }
            (_, said) => {
                lines.push(format!("  {}: they don't agree", heading(place.site)));
                lines.extend(said.iter().map(|(at, changes)| format!("    {}: {}", name(*at), deeds(changes))));
            }
        }
    }
    if lines.is_empty() { String::new() } else { format!("several copies:\n{}", lines.join("\n")) }
}

fn one(reviewed: &Reviewed, name: &str) -> String {
    let Reviewed { base, target, copy, review, changed_since, drafters, .. } = reviewed;
    let saved_by = &copy.about.saved_by;
    let is_somebody = !saved_by.is_empty() && !drafters.contains(saved_by);
    let by = if is_somebody { format!(", saved by {saved_by}") } else { String::new() };
    let mut lines = vec![format!("{name}: {target} against {base}{by}")];
    if !changed_since.is_empty() {
        lines.push(format!(
            "it is a copy of an older draft: since then {target} has changed in {}",
            changed_since.join(", ")
        ));
    }
    // What the modification doesn't cover comes first.
    let is_outside = |part: &&ReviewedPart| !part.is_amended && !part.changes.is_empty();
    let (outside, amended): (Vec<_>, Vec<_>) = review.parts.iter().partition(is_outside);
    if !outside.is_empty() {
        lines.push("outside any amendment:".to_owned());
    }
    for part in outside.into_iter().chain(amended) {
        lines.push(format!("  {}", heading(&part.site)));
        let is_told = |it: &&Change| !it.is_counted || it.outcome == Outcome::Edited;
        let mut told: Vec<String> =
            part.changes.iter().filter(is_told).map(|it| format!("    {}", change(it))).collect();
        // Figures that are counted can be the same in several columns.
        told.dedup();
        lines.append(&mut told);
        if part.changes.iter().all(|it| it.is_counted && it.outcome != Outcome::Edited) && !part.changes.is_empty() {
            lines.push("    only figures differ, which follow from the rows".to_owned());
        }
        lines.extend(
            part.comments
                .iter()
                .filter_map(|at| copy.comments.get(*at))
                .map(|it| format!("    {}", comment(it, &copy.comments))),
        );
    }
    lines.push(counted(reviewed));
    lines.join("\n")
}

/// How many changes became what.
fn counted(reviewed: &Reviewed) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for change in reviewed.review.parts.iter().flat_map(|part| &part.changes).filter(|it| !it.is_counted) {
        *counts.entry(word(change.outcome)).or_default() += 1;
    }
    let mut counts: Vec<String> = counts.into_iter().map(|(it, count)| format!("{count} {it}")).collect();
    let comments = reviewed.copy.comments.len();
    counts.extend((comments > 0).then(|| count_of(comments, "comment")));
    if counts.is_empty() { "nothing was proposed in it, and nothing done".to_owned() } else { counts.join(", ") }
}

pub(super) fn heading(site: &Site) -> String {
    let what = match site.kind {
        Some(PartKind::Section) => "Section",
        Some(PartKind::Table) => "Table",
        None => return "the cover and the instructions".to_owned(),
    };
    format!("{what} {} {}", site.number, site.heading).trim_end().to_owned()
}

pub(super) fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Rejected => "rejected",
        Outcome::Open => "left open",
        Outcome::Edited => "edited",
    }
}

fn change(change: &Change) -> String {
    let by: Vec<String> = change.by.iter().map(somebody).collect();
    let by = match (by.is_empty(), change.outcome) {
        (false, _) => format!(" by {}", by.join(" and ")),
        (true, Outcome::Edited) => " (not tracked)".to_owned(),
        (true, _) => String::new(),
    };
    let row = change.row.as_ref().map(|row| format!(" in row {row}")).unwrap_or_default();
    let what = match change.outcome {
        Outcome::Edited => {
            let edits = change.edits().into_iter();
            edits.map(|(sent, now)| edit(sent, now)).collect::<Vec<_>>().join("; ")
        }
        _ => proposal(change),
    };
    let why = if change.is_counted { "; it is counted from the rows, and comes back" } else { "" };
    format!("{}{by}{row}: {what}{why}", word(change.outcome))
}

/// What some words are now, or what became of the ends of paragraphs alone.
fn edit(sent: &str, now: &str) -> String {
    match sent.trim().is_empty() && now.trim().is_empty() {
        true if sent.len() < now.len() => "a paragraph is parted".to_owned(),
        true => "paragraphs are joined".to_owned(),
        false => format!("{} is now {}", quoted(sent), quoted(now)),
    }
}

fn somebody(by: &By) -> String {
    by.date.as_ref().map_or_else(|| by.author.clone(), |date| format!("{}, {}", by.author, day(date)))
}

/// What the redline proposes.
fn proposal(change: &Change) -> String {
    match (change.was.trim().is_empty(), change.sent.trim().is_empty()) {
        (true, _) => format!("insert {}", quoted(&change.sent)),
        (false, true) => format!("delete {}", quoted(&change.was)),
        (false, false) => format!("{} for {}", quoted(&change.sent), quoted(&change.was)),
    }
}

fn comment(comment: &Comment, all: &[Comment]) -> String {
    let when = comment.date.as_ref().map(|date| format!(", {}", day(date))).unwrap_or_default();
    let answers = comment.answers.and_then(|at| all.get(at)).map(|it| format!(" (an answer to {})", it.author));
    let resolved = if comment.resolved { " (resolved)" } else { "" };
    let text = comment.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let place = &comment.place.begins;
    let place = if place.is_empty() { String::new() } else { format!(", on “{place}”") };
    format!("comment by {}{when}{}{resolved}: “{text}”{place}", comment.author, answers.unwrap_or_default())
}

/// The day of a moment.
fn day(date: &str) -> &str {
    date.get(..10).unwrap_or(date)
}

/// Words on one line, as far as they tell what is meant.
fn quoted(text: &str) -> String {
    const MOST: usize = 90;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        _ if line.is_empty() => "nothing".to_owned(),
        Some((at, _)) => format!("“{} …”", line.get(..at).unwrap_or_default()),
        None => format!("“{line}”"),
    }
}
