//! A section that moves, as Word has it: moved where it leaves and where it comes to stand, and inserted what is new in it.

use crate::common::docx::{Node, body, text};
use ctsd::files::Root;
use ctsd::pipeline::{Desk, Format, Options};
use std::collections::BTreeMap;

fn redline() -> Node {
    let section = |number: &str| {
        format!(
            "section: \"{number}\"\nheading: Heading {number}\nbody: |\n  The DCC shall tell the Panel of it within ten days.\n"
        )
    };
    let moved = "section: \"1.1\"\nmove: { after: \"1.3\" }\nbody: |
  The DCC shall tell the Panel of it within twenty days.

  The Panel shall answer.
";
    let mut files = BTreeMap::from([
        ("appendix.yaml".to_owned(), include_str!("../../../content/appendix.yaml").to_owned()),
        ("1.0/version.yaml".to_owned(), "id: \"1.0\"\nname: One\nclassification: White\n".to_owned()),
        ("mp1/version.yaml".to_owned(), "id: MP1\nname: MP1\nbase: \"1.0\"\n".to_owned()),
        ("mp1/sections/1.1.yaml".to_owned(), moved.to_owned()),
    ]);
    files.extend(
        ["1", "1.1", "1.2", "1.3", "1.4"].map(|number| (format!("1.0/sections/{number}.yaml"), section(number))),
    );
    let files = files.into_iter().map(|(path, text)| (format!("content/{path}"), text.into_bytes()));
    let desk = Desk::open_from(&Root::memory(files.collect())).unwrap();
    let options = Options { formats: vec![Format::Docx], ..Options::default() };
    let (base, target) = (desk.version("1.0").unwrap(), desk.version("MP1").unwrap());
    body(&desk.full_redline(base, target, &options).unwrap()[0].bytes)
}

/// The text of the runs in revisions of this name, one after the other.
fn within(body: &Node, name: &str) -> Vec<String> {
    body.named(name).into_iter().map(text).filter(|text| !text.is_empty()).collect()
}

#[test]
fn what_only_moved_is_moved_and_what_is_new_in_it_is_inserted() {
    let body = redline();
    let from = within(&body, "w:moveFrom").concat();
    assert_eq!(from, "1.1\tHeading 1.1The DCC shall tell the Panel of it within ten days.");
    let to = within(&body, "w:moveTo").concat();
    assert_eq!(to, "1.1\tHeading 1.1The DCC shall tell the Panel of it within  days.");
    let new = within(&body, "w:ins");
    assert!(new.contains(&"twenty".to_owned()) && new.contains(&"The Panel shall answer.".to_owned()), "{new:?}");
    assert!(body.named("w:shd").iter().all(|shade| shade.attributes["w:fill"] != "FFF2CC"), "nothing stays shaded");
}

#[test]
fn a_move_has_two_ends_of_one_name_around_whole_paragraphs() {
    let body = redline();
    let mut open: Vec<(&str, &str)> = Vec::new();
    let mut names = Vec::new();
    let mut moved_marks = Vec::new();
    for node in body.all() {
        let id = node.attributes.get("w:id").map_or("", String::as_str);
        match node.name.as_str() {
            "w:moveFromRangeStart" => {
                names.push((node.attributes["w:name"].as_str(), "from"));
                open.push(("w:moveFrom", id));
            }
            "w:moveToRangeStart" => {
                names.push((node.attributes["w:name"].as_str(), "to"));
                open.push(("w:moveTo", id));
            }
            "w:moveFromRangeEnd" => assert_eq!(open.pop(), Some(("w:moveFrom", id))),
            "w:moveToRangeEnd" => assert_eq!(open.pop(), Some(("w:moveTo", id))),
            kind @ ("w:moveFrom" | "w:moveTo") if node.children.is_empty() => moved_marks.push(kind),
            kind @ ("w:moveFrom" | "w:moveTo") => {
                assert!(open.last().is_some_and(|(own, _)| *own == kind), "{kind} outside: {}", text(node));
            }
            _ => {}
        }
    }
    assert_eq!(moved_marks, ["w:moveFrom", "w:moveFrom", "w:moveTo", "w:moveTo"]);
    assert!(open.is_empty());
    assert_eq!(names, [("move1", "from"), ("move1", "to")]);
}
