//! The command line: parse, call, print. No logic of its own.

mod build;
mod check;
mod counts;
mod date;
mod publish;
mod redline;
mod report;
mod schema;
mod steps;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use ctsd::diagnostic::Failure;
use ctsd::pipeline::{Desk, Format, Options};
use ctsd::progress::Step;
use ctsd::publish::File;
use report::Report;
use std::path::PathBuf;
use std::process::ExitCode;

/// A drafting desk for legal text: renders versions of an appendix and draws the redline between two.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
struct Common {
    /// The folder that holds `content/` and, if there is one, `templates/`
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Where the documents go [default: `output/` in the root folder]
    #[arg(long, global = true, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Say nothing but what is wrong
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Say what each stage took
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    verbose: bool,
}

impl Common {
    fn output(&self) -> PathBuf {
        self.output.clone().unwrap_or_else(|| self.root.join("output"))
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Arguments),
    Redline(redline::Arguments),
    Counts(counts::Arguments),
    Check(check::Arguments),
    Schema(schema::Arguments),
    Publish(publish::PublishArguments),
    Verify(publish::VerifyArguments),
}

/// What shapes the documents that are written.
#[derive(Debug, Args)]
struct Writing {
    /// The formats to write, with commas between
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = format_names())]
    format: Vec<Format>,
    #[command(flatten)]
    revisions: Revisions,
}

/// What stands on tracked changes.
#[derive(Debug, Args)]
struct Revisions {
    /// Who made the tracked changes [default: the version that makes them]
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// When they were made, such as 2026-01-31 [default: SOURCE_DATE_EPOCH, else the version's own date]
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    date: Option<String>,
}

impl Revisions {
    /// The author and the date, where the command line or the environment says.
    fn chosen(&self) -> Result<(Option<String>, Option<String>), Trouble> {
        let date = match &self.date {
            Some(date) => Some(date.clone()),
            None => date::from_environment().map_err(Trouble::usage)?,
        };
        Ok((self.author.clone(), date))
    }
}

fn format_names() -> impl TypedValueParser<Value = Format> {
    let names = PossibleValuesParser::new(Format::ALL.map(Format::name));
    names.try_map(|name| Format::named(&name).ok_or("no such format"))
}

impl Writing {
    fn options(&self, default: &[Format]) -> Result<Options, Trouble> {
        let formats = match self.format.is_empty() {
            true => default.to_vec(),
            false => default.iter().copied().filter(|known| self.format.contains(known)).collect(),
        };
        if formats.is_empty() {
            return Err(Trouble::usage("none of these formats is written by this command"));
        }
        let (author, date) = self.revisions.chosen()?;
        Ok(Options { formats, author, date, context: None, comments: false })
    }
}

/// What ends a command early.
#[derive(Debug)]
enum Trouble {
    /// Something is wrong, and it has been told.
    Told,
    /// Something is wrong that is still to be told.
    Failed(Failure),
}

impl Trouble {
    fn usage(message: impl Into<String>) -> Self {
        Self::Failed(Failure::refused(message))
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Cli {
    fn obey(&self, report: &mut Report) -> Result<(), Trouble> {
        match &self.command {
            Command::Build(arguments) => build::run(arguments, &self.common, report),
            Command::Redline(arguments) => redline::run(arguments, &self.common, report),
            Command::Counts(arguments) => counts::run(arguments, &self.common, report),
            Command::Check(arguments) => check::run(arguments, &self.common, report),
            Command::Schema(arguments) => schema::run(arguments, &self.common, report),
            Command::Publish(arguments) => publish::publish(arguments, &self.common, report),
            Command::Verify(arguments) => publish::verify(arguments, &self.common, report),
        }
    }
}

/// Runs the command that the process was called with.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let mut report = Report::new(cli.common.quiet, cli.common.verbose);
    match cli.obey(&mut report).and_then(|()| report.said()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Trouble::Told) => ExitCode::from(1),
        Err(Trouble::Failed(Failure::Content(account))) => {
            report.findings(&account);
            ExitCode::from(1)
        }
        Err(Trouble::Failed(Failure::Refused(message))) => {
            report.trouble(&message);
            ExitCode::from(2)
        }
    }
}

/// Whether there is anything to read at all.
fn has_content(common: &Common) -> Result<(), Trouble> {
    if common.root.join("content").is_dir() {
        return Ok(());
    }
    let root = common.root.display();
    Err(Trouble::usage(format!(
        "there is no folder “content” in {root}: run the command where the project is, or say where with --root"
    )))
}

/// Opens the desk, and tells what is worth a look already.
fn open(common: &Common, report: &mut Report) -> Result<Desk, Trouble> {
    has_content(common)?;
    let mut desk = report.watch().during(Step::Reading, || Desk::open(&common.root))?;
    desk.watch = report.watch();
    report.warnings(desk.templates.unread());
    Ok(desk)
}

/// Writes what was made to the output folder, and says where it is.
fn write(desk: &Desk, files: &[File], common: &Common, report: &mut Report) -> Result<(), Trouble> {
    desk.write(&common.output(), files)?.iter().for_each(|path| report.wrote(path));
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
