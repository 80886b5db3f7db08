//! Findings as JSON and as SARIF, errors among them, and what each code is about.

use super::*;
use std::collections::BTreeSet;

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

/// Every code that the sources give a finding.
fn codes_in_sources(folder: &Path, codes: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            codes_in_sources(&path, codes);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for call in ["error(", "warning(", "note(", "dd(", "ending("] {
                for (at, _) in text.match_indices(call) {
                    let Some(rest) = text[at + call.len()..].trim_start().strip_prefix('"') else { continue };
                    let code = rest.split('"').next().unwrap_or_default();
                    if !code.is_empty()
                        && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
                    {
                        codes.insert(code.to_owned());
                    }
                }
            }
        }
    }
}

#[test]
fn every_code_is_explained_with_an_example() {
    let mut codes = BTreeSet::from(["published-figure", "term-spelling", "wording"].map(str::to_owned));
    for room in ["check", "content"] {
        codes_in_sources(&Path::new(ROOT).join("src").join(room), &mut codes);
    }
    assert!(codes.len() > 60, "{codes:?}");
    for code in &codes {
        let explanation = ctsd::check::explain(code).unwrap_or_else(|| panic!("“{code}” isn't explained"));
        assert!(explanation.text.contains("Example: "), "{code}");
    }
    let output = ctsd(Path::new(ROOT), &["check", "--explain", "register-name"]);
    assert!(stdout(&output).contains("the row 6.27 with the name of 6.26"));
    assert_eq!(ctsd(Path::new(ROOT), &["check", "--explain", "nothing"]).status.code(), Some(2));
}
