//! `ctsd check`: what is wrong with the content.

use super::{Common, Report, Trouble, open};

/// Check the content of the versions
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The versions to check [default: all]
    #[arg(value_name = "VERSION")]
    versions: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    let desk = open(common, report)?;
    for id in &arguments.versions {
        super::version(&desk, id)?;
    }
    Ok(())
}
