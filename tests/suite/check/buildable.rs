//! What a check finds no error in can be made: it tells every character that no page can show, and every table that no
//! page is wide enough for.

use super::ROOT;
use crate::common::config;
use ctsd::diagnostic::{Diagnostic, Failure, Severity};
use ctsd::files::Root;
use ctsd::pipeline::{Desk, Format, Options};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Places where a drafter's words stand, each with the file that holds them around `{}`.
const PLACES: [(&str, &str); 8] = [
    ("1.0/sections/1.1.yaml", "section: \"1.1\"\nheading: Words\nbody: |\n  Some {} words.\n"),
    ("1.0/sections/1.2.yaml", "section: \"1.2\"\nheading: Of {} words\nbody: |\n  - an item\n"),
    ("1.0/sections/1.3.yaml", "section: \"1.3\"\nheading: List\nbody: |\n  - an **item {} of**\n"),
    (
        "1.0/sections/1.4.yaml",
        "section: \"1.4\"\nheading: Table\nbody: |\n  | A | B |\n  |---|---|\n  | C | *D* {} |\n",
    ),
    (
        "1.0/tables/1.8.yaml",
        "table: \"1.8\"\nrole: ED\nrows:\n  - { reference: \"1\", variant: \"1\", name: \"One {}\", critical: false }\n",
    ),
    ("1.0/tables/1.9.yaml", "table: \"1.9\"\ntitle: \"Table {}\"\nrole: ED\nrows: []\n"),
    ("mp1/sections/1.1.yaml", "section: \"1.1\"\nbody: |\n  Other {} words.\n"),
    ("mp1/version.yaml", "id: MP1\nname: \"MP1 {}\"\nbase: \"1.0\"\n"),
];

fn words() -> impl Strategy<Value = String> {
    let some =
        ["a", "é", "e\u{301}", "Ω", "→", "☃", "漢", "字", "א", "ب", "\u{200b}", "\u{ad}", "😀", "½", "\u{a0}", " "];
    let word = prop::collection::vec(select(some.to_vec()), 0..4).prop_map(|word| word.concat());
    // A word that is longer than a page is wide.
    prop_oneof![12 => word, 1 => Just("W".repeat(300))]
}

fn desk(files: &[String]) -> Desk {
    let appendix = std::fs::read(Path::new(ROOT).join("content/appendix.yaml")).unwrap();
    let mut all = BTreeMap::from([("content/appendix.yaml".to_owned(), appendix)]);
    let head = b"id: \"1.0\"\nname: One\nclassification: White\n".to_vec();
    all.insert("content/1.0/version.yaml".to_owned(), head);
    let mut add = |path: &str, text: &str| all.insert(format!("content/{path}"), text.as_bytes().to_vec());
    add("1.0/sections/1.yaml", "section: \"1\"\nheading: One\n");
    PLACES.iter().zip(files).for_each(|((path, _), text)| drop(add(path, text)));
    Desk::open_from(&Root::memory(all)).unwrap()
}

/// The characters that findings say no page can show.
fn characters<'d>(findings: impl IntoIterator<Item = &'d Diagnostic>) -> BTreeSet<String> {
    let code = |finding: &Diagnostic| finding.message.split("U+").nth(1).map(|rest| rest[..4].to_owned());
    findings.into_iter().filter_map(code).collect()
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn what_a_check_finds_no_error_in_is_made(words in prop::collection::vec(words(), PLACES.len())) {
        let files: Vec<String> = PLACES.iter().zip(&words).map(|((_, file), words)| file.replace("{}", words)).collect();
        let desk = desk(&files);
        let options = Options { formats: vec![Format::Markdown, Format::Docx, Format::Pdf], ..Options::default() };
        for (id, base) in [("1.0", None), ("MP1", Some("1.0"))] {
            let asked = desk.asked(&[id.to_owned()]).unwrap();
            prop_assume!(asked.faults.is_empty());
            let found = desk.check(&asked).diagnostics;
            let errors: Vec<_> = found.iter().filter(|finding| finding.severity == Severity::Error).collect();
            let version = desk.version(id).unwrap();
            let made = desk.build(version, &options).and_then(|_| match base.map(|base| desk.version(base).unwrap()) {
                Some(base) => desk
                    .redline(base, version, &options)
                    .and_then(|_| desk.full_redline(base, version, &options)),
                None => Ok(Vec::new()),
            });
            match made {
                Ok(_) => prop_assert_eq!(errors, Vec::<&Diagnostic>::new()),
                Err(Failure::Refused(why)) => prop_assert!(false, "{}", why),
                Err(Failure::Content(account)) => {
                    prop_assert!(!errors.is_empty(), "{:?}", account.diagnostics);
                    let wrong = characters(&account.diagnostics);
                    prop_assert!(wrong.is_subset(&characters(errors)), "{:?} of {:?}", wrong, found);
                    let causes: BTreeSet<_> = account.diagnostics.iter().filter_map(|it| it.cause.clone()).collect();
                    prop_assert_eq!(causes.len(), wrong.len(), "one cause for each character");
                }
            }
        }
    }
}
