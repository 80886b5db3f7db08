//! What every command has at hand: the options of them all, and the desk.

use super::report::Report;
use super::trouble::Trouble;
use clap::Args;
use ctsd::pipeline::{Desk, Turned};
use ctsd::progress::Step;
use ctsd::publish::File;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(super) struct Common {
    /// The folder that holds `content/` and, if there is one, `templates/`
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Where the documents go [default: `output/` in the root folder]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Options of commands that write documents")]
    pub output: Option<PathBuf>,
    /// Say nothing but what is wrong
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Say what each stage took
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// What can be taken for as bad as an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Denied {
    Warnings,
}

impl Common {
    /// The folder that documents go to.
    pub fn output(&self) -> PathBuf {
        self.output.clone().unwrap_or_else(|| self.root.join("output"))
    }

    /// Whether there is a project to read.
    pub fn has_project(&self) -> bool {
        self.root.join("content").is_dir()
    }
}

/// Whether there is anything to read at all.
pub(super) fn has_content(common: &Common) -> Result<(), Trouble> {
    if common.has_project() {
        return Ok(());
    }
    let root = common.root.display();
    Err(Trouble::usage(format!(
        "there is no folder “content” in {root}: run the command where the project is, or say where with --root; \
         “ctsd new --project DIR” makes a project"
    )))
}

/// Opens the desk, and tells what is worth a look already.
pub(super) fn open(common: &Common, report: &mut Report) -> Result<Desk, Trouble> {
    has_content(common)?;
    let mut desk = report.watch().during(Step::Reading, || Desk::open(&common.root))?;
    desk.watch = report.watch();
    report.warnings(desk.templates.unread());
    Ok(desk)
}

/// Opens the desk, and says the version that is meant: the one that is named, or the one in force on a day.
pub(super) fn open_as_of(
    version: Option<&str>,
    day: Option<&str>,
    common: &Common,
    report: &mut Report,
) -> Result<(Desk, String), Trouble> {
    let mut desk = open(common, report)?;
    let id = match day {
        Some(day) => turn_to(&mut desk, day, version, report)?,
        None => version.unwrap_or_default().to_owned(),
    };
    Ok((desk, id))
}

/// Turns to the version in force on a day, and tells of those that don't say whether they are.
pub(super) fn turn_to(
    desk: &mut Desk,
    day: &str,
    version: Option<&str>,
    report: &mut Report,
) -> Result<String, Trouble> {
    let Turned { id, undated } = desk.turn_to(day, version)?;
    report.warnings(&undated);
    Ok(id)
}

/// Writes what was made to the output folder, and says where it is.
pub(super) fn write(
    desk: &Desk,
    files: &[File],
    common: &Common,
    report: &mut Report,
) -> Result<Vec<PathBuf>, Trouble> {
    let paths = desk.write(&common.output(), files)?;
    paths.iter().for_each(|path| report.wrote(path));
    Ok(paths)
}

/// So many of a thing, as it is said.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
