//! `ctsd new`: a modification's folder, ready to be changed.

use super::common::{Common, open};
use super::report::Report;
use super::trouble::Trouble;
use ctsd::pipeline::beginning::Beginning;

/// Make a modification's folder, with the sections as they stand, ready to be changed
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The id of the modification, such as MP123
    id: String,
    /// The version that it is drafted against, such as 6.18
    #[arg(long, value_name = "VERSION")]
    base: String,
    /// A section to restate, such as 5.4; may be given several times
    #[arg(long = "section", value_name = "NUMBER")]
    sections: Vec<String>,
    /// A table to amend, such as 8.1.8; may be given several times
    #[arg(long = "table", value_name = "NUMBER")]
    tables: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    report.expects(2);
    let desk = open(common, report)?;
    let Arguments { id, base, sections, tables } = arguments;
    let (id, base, sections, tables) = (id.clone(), base.clone(), sections.clone(), tables.clone());
    let next = format!("change what shall read otherwise, then run “ctsd redline {}”", id.to_lowercase());
    let written = desk.new_modification(&Beginning { id, base, sections, tables })?;
    written.iter().for_each(|path| report.wrote(path));
    report.remark(&next);
    Ok(())
}
