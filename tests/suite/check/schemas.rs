//! The JSON Schemas: as the types would write them, and the shipped files valid by them.

use super::*;
use jsonschema::Validator;

fn schema(name: &str) -> Validator {
    let path = Path::new(ROOT).join(format!("content/schemas/{name}.schema.json"));
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn yaml_files(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => yaml_files(&path, files),
            false if path.extension().is_some_and(|extension| extension == "yaml") => files.push(path),
            false => {}
        }
    }
}

#[test]
fn the_shipped_schemas_are_those_of_the_types() {
    let output = ctsd(Path::new(ROOT), &["schema", "--check"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let root = copy_of_content();
    fs::write(root.path().join("content/schemas/table.schema.json"), "{}").unwrap();
    let stale = ctsd(root.path(), &["schema", "--check"]);
    assert_eq!(stale.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&stale.stderr).contains("table.schema.json"));
    assert_eq!(ctsd(root.path(), &["schema"]).status.code(), Some(0));
    assert_eq!(ctsd(root.path(), &["schema", "--check"]).status.code(), Some(0));
}

#[test]
fn every_shipped_file_names_its_schema_and_is_valid_by_it() {
    let mut files = vec![Path::new(ROOT).join("templates/style.yaml")];
    yaml_files(&Path::new(ROOT).join("content"), &mut files);
    assert!(files.len() > 18);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let named = text.lines().next().and_then(|line| line.strip_prefix("# yaml-language-server: $schema="));
        let named = file.parent().unwrap().join(named.unwrap_or_else(|| panic!("{}", file.display())));
        let schema: Value = serde_json::from_str(&fs::read_to_string(&named).unwrap()).unwrap();
        let value: Value = serde_yaml::from_str(&text).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let wrong: Vec<String> =
            validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", file.display());
    }
}

#[test]
fn schemas_refuse_what_the_reader_refuses() {
    for (name, text) in [
        ("section", "section: \"1\"\nhaeding: Purpose\n"),
        ("section", "section: \"1\"\nheading:\n"),
        ("table", "table: \"1\"\nrows: [{ reference: \"1\", variant: \"1\", name: x, critical: maybe }]\n"),
        (
            "table",
            "table: \"1\"\nrows: [{ reference: \"6\", variant: \"6\", name: x, critical: true, cv: { 1: Manditory } }]\n",
        ),
        (
            "table",
            "table: \"1\"\nrows: [{ reference: \"6\", variant: \"6\", name: x, critical: true, cv: { 99: N/A } }]\n",
        ),
        ("table", "table: \"1\"\nrole: XX\n"),
        ("version", "id: MP1\nname: MP1\nclassification: Wite\n"),
        ("appendix", "columns: [{ field: nmae, label: x }]\n"),
        ("table", "table: \"1\"\npublished: { counts: { N/A: { cv: [-1] } } }\n"),
        ("version", "id: MP1\nname: MP1\ndate: yesterday\n"),
        ("appendix", "name: Appendix R\n"),
        ("allow", "allow: [{ code: register-name }]\n"),
    ] {
        let value: Value = serde_yaml::from_str(text).unwrap();
        assert!(!schema(name).is_valid(&value), "{name}: {text}");
    }
}

#[test]
fn schemas_take_what_the_reader_takes() {
    for (name, text) in [
        ("table", "table: 8.10\nrows: [{ reference: 6.10, variant: 6.20, name: 12, critical: Yes, cv: { 1: N/A } }]\n"),
        ("table", "table: \"1\"\nrows: [{ reference: \"6\", variant: \"6\", name: x, critical: n, cv: [N/A] }]\n"),
        ("table", "table: \"1\"\npublished: { total_tests: \"12\" }\n"),
        ("section", "section: 5.10\nheading: 2019\ndelete: yes\n"),
        ("version", "id: 6.20\nname: SEC\nclassification: White\ndate: 2019-06-27\n"),
    ] {
        let value: Value = serde_yaml::from_str(text).unwrap();
        let wrong: Vec<String> = schema(name).iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{name}: {text}: {wrong:?}");
    }
}

#[test]
fn the_list_of_changes_is_valid_by_its_schema() {
    let output = tempfile::tempdir().unwrap();
    let folder = output.path().to_str().unwrap();
    for (base, target) in [("6.18", "mp089"), ("mp089", "6.18")] {
        let made = ctsd(Path::new(ROOT), &["redline", base, target, "--format", "json", "--output", folder]);
        assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
        let text = fs::read_to_string(output.path().join(format!("redline-{base}-{target}.json"))).unwrap();
        let list: Value = serde_json::from_str(&text).unwrap();
        let wrong: Vec<String> = schema("changes").iter_errors(&list).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert!(!schema("changes").is_valid(&serde_json::json!({ "base": "6.18" })));
    }
}
