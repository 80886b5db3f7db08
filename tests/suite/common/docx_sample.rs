//! A redline with every kind of change that a reviewer meets, as one reads it: `{+inserted+}` and `{-deleted-}` words.

use ctsd::document::*;

pub fn document() -> Document {
    let mut blocks = front();
    blocks.extend(sections());
    blocks.extend(matrices());
    blocks.extend(endings());
    let meta = Meta {
        title: "MP089 ‘Changes to Appendix R’".to_owned(),
        subject: "Legal text – version 0.1".to_owned(),
        language: "en-GB".to_owned(),
        classification: "White".to_owned(),
        header: "Smart Energy Code – Appendix R".to_owned(),
        footer: vec![
            "MP089 legal text Page {page} of {pages}".to_owned(),
            "This document has a Classification of White".to_owned(),
        ],
    };
    let former = Meta { header: "Appendix R".to_owned(), ..meta.clone() };
    Document { meta: Revised::from_pair(former, meta), blocks, ..Document::default() }
}

/// Remarks on a paragraph, a row and a table.
pub fn comments(document: &Document) -> Vec<Comment> {
    let comment =
        |block: usize, row, text: &str| Comment { block, row, text: text.to_owned(), by: None, answers: None };
    let table = document.blocks.iter().position(|block| matches!(block, Block::Table(_))).unwrap_or_default();
    vec![
        comment(10, None, "Amend Section 1 as follows:\nMP089"),
        comment(table, Some(4), "Published as 19; computed as 18."),
        comment(table, None, "An extract."),
    ]
}

/// The runs that a line of marked text stands for; `**` switches emphasis on and off.
pub fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let next = rest.find("{+").into_iter().chain(rest.find("{-")).min().unwrap_or(rest.len());
        let (kept, tail) = rest.split_at(next);
        runs.push(run(kept, Mark::Kept));
        let end = tail.find("+}").into_iter().chain(tail.find("-}")).min().unwrap_or(tail.len());
        let (marked, after) = tail.split_at(end);
        let mark = if marked.starts_with("{+") { Mark::Inserted } else { Mark::Deleted };
        runs.push(run(marked.get(2..).unwrap_or_default(), mark));
        rest = after.get(2..).unwrap_or_default();
    }
    join_runs(runs)
}

fn run(text: &str, mark: Mark) -> Run {
    Run { mark, ..Run::plain(text) }
}

fn p(kind: Kind, text: &str) -> Block {
    Block::Paragraph(Paragraph::new(kind, runs(text)))
}

/// A paragraph with a mark of its own.
fn marked(mark: Mark, block: Block) -> Block {
    match block {
        Block::Paragraph(paragraph) => Block::Paragraph(Paragraph { mark, ..paragraph }),
        other => other,
    }
}

/// A paragraph that stands in one of the texts only.
fn whole(mark: Mark, block: Block) -> Block {
    match marked(mark, block) {
        Block::Paragraph(paragraph) => {
            let runs = paragraph.runs.into_iter().map(|run| Run { mark, ..run }).collect();
            Block::Paragraph(Paragraph { runs, ..paragraph })
        }
        other => other,
    }
}

fn was(kind: Kind, block: Block) -> Block {
    match block {
        Block::Paragraph(paragraph) => {
            Block::Paragraph(Paragraph { kind: Revised { was: Some(kind), ..paragraph.kind }, ..paragraph })
        }
        other => other,
    }
}

fn heading(level: u8, text: &str, id: &str) -> Block {
    p(Kind::Heading { level, id: (!id.is_empty()).then(|| id.to_owned()) }, text)
}

fn item(level: u8, text: &str) -> Block {
    p(Kind::Item { level, marker: Marker::Bullet }, text)
}

fn number(level: u8, label: &str, text: &str) -> Block {
    p(Kind::Item { level, marker: Marker::Label(Label::new(label).expect("a label")) }, text)
}

fn furniture(kind: FurnitureKind) -> Block {
    Block::Furniture(Furniture { kind, mark: Mark::Kept })
}

fn front() -> Vec<Block> {
    vec![
        p(Kind::Role(TextRole::Title), "MP089 ‘Changes to Appendix R ‘Common Testing Scenarios Document’’"),
        p(Kind::Role(TextRole::Subtitle), "Legal text – version 0.1"),
        heading(2, "About this document", ""),
        p(
            Kind::Body,
            "This document contains the redlined changes to the SEC that would be required to deliver this Modification Proposal.",
        ),
        p(Kind::Body, "These changes have been drafted against SEC Version 6.18."),
        p(
            Kind::Role(TextRole::Classification),
            "This document is classified as White in accordance with the Panel Information Policy. Information can be shared with the public, and any members may publish the information, subject to copyright.",
        ),
        furniture(FurnitureKind::PageBreak),
        p(Kind::Role(TextRole::Subtitle), "Contents"),
        furniture(FurnitureKind::Contents),
        furniture(FurnitureKind::PageBreak),
        p(Kind::Role(TextRole::Instruction), "Amend Section 1 as follows:"),
    ]
}

