//! What a reader sees of a mark, in Word and in the PDF.

use super::redline;
use crate::common::docx::{Node, Resolve, body, part, resolve, seen};
use crate::common::pdf::Read;
use crate::common::sheet;
use ctsd::document::{Document, Meta, Revised, markdown};
use ctsd::writer::{docx, pdf};

fn read(text: &str) -> Document {
    markdown::read(text).expect("it reads")
}

fn word(document: &Document) -> Node {
    body(&docx::write(document, &sheet(), &docx::Options::default()).expect("it can be written"))
}

fn page(document: &Document) -> (String, String) {
    let read = Read::new(&pdf::write(document, &sheet()).expect("it can be written"));
    read.text(read.pages()[0])
}

#[test]
fn a_gap_that_is_no_text_parts_what_is_struck_from_what_takes_its_place() {
    let (old, new) = (read("The cap is 10, or 1.5% of it."), read("The cap is 9, or 1.75% of it."));
    let marked = redline(&old, &new);
    let body = word(&marked);
    let spaced: Vec<String> = body
        .named("w:r")
        .iter()
        .filter(|run| run.value(&["w:rPr", "w:spacing"]).is_some())
        .map(|run| crate::common::docx::text(run))
        .collect();
    assert_eq!(spaced, ["0", "5"]);
    for (how, clean) in [(Resolve::Accept, &new), (Resolve::Reject, &old)] {
        assert_eq!(seen(&resolve(&body, how)), seen(&word(clean)));
    }
    let (text, artifacts) = page(&marked);
    assert_eq!(text, "The cap is 109, or 1.51.75% of it.", "the tags hold the text alone");
    assert!(artifacts.starts_with("  "), "{artifacts}");
}

#[test]
fn a_value_that_gives_way_to_another_stands_over_it_where_a_line_is_too_short_for_both() {
    let table = |value: &str| read(&format!("| Key | Value |\n|---|---|\n| a | {value} |"));
    let pieces = |old: &str, new: &str| {
        let document = redline(&table(old), &table(new));
        let read = Read::new(&pdf::write(&document, &sheet()).expect("it can be written"));
        // From the head down, without the head of the table.
        read.pieces(read.pages()[0]).into_values().rev().skip(1).collect::<Vec<_>>()
    };
    // The key, what is struck, a gap and what is inserted.
    assert_eq!(pieces("N/A", "Mandatory"), [4]);
    let long = "Mandatory for every Supplier of electricity or gas in Great Britain and in each of its distribution \
                areas from the day on which this takes effect";
    assert_eq!(pieces("N/A", long), [3, 1, 1]);
}

#[test]
fn a_mark_of_punctuation_that_goes_is_bold_and_stands_on_a_tint() {
    let tinted = |old: &str, new: &str| {
        let document = redline(&read(old), &read(new));
        let deleted = sheet().colours.deleted.tint();
        let read = Read::new(&pdf::write(&document, &sheet()).expect("it can be written"));
        read.fills(read.pages()[0], [deleted.red, deleted.green, deleted.blue])
    };
    assert_eq!(tinted("SVTAD for SMETS1.", "SVTAD for SMETS1"), 1);
    assert_eq!(tinted("SVTAD for all of SMETS1.", "SVTAD for SMETS1."), 0);
}

#[test]
fn a_heading_has_its_tab_in_each_text() {
    let cases = [
        ("# 1.2 Register {#section-a}", "# 1.2 The Register {#section-a}"),
        ("# 1.2 Register {#section-a}", "# 1.5 Register {#section-a}"),
        ("# 1.2 Register {#section-a}", "# 1.5 Duties of the Panel {#section-a}"),
        ("# 1 One {#section-1}\n\n# 2 Two {#section-2}", "# 1 One {#section-1}"),
        ("# 1 One {#section-1}\n\n# 2 Two {#section-2}", "# 2 Two {#section-2}"),
        ("# 1 One {#section-1}\n\nText.\n\n# 2 Two {#section-2}", "# 1 One {#section-1}\n\nText."),
        ("12 Words", "# 12 Words"),
    ];
    for (old, new) in cases.into_iter().flat_map(|(old, new)| [(old, new), (new, old)]) {
        let (old, new) = (read(old), read(new));
        let body = word(&redline(&old, &new));
        for (how, clean) in [(Resolve::Accept, &new), (Resolve::Reject, &old)] {
            assert_eq!(seen(&resolve(&body, how)), seen(&word(clean)), "{how:?}");
        }
    }
}

#[test]
fn a_value_that_recedes_does_so_in_the_text_that_has_it() {
    let table = |value: &str| read(&format!("| Key | Value |\n|---|---|\n| a | {value} |"));
    for (old, new) in [("N/A", "Mandatory"), ("Mandatory", "N/A"), ("N/A", "N/A, save on Sundays"), ("N/A", "N/A")] {
        let (old, new) = (table(old), table(new));
        let body = word(&redline(&old, &new));
        for (how, clean) in [(Resolve::Accept, &new), (Resolve::Reject, &old)] {
            assert_eq!(seen(&resolve(&body, how)), seen(&word(clean)), "{how:?}");
        }
    }
}

/// The widths of the columns that a table says it has.
fn grid(grid: &Node) -> Vec<&String> {
    grid.children.iter().filter(|column| column.name == "w:gridCol").map(|column| &column.attributes["w:w"]).collect()
}

