//! `ctsd import`: a Word document or a workbook as content.
//!
//! A clean one is a version of the code, one with tracked changes a modification.

use super::common::{Common, counted, has_content, open};
use super::report::Report;
use super::trouble::Trouble;
use ctsd::adopt::workbook::Naming;
use ctsd::adopt::{Amended, Wanted};
use ctsd::diagnostic::{Account, Severity};
use ctsd::files::Root;
use ctsd::model::Beside;
use ctsd::pipeline::importing::{Imported, Importing, import_file, import_workbook_file};
use ctsd::pipeline::revising::write_content;
use ctsd::progress::Step;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Make a Word document or the tables of a workbook content: a version of the code, or a modification of one
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The Word document (.docx); with tracked changes it is a modification. Or the workbook (.xlsx), which is one with --base
    file: PathBuf,
    /// The id of the version that it becomes, such as 27.0 or MP123
    #[arg(long = "as", value_name = "VERSION")]
    id: String,
    /// What documents call it, such as “SEC Version 27.0” [default: as the document says]
    #[arg(long)]
    name: Option<String>,
    /// The version that a modification was drafted against; if there is none yet, it is made of the text before the changes
    #[arg(long, value_name = "VERSION")]
    base: Option<String>,
    /// Take the tracked changes of these authors alone, as “A,B” [default: everybody's]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    authors: Vec<String>,
    /// What columns of a workbook are, as “SR ref=reference,Type=none”: reference, variant, name, critical, role, id, “cv 1”
    /// and so on, or none
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Vec<String>,
    /// Which tables the sheets of a workbook are, or the rows of a User Role, as “ED=8.1.8,RSA=8.1.10” [default: as the
    /// sheets say, else as the base has them]
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',')]
    tables: Vec<String>,
    /// Number the headings of a Word document that have no number, in their order and by their levels: 1, 1.1, 1.1.1. If
    /// nothing has the style of a heading, what is bold throughout is one
    #[arg(long)]
    number_headings: bool,
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
    /// What it does to its base, if it is a modification.
    #[serde(skip_serializing_if = "Option::is_none")]
    modification: Option<Amendments<'i>>,
    proposed: Vec<String>,
    words: Words<'i>,
    remarks: Vec<Remark<'i>>,
}

/// What a modification does.
#[derive(Serialize)]
struct Amendments<'i> {
    base: &'i str,
    makes_base: bool,
    is_change_document: bool,
    statements: Vec<String>,
    conflicts: Vec<&'i str>,
    there_already: &'i [String],
}

#[derive(Serialize)]
struct Words<'i> {
    read: usize,
    content: usize,
    left_out: Vec<LeftOut<'i>>,
    /// In neither; below zero, if the content has words that nobody read.
    missing: i64,
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
    /// Of a workbook, the sheet and the row or cell.
    #[serde(skip_serializing_if = "str::is_empty")]
    sheet: &'i str,
    lost: bool,
    what: &'i str,
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    report.expects(4);
    has_content(common)?;
    let importing = Importing {
        wanted: Wanted { id: arguments.id.clone(), name: arguments.name.clone() },
        base: arguments.base.clone(),
        authors: arguments.authors.iter().map(|name| name.trim().to_owned()).collect(),
        numbers_headings: arguments.number_headings,
        accepts_vocabulary: arguments.accept_vocabulary,
        replaces: arguments.replace,
    };
    let (root, watch) = (Root::folder(&common.root), report.watch());
    let imported = match is_workbook(&arguments.file) {
        true => {
            if !arguments.authors.is_empty() {
                return Err(Trouble::usage("a workbook has no tracked changes: --authors is for Word documents"));
            }
            if arguments.number_headings {
                return Err(Trouble::usage("a workbook has no headings: --number-headings is for Word documents"));
            }
            let naming = Naming::parse(&arguments.columns, &arguments.tables).map_err(Trouble::usage)?;
            watch.during(Step::Importing, || import_workbook_file(&root, &arguments.file, &importing, &naming))?
        }
        false if !arguments.columns.is_empty() || !arguments.tables.is_empty() => {
            return Err(Trouble::usage("--columns and --tables are for workbooks (.xlsx)"));
        }
        false => watch.during(Step::Importing, || import_file(&root, &arguments.file, &importing))?,
    };
    let paths = watch.during(Step::Writing, || write_content(&common.root, &imported.revised))?;
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
    report.more(&other, &format!("ctsd check {id}"));
    let next = if arguments.base.is_some() { "redline" } else { "build" };
    report
        .remark(&format!("look at what was told above, then run “ctsd {next} {id}” and compare it with the document"));
    if wrong.is_empty() {
        return Ok(());
    }
    report.findings(&Account { diagnostics: wrong, sources });
    Err(Trouble::Told)
}

/// Whether a file is called as those of Excel and its like are; which of them can be read, its reader says.
fn is_workbook(file: &Path) -> bool {
    let extension = file.extension().map(|it| it.to_string_lossy().to_lowercase());
    extension.is_some_and(|it| ["xlsx", "xlsm", "xltx", "xlsb", "xls", "ods"].contains(&it.as_str()))
}

