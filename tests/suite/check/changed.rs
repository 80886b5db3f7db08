//! The shipped content with one change each: what is found more, and what is found no more.

use super::*;
use ctsd::pipeline::{Desk, Format, Options};

const TABLE: &str = "content/6.18/tables/8.1.8.yaml";
const OWN_TABLE: &str = "content/mp089/tables/8.1.8.yaml";
const OWN_REQUESTS: &str = "content/mp089/sections/8.1.4.yaml";

#[test]
fn a_mended_figure_is_no_finding() {
    assert_eq!(
        difference(&[(OWN_TABLE, "cv: [19, 0", "cv: [18, 0")]),
        ["- published-figure mp089/tables/8.1.8.yaml:10 inserted"]
    );
}

#[test]
fn a_wrong_baseline_is_told_and_nothing_rests_on_it() {
    let changed = difference(&[(TABLE, "cv: [18, 0, 0", "cv: [17, 0, 0")]);
    assert_eq!(changed.iter().filter(|brief| brief.starts_with("- published-figure")).count(), 11);
    assert_eq!(
        changed[11..],
        [
            "+ published-figure 6.18/tables/8.1.8.yaml:34 baseline",
            "+ unproved-baseline mp089/tables/8.1.8.yaml:9 inserted"
        ]
    );
}

#[test]
fn rows_are_checked_for_reference_order_and_role() {
    let row = "variant: \"7.4\", name: Read Supply Status, critical: false,";
    assert_eq!(
        difference(&[(TABLE, "reference: \"8.2\", variant", "reference: \"8.4\", variant")]),
        ["+ variant-reference 6.18/tables/8.1.8.yaml:17 baseline"]
    );
    assert_eq!(
        difference(&[(TABLE, row, "variant: \"7.4\", name: Read Supply Status, critical: true, role: OU,")]),
        [
            "+ register-role 6.18/tables/8.1.8.yaml:16 baseline",
            "+ register-critical 6.18/tables/8.1.8.yaml:16 baseline",
            "+ row-role 6.18/tables/8.1.8.yaml:16 baseline"
        ]
    );
    assert_eq!(
        difference(&[(OWN_TABLE, "after: \"7.4\"", "after: \"8.2\"")]),
        ["+ row-order mp089/tables/8.1.8.yaml:6 inserted"]
    );
    let mut renumbered =
        difference(&[(OWN_TABLE, "reference: \"7.7\", variant: \"7.7\"", "reference: \"7.70\", variant: \"7.70\"")]);
    // The sentences on the figures name the row.
    renumbered.retain(|brief| !brief.contains("published-figure"));
    assert_eq!(
        renumbered,
        [
            "- register-name mp089/tables/8.1.8.yaml:6 inserted",
            "+ dangling-reference mp089/sections/8.1.4.yaml:27 inserted",
            "+ register-variant mp089/tables/8.1.8.yaml:6 inserted"
        ]
    );
}

#[test]
fn a_request_that_must_be_executed_is_mandatory() {
    assert_eq!(
        difference(&[
            (
                "content/6.18/tables/8.1.8.yaml",
                "name: Configure Alert Behaviour, critical: false, cv: { 1: Mandatory SMETS 2 }",
                "name: Configure Alert Behaviour, critical: false"
            ),
            (TABLE, "N/A: [5, 16", "N/A: [4, 16"),
            (TABLE, "Mandatory SMETS 2: [1, 3", "Mandatory SMETS 2: [2, 3")
        ]),
        ["+ not-mandatory 6.18/sections/8.1.4.yaml:17 baseline"]
    );
}

#[test]
fn a_row_that_a_modification_removes_leaves_the_reference_to_it_dangling() {
    let changed =
        difference(&[(OWN_TABLE, "insert:", "remove: [\"6.22\"]\ninsert:"), (OWN_TABLE, "published:", "nothing:")]);
    assert_eq!(changed.last().map(String::as_str), Some("+ unknown-field mp089/tables/8.1.8.yaml:8 -"));
    let changed = difference(&[(OWN_TABLE, "insert:", "remove: [\"6.22\"]\ninsert:")]);
    assert!(changed.contains(&"+ dangling-reference mp089/sections/8.1.4.yaml:17 inserted".to_owned()), "{changed:?}");
}

#[test]
fn references_to_sections_and_tables_have_targets() {
    assert_eq!(
        difference(&[(OWN_REQUESTS, "and are listed below:", "and are listed in Table 8.1.9, see Section 9.4:")]),
        [
            "+ dangling-reference mp089/sections/8.1.4.yaml:25 inserted",
            "+ dangling-reference mp089/sections/8.1.4.yaml:25 inserted"
        ]
    );
    assert_eq!(
        difference(&[("content/6.18/sections/1.2.yaml", "Clause 8", "Clause 9")]),
        [
            "- reference-word 6.18/sections/1.2.yaml:5 baseline",
            "+ unchecked-reference 6.18/sections/1.2.yaml:5 baseline",
            "+ reference-word mp089/sections/1.2.yaml:5 inserted"
        ]
    );
}

