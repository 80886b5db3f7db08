//! `ctsd build`: the clean appendix.

use super::{Common, Report, Trouble, Writing, open, told, version, write};
use ctsd::model::Version;
use ctsd::pipeline::Format;

/// Write the clean appendix of each version: Markdown, Word and PDF
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The versions to write, such as 6.18 or MP089 [default: all]
    #[arg(value_name = "VERSION")]
    versions: Vec<String>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    let options = arguments.writing.options(&[Format::Markdown, Format::Docx, Format::Pdf])?;
    let desk = open(common, report)?;
    let versions: Vec<&Version> = match arguments.versions.is_empty() {
        true => desk.project.versions.iter().collect(),
        false => arguments.versions.iter().map(|id| version(&desk, id)).collect::<Result<_, _>>()?,
    };
    let mut files = Vec::new();
    for version in versions {
        files.extend(told(desk.build(version, &options), &desk, report)?);
        report.stage(&format!("{} made", version.name));
    }
    write(&files, common, report)
}
