//! A change document of the shape of a real one, and others that hurt.

use ctsd::document::{
    Align, Block, Cell, Column, Document, Furniture, FurnitureKind, Kind, Label, Mark, Marker, Meta, Paragraph,
    Revised, RowKind, Run, Style, Table, TableRow, TextRole,
};
use ctsd::stylesheet::Stylesheet;

pub fn sheet() -> Stylesheet {
    crate::common::sheet()
}

pub fn document(blocks: Vec<Block>) -> Document {
    let meta = Meta {
        title: "MP089 ‘Changes to Appendix R’".into(),
        subject: "Legal text".into(),
        language: "en-GB".into(),
        classification: "White".into(),
        header: "Appendix R ‘Common Testing Scenarios Document’".into(),
        footer: vec![
            "MP089 legal text Page {page} of {pages}".into(),
            "This document has a Classification of White".into(),
        ],
    };
    Document { meta: meta.into(), blocks, ..Document::default() }
}

pub fn run(mark: Mark, text: &str) -> Run {
    Run { text: text.into(), mark, ..Run::default() }
}

pub fn kept(text: &str) -> Run {
    run(Mark::Kept, text)
}

pub fn paragraph(kind: Kind, runs: Vec<Run>) -> Block {
    Block::Paragraph(Paragraph::new(kind, runs))
}

pub fn inserted(kind: Kind, text: &str) -> Block {
    let paragraph = Paragraph { kind: kind.into(), mark: Mark::Inserted, runs: vec![run(Mark::Inserted, text)] };
    Block::Paragraph(paragraph)
}

pub fn body(text: &str) -> Block {
    paragraph(Kind::Body, vec![kept(text)])
}

pub fn heading(level: u8, id: &str, text: &str) -> Block {
    paragraph(Kind::Heading { level, id: Some(id.into()) }, vec![kept(text)])
}

pub fn role(role: TextRole, text: &str) -> Block {
    paragraph(Kind::Role(role), vec![kept(text)])
}

pub fn bullet(level: u8) -> Kind {
    Kind::Item { level, marker: Marker::Bullet }
}

pub fn furniture(kind: FurnitureKind) -> Block {
    Block::Furniture(Furniture { kind, mark: Mark::Kept })
}

fn row(kind: RowKind, mark: Mark, key: &str, cells: Vec<(usize, Vec<Run>)>) -> TableRow {
    let cells = cells.into_iter().map(|(span, runs)| Cell { above: false, span, runs }).collect();
    TableRow { key: key.to_owned().into(), kind, mark, cells }
}

