//! What was in force on a day.

use super::{content, root};
use ctsd::diagnostic::Failure;
use ctsd::files::Root;
use ctsd::pipeline::{Desk, Format, Options};
use proptest::prelude::*;

/// A base in force from 2019-01-01, and a release of two modifications from 2019-06-01: M2 amends Section 5.2 at once
/// and Section 5.3 from 2020-01-01.
fn files() -> Vec<(String, String)> {
    content(&[
        ("1.0/version.yaml", "id: \"1.0\"\nname: One\nclassification: White\neffective: 2019-01-01\n"),
        ("m1/sections/a.yaml", "section: \"5.1\"\nheading: First\n"),
        ("m2/sections/a.yaml", "section: \"5.2\"\nheading: Second\n"),
        ("m2/sections/b.yaml", "section: \"5.3\"\nheading: Third\neffective: 2020-01-01\n"),
        ("m2/tables/a.yaml", "table: \"5.9\"\nremove: [\"2\"]\neffective: 2021-01-01\n"),
        ("2.0/version.yaml", "id: \"2.0\"\nname: Two\nbase: \"1.0\"\nincludes: [M1, M2]\neffective: 2019-06-01\n"),
    ])
}

fn desk() -> Desk {
    Desk::open_from(&root(&files())).unwrap()
}

/// The id of the version in force on a day, its name, the headings of Sections 5.1 to 5.3 and how many rows Table 5.9 has.
fn on(day: &str) -> String {
    let mut desk = desk();
    let id = desk.turn_to(day, None).unwrap().id;
    let version = desk.version(&id).unwrap();
    let headings: Vec<&str> = ["5.1", "5.2", "5.3"]
        .into_iter()
        .filter_map(|number| Some(version.section_numbered(number)?.heading.text.as_str()))
        .collect();
    let rows = version.matrices().map(|matrix| matrix.rows.len()).sum::<usize>();
    format!("{id}, {}: {}; {rows}", version.name, headings.join(", "))
}

