//! How many steps a command's work has, for the bar.

use ctsd::model::Version;
use ctsd::pipeline::Options;

/// The content is read, and the files are written.
pub(super) const AROUND: usize = 2;

/// The clean document of a version.
pub(super) fn build(options: &Options) -> usize {
    1 + documents(options)
}

/// Two versions, compared.
pub(super) fn redline(options: &Options) -> usize {
    3 + documents(options)
}

/// The documents of a version's public set.
pub(super) fn public_set(version: &Version, options: &Options) -> usize {
    build(options) + if version.base.is_some() { redline(options) } else { 0 }
}

/// A document, in each of its formats.
fn documents(options: &Options) -> usize {
    options.formats.iter().map(|format| format.steps()).sum()
}

#[cfg(test)]
mod tests {
    use crate::cli::{Cli, Report};
    use clap::Parser;
    use std::path::Path;

    #[test]
    fn each_command_takes_as_many_steps_as_are_foretold() {
        let folder = tempfile::tempdir().unwrap();
        let set = folder.path().join("set").display().to_string();
        let commands: [&[&str]; 9] = [
            &["build"],
            &["build", "1.0", "--format", "md"],
            &["redline", "1.0", "mp1"],
            &["redline", "1.0", "mp1", "--full", "--format", "pdf,docx"],
            &["check", "mp1"],
            &["publish", "1.0", "--to", &set],
            &["verify", &set],
            &["counts", "mp1"],
            &["list"],
        ];
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/content/good").display().to_string();
        let output = folder.path().join("output").display().to_string();
        for command in commands {
            let around = ["ctsd", "--quiet", "--root", &root, "--output", &output];
            let cli = Cli::parse_from(around.iter().chain(command));
            let mut report = Report::new(true, false);
            cli.obey(&mut report).unwrap_or_else(|trouble| panic!("{command:?}: {trouble:?}"));
            let (done, expected) = report.steps();
            assert_eq!(done, expected, "{command:?}");
        }
    }
}
