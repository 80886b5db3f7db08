//! `ctsd new`: a modification's folder, ready to be changed; or a whole project.

use super::common::{Common, open};
use super::report::Report;
use super::trouble::Trouble;
use ctsd::pipeline::beginning::Beginning;
use ctsd::pipeline::founding::new_project;
use ctsd::progress::Step;
use std::path::{Path, PathBuf};

/// Make a modification's folder, with the sections as they stand, ready to be changed; or a new project
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Arguments {
    /// The id of the modification, such as MP123
    #[arg(required_unless_present = "project")]
    id: Option<String>,
    /// The version that it is drafted against, such as 6.18
    #[arg(long, value_name = "VERSION", required_unless_present = "project")]
    base: Option<String>,
    /// A section to restate, such as 5.4; may be given several times
    #[arg(long = "section", value_name = "NUMBER")]
    sections: Vec<String>,
    /// A table to amend, such as 8.1.8; may be given several times
    #[arg(long = "table", value_name = "NUMBER")]
    tables: Vec<String>,
    /// Make a project in this folder instead, in which everything works, with an example modification
    #[arg(long, value_name = "DIR", conflicts_with_all = ["id", "base", "sections", "tables"])]
    project: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    if let Some(folder) = &arguments.project {
        return found(folder, report);
    }
    report.expects(2);
    let desk = open(common, report)?;
    let Arguments { id, base, sections, tables, project: _ } = arguments.clone();
    let (id, base) = (id.unwrap_or_default(), base.unwrap_or_default());
    let next = format!("change what shall read otherwise, then run “ctsd redline {}”", id.to_lowercase());
    let written = desk.new_modification(&Beginning { id, base, sections, tables })?;
    written.iter().for_each(|path| report.wrote(path));
    report.remark(&next);
    Ok(())
}

/// Makes a project, and says what can be done in it.
fn found(folder: &Path, report: &mut Report) -> Result<(), Trouble> {
    let written = report.watch().during(Step::Writing, || new_project(folder))?;
    report.wrote(folder);
    let place = folder.display();
    report.remark(&format!("{} files; README.md there says what the folders are", written.len()));
    if folder != Path::new(".") {
        report.remark(&format!("next, go there: “cd \"{place}\"”"));
    }
    report.remark(
        "then “ctsd redline MP000” draws the example, and “ctsd import FILE.docx --as 27.0” takes in a document",
    );
    Ok(())
}
