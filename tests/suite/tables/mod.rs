//! Tables in a body: header rows, cells over several columns and rows, widths, a column that heads the rows.

use crate::common::docx::{Resolve, body, part, resolve};
use crate::common::pdf::Read;
use crate::common::{config, sheet};
use ctsd::document::{Block, Document, Mark, RowKind, Table, accept, markdown, reject, text_of};
use ctsd::reader::{self, View};
use ctsd::redline::{apply, compare};
use ctsd::writer::{docx, pdf};
use lopdf::Object;
use proptest::prelude::*;

const TYPED: &str = "<!-- ctsd:table header-rows=2 header-column widths=2,1,1 -->
| Test | Days | < |
|---|:-:|:-:|
| ^ | SMETS1 | SMETS2 |
| Device | 5 | 10 |
| User | 8 | < |
| Panel | ^ | < |
";

fn document(text: &str) -> Document {
    Document { blocks: markdown::read_body(text).unwrap(), ..Document::default() }
}

fn table(text: &str) -> Table {
    match document(text).blocks.remove(0) {
        Block::Table(table) => table,
        other => panic!("{other:?}"),
    }
}

fn word(document: &Document) -> Vec<u8> {
    docx::write(document, &sheet(), &docx::Options::default()).unwrap()
}

#[test]
fn a_drafter_says_which_cells_are_one() {
    let table = table(TYPED);
    let shape: Vec<Vec<(usize, bool, String)>> = table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| (cell.span, cell.above, text_of(&cell.runs))).collect())
        .collect();
    let cell = |span, above, text: &str| (span, above, text.to_owned());
    assert_eq!(
        shape,
        [
            vec![cell(1, false, "Test"), cell(2, false, "Days")],
            vec![cell(1, true, ""), cell(1, false, "SMETS1"), cell(1, false, "SMETS2")],
            vec![cell(1, false, "Device"), cell(1, false, "5"), cell(1, false, "10")],
            vec![cell(1, false, "User"), cell(2, false, "8")],
            vec![cell(1, false, "Panel"), cell(2, true, "")],
        ]
    );
    assert!(table.header_column);
    assert_eq!(table.rows.iter().filter(|row| row.kind == RowKind::Header).count(), 2);
    assert_eq!(table.columns.iter().map(|column| column.share).collect::<Vec<_>>(), [2, 1, 1]);
    let document = document(TYPED);
    assert_eq!(markdown::read_blocks(&markdown::write_blocks(&document.blocks)).unwrap(), document.blocks);
    assert_eq!(self::table("| a | \\< |\n|---|---|\n| \\^ | b |\n").rows[1].cells[0].runs[0].text, "^");
}

#[test]
fn what_is_wrong_with_a_table_is_told_at_its_place_and_at_once() {
    let told = |text: &str| -> Vec<String> {
        let faults = markdown::read_body(text).unwrap_err();
        faults.iter().map(|fault| format!("{}: {}", fault.at.start, fault.message)).collect()
    };
    let spec = "<!-- ctsd:table header-rows=x widths=1,0 wide -->\n| a |\n|---|\n| b |\n";
    assert_eq!(
        told(spec),
        [
            "0: “header-rows=x” doesn't say how many rows are header rows",
            "0: “widths=1,0” doesn't say how wide the columns are to each other",
            "0: nothing about a table is called “wide”",
        ]
    );
    let joined = "| a | b |\n|---|---|\n| ^ | c |\n| d | < |\n| ^ | ^ |\n| < | e |\n";
    let said = told(joined).join("\n");
    for expected in [
        "no cell stands at the left of “<”",
        "a header cell goes on into a row of data",
        "no cell above “^” covers the same columns",
    ] {
        assert!(said.contains(expected), "{said}");
    }
    let counts = told("<!-- ctsd:table header-rows=3 widths=1 -->\n| a | b |\n|---|---|\n| c | d |\n").join("\n");
    assert!(counts.contains("3 header rows leave none below them: the table has 2"), "{counts}");
    assert!(counts.contains("there are 1 widths, and the table has 2 columns"), "{counts}");
}

#[test]
fn word_joins_its_cells_natively_and_gives_them_back() {
    let document = document(TYPED);
    let file = word(&document);
    let xml = body(&file);
    let merges: Vec<Option<&String>> =
        xml.named("w:vMerge").into_iter().map(|merge| merge.attributes.get("w:val")).collect();
    assert_eq!(merges.len(), 4, "{merges:?}");
    assert_eq!(xml.named("w:gridSpan").len(), 3);
    assert_eq!(xml.named("w:tblHeader").len(), 2);
    let widths: Vec<u32> =
        xml.named("w:gridCol").iter().map(|column| column.attributes["w:w"].parse().unwrap()).collect();
    assert!(widths[0].abs_diff(widths[1] * 2) <= 2, "to a twip or two: {widths:?}");
    let (read, remarks) = reader::document(&reader::docx::read(&file).unwrap(), View::Proposed);
    assert_eq!(remarks, []);
    let Some(Block::Table(read)) = read.blocks.into_iter().find(|block| matches!(block, Block::Table(_))) else {
        panic!("no table")
    };
    let mut expected = table(TYPED);
    expected.columns.iter_mut().for_each(|column| column.share = 0);
    assert_eq!(read.rows, expected.rows);
    assert!(read.header_column);
    assert!(!part(&file, "word/styles.xml").children.is_empty());
}

