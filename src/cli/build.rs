//! `ctsd build`: the clean appendix.

use super::common::{Common, open, write};
use super::report::Report;
use super::steps;
use super::trouble::Trouble;
use super::writing::{RevisionOptions, names_of, options};
use ctsd::pipeline::Format;
use ctsd::progress::Step;

/// Write the clean appendix of each version: Markdown, Word and PDF
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The versions to write, such as 6.18 or MP089 [default: all]
    #[arg(value_name = "VERSION")]
    versions: Vec<String>,
    /// The formats to write, with commas between
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = names_of(Format::of_documents()))]
    format: Vec<Format>,
    #[command(flatten)]
    revisions: RevisionOptions,
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    let options = options(&arguments.format, &Format::of_documents().collect::<Vec<_>>(), &arguments.revisions)?;
    let desk = open(common, report)?;
    let versions = desk.versions(&arguments.versions)?;
    report.expects(steps::AROUND + versions.len() * (1 + steps::build(&options)));
    let mut files = Vec::new();
    for (place, version) in (1..).zip(&versions) {
        let step = Step::Version { name: &version.name, place, of: versions.len() };
        files.extend(desk.watch.during(step, || desk.build(version, &options))?);
    }
    write(&desk, &files, common, report)
}
