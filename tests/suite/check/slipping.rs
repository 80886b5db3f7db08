//! Slips that once passed, each told where it stands.

use super::*;

const OWN: &str = "content/mp089/sections/5.4.yaml";
const APPROACH: &str = "the Testing Approach Document for November 19 Release";

/// What is found in a section of MP089 with these words in it.
fn told(words: &str) -> Vec<String> {
    difference(&[(OWN, APPROACH, &format!("{APPROACH} {words}"))])
}

#[test]
fn terms_that_are_misspelt_or_not_defined_are_found() {
    for (words, code) in [
        ("and a Testing Partner", "undefined-term"),
        ("and a Testing Participant Group Leader", "undefined-term"),
        ("and a testing participant", "term-spelling"),
        ("and the dcc", "term-spelling"),
        ("in a user role", "term-spelling"),
        ("within ten (15) days", "number-mismatch"),
        ("as it shall be", "mixed-duties"),
    ] {
        assert_eq!(told(words), [format!("+ {code} mp089/sections/5.4.yaml:14 inserted")], "{words}");
    }
    for words in ["and the Testing Participants of the DCC", "within fifteen (15) days", "in each User Role"] {
        assert_eq!(told(words), [""; 0], "{words}");
    }
}

#[test]
fn what_is_written_like_a_term_is_free_where_no_terms_are_listed() {
    let root =
        changed(&[("content/terms.yaml", "definitions:", "# definitions:"), (OWN, APPROACH, "a Testing Partner")]);
    let path = root.path().join("content/terms.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let from = text.find("# definitions:").unwrap();
    let to = text.find("# Turns of phrase.").unwrap();
    fs::write(&path, format!("{}{}", &text[..from], &text[to..])).unwrap();
    assert!(findings(root.path(), &[]).iter().all(|finding| finding["code"] != "undefined-term"));
}

#[test]
fn a_paragraph_ends_with_a_full_stop() {
    let file = "content/mp089/sections/8.1.4.yaml";
    let end = "‘Mandatory’ must only be executed in respect of a SMETS2+ Device";
    assert_eq!(
        difference(&[(file, &format!("{end}."), end)]),
        ["+ missing-full-stop mp089/sections/8.1.4.yaml:21 inserted"]
    );
    // As a piece of a longer sentence does, where nothing follows it.
    assert_eq!(
        difference(&[(file, &format!("{end}."), &format!("{end};"))]),
        ["+ missing-full-stop mp089/sections/8.1.4.yaml:21 inserted"]
    );
}

/// What is found in a project of three short sections, of which the second is written as given.
fn found_in(file: &str, number: &str) -> Vec<String> {
    let root = copy_of_content();
    for version in ["content/mp089", "content/6.18/sections", "content/6.18/tables"] {
        fs::remove_dir_all(root.path().join(version)).unwrap();
    }
    let head = root.path().join("content/6.18/version.yaml");
    let whole: Vec<String> = fs::read_to_string(&head).unwrap().lines().map(str::to_owned).collect();
    fs::write(&head, whole.into_iter().filter(|line| !line.starts_with("extract")).collect::<Vec<_>>().join("\n"))
        .unwrap();
    for (file, number) in [("1.yaml", "1"), (file, number), ("2.yaml", "2")] {
        let path = root.path().join("content/6.18/sections").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("section: \"{number}\"\nheading: Some\nbody: Words.\n")).unwrap();
    }
    let all = findings(root.path(), &[]);
    all.iter().map(brief).filter(|brief| brief.contains("6.18/")).collect()
}

#[test]
fn a_section_stands_under_another_in_a_file_of_its_name() {
    assert_eq!(found_in("1.1.yaml", "1.1"), [""; 0]);
    assert_eq!(found_in("purpose.yaml", "1.1"), [""; 0], "a name that is no number says nothing wrong");
    assert_eq!(found_in("5.4.yaml", "1.2"), ["file-name 6.18/sections/5.4.yaml:1 baseline"]);
    assert_eq!(found_in("1.2.yml", "1.2"), ["file-name 6.18/sections/1.2.yml:1 baseline"]);
    assert_eq!(found_in("3.1.yaml", "3.1"), ["missing-parent 6.18/sections/3.1.yaml:1 baseline"]);
}

#[test]
fn a_section_that_a_modification_puts_out_of_order_is_told() {
    let heading = "heading: Completing";
    let moved = format!("move: {{ after: \"8.1.4\" }}\n{heading}");
    let told = difference(&[(OWN, heading, &moved)]);
    let order: Vec<&String> = told.iter().filter(|brief| brief.contains("section-order")).collect();
    assert_eq!(order, ["+ section-order mp089/sections/5.4.yaml:2 inserted"], "{told:?}");
}

#[test]
fn a_character_that_no_page_can_show_is_one_finding_in_its_places() {
    let wrong = [
        ("content/mp089/sections/5.4.yaml", "# For November 19 Release", "# For 漢 November 19 Release"),
        ("content/mp089/sections/5.4.yaml", "must complete UEPT style", "must 漢 complete é UEPT style"),
        ("content/mp089/tables/8.1.8.yaml", "Read Auxiliary", "漢 Read Auxiliary"),
    ];
    let root = changed(&wrong);
    let told = findings(root.path(), &["mp089"]);
    let told: Vec<&Value> = told.iter().filter(|finding| finding["code"] == "document").collect();
    assert_eq!(told.len(), 3, "each place, for programs");
    assert!(told.iter().all(|finding| finding["severity"] == "error"));
    let output = ctsd(root.path(), &["check", "mp089"]);
    assert_eq!(output.status.code(), Some(1), "no document can be made");
    let text = stdout(&output);
    assert_eq!(text.matches("error[document]").count(), 1, "{text}");
    assert!(text.contains("U+6F22 (“漢”): the typeface has no glyph for it (3 places)"), "{text}");
}
