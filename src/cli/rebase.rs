//! `ctsd rebase`: a modification moved onto another base.

use super::common::{Common, open};
use super::report::Report;
use super::trouble::Trouble;

/// Move a modification onto another base: rewrites its files, and says what was carried and what was there already
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The modification, such as MP123
    #[arg(id = "of", value_name = "MODIFICATION")]
    version: String,
    /// The version that it shall be drafted against, such as 6.21
    #[arg(long, value_name = "VERSION")]
    onto: String,
    /// Write nothing; only say what would become of its files
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    let desk = open(common, report)?;
    let moved = desk.rebase(&arguments.version, &arguments.onto)?;
    for what in &moved.dropped {
        report.result(&format!("there already: {what}"));
    }
    for file in &moved.revised.written {
        report.result(&format!("carried over: {}", file.path));
    }
    for path in &moved.revised.removed {
        report.result(&format!("says no more: {path}"));
    }
    if arguments.dry_run {
        return Ok(desk.agreed(&moved)?);
    }
    desk.write_content(&moved.revised)?.iter().for_each(|path| report.wrote(path));
    if !moved.conflicts.is_empty() {
        // What is to be settled is told where it now stands.
        open(common, report)?.version(&arguments.version)?;
        // What no file can say, of a section that neither has any more, is told all the same: the base's way stands.
        desk.agreed(&moved)?;
    }
    report.next(&format!("“ctsd redline {}” writes what it changes there", arguments.version));
    Ok(())
}
