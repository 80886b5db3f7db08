//! What copies make of a modification where something is rejected on which something else depends.

use super::told::project;
use super::{Files, applied, desk, reviewer, sent, with};
use crate::common::docx;
use crate::common::reviewer::Deed;
use ctsd::pipeline::applying::Only;

/// The files of a project, with these of its modification.
fn project_of(own: &[(&str, &str)]) -> Files {
    let mut files: Files = project().into_iter().filter(|(path, _)| !path.contains("/m1/")).collect();
    files.insert("content/m1/version.yaml".to_owned(), "id: M1\nname: M1\nbase: \"1.0\"\n".to_owned());
    files.extend(own.iter().map(|(path, text)| (format!("content/{path}"), (*text).to_owned())));
    files
}

#[test]
fn of_a_move_one_half_decides_nothing() {
    let files = project_of(&[
        (
            "1.0/tables/3.yaml",
            "table: \"3\"\nrole: ED\nrows:\n  - { reference: \"1\", variant: \"1.1\", name: Read, critical: false }\n  - { \
             reference: \"1\", variant: \"1.2\", name: Write, critical: false }\n",
        ),
        ("m1/tables/3.yaml", "table: \"3\"\nmove:\n  - { row: \"1.1\", after: \"1.2\" }\n"),
    ]);
    let desk = desk(&files);
    for full in [true, false] {
        let redline = sent(&desk, "M1", full);
        // Of several rows one is rejected, be it of those that are marked or not.
        let halved = (0..8).find_map(|at| {
            let deeds: Vec<Deed> = (0..8).map(|it| if it == at { Deed::Reject } else { Deed::Accept }).collect();
            let copy = reviewer::copy(&redline, "Anna", &deeds, false);
            let made = applied(&desk, &[&copy], &Only::All).unwrap();
            let told = made.remarks.into_iter().find(|it| it.what.contains("twice"));
            told.map(|told| (copy, told.what, made.revised))
        });
        let (copy, told, revised) = halved.unwrap();
        assert_eq!(
            told,
            "row 1.1 is in Table 3 of the copy twice, at the beginning where it was and after row 1.2 where it is moved to: it is \
             left as it was sent"
        );
        assert!(revised.written.is_empty() && revised.removed.is_empty(), "{revised:#?}");
        let main = docx::main_part(&copy);
        let at = main.find(">Read<").unwrap();
        let other = format!("{}>Reads<{}", &main[..at], &main[at + ">Read<".len()..]);
        let other = reviewer::with_part(&copy, "word/document.xml", &other);
        let why = applied(&desk, &[&other], &Only::All).unwrap_err();
        assert!(why.contains("after row 1.2 where it is moved to, and each says something else: accept both"), "{why}");
        let copy = reviewer::copy(&redline, "Anna", &[Deed::Reject], false);
        let revised = applied(&desk, &[&copy], &Only::All).unwrap().revised;
        assert_eq!(revised.removed, ["content/m1/tables/3.yaml"]);
    }
}

