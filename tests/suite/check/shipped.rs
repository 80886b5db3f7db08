//! The shipped content: the slips that the published text has, each at its line, and nothing else.

use super::*;
use crate::common::passed;

#[test]
fn what_is_said_of_the_shipped_content_was_reviewed() {
    let output = ctsd(Path::new(ROOT), &["check"]);
    passed("tests/suite/check/shipped.txt", stdout(&output));
    assert_eq!(output.status.code(), Some(0), "none of it is an error");
    assert!(output.stderr.is_empty());
}

#[test]
fn exactly_the_eleven_published_figures_are_wrong() {
    let findings = findings(Path::new(ROOT), &[]);
    let figures: Vec<&Value> = findings.iter().filter(|finding| finding["code"] == "published-figure").collect();
    let places: Vec<String> = figures
        .iter()
        .map(|finding| {
            assert_eq!(finding["file"], "content/mp089/tables/8.1.8.yaml");
            assert_eq!(finding["whose"], "inserted");
            let message = finding["message"].as_str().unwrap();
            message.rsplit("so ").next().unwrap().to_owned()
        })
        .collect();
    assert_eq!(
        places,
        [
            "N/A in CV 2 goes from 32 to 33; published: 32",
            "N/A in CV 3 goes from 34 to 35; published: 34",
            "N/A in CV 4 goes from 33 to 34; published: 33",
            "N/A in CV 5 goes from 34 to 35; published: 34",
            "N/A in CV 6 goes from 34 to 35; published: 34",
            "N/A in CV 7 goes from 35 to 36; published: 35",
            "N/A in CV 8 goes from 35 to 36; published: 35",
            "N/A in CV 9 goes from 35 to 36; published: 35",
            "N/A in CV 10 goes from 28 to 29; published: 28",
            "Mandatory in CV 1 stays 18; published: 19",
            "its row total goes from 15 to 16; published: 15",
        ]
    );
}

#[test]
fn each_other_slip_is_found_once_at_its_line_with_its_owner() {
    let all: String = findings(Path::new(ROOT), &[])
        .iter()
        .filter(|finding| finding["code"] != "published-figure")
        .map(|finding| brief(finding) + "\n")
        .collect();
    passed("tests/suite/check/slips.txt", all);
}

#[test]
fn one_version_can_be_checked_alone_and_one_owner() {
    let own: Vec<String> = findings(Path::new(ROOT), &["--only", "inserted"]).iter().map(brief).collect();
    assert!(own.iter().all(|brief| brief.ends_with(" inserted")), "{own:?}");
    assert!(own.iter().any(|brief| brief.starts_with("dangling-reference mp089/sections/8.1.4.yaml")));
    let alone = findings(Path::new(ROOT), &["mp089"]);
    let baseline = alone.iter().filter(|finding| finding["whose"] == "baseline").count();
    let of_base = findings(Path::new(ROOT), &["6.18"]).len();
    assert_eq!(baseline, of_base, "alone, a modification shows all the slips of the text that it restates");
    assert_eq!(alone.len() - baseline, own.len());
    assert_eq!(findings(Path::new(ROOT), &["--only", "baseline"]).len(), of_base);
}

#[test]
fn warnings_can_be_denied_and_allowed() {
    let root = Path::new(ROOT);
    assert_eq!(ctsd(root, &["check", "--deny", "warnings"]).status.code(), Some(1));
    let all = findings(root, &[]);
    let some = findings(root, &["--allow", "published-figure", "--allow", "term-spelling"]);
    assert!(all.len() > some.len() && some.iter().all(|f| f["code"] != "published-figure"));
    let mut arguments = vec!["check", "--deny", "warnings"];
    for finding in &all {
        arguments.extend(["--allow", finding["code"].as_str().unwrap()]);
    }
    assert_eq!(ctsd(root, &arguments).status.code(), Some(0));
    assert_eq!(ctsd(root, &["check", "--allow", "no-such-code"]).status.code(), Some(2));
    assert_eq!(ctsd(root, &["check", "6.19"]).status.code(), Some(2));
}
