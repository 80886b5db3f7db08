//! What is right and was once told as wrong.

use super::*;

const REQUESTS: &str = "content/mp089/sections/8.1.4.yaml";
const LIST: &str = "  - Service Request for Communications Hub Status";

#[test]
fn a_list_within_a_sentence_ends_as_the_sentence_goes_on() {
    let inner =
        |end: &str| format!("  - In respect of Devices that are:\n    - SMETS1; or\n    - SMETS2+{end}\n{LIST}");
    let told = |end: &str| -> Vec<String> {
        let changed = difference(&[(REQUESTS, LIST, &inner(end))]);
        changed.into_iter().filter(|brief| brief.contains("list-punctuation")).collect()
    };
    assert_eq!(told(";"), [""; 0]);
    assert_eq!(told("; and"), [""; 0]);
    assert_eq!(told("").len(), 1, "it ends in nothing");
}

#[test]
fn a_title_introduces_no_abbreviation_and_uses_none() {
    let title = ("content/mp089/version.yaml", "title: ", "title: UEPT and DCC – ");
    let changed = difference(&[title]);
    assert!(!changed.iter().any(|brief| brief.contains("unexpanded-abbreviation")), "{changed:?}");
}

#[test]
fn what_an_incomplete_register_does_not_list_is_a_note_and_names_the_file() {
    let row = (
        "content/6.18/tables/8.1.8.yaml",
        "variant: \"6.22\", name: Configure Alert",
        "variant: \"6.23\", name: Reset",
    );
    let of = |changes: &[(&str, &str, &str)]| -> Vec<(String, String)> {
        let root = changed(changes);
        let found = findings(root.path(), &["6.18"]);
        let text = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
        let all = found.iter().filter(|finding| finding["code"] == "register-variant");
        all.map(|finding| (text(finding, "severity"), text(finding, "help"))).collect()
    };
    let note = "add a line for each to content/registers/duis.yaml, or write “complete: true” there";
    assert_eq!(of(&[row]), [("note".to_owned(), note.to_owned())]);
    let again = ("content/6.18/tables/8.1.8.yaml", "variant: \"6.13\", name: Read", "variant: \"6.23\", name: Reset");
    let twice = findings(changed(&[row, again]).path(), &["6.18"]);
    let told = twice.iter().filter(|it| it["code"] == "register-variant").map(|it| it["message"].as_str().unwrap());
    assert_eq!(told.map(|message| message.matches("6.23").count()).collect::<Vec<_>>(), [1], "a variant is named once");
    let complete = ("content/registers/duis.yaml", "requests:", "complete: true\nrequests:");
    let warning = "correct the variant; if it is new, add it to the register";
    assert_eq!(of(&[row, complete]), [("warning".to_owned(), warning.to_owned())]);
}

#[test]
fn a_misspelt_version_is_guessed() {
    let said = |id: &str| {
        let output = ctsd(Path::new(ROOT), &["check", id]);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(said("mp89").contains("there is no version “mp89”; did you mean “MP089”?"), "{}", said("mp89"));
    assert!(said("618").contains("did you mean “6.18”?"), "{}", said("618"));
    assert!(said("6.81").contains("did you mean “6.18”?"), "two figures changed places");
    assert!(said("mp98").contains("did you mean “MP089”?"), "and the nought was left out");
    assert!(said("elsewhere").contains("there are 6.18, MP089"), "{}", said("elsewhere"));
}

#[test]
fn of_two_rows_that_are_added_the_one_that_counts_is_named_as_one_of_two() {
    let row = "      - { reference: \"7.4\", variant: \"7.40\", name: Read, critical: false, cv: { 2: Mandatory } }\n";
    let first = "      - { reference: \"7.7\"";
    let root = changed(&[("content/mp089/tables/8.1.8.yaml", first, &format!("{row}{first}"))]);
    let told = findings(root.path(), &["mp089"]);
    let says = |words: &str| told.iter().any(|finding| finding["message"].as_str().unwrap().contains(words));
    assert!(says("one of the 2 rows added holds N/A (7.7), so N/A in CV 2 goes from 32 to 33"), "{told:?}");
    assert!(!says("one row was added"));
}

#[test]
fn a_move_to_where_a_section_stands_is_told_and_no_other_is() {
    let told = |after: &str| {
        let path = "content/mp089/sections/5.4.yaml";
        let moved = format!("section: \"5.4\"\nmove: {{ after: \"{after}\" }}");
        let found = findings(changed(&[(path, "section: \"5.4\"", &moved)]).path(), &["mp089"]);
        let of = |it: &&Value| it["code"] == "restated-unchanged";
        found.iter().filter(of).map(|it| (it["line"].clone(), it["message"].clone())).collect::<Vec<_>>()
    };
    let message = "Section 5.4 is moved to where it stands in SEC Version 6.18";
    assert_eq!(told("1"), [(3.into(), message.into())], "behind all that Section 1 holds");
    assert_eq!(told("1.1"), []);
}
