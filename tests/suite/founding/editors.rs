//! What an editor that opens the project knows of its files: by `.vscode/settings.json`, each has one schema.

use super::*;
use serde_json::Value;
use std::path::PathBuf;

fn read(path: PathBuf) -> Value {
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Whether a path is one of those that a pattern means, in which `*` is any name.
fn means(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut there) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), there.next()) {
            (None, None) => return true,
            (Some(wanted), Some(there)) => {
                let fits = match wanted.split_once('*') {
                    Some((head, tail)) => {
                        there.len() >= head.len() + tail.len() && there.starts_with(head) && there.ends_with(tail)
                    }
                    None => wanted == there,
                };
                if !fits {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

fn yaml_files(root: &Path, folder: &str, files: &mut Vec<String>) {
    for entry in fs::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            yaml_files(root, &path, files);
        } else if path.ends_with(".yaml") {
            files.push(path);
        }
    }
}

/// Each file of the content and the style sheet has one schema by the settings, which is there, and is valid by it.
fn every_file_has_its_schema(root: &Path) {
    let settings = read(root.join(".vscode/settings.json"));
    let schemas = settings["yaml.schemas"].as_object().unwrap();
    let mut files = Vec::new();
    yaml_files(root, "content", &mut files);
    yaml_files(root, "templates", &mut files);
    assert!(files.len() > 9, "{files:?}");
    for file in &files {
        let of_it: Vec<&String> = schemas
            .iter()
            .filter(|(_, pattern)| means(pattern.as_str().unwrap(), file))
            .map(|(name, _)| name)
            .collect();
        let [schema] = of_it[..] else { panic!("{file}: {of_it:?}") };
        let validator = jsonschema::validator_for(&read(root.join(schema))).unwrap();
        let value: Value = serde_yaml::from_str(&fs::read_to_string(root.join(file)).unwrap()).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{file} by {schema}: {wrong:?}");
    }
    for schema in schemas.keys() {
        assert!(root.join(schema).is_file(), "{schema}");
    }
    let extensions = read(root.join(".vscode/extensions.json"));
    assert_eq!(extensions["recommendations"][0], "redhat.vscode-yaml");
}

#[test]
fn every_file_of_a_new_project_has_its_schema() {
    every_file_has_its_schema(project().path());
}

#[test]
fn every_file_of_this_project_has_its_schema_too() {
    every_file_has_its_schema(Path::new(env!("CARGO_MANIFEST_DIR")));
}

#[test]
fn what_the_program_writes_names_its_schema() {
    let folder = project();
    passes(folder.path(), &["new", "MP123", "--base", "example", "--section", "1.2", "--table", "2.1"]);
    let mut files = Vec::new();
    yaml_files(folder.path(), "content", &mut files);
    yaml_files(folder.path(), "templates", &mut files);
    for file in files {
        let path = folder.path().join(&file);
        let text = fs::read_to_string(&path).unwrap();
        let named = text.lines().next().and_then(|line| line.strip_prefix("# yaml-language-server: $schema="));
        let named = named.unwrap_or_else(|| panic!("{file} names none"));
        assert!(path.parent().unwrap().join(named).is_file(), "{file}: {named}");
    }
}
