//! `ctsd schema`: what editors know of the content's files.

use super::common::{Common, has_content};
use super::report::Report;
use super::trouble::Trouble;
use ctsd::content::Content;
use ctsd::files::Root;
use ctsd::model::Column;
use ctsd::progress::Step;
use ctsd::publish::File;
use ctsd::redline::{ChangeList, Instructed};

/// Write the JSON Schemas of the content's files and of the list of changes to `content/schemas/`
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Write nothing; only say whether the files are as they would be written
    #[arg(long)]
    check: bool,
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    has_content(common)?;
    let folder = common.root.join("content/schemas");
    let files = files(ctsd::content::read(&Root::folder(&common.root)).ok().as_ref());
    if !arguments.check {
        let written = report.watch().during(Step::Writing, || ctsd::publish::write(&folder, &files))?;
        written.iter().for_each(|path| report.wrote(path));
        return Ok(());
    }
    // What was fetched on Windows can have its line ends.
    let there =
        |file: &File| std::fs::read_to_string(folder.join(&file.name)).ok().map(|text| text.replace("\r\n", "\n"));
    let differs = |file: &&File| there(file).map(String::into_bytes).as_ref() != Some(&file.bytes);
    let stale: Vec<&str> = files.iter().filter(differs).map(|file| file.name.as_str()).collect();
    if stale.is_empty() {
        return Ok(());
    }
    report.trouble(&format!("not as they would be written: {}; run “ctsd schema”", stale.join(", ")));
    Err(Trouble::Told)
}

/// The schemas, with the project's own words as far as they can be read.
fn files(content: Option<&Content>) -> Vec<File> {
    let own =
        content.into_iter().flat_map(|content| &content.stated).filter_map(|stated| stated.head().columns.as_deref());
    let columns: Vec<Column> = own.flatten().cloned().collect();
    let changes = schemars::schema_for!(ChangeList<Instructed>).to_value();
    let all = ctsd::content::schemas(content.and_then(|content| content.appendix.as_ref()), &columns)
        .into_iter()
        .chain([("changes", changes)]);
    let file = |(name, schema): (&str, serde_json::Value)| {
        let text = serde_json::to_string_pretty(&headed(schema)).expect("plain data turns into JSON") + "\n";
        File { name: format!("{name}.schema.json"), bytes: text.into_bytes() }
    };
    all.map(file).collect()
}

/// The schema with what it is at its head, for who opens the file.
fn headed(schema: serde_json::Value) -> serde_json::Value {
    let serde_json::Value::Object(mut fields) = schema else { return schema };
    let mut headed = serde_json::Map::new();
    for name in ["$schema", "title", "description"] {
        headed.extend(fields.shift_remove(name).map(|value| (name.to_owned(), value)));
    }
    headed.extend(fields);
    headed.into()
}
