//! The command line: parse, call, print. No logic of its own.

mod blame;
mod build;
mod check;
mod common;
mod counts;
mod date;
mod day;
mod doctor;
mod import;
mod list;
mod new;
mod publish;
mod read;
mod rebase;
mod redline;
mod report;
mod review;
mod schema;
mod serve;
mod shell;
mod steps;
mod trouble;
mod writing;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use common::Common;
use ctsd::diagnostic::Failure;
use report::Report;
use std::process::ExitCode;
use trouble::Trouble;

/// A drafting desk for legal text: renders versions of an appendix and draws the redline between two.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Arguments),
    Redline(redline::Arguments),
    Counts(counts::Arguments),
    Check(check::Arguments),
    New(new::Arguments),
    List(list::Arguments),
    Blame(blame::Arguments),
    Schema(schema::Arguments),
    Rebase(rebase::Arguments),
    Publish(publish::PublishArguments),
    Verify(publish::VerifyArguments),
    Read(read::Arguments),
    Import(import::Arguments),
    Review(review::Arguments),
    Serve(serve::Arguments),
    Doctor(doctor::Arguments),
    Completions(shell::Completions),
    Manual(shell::Manual),
}

impl Cli {
    fn obey(&self, report: &mut Report) -> Result<(), Trouble> {
        let Some(command) = &self.command else {
            report.answer(&day::text(&self.common));
            day::stay(report);
            return Ok(());
        };
        match command {
            Command::Build(arguments) => build::run(arguments, &self.common, report),
            Command::Redline(arguments) => redline::run(arguments, &self.common, report),
            Command::Counts(arguments) => counts::run(arguments, &self.common, report),
            Command::Check(arguments) => check::run(arguments, &self.common, report),
            Command::New(arguments) => new::run(arguments, &self.common, report),
            Command::List(arguments) => list::run(arguments, &self.common, report),
            Command::Blame(arguments) => blame::run(arguments, &self.common, report),
            Command::Schema(arguments) => schema::run(arguments, &self.common, report),
            Command::Rebase(arguments) => rebase::run(arguments, &self.common, report),
            Command::Publish(arguments) => publish::publish(arguments, &self.common, report),
            Command::Verify(arguments) => publish::verify(arguments, &self.common, report),
            Command::Read(arguments) => read::run(arguments, report),
            Command::Import(arguments) => import::run(arguments, &self.common, report),
            Command::Review(arguments) => review::run(arguments, &self.common, report),
            Command::Serve(arguments) => serve::run(arguments, &self.common, report),
            Command::Doctor(arguments) => doctor::run(arguments, &self.common, report),
            Command::Completions(arguments) => shell::completions(arguments, &command_line(), report),
            Command::Manual(arguments) => shell::manual(arguments, &command_line(), report),
        }
    }
}

/// The commands that write documents, to a folder that can be chosen.
const WRITERS: [&str; 2] = ["build", "redline"];
/// The commands that need no project: what they are asked for is all of their work.
const ALONE: [&str; 3] = ["read", "completions", "manual"];

/// The command line. Every command takes the options of them all, and shows those with which it does something.
fn command_line() -> clap::Command {
    let command = Cli::command();
    let options: Vec<clap::Arg> = command.get_arguments().cloned().collect();
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| {
        let is_idle = |option: &&clap::Arg| match option.get_id().as_str() {
            "output" => !WRITERS.contains(&name.as_str()),
            "root" | "verbose" => ALONE.contains(&name.as_str()),
            _ => false,
        };
        let hidden: Vec<clap::Arg> = options.iter().filter(is_idle).map(|option| option.clone().hide(true)).collect();
        command.mut_subcommand(&name, |sub| sub.args(hidden))
    })
}

/// Runs the command that the process was called with.
pub fn run() -> ExitCode {
    let cli = Cli::from_arg_matches(&command_line().get_matches()).unwrap_or_else(|error| error.exit());
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

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        super::command_line().debug_assert();
    }
}
