//! Each kind of collision planted among modifications that agree, and named at its place.

use super::with;
use crate::common::good;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::sync::LazyLock;

static WORDS: LazyLock<String> = LazyLock::new(|| {
    let words = std::fs::read_to_string(good().join("content/appendix.yaml")).unwrap();
    words + "references:\n  section: Section\n  table: Table\n"
});

/// Two sides of a collision: files of each, what it is about, and where each side is said.
struct Planted {
    one: (String, String),
    two: (String, String),
    about: String,
    /// The lines of the two files, from 1.
    lines: (usize, usize),
}

const KINDS: [&str; 20] = [
    "words",
    "heading",
    "deleted section",
    "deleted parent",
    "same number",
    "number",
    "place of a section",
    "place gone",
    "cell",
    "name",
    "deleted row",
    "same key",
    "place of a row",
    "title",
    "deleted table",
    "same table",
    "omitted",
    "referred",
    "renumbered",
    "term",
];

fn section(number: usize, text: &str) -> (String, String) {
    ("sections/a.yaml".to_owned(), format!("section: \"5.{number}\"\n{text}\n"))
}

fn table(text: &str) -> (String, String) {
    ("tables/a.yaml".to_owned(), format!("table: \"5.9\"\n{text}\n"))
}

fn row(key: &str, name: &str) -> String {
    format!("  - rows: [{{ reference: \"9\", variant: \"{key}\", name: {name}, critical: false }}]")
}

/// A collision of a kind, at one of four sections or rows, beside another of them.
fn plant(kind: &str, at: usize, beside: usize) -> Planted {
    let body = |number: usize, word: &str| format!("body: The text of 5.{number} has {word} days.");
    let refers = format!("body: The text of 5.{beside} has thirty days, as Section 5.{at} says.");
    let here = format!("Section 5.{at}");
    let row_here = format!("row {at} of Table 5.9");
    let (one, two, about, lines) = match kind {
        "words" => {
            (section(at, &body(at, "forty")), section(at, &body(at, "fifty")), format!("the body of {here}"), (2, 2))
        }
        "heading" => {
            (section(at, "heading: This"), section(at, "heading: That"), format!("the heading of {here}"), (2, 2))
        }
        "deleted section" => (section(at, "delete: true"), section(at, "heading: That"), here, (2, 1)),
        "deleted parent" => {
            let deleted = ("sections/a.yaml".to_owned(), "section: \"5\"\ndelete: true\n".to_owned());
            let inserted = ("sections/a.yaml".to_owned(), "insert: \"5.5\"\nheading: New\n".to_owned());
            (deleted, inserted, "Section 5.5".to_owned(), (2, 1))
        }
        "same number" => {
            let insert =
                |heading: &str| ("sections/a.yaml".to_owned(), format!("insert: \"5.{at}\"\nheading: {heading}\n"));
            (insert("This"), insert("That"), here, (1, 1))
        }
        "number" => {
            (section(at, "renumber: \"6\""), section(at, "renumber: \"7\""), format!("the number of {here}"), (2, 2))
        }
        "place of a section" => {
            let other = (1..5).find(|other| ![at, beside, at - 1, at + 1].contains(other)).unwrap_or(5 - at);
            let near = if at < 4 { at + 1 } else { at - 1 };
            let side = if at < 4 { "after" } else { "before" };
            let (first, second) =
                (format!("move: {{ {side}: \"5.{near}\" }}"), format!("move: {{ {side}: \"5.{other}\" }}"));
            (section(at, &first), section(at, &second), format!("the place of {here}"), (2, 2))
        }
        "place gone" => {
            let side = if at < beside { "after" } else { "before" };
            (section(beside, "delete: true"), section(at, &format!("move: {{ {side}: \"5.{beside}\" }}")), here, (2, 2))
        }
        "cell" => {
            let cell = |name: &str| table(&format!("amend:\n  - {{ row: \"{at}\", cv: {{ 1: {name} }} }}"));
            (cell("Mandatory"), cell("Optional"), row_here, (3, 3))
        }
        "name" => {
            let name = |name: &str| table(&format!("amend:\n  - {{ row: \"{at}\", name: {name} }}"));
            (name("This"), name("That"), format!("the name of {row_here}"), (3, 3))
        }
        "deleted row" => {
            let amended = table(&format!("amend:\n  - {{ row: \"{at}\", critical: true }}"));
            (table(&format!("remove:\n  - \"{at}\"")), amended, row_here, (3, 3))
        }
        "same key" => {
            let key = format!("9.{at}");
            let insert = |name: &str| table(&format!("insert:\n{}", row(&key, name)));
            (insert("This"), insert("That"), format!("row {key} of Table 5.9"), (3, 3))
        }
        "place of a row" => {
            let other = (1..5).find(|other| ![at, beside].contains(other) && other.abs_diff(at) > 1);
            let other = other.unwrap_or(if at < 3 { 4 } else { 1 });
            let near = if at < 4 { at + 1 } else { at - 1 };
            let side = if at < 4 { "after" } else { "before" };
            let moved = |to: usize| table(&format!("move:\n  - {{ row: \"{at}\", {side}: \"{to}\" }}"));
            (moved(near), moved(other), row_here, (3, 3))
        }
        "title" => (table("title: This"), table("title: That"), "the title of Table 5.9".to_owned(), (2, 2)),
        "deleted table" => (table("delete: true"), table("title: That"), "Table 5.9".to_owned(), (2, 1)),
        "same table" => {
            let insert = |title: &str| {
                let text = format!("insert_table: \"5.{}\"\ntitle: {title}\nrole: ED\nrows: []\n", 10 + at);
                ("tables/b.yaml".to_owned(), text)
            };
            (insert("This"), insert("That"), format!("Table 5.{}", 10 + at), (1, 1))
        }
        "omitted" => {
            let omitted = |key: &str| table(&format!("insert:\n{}\nomitted:\n  unknown: One less.", row(key, "New")));
            (omitted("9.1"), omitted("9.2"), "what is omitted from Table 5.9".to_owned(), (1, 1))
        }
        "referred" => {
            let about = format!("what Section 5.{beside} says of {here}");
            (section(at, "delete: true"), section(beside, &refers), about, (2, 2))
        }
        "renumbered" => {
            let about = format!("what Section 5.{beside} says of {here}");
            (section(at, "renumber: \"5.7\""), section(beside, &refers), about, (2, 2))
        }
        _ => {
            let about = format!("what Section 5.{beside} says of “Old Term”");
            let uses = format!("body: The text of 5.{beside} has thirty days, as an Old Term has.");
            (section(at, "body: The New Name is the New Name."), section(beside, &uses), about, (2, 2))
        }
    };
    Planted { one, two, about, lines }
}