#[test]
fn a_number_that_is_rejected_is_that_which_stood_there() {
    let files = project_of(&[
        ("1.0/sections/2.1.yaml", "section: \"2.1\"\nheading: Days\nbody: |\n  A day is a day.\n"),
        ("m1/sections/1.yaml", "section: \"1\"\ndelete: true\nclose_up: true\n"),
        ("m1/sections/2.1.yaml", "section: \"2.1\"\nrenumber: \"5.1\"\n"),
    ]);
    let desk = desk(&files);
    let redline = sent(&desk, "M1", false);
    // What goes stays gone, and of both new numbers that of Section 2.1 is rejected.
    let main = docx::main_part(&redline);
    let after = main.rfind("Days</w:t>").unwrap();
    let (start, end) = (main[..after].rfind("<w:p>").unwrap(), after + main[after..].find("</w:p>").unwrap());
    let heading = &main[start..end];
    let cut = |xml: &str, from: &str, to: &str| {
        let (at, end) = (xml.find(from).unwrap(), xml.find(to).unwrap() + to.len());
        (xml[..at].to_owned(), xml[at..end].to_owned(), xml[end..].to_owned())
    };
    let (before, _, behind) = cut(heading, "<w:ins ", "</w:ins>");
    let (before, struck, behind) = cut(&format!("{before}{behind}"), "<w:del ", "</w:del>");
    let run = &struck[struck.find("<w:r>").unwrap()..struck.find("</w:del>").unwrap()];
    let heading = format!("{before}{}{behind}", run.replace("w:delText", "w:t"));
    let xml = format!("{}{heading}{}", &main[..start], &main[end..]);
    let copy = reviewer::with_part(&redline, "word/document.xml", &xml);
    let revised = applied(&desk, &[&copy], &Only::All).unwrap().revised;
    let made = super::desk(&with(&files, &revised));
    let made = made.version("M1").unwrap();
    assert_eq!(made.section("2.1").unwrap().number.value, "2.1", "{revised:#?}");
    assert_eq!(made.section("2").unwrap().number.value, "1");
}

#[test]
fn a_deletion_that_is_rejected_takes_back_the_numbers_that_closed_up() {
    let files = project_of(&[
        ("1.0/sections/3.yaml", "section: \"3\"\nheading: Cost\nbody: |\n  Each Party pays its own.\n"),
        ("m1/sections/1.yaml", "section: \"1\"\ndelete: true\nclose_up: true\n"),
        ("m1/sections/3.yaml", "section: \"3\"\nbody: |\n  The Panel pays.\n"),
    ]);
    let desk = desk(&files);
    // It says in one instruction that Sections 2 and 3 are numbered anew, and shows the second.
    let redline = sent(&desk, "M1", false);
    let deeds = |deed: Deed| reviewer::copy(&redline, "Anna", &[deed], false);
    let made = applied(&desk, &[&deeds(Deed::Reject)], &Only::All).unwrap();
    assert!(made.conflicts.is_empty(), "{:#?}", made.conflicts);
    assert_eq!(made.revised.removed, ["content/m1/sections/1.yaml", "content/m1/sections/3.yaml"]);
    assert!(made.revised.written.is_empty(), "{:#?}", made.revised);
    let both = applied(&desk, &[&deeds(Deed::Leave), &deeds(Deed::Reject)], &Only::All).unwrap();
    assert_eq!(both.revised.removed, made.revised.removed);
}

/// XML in which whatever is marked is text.
fn as_text(xml: &str) -> String {
    let is_mark = |name: &str| ["w:ins", "w:del", "w:moveFrom", "w:moveTo"].contains(&name);
    let plain = xml.split('<').map(|tag| {
        let name = tag.trim_start_matches('/').split([' ', '/', '>']).next().unwrap();
        match tag.split_once('>').filter(|_| is_mark(name)) {
            Some((_, words)) => words.to_owned(),
            None => format!("<{}", tag.replace("w:delText", "w:t")),
        }
    });
    plain.collect::<String>()[1..].to_owned()
}

#[test]
fn a_table_without_its_caption_is_no_version() {
    let rows = "role: ED\nrows:\n  - { reference: \"1\", variant: \"1.1\", name: Read, critical: false }\n";
    let inserted = format!("insert_table: \"4\"\nid: new\n{rows}");
    for (number, own) in [("4", inserted.as_str()), ("3", "table: \"3\"\ndelete: true\n")] {
        let files = project_of(&[("m1/tables/own.yaml", own)]);
        let desk = desk(&files);
        let redline = sent(&desk, "M1", true);
        let main = docx::main_part(&redline);
        let words = main.rfind(&format!(">Table {number} –")).unwrap();
        let caption = main[..words].rfind("<w:p>").unwrap()..words + main[words..].find("</w:p>").unwrap() + 6;
        let table = caption.end..caption.end + main[caption.end..].find("</w:tbl>").unwrap() + 8;
        // The end of what stands before it goes with it.
        let (before, behind) = main[..table.end].split_at(main[..caption.start].rfind("<w:p>").unwrap());
        let before = format!("{before}{}", as_text(&behind[..caption.start - before.len()]));
        let behind = &main[table.end..];
        let (caption, table) = (as_text(&main[caption]), as_text(&main[table]));
        for (half, has) in [(caption, "has its caption there, and no rows"), (table, "is there without its caption")] {
            let copy = reviewer::with_part(&redline, "word/document.xml", &format!("{before}{half}{behind}"));
            let why = applied(&desk, &[&copy], &Only::All).unwrap_err();
            assert!(why.contains(&format!("as the copy stands Table {number} {has}: accept in it")), "{why}");
        }
    }
}

