//! `ctsd schema`: what editors know of the content's files.

use super::common::{Common, has_content};
use super::report::Report;
use super::trouble::Trouble;
use ctsd::files::Root;
use ctsd::pipeline::schemas;
use ctsd::progress::Step;

/// Write the JSON Schemas of the content's files and of the list of changes to `content/schemas/`
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Write nothing; only say whether the files are as they would be written
    #[arg(long)]
    check: bool,
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    has_content(common)?;
    let folder = common.root.join(schemas::FOLDER);
    let files = schemas::schemas(&Root::folder(&common.root));
    if !arguments.check {
        let written = report.watch().during(Step::Writing, || ctsd::publish::write(&folder, &files))?;
        written.iter().for_each(|path| report.wrote(path));
        return Ok(());
    }
    let stale = schemas::stale(&folder, &files);
    if stale.is_empty() {
        return Ok(());
    }
    report.trouble(&format!("not as they would be written: {}; run “ctsd schema”", stale.join(", ")));
    Err(Trouble::Told)
}