fn cases() -> ProptestConfig {
    let cases = std::env::var("CTSD_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(5);
    ProptestConfig { cases, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn each_kind_is_named_at_its_place(
        at in 1usize..5, step in 1usize..4, turned in any::<bool>(), bystanders in 0usize..9, first in any::<bool>(),
    ) {
        let beside = (at + step - 1) % 4 + 1;
        for kind in KINDS {
            let planted = plant(kind, at, beside);
            let mut files = vec![("appendix.yaml".to_owned(), WORDS.clone())];
            if kind == "term" {
                let text = format!("section: \"5.{at}\"\nheading: Heading\nbody: The Old Term is the Old Term.\n");
                files.push((format!("1.0/sections/5.{at}.yaml"), text));
            }
            for (id, (path, text)) in [("m1", &planted.one), ("m2", &planted.two)] {
                files.push((format!("{id}/{path}"), text.clone()));
            }
            let mut order = vec!["M1".to_owned(), "M2".to_owned()];
            if turned {
                order.reverse();
            }
            // Others that say nothing of what collides: rows of their own, at the end of the table.
            for other in (0..bystanders).filter(|_| kind != "deleted table" && kind != "omitted") {
                let id = format!("B{other}");
                files.push((format!("b{other}/version.yaml"), format!("id: {id}\nname: {id}\nbase: \"1.0\"\n")));
                files.push((format!("b{other}/tables/5.9.yaml"), table(&format!("insert:\n{}", row(&id, "Own"))).1));
                order.insert(if first { 0 } else { order.len() }, id);
            }
            let mut head = "id: \"2.0\"\nname: Two\nbase: \"1.0\"\nincludes: [".to_owned();
            let _ = writeln!(head, "{}]", order.join(", "));
            files.push(("2.0/version.yaml".to_owned(), head));
            let given: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let project = with(&given);
            prop_assert!(project.version("M1").is_some() && project.version("M2").is_some(), "{kind}: {:#?}", project.faults);
            prop_assert!(project.version("2.0").is_none(), "{kind}: in silence, of {:#?}", project.stated("2.0"));
            let told: Vec<String> = project.faults.iter().map(ToString::to_string).collect();
            prop_assert!(told.iter().all(|told| told.contains("error[conflict]")), "{kind}: {told:#?}");
            let places = [
                format!("content/m1/{}:{}:", planted.one.0, planted.lines.0),
                format!("content/m2/{}:{}:", planted.two.0, planted.lines.1),
            ];
            let is_named = |told: &String| told.contains(&planted.about) && places.iter().all(|place| told.contains(place));
            prop_assert!(told.iter().any(is_named), "{kind}: {} {places:?} in {told:#?}", planted.about);
            // Taken out of the release, either of the two is as if it had never been there.
            for (left, id) in [("M1, ", "M2"), ("M2, ", "M1")] {
                let without = files.iter().map(|(path, text)| match path.as_str() {
                    "2.0/version.yaml" => {
                        let text = text.replace(left, "").replace(&format!(", {}]", &left[..2]), "]");
                        (path.clone(), text.replace(&format!("[{}]", &left[..2]), &format!("[{id}]")))
                    }
                    _ => (path.clone(), text.clone()),
                });
                let given: Vec<(String, String)> = without.collect();
                let given: Vec<(&str, &str)> = given.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
                let project = with(&given);
                prop_assert!(project.version("2.0").is_some(), "{kind} without {left}: {:#?}", project.faults);
            }
        }
    }
}
