//! Findings as JSON and as SARIF, errors among them, and what each code is about.

use super::*;
use ctsd::diagnostic::Code;

#[test]
fn sarif_is_valid_by_its_schema() {
    // The published schema has a bracket in one pattern that no standard regular expression takes bare.
    let schema = include_str!("sarif-2.1.0.schema.json").replace("{2}]?$", "{2}\\\\]?$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let broken = copy_of_content();
    fs::write(broken.path().join("content/6.18/sections/1 & ü.yaml"), "section: [\n").unwrap();
    for root in [Path::new(ROOT), broken.path()] {
        let output = ctsd(root, &["check", "--format", "sarif"]);
        let log: Value = serde_json::from_slice(&output.stdout).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), findings(root, &[]).len());
        for result in results {
            let rule = &log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"]);
        }
    }
}

#[test]
fn what_cannot_be_loaded_is_a_finding_like_any_other() {
    let root = copy_of_content();
    fs::write(root.path().join("content/6.18/version.yaml"), "id: 6.18\nnaem: SEC\nclassification: White\n").unwrap();
    fs::write(root.path().join("content/terms.yaml"), "terms: none\n").unwrap();
    let output = ctsd(root.path(), &["check", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.is_empty());
    let all: Vec<String> = findings(root.path(), &[]).iter().map(brief).collect();
    assert_eq!(all, ["unknown-field 6.18/version.yaml:2 -", "wrong-type terms.yaml:1 -"]);
    let text = stdout(&ctsd(root.path(), &["check", "--allow", "unknown-field"]));
    assert!(text.contains("2 | naem: SEC"), "an error can't be allowed, and its line is shown: {text}");
}

#[test]
fn the_same_findings_come_in_the_same_bytes() {
    for format in ["text", "json", "sarif"] {
        let run = || ctsd(Path::new(ROOT), &["check", "--format", format]).stdout;
        assert_eq!(run(), run(), "{format}");
    }
}

/// The text of the sources below a folder, but for the list of the codes.
fn sources(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let text = |path: std::path::PathBuf| match path.is_dir() {
        true => sources(&path),
        false if path.ends_with("diagnostic/code.rs") => String::new(),
        false => std::fs::read_to_string(path).unwrap(),
    };
    entries.map(text).collect()
}

#[test]
fn each_code_is_of_something_that_is_found() {
    let sources = sources(&Path::new(ROOT).join("src"));
    for code in Code::ALL {
        let named = format!("Code::{code:?}");
        let whole = |(_, rest): (usize, &str)| !rest[named.len()..].starts_with(|c: char| c.is_alphanumeric());
        let found = sources.match_indices(&named).map(|(at, _)| (at, &sources[at..])).any(whole);
        assert!(found, "nothing is found that is “{code}”");
    }
}

#[test]
fn every_code_is_explained_with_an_example() {
    for code in Code::ALL {
        let output = ctsd(Path::new(ROOT), &["check", "--explain", code.name()]);
        assert_eq!(stdout(&output), format!("{}\n", code.explanation()));
    }
    let output = ctsd(Path::new(ROOT), &["check", "--explain", "register-name"]);
    assert!(stdout(&output).contains("the row 6.27 with the name of 6.26"));
    assert_eq!(ctsd(Path::new(ROOT), &["check", "--explain", "nothing"]).status.code(), Some(2));
}

#[test]
fn all_codes_are_listed_with_a_line_each() {
    let output = ctsd(Path::new(ROOT), &["check", "--explain"]);
    let listed = stdout(&output);
    assert_eq!(listed.lines().count(), Code::ALL.len());
    for (line, code) in listed.lines().zip(Code::ALL) {
        let (name, summary) = line.split_once("  ").unwrap();
        assert_eq!((name, summary.trim_start()), (code.name(), code.summary()));
    }
}
