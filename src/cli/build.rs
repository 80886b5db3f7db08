//! `ctsd build`: the clean appendix.

use super::common::{Common, open, turn_to, write};
use super::date;
use super::report::Report;
use super::steps;
use super::trouble::Trouble;
use super::writing::{DateOption, names_of, options};
use ctsd::pipeline::Format;
use ctsd::progress::Step;

/// Write the clean appendix of each version: Markdown, Word and PDF
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The versions to write, such as 6.18 or MP089 [default: all]
    #[arg(value_name = "VERSION")]
    versions: Vec<String>,
    /// The formats to write, with commas between [default: md,docx,pdf]. A workbook, xlsx, has the tables alone
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = names_of(Format::of_versions()))]
    format: Vec<Format>,
    /// The version in force on that day, of those that VERSION rests on; of all, without VERSION
    #[arg(long, value_name = "DATE", value_parser = date::day)]
    as_of: Option<String>,
    #[command(flatten)]
    date: DateOption,
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    let formats: Vec<Format> = Format::of_versions().collect();
    let options = options(&arguments.format, &formats, (None, arguments.date.chosen()?))?;
    let mut desk = open(common, report)?;
    let mut asked = arguments.versions.clone();
    if let Some(day) = &arguments.as_of {
        if asked.len() > 1 {
            return Err(Trouble::usage("one version is in force on a day: name one at most with --as-of"));
        }
        asked = vec![turn_to(&mut desk, day, asked.first().map(String::as_str), report)?];
    }
    let versions = desk.versions(&asked)?;
    report.expects(steps::AROUND + versions.len() * (1 + steps::build(&options)));
    let mut files = Vec::new();
    for (place, version) in (1..).zip(&versions) {
        let step = Step::Version { name: &version.name, place, of: versions.len() };
        files.extend(desk.watch.during(step, || desk.build(version, &options))?);
    }
    write(&desk, &files, common, report)?;
    if arguments.as_of.is_some() {
        // What is in force on a day is no version by itself.
    } else if let Some(drafted) = versions.iter().find(|version| version.base.is_some()) {
        report.next(&format!("“ctsd redline {}” writes what it changes", drafted.id.value));
    } else if let Some(version) = versions.first() {
        report.next(&format!("“ctsd new MP123 --base {}” begins a modification of it", version.id.value));
    }
    Ok(())
}
