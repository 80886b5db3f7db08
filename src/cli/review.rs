//! `ctsd review`: what reviewers did in their copies of a redline.

mod json;
mod told;

use super::common::{Common, open};
use super::report::Report;
use super::trouble::Trouble;
use ctsd::pipeline::applying::{Applied, Only};
use ctsd::pipeline::reviewing::Reviewed;
use ctsd::pipeline::{Desk, Options};
use std::path::{Path, PathBuf};

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
    /// What was done and what has become of it, as a table for the meeting; with --apply, what it becomes by that
    #[arg(long, value_name = "FILE.docx|html|pdf|md", conflicts_with = "dry_run")]
    summary: Option<PathBuf>,
    /// What was done, as JSON
    #[arg(long, conflicts_with = "dry_run")]
    json: bool,
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
    let mut copies: Vec<(String, Reviewed)> = Vec::new();
    for file in &arguments.copies {
        let reviewed = desk.review_file(file)?;
        reviewed.remarks.iter().for_each(|remark| report.remark(&format!("{}: {}", file.display(), remark.what)));
        copies.push((file.display().to_string(), reviewed));
    }
    if !arguments.dry_run {
        report.result(&if arguments.json { json::all(&copies) } else { told::all(&copies) });
    }
    if !arguments.apply && !arguments.dry_run {
        report.next("the same with --dry-run shows what it would change in the files, and with --apply changes them");
        return sum_up(&desk, &copies, arguments, report);
    }
    let applied = desk.apply(&copies, &arguments.only.clone().unwrap_or_default())?;
    applied.remarks.iter().for_each(|remark| report.remark(&remark.what));
    applied.dropped.iter().for_each(|what| report.remark(&format!("there already: {what}")));
    desk.settled(&applied)?;
    match arguments.dry_run {
        true => {
            report.answer(&desk.difference(&applied.revised));
            Ok(())
        }
        false => {
            write(&desk, &applied, &copies, common, report)?;
            sum_up(&open(common, report)?, &copies, arguments, report)
        }
    }
}

/// Writes the table for the meeting, if it is asked for.
fn sum_up(
    desk: &Desk,
    copies: &[(String, Reviewed)],
    arguments: &Arguments,
    report: &mut Report,
) -> Result<(), Trouble> {
    let Some(path) = &arguments.summary else { return Ok(()) };
    let summary = desk.summary(copies, path, &Options::default())?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    desk.write(folder, &[summary])?.iter().for_each(|path| report.wrote(path));
    Ok(())
}

/// Writes the files, and says where they are as they were.
fn write(
    desk: &Desk,
    Applied { revised, .. }: &Applied,
    copies: &[(String, Reviewed)],
    common: &Common,
    report: &mut Report,
) -> Result<(), Trouble> {
    let Some((_, first)) = copies.first().filter(|_| !revised.written.is_empty() || !revised.removed.is_empty()) else {
        report.remark("the modification says so already: no file is changed");
        return Ok(());
    };
    let kept = desk.keep_files(&common.output(), &first.target.to_lowercase(), revised)?;
    desk.write_content(revised)?.iter().for_each(|path| report.wrote(path));
    for path in &revised.removed {
        report.remark(&format!("deleted, since it would say no more than the base: {path}"));
    }
    report.remark(&format!("the files as they were are in {}: copy them back to undo this", kept.display()));
    report.next(&format!("“ctsd redline {}” writes what it changes now", first.target));
    Ok(())
}