/// What a modification states, a line for each part.
fn statements(amended: &Amended) -> Vec<String> {
    let sections = amended.modification.sections.iter().map(|it| {
        let number = &it.number.value;
        let mut deeds: Vec<String> = Vec::new();
        match (it.insert, &it.delete) {
            (true, _) => deeds.push("inserted".to_owned()),
            (_, Some(_)) => deeds.push("deleted".to_owned()),
            _ => {
                deeds.extend(it.heading.as_ref().map(|_| "heading".to_owned()));
                deeds.extend(it.body.as_ref().map(|_| "text".to_owned()));
            }
        }
        deeds.extend(it.close_up.then(|| "the following sections close up".to_owned()));
        deeds.extend(it.renumber.as_ref().map(|to| format!("becomes {}", to.value)));
        deeds.extend(it.place.as_ref().map(|to| {
            let side = if to.beside == Beside::After { "after" } else { "before" };
            format!("moves {side} {}", to.key.value)
        }));
        format!("Section {number}: {}", deeds.join(", "))
    });
    let tables = amended.modification.tables.iter().map(|it| {
        let rows = &it.operations;
        let keys = |keys: Vec<&str>| keys.join(", ");
        let mut deeds: Vec<String> = Vec::new();
        deeds.extend(it.insert.then(|| "inserted".to_owned()));
        deeds.extend(it.delete.as_ref().map(|_| "deleted".to_owned()));
        deeds.extend(it.title.as_ref().map(|_| "title".to_owned()));
        deeds.extend(it.role.as_ref().map(|_| "User Role".to_owned()));
        let new: Vec<&str> =
            rows.insert.iter().flat_map(|it| &it.rows).filter_map(|row| Some(row.variant.as_ref()?.as_str())).collect();
        let all = [
            ("amended", rows.amend.iter().map(|it| it.key.as_str()).collect()),
            ("inserted", new),
            ("moved", rows.moves.iter().map(|it| it.key.as_str()).collect()),
            ("removed", rows.remove.iter().map(|it| it.key.as_str()).collect::<Vec<_>>()),
        ];
        deeds.extend(
            all.into_iter().filter(|(_, rows)| !rows.is_empty()).map(|(deed, rows)| format!("{deed} {}", keys(rows))),
        );
        deeds.extend(it.published.as_ref().map(|_| "figures as they were printed".to_owned()));
        format!("Table {}: {}", it.number.value, deeds.join("; "))
    });
    sections.chain(tables).collect()
}

/// What was recognised, and what became of the words.
fn summary(imported: &Imported) -> String {
    if let Some(amended) = &imported.amended {
        let base = &amended.modification.base.value;
        let mut lines = vec![match (statements(amended).len(), amended.is_change_document) {
            (0, _) => format!("nothing differs from {base}"),
            (_, true) => format!("a change document: what it does to {base} is"),
            (_, false) => format!("what it does to {base} is"),
        }];
        lines.extend(statements(amended).into_iter().map(|line| format!("  {line}")));
        lines.extend(amended.dropped.iter().map(|what| format!("{base} has already: {what}")));
        lines.extend(
            amended.conflicts.iter().map(|it| format!("to be settled, since {base} says otherwise: {}", it.about)),
        );
        return lines.join("\n");
    }
    let release = &imported.adopted.release;
    let words = &imported.adopted.words;
    let rows: usize = release.tables.iter().filter_map(|table| table.rows.as_ref()).map(|rows| rows.len()).sum();
    let mut lines = vec![format!(
        "{} and {} with {}, as “{}”",
        counted(release.sections.len(), "section"),
        counted(release.tables.len(), "table"),
        counted(rows, "row"),
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
    let written = imported.revised.written.iter().map(|file| file.path.as_str());
    let pictures = imported.revised.pictures.iter().map(|(path, _)| path.as_str());
    Told {
        version: id,
        name: &adopted.release.head.name,
        files: written.chain(pictures).collect(),
        sections: adopted.release.sections.len(),
        tables: adopted.release.tables.len(),
        modification: imported.amended.as_ref().map(|amended| Amendments {
            base: &amended.modification.base.value,
            makes_base: amended.baseline.is_some(),
            is_change_document: amended.is_change_document,
            statements: statements(amended),
            conflicts: amended.conflicts.iter().map(|it| it.about.as_str()).collect(),
            there_already: &amended.dropped,
        }),
        proposed: adopted.proposed.iter().map(ToString::to_string).collect(),
        words: Words {
            read: adopted.words.read,
            content: adopted.words.content,
            missing: adopted.words.missing(),
            left_out: adopted.words.furniture.iter().map(|(what, words)| LeftOut { what, words: *words }).collect(),
        },
        remarks: adopted
            .remarks
            .iter()
            .map(|remark| Remark {
                page: remark.place.page,
                paragraph: &remark.place.begins,
                sheet: &remark.place.sheet,
                lost: remark.lost,
                what: &remark.what,
            })
            .collect(),
    }
}
