//! One cause is one finding for people, in its places; each place is a finding for programs. A drafter's own come first.

use super::*;

fn text(root: &Path, arguments: &[&str]) -> String {
    stdout(&ctsd(root, &[&["check"], arguments].concat()))
}

#[test]
fn nine_figures_with_one_cause_are_one_finding_in_nine_places() {
    let root = Path::new(ROOT);
    let text = text(root, &["mp089", "--allow", "list-punctuation"]);
    let title = "Table 8.1.8: published figures of the row “Count of N/A” aren't what its rows give (9 places)";
    assert!(text.contains(title), "{text}");
    assert_eq!(text.matches("published-figure").count(), 3, "N/A, Mandatory, and a row total");
    let told = findings(root, &["mp089"]);
    let figures: Vec<&Value> = told.iter().filter(|finding| finding["code"] == "published-figure").collect();
    assert_eq!(figures.len(), 11);
    let columns: std::collections::BTreeSet<u64> =
        figures[..9].iter().map(|it| it["column"].as_u64().unwrap()).collect();
    assert_eq!(columns.len(), 9, "each has its own place");
    assert!(figures[..9].iter().all(|it| it["cause"] == figures[0]["cause"]));
    let sarif: Value =
        serde_json::from_str(&super::stdout(&ctsd(root, &["check", "mp089", "--format", "sarif"]))).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.iter().filter(|result| result["ruleId"] == "published-figure").count(), 11);
}

#[test]
fn of_a_modification_its_own_are_told_and_its_baselines_counted() {
    let root = Path::new(ROOT);
    let own = text(root, &["mp089"]);
    assert!(!own.contains("--> content/6.18/"), "{own}");
    let last = own.lines().last().unwrap();
    assert_eq!(last, "in baseline text: 22 warnings, 2 notes; `ctsd check mp089 --only baseline` shows them");
    assert!(text(root, &["mp089", "--only", "baseline"]).contains("--> content/6.18/"));
    assert!(text(root, &["6.18"]).contains("--> content/6.18/"), "of the baseline itself, all is told");
    assert_eq!(ctsd(root, &["check", "mp089", "--deny", "warnings"]).status.code(), Some(1));
}

#[test]
fn what_a_modification_puts_out_of_order_or_doubles_is_told_in_its_own_file() {
    let insert = "content/mp089/tables/8.1.8.yaml";
    let told = |changes: &[(&str, &str, &str)], code: &str| -> Vec<String> {
        difference(changes).into_iter().filter(|brief| brief.starts_with(&format!("+ {code} "))).collect()
    };
    assert_eq!(
        told(&[(insert, "after: \"7.4\"", "before: \"6.2.7\"")], "row-order"),
        ["+ row-order mp089/tables/8.1.8.yaml:6 inserted"]
    );
    let moved = "moves:\n  - { key: \"8.4\", before: \"6.2.7\" }\n";
    let moved = moved.replace("moves:", "move:").replace("key:", "row:");
    assert_eq!(
        told(&[(insert, "published:", &format!("{moved}published:"))], "row-order"),
        ["+ row-order mp089/tables/8.1.8.yaml:8 inserted"]
    );
    let row = "      - { reference: \"6.2\", variant: \"6.2.7\", id: again, name: Again, critical: false }\n";
    let doubled = format!("  - before: \"6.2.7\"\n    rows:\n{row}published:");
    assert_eq!(
        told(&[(insert, "published:", &doubled)], "duplicate-variant"),
        ["+ duplicate-variant mp089/tables/8.1.8.yaml:9 inserted"]
    );
}

#[test]
fn a_character_that_only_the_base_has_is_told_once_and_there() {
    let text = |words: &str| format!("section: \"9\"\nheading: Nine\nbody: |\n  The DCC shall {words} it.\n");
    let root = mending::project(&[("1.0/sections/9.yaml", &text("漢 do")), ("mp1/sections/9.yaml", &text("do"))]);
    for asked in [&["mp1"][..], &["1.0", "mp1"]] {
        let told = findings(root.path(), asked);
        let places: Vec<_> =
            told.iter().filter(|it| it["code"] == "document").map(|it| (&it["file"], &it["line"])).collect();
        assert_eq!(places, [(&"content/1.0/sections/9.yaml".into(), &4.into())], "{asked:?}");
        assert!(told.iter().all(|it| it["code"] != "document" || it["whose"] == "baseline"));
    }
}