const HEADINGS: [&str; 15] = [
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

/// A table of fifteen columns: header, `rows` rows of which one is inserted, and count rows with a changed figure.
pub fn matrix(id: &str, rows: usize) -> Block {
    let columns = HEADINGS.iter().enumerate().map(|(index, key)| Column {
        share: 0,
        key: (*key).to_owned().into(),
        align: if (3..14).contains(&index) { Align::Centre } else { Align::Left },
        mark: Mark::Kept,
    });
    let header = HEADINGS.iter().map(|text| (1, vec![kept(text)])).collect();
    let mut all = vec![row(RowKind::Header, Mark::Kept, "", header)];
    for index in 0..rows {
        all.push(data_row(index, if index == 20 { Mark::Inserted } else { Mark::Kept }));
    }
    all.extend(count_rows());
    Block::Table(Table { id: Some(id.to_owned()).into(), columns: columns.collect(), rows: all, ..Table::default() })
}

fn data_row(index: usize, mark: Mark) -> TableRow {
    let names = [
        "Read Device Configuration (MPxN)",
        "Read Device Configuration (Event Alert Behaviours)",
        "Update Device Configuration (Daily Resetting Of Tariff Block Counter)",
        "Read Event Or Security Log",
        "Retrieve Device Security Credentials (KRP)",
    ];
    let variant = format!("6.{}.{}", index / 10 + 1, index % 10 + 1);
    let mut texts = vec![format!("6.{}", index / 10 + 1), variant.clone(), names[index % 5].to_owned(), "N".into()];
    texts.extend((0..10).map(|cv| match (cv, index % 3) {
        (0, 0) => "Mandatory SMETS 2".to_owned(),
        (0, _) | (4, 1) => "Mandatory".to_owned(),
        _ => "N/A".to_owned(),
    }));
    texts.push("ED".into());
    row(RowKind::Data, mark, &variant, texts.iter().map(|text| (1, vec![run(mark, text)])).collect())
}

fn count_rows() -> Vec<TableRow> {
    ["Count of N/A", "Count of Mandatory", "Count of Mandatory SMETS 2", "Total Tests"]
        .into_iter()
        .map(|label| {
            let mut cells = vec![(4, vec![kept(label)])];
            if label == "Total Tests" {
                cells.push((10, Vec::new()));
                cells.push((1, vec![run(Mark::Deleted, "40"), run(Mark::Inserted, "41")]));
            } else {
                cells.push((1, vec![run(Mark::Deleted, "7"), run(Mark::Inserted, "8")]));
                cells.extend((1..10).map(|cv| (1, vec![kept(&(cv * 3).to_string())])));
                cells.push((1, vec![kept("16")]));
            }
            row(RowKind::Count, Mark::Kept, label, cells)
        })
        .collect()
}

/// The change document, much as MP089 is.
pub fn redline() -> Document {
    let mut blocks = cover();
    blocks.extend(section_1());
    blocks.extend(section_5_4());
    blocks.extend([
        role(TextRole::Instruction, "Amend Table 8.1.8 as follows:"),
        role(TextRole::Caption, "Table 8.1.8: Electricity Distributor (ED)"),
        matrix("8.1.8", 40),
        role(TextRole::Note, "This table is an extract: 19 rows are not shown; the counts speak of the whole table."),
        role(TextRole::Instruction, "Amend Section 9 as follows:"),
        heading(1, "9", "9 Last things"),
        body("The text after a landscape table stands on a portrait page again."),
    ]);
    document(blocks)
}

fn cover() -> Vec<Block> {
    vec![
        role(TextRole::Title, "MP089 ‘Changes to Appendix R ‘Common Testing Scenarios Document’’"),
        role(TextRole::Subtitle, "Legal text – version 0.1"),
        heading(2, "about", "About this document"),
        body(
            "This document contains the redlined changes to the SEC that would be required to deliver this Modification Proposal.",
        ),
        body("These changes have been drafted against SEC Version 6.18."),
        role(
            TextRole::Classification,
            "This document is classified as White in accordance with the Panel Information Policy. Information can be shared with the public, and any members may publish the information, subject to copyright.",
        ),
        furniture(FurnitureKind::PageBreak),
        role(TextRole::Subtitle, "Contents"),
        furniture(FurnitureKind::Contents),
        furniture(FurnitureKind::PageBreak),
    ]
}

fn section_1() -> Vec<Block> {
    let link = Style { link: Some("#section-5.4".into()), ..Style::default() };
    let away = Style { link: Some("https://smartenergycodecompany.co.uk/".into()), ..Style::default() };
    vec![
        role(TextRole::Instruction, "Amend Section 1 as follows:"),
        heading(1, "1", "1 Introduction"),
        heading(2, "1.1", "1.1 Purpose"),
        body("The purpose of this document is to:"),
        paragraph(
            bullet(1),
            vec![kept(
                "Define the procedural steps to be undertaken by a Party wishing to complete User Entry Process Tests (UEPT) in accordance with SEC Section H14;",
            )],
        ),
        paragraph(
            bullet(1),
            vec![kept("Describe the role and responsibilities with regard to the conduct of UEPT, including;")],
        ),
        paragraph(bullet(2), vec![kept("Entry and exit requirements")]),
        paragraph(
            bullet(2),
            vec![kept("Reporting the results of those tests to the Data Communications Company (DCC) for approval.")],
        ),
        body("Additionally, this document sets out the above for a Testing Participant wishing to complete:"),
        paragraph(bullet(1), vec![kept("Additive UEPT in respect of R2.0 Functionality; and")]),
        paragraph(
            bullet(1),
            vec![
                kept(
                    "Eligibility Testing in accordance with the User Testing Services Approach Document under the SVTAD for SMETS1",
                ),
                run(Mark::Deleted, "."),
                run(Mark::Inserted, "; and"),
            ],
        ),
        inserted(bullet(1), "Additive UEPT in respect of November 19 Release."),
        paragraph(
            Kind::Body,
            vec![
                kept("See "),
                Run { text: "Section 5.4".into(), style: link.into(), mark: Mark::Kept },
                kept(" or "),
                Run { text: "the SEC’s site".into(), style: away.into(), mark: Mark::Kept },
                kept(". An office\u{a0}file is "),
                Run {
                    text: "emphatic".into(),
                    style: Revised { now: Style { emphasis: true, ..Style::default() }, was: Some(Style::default()) },
                    mark: Mark::Kept,
                },
                kept(" in one word."),
            ],
        ),
    ]
}

fn section_5_4() -> Vec<Block> {
    let number = |label| Kind::Item { level: 1, marker: Marker::Label(Label::new(label).expect("a label")) };
    let mut run_on = Paragraph::new(Kind::Body, vec![kept("This paragraph ran on into the next.")]);
    run_on.mark = Mark::Inserted;
    let lifted = Paragraph {
        kind: Revised { now: bullet(2), was: Some(bullet(1)) },
        mark: Mark::Kept,
        runs: vec![kept("This item was a level higher.")],
    };
    vec![
        role(TextRole::Instruction, "Amend Section 5.4 as follows:"),
        paragraph(Kind::Heading { level: 2, id: Some("5.4".into()) }, vec![
            kept("5.4 Completing Additive UEPT for Release 2.0"),
            run(Mark::Inserted, " or November 19 Release"),
        ]),
        body(&"Testing Participants that have completed UEPT prior to the release of R2.0 functionality into the production environment have the option of executing R2.0 Service Requests by the following routes. ".repeat(4)),
        paragraph(number("1."), vec![kept("first")]),
        Block::Paragraph(Paragraph { kind: number("2.").into(), mark: Mark::Deleted, runs: vec![run(Mark::Deleted, "second, going")] }),
        inserted(number("2."), "second, come"),
        paragraph(number("3."), vec![kept("third")]),
        Block::Paragraph(run_on),
        body("What it ran on into."),
        Block::Paragraph(lifted),
        inserted(Kind::Body, "For November 19 Release"),
        inserted(Kind::Body, "Testing Participants that have completed UEPT prior to the release of November 19 functionality into the production environment must complete UEPT style testing through the formal process as stated in this document and the Testing Approach Document for November 19 Release."),
    ]
}
