//! `ctsd redline`: the change document of two versions.

use super::common::{Common, open, write};
use super::report::Report;
use super::steps;
use super::trouble::Trouble;
use super::writing::{RevisionOptions, names_of, options};
use ctsd::pipeline::Format;
use std::path::PathBuf;

/// Write the change document of two versions: Markdown, Word with tracked changes, PDF and JSON
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The version that is amended, such as 6.18; or the one modification, to be held against its base
    base: String,
    /// The version that amends it, such as MP089
    target: Option<String>,
    /// The whole appendix as one redline, not only the amended parts
    #[arg(long, conflicts_with = "context")]
    full: bool,
    /// How many unchanged rows to show around each changed row of a table: a number or `all`
    #[arg(long, value_name = "ROWS", default_value = "all", value_parser = context)]
    context: Context,
    /// Attach a Word comment with its instruction to each amendment, and what reviewers said (comments.yaml)
    #[arg(long)]
    comments: bool,
    /// The formats to write, with commas between
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = names_of(Format::of_comparisons()))]
    format: Vec<Format>,
    #[command(flatten)]
    revisions: RevisionOptions,
}

#[derive(Clone, Copy, Debug)]
enum Context {
    All,
    Rows(usize),
}

fn context(text: &str) -> Result<Context, String> {
    match text {
        "all" => Ok(Context::All),
        _ => text.parse().map(Context::Rows).map_err(|_| "write a number of rows, or “all”".to_owned()),
    }
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    let formats: Vec<Format> =
        if arguments.full { Format::of_documents().collect() } else { Format::of_comparisons().collect() };
    let mut options = options(&arguments.format, &formats, arguments.revisions.chosen()?)?;
    options.comments = arguments.comments;
    options.context = match arguments.context {
        Context::All => None,
        Context::Rows(rows) => Some(rows),
    };
    let desk = open(common, report)?;
    let (base, target) = match &arguments.target {
        Some(target) => (desk.version(&arguments.base)?, desk.version(target)?),
        None => desk.with_base(&arguments.base)?,
    };
    if base.id == target.id {
        report.remark(&format!("{} is compared with itself: nothing differs", target.name));
    } else if target.reads_as(base) {
        report.remark(&format!("nothing is changed: {} reads as {} does", target.name, base.name));
    }
    if base.base.as_ref().is_some_and(|older| older.eq_ignore_ascii_case(&target.id)) {
        report.remark(&format!(
            "{0} amends {1}, so this is {0} taken back; for what it amends, write `redline {1} {0}`",
            base.id.value, target.id.value
        ));
    }
    if let Some(own) = target.base.as_ref().filter(|own| !own.eq_ignore_ascii_case(&base.id) && target.id != base.id) {
        report.remark(&format!(
            "{} is drafted against {}, not against {}: the redline shows all that differs",
            target.name, own.value, base.name
        ));
    }
    report.expects(steps::AROUND + steps::redline(&options));
    let files = match arguments.full {
        true => desk.full_redline(base, target, &options)?,
        false => desk.redline(base, target, &options)?,
    };
    let paths = write(&desk, &files, common, report)?;
    let is_word = |path: &&PathBuf| path.extension().is_some_and(|extension| extension == "docx");
    if let Some(name) = paths.iter().find(is_word).and_then(|path| path.file_name()) {
        let name = name.display();
        report.next(&format!("send out {name}; “ctsd review COPY.docx” tells what a reviewer did in it"));
    }
    Ok(())
}
