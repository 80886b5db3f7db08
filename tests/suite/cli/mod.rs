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

/// Each shell's completions and the manual's pages know every command.
#[test]
fn shells_and_the_manual_know_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let ctsd = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ctsd"));
        let output = command.args(arguments).current_dir(folder.path()).output().expect("the command starts");
        assert!(output.status.success(), "{arguments:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    ctsd(&["completions", "--to", "completions"]);
    ctsd(&["manual", "manual"]);
    let names = |name: &str| {
        let entries = std::fs::read_dir(folder.path().join(name)).unwrap();
        let mut names: Vec<String> = entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names("completions"), ["_ctsd", "_ctsd.ps1", "ctsd.bash", "ctsd.elv", "ctsd.fish"]);
    let all = help(&[]);
    let commands = subcommands(&all);
    assert!(commands.len() > 15);
    let pages = names("manual");
    assert_eq!(pages.len(), commands.len() + 1);
    for command in commands {
        assert!(pages.contains(&format!("ctsd-{command}.1")), "{command}: {pages:?}");
        for shell in ["bash", "zsh", "fish", "powershell"] {
            assert!(ctsd(&["completions", shell]).contains(command), "{shell}: {command}");
        }
    }
}