/// A section that comes to stand behind another: who keeps what is struck and what is new has it twice.
#[test]
fn of_a_section_that_moves_both_halves_make_two() {
    let files = project_of(&[("m1/sections/1.yaml", "section: \"1\"\nrenumber: \"2.1\"\nmove: { after: \"2\" }\n")]);
    let desk = desk(&files);
    let redline = sent(&desk, "M1", true);
    let main = docx::main_part(&redline);
    let (cover, text) = main.split_at(main.find("Heading1").unwrap());
    let copy = reviewer::with_part(&redline, "word/document.xml", &format!("{cover}{}", as_text(text)));
    let made = applied(&desk, &[&copy], &Only::All).unwrap();
    assert!(
        made.remarks.iter().any(|it| it.what.starts_with("Section 1 is in the copy twice: where it was, and as 2.1")),
        "{made:#?}"
    );
    let made = super::desk(&with(&files, &made.revised));
    let made = made.version("M1").unwrap();
    let [stays, new] = ["1", "2.1"].map(|number| made.section_numbered(number).unwrap());
    assert_eq!((stays.id.as_str(), new.id.as_str()), ("1", "2.1"));
    assert_eq!((&stays.heading.text, &stays.body.text), (&new.heading.text, &new.body.text));
}

/// Of a number that is replaced somebody can keep what is struck and what is new, or lose both.
#[test]
fn a_heading_with_both_numbers_or_none_has_the_one_that_was_sent() {
    let files = project_of(&[("m1/sections/2.yaml", "section: \"2\"\nrenumber: \"3\"\n")]);
    let desk = desk(&files);
    let redline = sent(&desk, "M1", true);
    let main = docx::main_part(&redline);
    let at = main.rfind("Time</w:t>").unwrap();
    let start = main[..at].rfind("<w:p>").unwrap();
    let heading = &main[start..at];
    let [struck, new] = ["w:del", "w:ins"].map(|mark| {
        let (from, end) = (heading.find(&format!("<{mark} ")).unwrap(), format!("</{mark}>"));
        heading[from..heading.find(&end).unwrap() + end.len()].to_owned()
    });
    let run = |marked: &str| {
        let (start, end) = (marked.find('>').unwrap() + 1, marked.rfind("</").unwrap());
        marked[start..end].replace("w:delText", "w:t")
    };
    let texts = [[run(&struck), run(&new)], [String::new(), String::new()]];
    for ([old, number], has) in texts.into_iter().zip(["both the old number", "neither the old number"]) {
        let other = heading.replace(&struck, &old).replace(&new, &number);
        let xml = format!("{}{other}{}", &main[..start], &main[at..]);
        let made = applied(&desk, &[&reviewer::with_part(&redline, "word/document.xml", &xml)], &Only::All).unwrap();
        assert!(made.remarks.iter().any(|it| it.what.starts_with("the heading of Section 3 has ")), "{made:#?}");
        assert!(made.remarks.iter().any(|it| it.what.contains(has)), "{made:#?}");
        assert!(made.revised.written.is_empty() && made.revised.removed.is_empty(), "{made:#?}");
    }
}