fn refused(day: &str, root: &Root) -> String {
    match Desk::open_from(root).unwrap().turn_to(day, None) {
        Err(Failure::Refused(message)) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_part_that_begins_later_is_left_out_until_it_does() {
    assert_eq!(on("2019-05-31"), "1.0, One: Heading 5.1, Heading 5.2, Heading 5.3; 4");
    assert_eq!(on("2019-06-01"), "2.0-as-of-2019-06-01, Two as in force on 2019-06-01: First, Second, Heading 5.3; 4");
    assert_eq!(on("2020-12-31"), "2.0-as-of-2020-12-31, Two as in force on 2020-12-31: First, Second, Third; 4");
    assert_eq!(on("2021-01-01"), "2.0, Two: First, Second, Third; 3");
}

#[test]
fn before_the_first_version_it_is_said_when_that_begins() {
    assert_eq!(
        refused("2018-12-31", &root(&files())),
        "nothing was in force on 2018-12-31: the first version that says when it begins is 1.0, on 2019-01-01"
    );
    let undated = content(&[
        ("m1/sections/a.yaml", "section: \"5.1\"\nheading: First\n"),
        ("2.0/version.yaml", "id: \"2.0\"\nname: Two\nbase: \"1.0\"\nincludes: [M1]\n"),
    ]);
    assert!(refused("2018-12-31", &root(&undated)).starts_with("nothing says what was in force on 2018-12-31: add"));
}

#[test]
fn a_later_version_that_does_not_say_when_it_begins_is_told() {
    let dated = "id: \"1.0\"\nname: One\nclassification: White\neffective: 2019-01-01\n";
    let files = content(&[
        ("1.0/version.yaml", dated),
        ("m1/sections/a.yaml", "section: \"5.1\"\nheading: First\n"),
        ("2.0/version.yaml", "id: \"2.0\"\nname: Two\nbase: \"1.0\"\nincludes: [M1]\n"),
    ]);
    let turned = Desk::open_from(&root(&files)).unwrap().turn_to("2020-01-01", None).unwrap();
    assert_eq!(turned.id, "1.0");
    let told: Vec<String> = turned.undated.iter().map(ToString::to_string).collect();
    let expected = "content/2.0/version.yaml:1:5: note[no-date]: Two doesn't say from when it is in force, so it isn't on 2020-01-01";
    assert!(told.len() == 1 && told[0].starts_with(expected), "{told:?}");
    assert!(desk().turn_to("2019-05-31", None).unwrap().undated.is_empty());
}

#[test]
fn a_day_that_there_is_not_is_told_at_its_place() {
    let mut files = files();
    for (path, text) in &mut files {
        if path == "m2/sections/b.yaml" {
            *text = text.replace("2020-01-01", "2019-02-30");
        }
    }
    let project = super::project(&files);
    let wrong: Vec<String> = project.faults.iter().map(ToString::to_string).collect();
    assert!(
        wrong.join("\n").contains("content/m2/sections/b.yaml:3:12: error[bad-date]: “2019-02-30” is no date"),
        "{wrong:#?}"
    );
}

#[test]
fn a_later_day_is_of_what_a_modification_does() {
    let files = [("1.0/sections/5.1.yaml", "section: \"5.1\"\nheading: A\neffective: 2020-01-01\n")];
    let project = super::with(&files);
    let wrong: Vec<String> = project.faults.iter().map(ToString::to_string).collect();
    assert!(wrong.join("\n").contains("5.1.yaml:3:12: error[operation-without-base]"), "{wrong:#?}");
}

#[test]
fn blame_knows_since_when_each_part_is_in_force() {
    let desk = desk();
    let blame = ctsd::compose::blame(&desk.project, desk.version("2.0").unwrap());
    let since = |id: &str| {
        let heading = &blame.sections.iter().find(|section| section.id == id).unwrap().heading;
        heading.iter().map(|words| blame.said[words.said].in_force.clone().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(since("5.2"), ["2019-06-01"]);
    assert_eq!(since("5.3"), ["2020-01-01"]);
    assert_eq!(since("5.4"), ["2019-01-01"]);
}

#[test]
fn a_template_can_print_the_record_of_what_amended_the_appendix() {
    let record = "{% for it in version.record %}\n{{ it.name }} since {{ it.date }}: \
                  {% for of in it.modifications %}{{ of.id }} {% endfor %}\n\n{% endfor %}";
    let mut files: Vec<(String, Vec<u8>)> =
        files().into_iter().map(|(path, text)| (format!("content/{path}"), text.into_bytes())).collect();
    let words = std::fs::read(crate::common::good().join("content/appendix.yaml")).unwrap();
    files.push(("content/appendix.yaml".to_owned(), words));
    files.push(("templates/cover.md".to_owned(), record.as_bytes().to_vec()));
    let desk = Desk::open_from(&Root::memory(files.into_iter().collect())).unwrap();
    let options = Options { formats: vec![Format::Markdown], ..Options::default() };
    let made = desk.build(desk.version("2.0").unwrap(), &options).unwrap();
    let text = String::from_utf8(made[0].bytes.clone()).unwrap();
    assert!(text.contains("One since 2019-01-01:\n\nTwo since 2019-06-01: M1 M2\n"), "{text}");
}

proptest! {
    #![proptest_config(crate::common::config(6))]

    #[test]
    fn on_any_day_a_chain_of_releases_is_the_one_that_is_stored(releases in super::blame::releases(8), at in 0usize..9) {
        let (files, _) = super::blame::chain(&releases);
        let at = at.min(releases.len());
        let mut desk = Desk::open_from(&root(&files)).unwrap();
        let day = if at == 0 { "2000-01-01".to_owned() } else { format!("2{at:03}-07-01") };
        let stored = desk.version(&format!("R{at}")).unwrap().clone();
        let options = Options { formats: vec![Format::Markdown], ..Options::default() };
        let (id, last) = (desk.turn_to(&day, None).unwrap().id, format!("R{}", releases.len()));
        prop_assert_eq!(&id, &stored.id.value);
        prop_assert_eq!(&desk.turn_to(&day, Some(&last)).unwrap().id, &id);
        let bytes = |version| desk.build(version, &options).unwrap().remove(0).bytes;
        prop_assert_eq!(bytes(desk.version(&id).unwrap()), bytes(&stored));
    }
}

#[test]
fn each_amendment_of_a_release_names_whose_it_is() {
    let desk = desk();
    let (base, target) = (desk.version("1.0").unwrap(), desk.version("2.0").unwrap());
    let by = |amendments: Vec<ctsd::redline::Instructed>| -> Vec<String> {
        let told =
            |it: &ctsd::redline::Instructed| format!("{}: {}", it.amendment.site.number, it.amendment.by.join(", "));
        amendments.iter().map(told).collect()
    };
    let of_release = by(desk.compare(base, target).unwrap().changes.amendments);
    assert!(of_release.iter().any(|it| it.starts_with("5.1: M1")), "{of_release:#?}");
    assert!(of_release.iter().any(|it| it.ends_with("5.2: M2")), "{of_release:#?}");
    let one = desk.version("M1").unwrap();
    let of_one = desk.compare(base, one).unwrap().changes.amendments;
    assert!(of_one.iter().all(|it| it.amendment.by.is_empty()), "one by itself needs no name");
    let options = Options { formats: vec![Format::Markdown, Format::Json], ..Options::default() };
    let files = desk.redline(base, target, &options).unwrap();
    let text = |at: usize| String::from_utf8_lossy(&files[at].bytes).into_owned();
    assert!(text(0).contains("follows: (M1)"), "{}", text(0));
    assert!(text(1).contains("\"by\": [\n        \"M2\"\n      ]"), "{}", text(1));
}