#[test]
fn a_table_whose_columns_change_or_that_gives_way_to_another_is_one_table_with_the_grid_of_each_text() {
    let two = "| Ref | Service |\n|---|---|\n| 6.2 | Read |\n| 6.5 | Update |";
    let three = "| Ref | Service | Time limit |\n|---|---|---|\n| 6.2 | Read | ten |\n| 6.5 | Update | five |";
    let other = "| Party | Address | Telephone | Fax |\n|---|---|---|---|\n| A | B | C | D |";
    for (old, new) in [(two, three), (three, two), (two, other), (other, three)] {
        let (old, new) = (read(&format!("Before.\n\n{old}")), read(&format!("Before.\n\n{new}")));
        let body = word(&redline(&old, &new));
        let tables = body.named("w:tbl");
        assert_eq!(tables.len(), 1);
        let own = tables[0].child("w:tblGrid").expect("a grid");
        let former = own.child("w:tblGridChange").and_then(|change| change.child("w:tblGrid")).expect("a former grid");
        for (grid_of, clean) in [(own, &new), (former, &old)] {
            assert_eq!(grid(grid_of), grid(word(clean).named("w:tblGrid")[0]));
        }
        assert!(body.named("w:gridSpan").is_empty());
        let gaps = |body: &Node| {
            body.named("w:p").iter().filter(|own| own.value(&["w:pPr", "w:pStyle"]) == Some("TableGap")).count()
        };
        for (how, clean) in [(Resolve::Accept, &new), (Resolve::Reject, &old)] {
            let resolved = resolve(&body, how);
            assert_eq!((seen(&resolved), gaps(&resolved)), (seen(&word(clean)), gaps(&word(clean))));
        }
    }
}

#[test]
fn the_last_line_of_the_contents_and_the_last_mark_of_the_body_stand_in_both_texts() {
    let contents = "<!-- ctsd:contents -->\n\n# 1 One {#section-1}\n\n<!-- ctsd:note -->\nA note.";
    let table = "| a | b |\n|---|---|\n| c | d |";
    for more in ["# 2 Two {#section-2}", table, "# 2 Two {#section-2}\n\nText.\n\n# 3 Three {#section-3}"] {
        let (short, long) = (read(contents), read(&format!("{contents}\n\n{more}")));
        for (old, new) in [(&short, &long), (&long, &short)] {
            let body = word(&redline(old, new));
            let paragraphs: Vec<&Node> = body.children.iter().filter(|own| own.name == "w:p").collect();
            let is_kept = |own: &&&Node| {
                let mark = own.child("w:pPr").and_then(|own| own.child("w:rPr"));
                mark.is_none_or(|mark| mark.child("w:ins").is_none() && mark.child("w:del").is_none())
            };
            let line = |own: &&&Node| own.value(&["w:pPr", "w:pStyle"]).is_some_and(|style| style.starts_with("TOC"));
            assert!(paragraphs.iter().rev().find(line).is_some_and(|last| is_kept(&last)));
            assert!(paragraphs.last().is_some_and(|last| is_kept(&last)));
            for (how, clean) in [(Resolve::Accept, new), (Resolve::Reject, old)] {
                assert_eq!(seen(&resolve(&body, how)), seen(&word(clean)));
            }
        }
    }
}

#[test]
fn what_goes_before_a_table_leaves_no_bullet() {
    let kept = "# 2 Two {#section-2}\n\nText.";
    let gone = "# 1 One {#section-1}\n\n- item\n\n| a | b |\n|---|---|\n| c | d |";
    let body = word(&redline(&read(&format!("{gone}\n\n{kept}")), &read(kept)));
    let table = body.children.iter().position(|own| own.name == "w:tbl").expect("a table");
    let above = &body.children[table - 1];
    assert_eq!(above.value(&["w:pPr", "w:pStyle"]), Some("TableGap"));
    let mark = above.child("w:pPr").and_then(|own| own.child("w:rPr")).expect("a mark");
    assert!(mark.child("w:ins").is_some() && mark.child("w:del").is_some(), "it stands in neither text");
}

#[test]
fn the_foot_of_a_page_is_that_of_each_text_where_the_redline_says_so() {
    let meta = |line: &str| Meta { footer: vec![format!("{line}    Page {{page}}")], ..Meta::default() };
    let running = Revised { now: meta("SEC Version 6.18 as amended by MP1"), was: Some(meta("SEC Version 6.18")) };
    let options = docx::Options { running: Some(running), ..docx::Options::default() };
    let file = docx::write(&read("Text."), &sheet(), &options).expect("it can be written");
    let foot = part(&file, "word/footer1.xml");
    let said = |how| crate::common::docx::text(&resolve(&foot, how));
    assert!(
        said(Resolve::Accept).starts_with("SEC Version 6.18 as amended by MP1    Page "),
        "{}",
        said(Resolve::Accept)
    );
    assert!(said(Resolve::Reject).starts_with("SEC Version 6.18    Page "), "{}", said(Resolve::Reject));
}

#[test]
fn a_list_stays_with_its_lead_in_and_no_item_stands_alone() {
    let body = word(&read("The Supplier shall:\n\n- pay;\n- read;\n- keep; and\n- give.\n\nText."));
    let kept: Vec<bool> = body
        .named("w:p")
        .iter()
        .map(|own| own.child("w:pPr").is_some_and(|own| own.child("w:keepNext").is_some()))
        .collect();
    assert_eq!(kept, [true, true, false, true, false, false]);
}