fn sections() -> Vec<Block> {
    use Mark::{Deleted, Inserted};
    let link = |text: &str, link: &str| Run {
        style: Style { link: Some(link.to_owned()), ..Style::default() }.into(),
        ..Run::plain(text)
    };
    let emphasis = Run {
        text: "must".to_owned(),
        style: Revised::from_pair(Style::default(), Style { strong: true, ..Style::default() }),
        mark: Mark::Kept,
    };
    vec![
        heading(1, "1 Introduction", "1"),
        heading(2, "1.1 Purpose", "1.1"),
        p(Kind::Body, "The purpose of this document is to:"),
        item(
            1,
            "Define the procedural steps to be undertaken by a Party wishing to complete User Entry Process Tests (UEPT) in accordance with SEC Section H14;",
        ),
        item(
            1,
            "Set out the User Entry Process Tests that must be conducted by the Relevant Party with regard to each User Role that it may want to fulfil; and",
        ),
        item(1, "Describe the role and responsibilities with regard to the conduct of UEPT, including;"),
        item(2, "Entry and exit requirements"),
        was(Kind::Item { level: 1, marker: Marker::Bullet }, item(2, "Defining Test Scripts")),
        item(3, "Planning the manner in which tests will be undertaken"),
        item(
            1,
            "Eligibility Testing in accordance with the User Testing Services Approach Document under the SVTAD for SMETS1{-.-}{+; and+}",
        ),
        whole(Inserted, item(1, "Additive UEPT in respect of November 19 Release.")),
        heading(2, "5.4 Completing Additive UEPT for Release 2.0{+ or November 19 Release+}", "5.4"),
        Block::Paragraph(Paragraph::new(
            Kind::Body,
            vec![
                Run::plain("A Testing Participant "),
                emphasis,
                Run::plain(" follow "),
                link("Section 1.1", "#section-1.1"),
                Run::plain(" and "),
                link("Table 8.1.8", "#table-8.1.8"),
                Run::plain("; see the "),
                link("Smart Energy Code", "https://smartenergycodecompany.co.uk/"),
                Run::plain("."),
            ],
        )),
        whole(Inserted, heading(3, "For November 19 Release", "")),
        marked(Inserted, p(Kind::Body, "This sentence was the first of two in one paragraph.")),
        p(Kind::Body, "{- -}This sentence was the second, and stands alone now."),
        marked(Deleted, p(Kind::Body, "These two paragraphs{-.-}")),
        p(Kind::Body, "{+, which stood apart, +}are one now."),
        whole(Deleted, p(Kind::Body, "This paragraph is struck whole.")),
        heading(2, "{-5.5-}{+5.6+} Steps that are numbered", "5.5"),
        number(1, "1.", "Notify the DCC."),
        whole(Inserted, number(1, "2.", "Agree a date.")),
        number(2, "(a)", "In writing; or"),
        number(2, "(b)", "by the portal."),
        p(Kind::Item { level: 2, marker: Marker::Continued }, "The portal is open at all times."),
        number(1, "3.", "Complete the tests."),
        was(Kind::Body, number(1, "4.", "Report the results.")),
        p(Kind::Body, "A second list begins at three:"),
        number(1, "7A.", "Third."),
        number(1, "8.", "Fourth."),
    ]
}

const COLUMNS: [&str; 15] = [
    "Service Reference",
    "Service Reference Variant",
    "Name",
    "Critical",
    "CV 1",
    "CV 2",
    "CV 3",
    "CV 4",
    "CV 5",
    "CV 6",
    "CV 7",
    "CV 8",
    "CV 9",
    "CV 10",
    "User Role",
];

fn cell(span: usize, text: &str) -> Cell {
    Cell { above: false, span, runs: runs(text) }
}

fn row(kind: RowKind, mark: Mark, cells: Vec<Cell>) -> TableRow {
    let cells = cells
        .into_iter()
        .map(|cell| match mark {
            Mark::Kept => cell,
            mark => Cell { runs: cell.runs.into_iter().map(|run| Run { mark, ..run }).collect(), ..cell },
        })
        .collect();
    TableRow { key: Revised::default(), kind, mark, cells }
}

