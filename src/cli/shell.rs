//! What shells know of the commands: completions, and the manual's pages.

use super::report::Report;
use super::trouble::Trouble;
use clap::ValueEnum;
use clap_complete::Shell;
use ctsd::progress::Step;
use ctsd::publish::File;
use std::path::PathBuf;

/// Print what a shell needs to complete the commands: bash, zsh, fish or powershell
#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(required_unless_present = "to")]
    shell: Option<Shell>,
    /// Write those of all shells to this folder instead
    #[arg(long, value_name = "DIR", conflicts_with = "shell")]
    to: Option<PathBuf>,
}

/// Write the manual's pages, for `man`, to a folder
#[derive(Debug, clap::Args)]
pub(super) struct Manual {
    /// The folder
    #[arg(value_name = "DIR")]
    to: PathBuf,
}

const NAME: &str = "ctsd";

pub(super) fn completions(
    arguments: &Completions,
    command: &clap::Command,
    report: &mut Report,
) -> Result<(), Trouble> {
    let of = |shell: Shell| {
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut command.clone(), NAME, &mut text);
        text
    };
    if let Some(shell) = arguments.shell {
        report.answer(&String::from_utf8_lossy(&of(shell)));
    }
    let Some(folder) = &arguments.to else { return Ok(()) };
    let file = |shell: &Shell| File { name: clap_complete::Generator::file_name(shell, NAME), bytes: of(*shell) };
    let files: Vec<File> = Shell::value_variants().iter().map(file).collect();
    write(folder, &files, report)
}

pub(super) fn manual(arguments: &Manual, command: &clap::Command, report: &mut Report) -> Result<(), Trouble> {
    let mut command = command.clone();
    // Options of every command reach the subcommands.
    command.build();
    let shown = command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help");
    let subs = shown.map(|sub| (format!("{NAME}-{}", sub.get_name()), sub.clone()));
    let files: Result<Vec<File>, std::io::Error> = std::iter::once((NAME.to_owned(), command.clone()))
        .chain(subs)
        .map(|(name, page)| {
            let mut bytes = Vec::new();
            // Without a date: the same program writes the same pages.
            clap_mangen::Man::new(page).title(&name).date("").manual(NAME).section("1").render(&mut bytes)?;
            Ok(File { name: format!("{name}.1"), bytes })
        })
        .collect();
    let files = files.map_err(|error| Trouble::usage(error.to_string()))?;
    write(&arguments.to, &files, report)
}

fn write(folder: &std::path::Path, files: &[File], report: &mut Report) -> Result<(), Trouble> {
    let written = report.watch().during(Step::Writing, || ctsd::publish::write(folder, files))?;
    written.iter().for_each(|path| report.wrote(path));
    Ok(())
}
