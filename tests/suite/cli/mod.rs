//! The command line as it introduces itself.

use crate::common::passed;
use std::process::Command;

/// What the command says of itself or of one of its subcommands, at a width of its own.
fn help(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ctsd"));
    let output = command.args(arguments).arg("--help").env("COLUMNS", "100").output().expect("the command starts");
    assert!(output.status.success() && output.stderr.is_empty());
    let help = String::from_utf8(output.stdout).expect("UTF-8");
    // A Windows command goes by its file's name, and an empty line between others is as deep as they are.
    help.lines().map(|line| line.trim_end().replace("ctsd.exe", "ctsd") + "\n").collect()
}

/// The names below `Commands:`; what follows a name's line further in is its description's next line.
fn subcommands(help: &str) -> Vec<&str> {
    let rest = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = rest.filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')));
    names.filter_map(|line| line.split(' ').next()).filter(|name| *name != "help").collect()
}

/// The reference says what the command says, of every subcommand that there is.
#[test]
fn the_reference_is_the_help_of_every_command() {
    let all = help(&[]);
    let mut reference =
        format!("# The commands\n\nWhat `ctsd --help` says, and `ctsd COMMAND --help`.\n\n```text\n{all}```\n");
    for name in subcommands(&all) {
        reference.push_str(&format!("\n## `ctsd {name}`\n\n```text\n{}```\n", help(&[name])));
    }
    passed("docs/commands.md", reference);
}
