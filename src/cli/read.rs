//! `ctsd read`: a Word document as Markdown.

use super::report::Report;
use super::trouble::Trouble;
use ctsd::pipeline::reading::{self, View};
use std::path::PathBuf;

/// Print a Word document as Markdown; what can't be carried is told on standard error
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The Word document (.docx)
    file: PathBuf,
    /// Which of its texts, where it has tracked changes
    #[arg(long, default_value = "marked")]
    view: Which,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Which {
    /// Before all changes
    Original,
    /// After all changes
    Proposed,
    /// Both, with the changes marked
    Marked,
}

pub(super) fn run(arguments: &Arguments, report: &mut Report) -> Result<(), Trouble> {
    let view = match arguments.view {
        Which::Original => View::Original,
        Which::Proposed => View::Proposed,
        Which::Marked => View::Marked,
    };
    let read = reading::read(&arguments.file, view)?;
    report.answer(&read.markdown);
    report.warnings(&read.findings);
    Ok(())
}
