//! The JSON Schemas of the content's files and of the list of changes, for editors and for programs.

use crate::content;
use crate::files::Root;
use crate::model::Column;
use crate::publish::File;
use crate::redline::{ChangeList, Instructed};
use std::path::Path;

/// Where they stand in a project.
pub const FOLDER: &str = "content/schemas";

/// The schemas of every file, with the project's own words as far as they can be read.
pub fn schemas(root: &Root) -> Vec<File> {
    let content = content::read(root).ok();
    let content = content.as_ref();
    let own =
        content.into_iter().flat_map(|content| &content.stated).filter_map(|stated| stated.head().columns.as_deref());
    let columns: Vec<Column> = own.flatten().cloned().collect();
    let changes = schemars::schema_for!(ChangeList<Instructed>).to_value();
    let all = content::schemas(content.and_then(|content| content.appendix.as_ref()), &columns)
        .into_iter()
        .chain([("changes", changes)]);
    let file = |(name, schema): (&str, serde_json::Value)| {
        let text = serde_json::to_string_pretty(&headed(schema)).expect("plain data turns into JSON") + "\n";
        File { name: format!("{name}.schema.json"), bytes: text.into_bytes() }
    };
    all.map(file).collect()
}

/// The names of those that don't stand in the folder as they would be written.
pub fn stale<'f>(folder: &Path, files: &'f [File]) -> Vec<&'f str> {
    // What was fetched on Windows can have its line ends.
    let there =
        |file: &File| std::fs::read_to_string(folder.join(&file.name)).ok().map(|text| text.replace("\r\n", "\n"));
    let differs = |file: &&File| there(file).map(String::into_bytes).as_ref() != Some(&file.bytes);
    files.iter().filter(differs).map(|file| file.name.as_str()).collect()
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
