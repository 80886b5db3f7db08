//! `ctsd review`: what reviewers did in their copies of a redline.

use super::common::{Common, open};
use super::report::Report;
use super::trouble::Trouble;
use ctsd::adopt::review::{Change, Outcome, ReviewedPart, Site};
use ctsd::document::PartKind;
use ctsd::pipeline::applying::Only;
use ctsd::pipeline::reviewing::Reviewed;
use ctsd::reader::marked::Comment;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Say what reviewers did in their copies of a redline: accepted, rejected, edited, remarked
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The copies that came back (.docx)
    #[arg(required = true, value_name = "COPY")]
    copies: Vec<PathBuf>,
    /// Write it into the files of the modification: what was rejected goes, what was edited is as it was edited
    #[arg(long)]
    apply: bool,
    /// Of what was done only this: which changes were accepted and rejected, what reviewers changed and tracked, or what
    /// one of them did
    #[arg(long, value_name = "accepted|edits|author=NAME", value_parser = only)]
    only: Option<Only>,
    /// Write nothing; show what --apply would change in the files
    #[arg(long)]
    dry_run: bool,
}

fn only(text: &str) -> Result<Only, String> {
    match (text, text.strip_prefix("author=")) {
        ("accepted", _) => Ok(Only::Decisions),
        ("edits", _) => Ok(Only::Edits),
        (_, Some(name)) if !name.trim().is_empty() => Ok(Only::Author(name.trim().to_owned())),
        _ => Err("it is “accepted”, “edits” or “author=NAME”".to_owned()),
    }
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    let desk = open(common, report)?;
    let mut copies = Vec::new();
    for file in &arguments.copies {
        copies.push((file.display().to_string(), desk.review_file(file)?));
    }
    if arguments.dry_run {
        let applied = desk.apply(&copies, &arguments.only.clone().unwrap_or_default())?;
        report.answer(&desk.difference_of(&applied.revised));
        return Ok(desk.settled(&applied)?);
    }
    copies.iter().for_each(|(name, reviewed)| report.result(&told(reviewed, name)));
    if !arguments.apply {
        return Ok(());
    }
    let applied = desk.apply(&copies, &arguments.only.clone().unwrap_or_default())?;
    desk.settled(&applied)?;
    applied.remarks.iter().for_each(|remark| report.remark(&remark.what));
    applied.dropped.iter().for_each(|what| report.remark(&format!("there already: {what}")));
    if applied.revised.written.is_empty() && applied.revised.removed.is_empty() {
        report.remark("nothing is to be changed");
        return Ok(());
    }
    let kept = desk.keep_files(&common.output(), "review", &applied.revised)?;
    desk.write_content(&applied.revised)?.iter().for_each(|path| report.wrote(path));
    applied
        .revised
        .removed
        .iter()
        .for_each(|path| report.remark(&format!("deleted, since it would say no more: {path}")));
    report.remark(&format!("the files as they were are in {}", kept.display()));
    Ok(())
}

/// What was done in a copy, as a drafter reads it.
fn told(reviewed: &Reviewed, name: &str) -> String {
    let Reviewed { base, target, copy, review, .. } = reviewed;
    let by = if copy.about.saved_by.is_empty() { String::new() } else { format!(", saved by {}", copy.about.saved_by) };
    let mut lines = vec![format!("{name}: {target} against {base}{by}")];
    // What the modification doesn't cover comes first.
    let is_outside = |part: &&ReviewedPart| !part.is_amended && !part.changes.is_empty();
    if review.parts.iter().any(|part| is_outside(&part)) {
        lines.push("outside any amendment:".to_owned());
    }
    let (outside, amended): (Vec<_>, Vec<_>) = review.parts.iter().partition(is_outside);
    for part in outside.into_iter().chain(amended) {
        lines.push(format!("  {}", heading(&part.site)));
        lines.extend(part.changes.iter().map(|it| format!("    {}", change(it))));
        lines.extend(part.comments.iter().map(|at| format!("    {}", comment(copy.comments.get(*at), &copy.comments))));
    }
    let mut counts: BTreeMap<Outcome, usize> = BTreeMap::new();
    for change in review.parts.iter().flat_map(|part| &part.changes) {
        *counts.entry(change.outcome).or_default() += 1;
    }
    let mut counts: Vec<String> = counts.into_iter().map(|(it, count)| format!("{count} {}", word(it))).collect();
    counts.extend((!copy.comments.is_empty()).then(|| format!("{} comments", copy.comments.len())));
    lines.push(if counts.is_empty() { "nothing was done in it".to_owned() } else { counts.join(", ") });
    lines.join("\n")
}

fn heading(site: &Site) -> String {
    let what = match site.kind {
        Some(PartKind::Section) => "Section",
        Some(PartKind::Table) => "Table",
        None => return "the cover and the instructions".to_owned(),
    };
    format!("{what} {} {}", site.number, site.heading).trim_end().to_owned()
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Rejected => "rejected",
        Outcome::Open => "left open",
        Outcome::Edited => "edited",
    }
}

fn change(change: &Change) -> String {
    let by = change.by.iter().map(|by| match &by.date {
        Some(date) => format!("{}, {}", by.author, day(date)),
        None => by.author.clone(),
    });
    let by: Vec<String> = by.collect();
    let by = match (by.is_empty(), change.outcome) {
        (false, _) => format!(" by {}", by.join(" and ")),
        (true, Outcome::Edited) => " (not tracked)".to_owned(),
        (true, _) => String::new(),
    };
    let row = change.row.as_ref().map(|row| format!(" in row {row}")).unwrap_or_default();
    let what = match change.outcome {
        Outcome::Edited => format!("{} is now {}", quoted(&change.sent), quoted(&change.now)),
        _ => proposal(change),
    };
    format!("{}{by}{row}: {what}", word(change.outcome))
}

/// What the redline proposes.
fn proposal(change: &Change) -> String {
    match (change.was.trim().is_empty(), change.sent.trim().is_empty()) {
        (true, _) => format!("insert {}", quoted(&change.sent)),
        (false, true) => format!("delete {}", quoted(&change.was)),
        (false, false) => format!("{} for {}", quoted(&change.sent), quoted(&change.was)),
    }
}

fn comment(comment: Option<&Comment>, all: &[Comment]) -> String {
    let Some(comment) = comment else { return String::new() };
    let when = comment.date.as_ref().map(|date| format!(", {}", day(date))).unwrap_or_default();
    let answers = comment.answers.and_then(|at| all.get(at)).map(|it| format!(" (an answer to {})", it.author));
    let resolved = if comment.resolved { " (resolved)" } else { "" };
    let text = comment.text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("comment by {}{when}{}{resolved}: “{text}”", comment.author, answers.unwrap_or_default())
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