/// A matrix of a User Role, with as many rows as a full one.
pub fn matrix(id: &str, rows: usize) -> Table {
    let columns = COLUMNS
        .iter()
        .enumerate()
        .map(|(at, key)| Column {
            share: 0,
            key: (*key).to_owned().into(),
            align: if at < 3 { Align::Left } else { Align::Centre },
            mark: Mark::Kept,
        })
        .collect();
    let mut table = Table { id: Some(id.to_owned()).into(), columns, ..Table::default() };
    table.rows.push(row(RowKind::Header, Mark::Kept, COLUMNS.iter().map(|label| cell(1, label)).collect()));
    for at in 0..rows {
        let (group, variant) = (6 + at / 12, format!("{}.{}.{}", 6 + at / 12, at % 12 + 1, at % 3 + 1));
        let mark = if at == 5 { Mark::Inserted } else { Mark::Kept };
        let mut cells = vec![
            cell(1, &format!("{group}.{}", at % 12 + 1)),
            cell(1, &variant),
            cell(1, "Update Device Configuration (Daily Resetting Of Tariff Block Counter Matrix)"),
            cell(1, if at % 7 == 0 { "Y" } else { "N" }),
        ];
        cells.extend((0..10).map(|column| match (at + column) % 5 {
            0 => cell(1, "Mandatory SMETS 2"),
            1 if column < 2 => cell(1, "Mandatory"),
            _ => cell(1, "N/A"),
        }));
        cells.push(cell(1, if at == 8 { "{-ED-}{+ED, GS+}" } else { "ED" }));
        table.rows.push(row(RowKind::Data, mark, cells));
    }
    for (label, total) in
        [("Count of N/A", ""), ("Count of Mandatory", "25"), ("Count of Mandatory SMETS 2", "{-15-}{+16+}")]
    {
        let mut cells = vec![cell(4, label)];
        cells.extend((0..10).map(|column| cell(1, if column == 0 { "{-7-}{+8+}" } else { "33" })));
        cells.push(cell(1, total));
        table.rows.push(row(RowKind::Count, Mark::Kept, cells));
    }
    table.rows.push(row(RowKind::Count, Mark::Kept, vec![cell(14, "Total Tests"), cell(1, "{-40-}{+41+}")]));
    table
}

/// A small table, all of whose rows have one mark.
fn small(id: &str, mark: Mark) -> Block {
    let columns = ["Term", "Meaning", "Source"].map(|key| Column {
        share: 0,
        key: key.to_owned().into(),
        align: Align::Left,
        mark: Mark::Kept,
    });
    let line = |kind, text: [&str; 3]| row(kind, mark, text.iter().map(|text| cell(1, text)).collect());
    Block::Table(Table {
        header_column: false,
        id: Some(id.to_owned()).into(),
        columns: columns.to_vec(),
        rows: vec![
            line(RowKind::Header, ["Term", "Meaning", "Source"]),
            line(RowKind::Data, ["UEPT", "User Entry Process Tests", "SEC Section H14"]),
            line(RowKind::Data, ["DUIS", "DCC User Interface Specification", "SEC Appendix AD"]),
        ],
    })
}

fn caption(text: &str) -> Block {
    p(Kind::Role(TextRole::Caption), text)
}

fn matrices() -> Vec<Block> {
    vec![
        p(Kind::Role(TextRole::Instruction), "Amend Table 8.1.8 as follows:"),
        heading(2, "8.1.8 Electricity Distributor", "8.1.8"),
        caption("Table 8.1.8"),
        Block::Table(matrix("8.1.8", 36)),
        p(Kind::Role(TextRole::Note), "The rows of this table are an extract: 19 rows are not shown."),
        p(Kind::Body, "This paragraph stands on a portrait page again."),
    ]
}

fn endings() -> Vec<Block> {
    use Mark::{Deleted, Inserted, Kept};
    let columns = [("Term", Kept), ("Meaning", Deleted), ("Definition", Inserted), ("Source", Kept)];
    let line = |kind, mark, text: &[&str]| row(kind, mark, text.iter().map(|text| cell(1, text)).collect());
    let marked_columns = Table {
        header_column: false,
        id: Some("9.3".to_owned()).into(),
        columns: columns
            .iter()
            .map(|(key, mark)| Column { key: (*key).to_owned().into(), mark: *mark, ..Column::default() })
            .collect(),
        rows: vec![
            line(RowKind::Header, Kept, &["Term", "Meaning", "Definition", "Source"]),
            line(RowKind::Data, Kept, &["UEPT", "Tests", "User Entry Process Tests", "H14"]),
            line(RowKind::Data, Deleted, &["SVTAD", "Document", "H15"]),
        ],
    };
    vec![
        heading(2, "9 Tables that come and go", "9"),
        whole(Inserted, p(Kind::Body, "An inserted paragraph right before a table.")),
        whole(Inserted, caption("Table 9.1: inserted whole")),
        small("9.1", Inserted),
        small("9.2", Kept),
        whole(Inserted, caption("Table 9.2a: inserted whole next to another")),
        small("9.2a", Inserted),
        whole(Deleted, caption("Table 9.2b: deleted whole")),
        small("9.2b", Deleted),
        p(Kind::Body, "A table in which one column is deleted and another inserted:"),
        Block::Table(marked_columns),
        whole(Inserted, p(Kind::Body, "An inserted paragraph at the end of the document.")),
    ]
}
