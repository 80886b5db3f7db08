//! `ctsd import`: a Word document as content.

use super::common::{Common, has_content, open};
use super::report::Report;
use super::trouble::Trouble;
use ctsd::adopt::Wanted;
use ctsd::diagnostic::{Account, Severity};
use ctsd::files::Root;
use ctsd::pipeline::importing::{Imported, Importing, import_file};
use ctsd::pipeline::rebasing::write_content;
use serde::Serialize;
use std::path::PathBuf;

/// Make a Word document a version of the code: its sections and tables as content
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The Word document (.docx)
    file: PathBuf,
    /// The id of the version that it becomes, such as 27.0
    #[arg(long = "as", value_name = "VERSION")]
    id: String,
    /// What documents call it, such as “SEC Version 27.0” [default: as the document says]
    #[arg(long)]
    name: Option<String>,
    /// Add User Roles and applicabilities that only the document has to the vocabulary
    #[arg(long)]
    accept_vocabulary: bool,
    /// Write over a version that is there
    #[arg(long)]
    replace: bool,
    /// What was recognised, guessed and left out, as JSON
    #[arg(long)]
    json: bool,
}

/// What an import tells programs.
#[derive(Serialize)]
struct Told<'i> {
    version: &'i str,
    name: &'i str,
    files: Vec<&'i str>,
    sections: usize,
    tables: usize,
    proposed: Vec<String>,
    words: Words<'i>,
    remarks: Vec<Remark<'i>>,
}

#[derive(Serialize)]
struct Words<'i> {
    read: usize,
    content: usize,
    left_out: Vec<LeftOut<'i>>,
}

#[derive(Serialize)]
struct LeftOut<'i> {
    what: &'i str,
    words: usize,
}

#[derive(Serialize)]
struct Remark<'i> {
    page: Option<u32>,
    paragraph: &'i str,
    lost: bool,
    what: &'i str,
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    report.expects(3);
    has_content(common)?;
    let importing = Importing {
        wanted: Wanted { id: arguments.id.clone(), name: arguments.name.clone() },
        accepts_vocabulary: arguments.accept_vocabulary,
        replaces: arguments.replace,
    };
    let imported = import_file(&Root::folder(&common.root), &arguments.file, &importing)?;
    let paths = write_content(&common.root, &imported.revised)?;
    if arguments.json {
        let told = serde_json::to_string_pretty(&told(&imported, &arguments.id)).expect("plain data can be written");
        report.result(&told);
    } else {
        paths.iter().for_each(|path| report.wrote(path));
        report.warnings(&imported.findings);
        report.remark(&summary(&imported));
    }
    let id = &arguments.id;
    // What was written is read again, as the next command will.
    let desk = open(common, report)?;
    let account = desk.check(&desk.asked(std::slice::from_ref(id))?);
    let Account { diagnostics, sources } = account;
    let (wrong, other): (Vec<_>, Vec<_>) =
        diagnostics.into_iter().partition(|finding| finding.severity == Severity::Error);
    if !other.is_empty() {
        report.remark(&format!("there is more to look at ({} findings): “ctsd check {id}” shows it", other.len()));
    }
    report.remark(&format!("look at what was told above, then run “ctsd build {id}” and compare it with the document"));
    if wrong.is_empty() {
        return Ok(());
    }
    report.findings(&Account { diagnostics: wrong, sources });
    Err(Trouble::Told)
}

/// What was recognised, and what became of the words.
fn summary(imported: &Imported) -> String {
    let release = &imported.adopted.release;
    let words = &imported.adopted.words;
    let rows: usize = release.tables.iter().filter_map(|table| table.rows.as_ref()).map(|rows| rows.len()).sum();
    let mut lines = vec![format!(
        "{} sections and {} tables with {rows} rows, as “{}”",
        release.sections.len(),
        release.tables.len(),
        release.head.name
    )];
    lines.push(format!("{} words were read, {} are in the content", words.read, words.content));
    lines.extend(words.furniture.iter().map(|(what, count)| format!("{count} are left out: {what}")));
    match words.missing() {
        0 => {}
        missing @ 1.. => lines.push(format!("{missing} words are in neither: compare the document with what is built")),
        more => lines.push(format!("{} words are in the content that weren't read", -more)),
    }
    lines.join("\n")
}

fn told<'i>(imported: &'i Imported, id: &'i str) -> Told<'i> {
    let adopted = &imported.adopted;
    Told {
        version: id,
        name: &adopted.release.head.name,
        files: imported.revised.written.iter().map(|file| file.path.as_str()).collect(),
        sections: adopted.release.sections.len(),
        tables: adopted.release.tables.len(),
        proposed: adopted.proposed.iter().map(ToString::to_string).collect(),
        words: Words {
            read: adopted.words.read,
            content: adopted.words.content,
            left_out: adopted.words.furniture.iter().map(|(what, words)| LeftOut { what, words: *words }).collect(),
        },
        remarks: adopted
            .remarks
            .iter()
            .map(|remark| Remark {
                page: remark.place.page,
                paragraph: &remark.place.begins,
                lost: remark.lost,
                what: &remark.what,
            })
            .collect(),
    }
}