#[test]
fn words_spaces_and_marks_are_checked() {
    let wrong = "the the Testing Approach Document - \"for\" November 19 Release";
    assert_eq!(
        difference(&[(
            "content/mp089/sections/5.4.yaml",
            "the Testing Approach Document for November 19 Release",
            wrong
        )]),
        [
            "+ doubled-word mp089/sections/5.4.yaml:14 inserted",
            "+ dash mp089/sections/5.4.yaml:14 inserted",
            "+ straight-quote mp089/sections/5.4.yaml:14 inserted",
            "+ straight-quote mp089/sections/5.4.yaml:14 inserted"
        ]
    );
    let turned = "the Testing Approach Document \u{202e}for\u{202c} November 19 Release";
    assert_eq!(
        difference(&[(
            "content/mp089/sections/5.4.yaml",
            "the Testing Approach Document for November 19 Release",
            turned
        )]),
        ["+ unseen-character mp089/sections/5.4.yaml:14 inserted"; 2]
    );
    assert_eq!(
        difference(&[(
            "content/mp089/sections/1.2.yaml",
            "functionality (Additive UEPT).",
            "functionality (Additive UEPT)"
        )]),
        ["+ list-punctuation mp089/sections/1.2.yaml:10 inserted"]
    );
}

#[test]
fn modifications_restate_what_changes_and_keep_the_classification() {
    let same = fs::read_to_string(Path::new(ROOT).join("content/6.18/sections/1.yaml")).unwrap();
    assert_eq!(
        difference(&[("content/mp089/sections/1.yaml", "", &same)]),
        ["+ restated-unchanged mp089/sections/1.yaml:2 inserted"]
    );
    assert_eq!(
        difference(&[(OWN_TABLE, "insert:", "amend: [{ row: \"8.2\", name: Read Inventory }]\ninsert:")]),
        ["+ restated-unchanged mp089/tables/8.1.8.yaml:3 inserted"]
    );
    assert_eq!(
        difference(&[("content/6.18/version.yaml", "classification: White", "classification: Amber")]),
        ["+ looser-classification mp089/version.yaml:7 inserted"]
    );
}

#[test]
fn what_is_allowed_is_silent_and_an_allowance_for_nothing_is_told() {
    let allow = "allow:\n  - { code: register-role, file: content/mp089/tables, about: 8.14.3, reason: as published }\n  \
                 - { code: register-role, file: content/6.18, reason: old }\n  - { code: register-rule, reason: slip }\n";
    assert_eq!(
        difference(&[("content/allow.yaml", "", allow)]),
        [
            "- register-role mp089/tables/8.1.10.yaml:9 inserted",
            "- register-role mp089/tables/8.1.10.yaml:15 inserted",
            "+ unused-allowance allow.yaml:3 -",
            "+ unused-allowance allow.yaml:4 -",
        ]
    );
}

#[test]
fn errors_of_templates_are_found_at_their_lines() {
    let root = copy_of_content();
    let said = |name: &str, text: &str| -> Vec<String> {
        fs::create_dir_all(root.path().join("templates")).unwrap();
        fs::write(root.path().join("templates").join(name), text).unwrap();
        let all = findings(root.path(), &[]);
        fs::remove_dir_all(root.path().join("templates")).unwrap();
        let errors = all.iter().filter(|finding| finding["severity"] == "error");
        errors.map(|finding| format!("{}: {}", brief(finding), finding["message"].as_str().unwrap())).collect()
    };
    for (name, text, beginning) in [
        ("cover.md", "\n{{ versoin.name }}\n", "template templates/cover.md:2"),
        ("appendix.md", "# A\n\n{% include \"partz.md\" %}\n", "template templates/appendix.md:"),
        ("redline.md", "{% for a in amendments %}\n", "template templates/redline.md:"),
        ("redline.md", "# A\n\n<!-- ctsd:marked \"section-9\" -->\n", "template templates/redline.md:3"),
        ("instruction.md", "{{ amendment.nothing }}\n", "template templates/instruction.md:1"),
        ("section.md", "<blink>\n", "template-markdown templates/section.md:1"),
        ("appendix.md", "{% include \"appendix.md\" %}\n", "template templates/appendix.md:"),
    ] {
        let errors = said(name, text);
        assert!(!errors.is_empty() && errors.iter().any(|error| error.starts_with(beginning)), "{name}: {errors:?}");
    }
}

#[test]
fn a_list_of_amendments_by_itself_needs_no_document() {
    let root = copy_of_content();
    fs::create_dir_all(root.path().join("templates")).unwrap();
    fs::write(root.path().join("templates/redline.md"), "<!-- ctsd:marked \"section-9\" -->\n").unwrap();
    let desk = Desk::open(root.path()).unwrap();
    let (base, target) = (desk.version("6.18").unwrap(), desk.version("mp089").unwrap());
    let made = |format| {
        let options = Options { formats: vec![format], ..Options::default() };
        desk.redline(base, target, &options)
    };
    assert_eq!(made(Format::Json).unwrap().len(), 1);
    assert!(made(Format::Markdown).is_err(), "there is no amendment “section-9”");
}