#[test]
fn a_pdf_says_what_heads_what() {
    let file = Read::new(&pdf::write(&document(TYPED), &sheet()).unwrap());
    let attribute = |element: &lopdf::Dictionary, key: &[u8]| -> Option<String> {
        let attributes = element.get(b"A").ok()?;
        let attributes = match attributes {
            Object::Reference(id) => file.file.get_dictionary(*id).ok()?,
            other => other.as_dict().ok()?,
        };
        attributes.get(key).ok().map(|value| match value {
            Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
            other => other.as_i64().unwrap().to_string(),
        })
    };
    let cells: Vec<String> = file
        .elements()
        .into_iter()
        .filter_map(|(_, element)| {
            let tag = String::from_utf8_lossy(element.get(b"S").and_then(Object::as_name).unwrap()).into_owned();
            let said = |key| attribute(element, key).unwrap_or_else(|| "-".to_owned());
            matches!(&*tag, "TH" | "TD")
                .then(|| format!("{tag} {} {} {}", said(b"Scope"), said(b"ColSpan"), said(b"RowSpan")))
        })
        .collect();
    assert_eq!(
        cells,
        [
            "TH Column - 2",
            "TH Column 2 -",
            "TH Column - -",
            "TH Column - -",
            "TH Row - -",
            "TD - - -",
            "TD - - -",
            "TH Row - -",
            "TD - 2 2",
            "TH Row - -",
        ]
    );
}

fn holds(old: &str, new: &str) -> Document {
    let (old, new) = (document(old), document(new));
    let redline = compare(&old, &new, "old", "new");
    assert_eq!(accept(&redline.document), new);
    assert_eq!(reject(&redline.document), old);
    let text = markdown::write(&redline.document);
    assert_eq!(markdown::read(&text).as_ref(), Ok(&redline.document), "{text}");
    assert_eq!(apply(&old, &redline.changes), Ok(new.clone()));
    let file = word(&redline.document);
    for (how, clean) in [(Resolve::Accept, &new), (Resolve::Reject, &old)] {
        let seen = |node: &crate::common::docx::Node| format!("{:?}", crate::common::docx::seen(node));
        assert_eq!(seen(&resolve(&body(&file), how)), seen(&body(&word(clean))));
    }
    pdf::write(&redline.document, &sheet()).unwrap();
    redline.document
}

#[test]
fn cells_are_marked_where_they_are_joined_alike_and_else_the_rows_that_they_join_are_replaced() {
    let marked = holds(TYPED, &TYPED.replace("| 8 |", "| 9 |"));
    assert_eq!(marked.blocks.len(), 1);
    assert!(markdown::write(&marked).contains("<del>8</del><ins>9</ins>"));
    let rows = |document: &Document| -> Vec<Mark> {
        let [Block::Table(table)] = &document.blocks[..] else { panic!("{document:?}") };
        table.rows.iter().map(|row| row.mark).collect()
    };
    use Mark::{Deleted, Inserted, Kept};
    let replaced = holds(TYPED, &TYPED.replace("| Panel | ^ | < |", "| Panel | 9 | 9 |"));
    assert_eq!(rows(&replaced), [Kept, Kept, Kept, Deleted, Deleted, Inserted, Inserted]);
    let gone = holds(TYPED, &TYPED.replace("| Device | 5 | 10 |\n", ""));
    assert_eq!(rows(&gone), [Kept, Kept, Deleted, Kept, Kept]);
    let come = holds(TYPED, &TYPED.replace("| Device | 5 | 10 |\n", "| Device | 5 | 10 |\n| Party | 1 | 2 |\n"));
    assert_eq!(rows(&come), [Kept, Kept, Kept, Inserted, Kept, Kept]);
    assert_eq!(holds(TYPED, &TYPED.replace("header-column ", "")).blocks.len(), 2);
}

/// A table of a drafter's, with cells joined at random.
fn typed() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["5", "8", "ten Working Days", "Party", ""]);
    let row = proptest::collection::vec((word, 0..4u8), 3);
    proptest::collection::vec(row, 1..6).prop_map(|rows| {
        let mut text = "<!-- ctsd:table header-column -->\n| Test | Days | More |\n|---|---|---|\n".to_owned();
        let mut above: Vec<usize> = Vec::new();
        for (at, cells) in rows.iter().enumerate() {
            let mut own: Vec<usize> = Vec::new();
            let mut line = String::from("|");
            // A row joins its last two cells, or the first with that above.
            let joins = cells[2].1 == 0;
            for (column, (word, sign)) in cells.iter().enumerate() {
                let same = at > 0 && (column == 0 || above.contains(&2) == joins);
                let said = match column {
                    2 if joins => "<",
                    _ if same && *sign == 1 => "^",
                    _ => word,
                };
                line.push_str(&format!(" {said} |"));
                if column == 2 && joins {
                    own.push(2);
                }
            }
            above = own;
            text.push_str(&line);
            text.push('\n');
        }
        text
    })
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn any_two_tables_are_held_by_their_redline(old in typed(), new in typed()) {
        holds(&old, &new);
        holds(&old, &old.replacen("ten Working Days", "five Working Days", 1));
    }
}
