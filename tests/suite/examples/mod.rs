//! How a redline reads: real sorts of legal edits, before, after, and as drawn.
//!
//! Deleted words stand in `[-…-]`, inserted ones in `{+…+}`; `¶` is a paragraph mark, which may be marked too.

use ctsd::document::{Block, Document, Mark, Paragraph, Run, TableRow, markdown};
use ctsd::redline::compare;

/// Before, after, as drawn. Paragraphs end at an empty line.
const EXAMPLES: &[(&str, &str, &str)] = &[
    // A defined term is replaced.
    (
        "The Supplier shall complete UEPT.",
        "The Responsible Supplier shall complete UEPT.",
        "The{+ Responsible+} Supplier shall complete UEPT.",
    ),
    // A defined term gives way to another.
    (
        "The Testing Participant shall complete UEPT.",
        "The Relevant Party shall complete UEPT.",
        "The [-Testing Participant-]{+Relevant Party+} shall complete UEPT.",
    ),
    // "Shall" becomes "must".
    (
        "Each Party shall submit evidence of successful execution to the DCC.",
        "Each Party must submit evidence of successful execution to the DCC.",
        "Each Party [-shall-]{+must+} submit evidence of successful execution to the DCC.",
    ),
    // A full stop becomes "; and".
    (
        "Eligibility Testing under the SVTAD for SMETS1.",
        "Eligibility Testing under the SVTAD for SMETS1; and",
        "Eligibility Testing under the SVTAD for SMETS1[-.-]{+; and+}",
    ),
    // A proviso is added.
    (
        "The DCC shall accept the evidence.",
        "The DCC shall accept the evidence, provided that it was submitted within 30 Working Days.",
        "The DCC shall accept the evidence{+, provided that it was submitted within 30 Working Days+}.",
    ),
    // A sentence is added at the end.
    (
        "Testing Participants will submit evidence to the DCC.",
        "Testing Participants will submit evidence to the DCC. The DCC will publish it.",
        "Testing Participants will submit evidence to the DCC.{+ The DCC will publish it.+}",
    ),
    // A sentence is added at the beginning.
    (
        "The DCC will publish the results.",
        "Where UEPT is complete, the DCC will tell the Panel. The DCC will publish the results.",
        "{+Where UEPT is complete, the DCC will tell the Panel. +}The DCC will publish the results.",
    ),
    // A sentence is taken out of the middle.
    (
        "The Party tests. The Party reports the results to the DCC. The DCC accepts them.",
        "The Party tests. The DCC accepts them.",
        "The Party tests.[- The Party reports the results to the DCC.-] The DCC accepts them.",
    ),
    // A number of days changes in words and figures.
    (
        "The notice period is thirty (30) days from receipt.",
        "The notice period is sixty (60) days from receipt.",
        "The notice period is [-thirty-]{+sixty+} ([-30-]{+60+}) days from receipt.",
    ),
    // A section number changes.
    (
        "As set out in clause 4.3 of the UTSAD.",
        "As set out in clause 4.4 of the UTSAD.",
        "As set out in clause [-4.3-]{+4.4+} of the UTSAD.",
    ),
    // A variant is added to a list of variants.
    (
        "The variants are 6.2.2, 6.2.3 and 6.5.",
        "The variants are 6.2.2, 6.2.3, 6.2.10 and 6.5.",
        "The variants are 6.2.2, 6.2.3{+, 6.2.10+} and 6.5.",
    ),
    // A term loses its space.
    (
        "Devices that are SMETS 1 Devices are tested.",
        "Devices that are SMETS1 Devices are tested.",
        "Devices that are [-SMETS 1-]{+SMETS1+} Devices are tested.",
    ),
    // A sign is part of its word.
    (
        "Tests apply to SMETS2 Devices.",
        "Tests apply to SMETS2+ Devices.",
        "Tests apply to [-SMETS2-]{+SMETS2++} Devices.",
    ),
    // A release is added beside another.
    (
        "Completing Additive UEPT for Release 2.0",
        "Completing Additive UEPT for Release 2.0 or November 19 Release",
        "Completing Additive UEPT for Release 2.0{+ or November 19 Release+}",
    ),
    // A quotation mark changes its shape.
    (
        "Those indicated as 'Mandatory' must be executed.",
        "Those indicated as ‘Mandatory’ must be executed.",
        "Those indicated as [-'-]{+‘+}Mandatory[-'-]{+’+} must be executed.",
    ),
    // Singular becomes plural.
    (
        "The Service Request test must be executed.",
        "The Service Request tests must be executed.",
        "The Service Request [-test-]{+tests+} must be executed.",
    ),
    // "Not" is inserted.
    (
        "The Party shall be liable for the costs of the test.",
        "The Party shall not be liable for the costs of the test.",
        "The Party shall{+ not+} be liable for the costs of the test.",
    ),
    // "Or" becomes "and".
    (
        "Mandatory or Mandatory SMETS1 tests are executed.",
        "Mandatory and Mandatory SMETS1 tests are executed.",
        "Mandatory [-or-]{+and+} Mandatory SMETS1 tests are executed.",
    ),
    // A definition is narrowed.
    (
        r#""Device" means any device that forms part of a Smart Metering System."#,
        r#""Device" means a Communications Hub Function that forms part of a Smart Metering System."#,
        r#""Device" means [-any device-]{+a Communications Hub Function+} that forms part of a Smart Metering System."#,
    ),
    // An exception is carved out.
    (
        "All Users must complete UEPT for each User Role.",
        "All Users, other than those in the User Role of Other User, must complete UEPT for each User Role.",
        "All Users{+, other than those in the User Role of Other User,+} must complete UEPT for each User Role.",
    ),
    // A word moves within its sentence.
    (
        "The DCC shall promptly notify the Party.",
        "The DCC shall notify the Party promptly.",
        "The DCC shall[- promptly-] notify the Party{+ promptly+}.",
    ),
    // Two words change with one between them that stays.
    (
        "The first relevant test shall be executed.",
        "The second relevant test must be executed.",
        "The [-first-]{+second+} relevant test [-shall-]{+must+} be executed.",
    ),
    // Two pairs of words change around one that stays.
    (
        "Testing of all new Devices by every Large Supplier precedes the release of the software.",
        "Testing of many old Devices at each Small Party precedes the release of the software.",
        "Testing of [-all new Devices by every Large Supplier-]{+many old Devices at each Small Party+} precedes the release of the software.",
    ),
    // Most of a clause is rewritten.
    (
        "Testing Participants have the option of executing the requests by the following routes.",
        "Any Party that has completed UEPT must complete further tests through the formal process.",
        "[-Testing Participants have the option of executing the requests by the following routes.-][-¶-]\n{+Any Party that has completed UEPT must complete further tests through the formal process.+}{+¶+}",
    ),
    // Capitals change.
    (
        "Successfully executing the request in Testing In accordance with the provision.",
        "Successfully executing the request in Testing in accordance with the provision.",
        "Successfully executing the request in Testing [-In-]{+in+} accordance with the provision.",
    ),
    // A double space is mended.
    (
        "Successfully executing  the R2.0 Service Request.",
        "Successfully executing the R2.0 Service Request.",
        "Successfully executing[- -] the R2.0 Service Request.",
    ),
    // A date changes.
    (
        "The Release Date is 28 November 2019.",
        "The Release Date is 7 November 2019.",
        "The Release Date is [-28-]{+7+} November 2019.",
    ),
    // An abbreviation is spelt out.
    (
        "As set out in the UTSAD.",
        "As set out in the User Testing Services Approach Document (UTSAD).",
        "As set out in the {+User Testing Services Approach Document (+}UTSAD{+)+}.",
    ),
    // Words in brackets are taken out.
    (
        "The Data Communications Company (DCC) approves the results.",
        "The Data Communications Company approves the results.",
        "The Data Communications Company[- (DCC)-] approves the results.",
    ),
    // A colon takes the place of a semicolon.
    (
        "with regard to the conduct of UEPT, including;",
        "with regard to the conduct of UEPT, including:",
        "with regard to the conduct of UEPT, including[-;-]{+:+}",
    ),
    // An item is inserted before the last.
    (
        "- entry criteria; and\n- exit criteria.",
        "- entry criteria;\n- test data; and\n- exit criteria.",
        "entry criteria;[- and-]\n{+test data; and+}{+¶+}\nexit criteria.",
    ),
    // An item is added at the end.
    (
        "- entry criteria; and\n- exit criteria.",
        "- entry criteria;\n- exit criteria; and\n- test data.",
        "entry criteria;[- and-]\nexit criteria[-.-]{+; and+}\n{+test data.+}{+¶+}",
    ),
    // An item is deleted.
    (
        "- entry criteria;\n- test data; and\n- exit criteria.",
        "- entry criteria; and\n- exit criteria.",
        "entry criteria;{+ and+}\n[-test data; and-][-¶-]\nexit criteria.",
    ),
    // A paragraph is split in two.
    (
        "The Party tests its systems before the release. The DCC accepts the evidence of those tests.",
        "The Party tests its systems before the release.\n\nThe DCC accepts the evidence of those tests.",
        "The Party tests its systems before the release.[- -]{+¶+}\nThe DCC accepts the evidence of those tests.",
    ),
    // Two paragraphs are joined.
    (
        "The Party tests its systems before the release.\n\nThe DCC accepts the evidence of those tests.",
        "The Party tests its systems before the release. The DCC accepts the evidence of those tests.",
        "The Party tests its systems before the release.{+ +}[-¶-]\nThe DCC accepts the evidence of those tests.",
    ),
    // A sentence moves to another paragraph.
    (
        "The Party tests its systems. The Panel is told of the results by the Party.\n\nThe DCC accepts the evidence of the tests that were made.",
        "The Party tests its systems.\n\nThe DCC accepts the evidence of the tests that were made. The Panel is told of the results by the Party.",
        "The Party tests its systems.[- The Panel is told of the results by the Party.-]\nThe DCC accepts the evidence of the tests that were made.{+ The Panel is told of the results by the Party.+}",
    ),
    // A paragraph is moved.
    (
        "The Party tests its systems before the release.\n\nThe DCC accepts the evidence.\n\nThe Panel publishes what was decided.",
        "The DCC accepts the evidence.\n\nThe Panel publishes what was decided.\n\nThe Party tests its systems before the release.",
        "[-The Party tests its systems before the release.-][-¶-]\nThe DCC accepts the evidence.\nThe Panel publishes what was decided.\n{+The Party tests its systems before the release.+}{+¶+}",
    ),
    // Much is added to a short clause.
    (
        "The DCC shall accept the evidence that it is sent.",
        "The DCC shall accept the evidence that it is sent. It shall tell the Party within ten Working Days whether the evidence is complete, and the Party may then use the Service Requests in the production environment of the DCC.",
        "The DCC shall accept the evidence that it is sent.{+ It shall tell the Party within ten Working Days whether the evidence is complete, and the Party may then use the Service Requests in the production environment of the DCC.+}",
    ),
    // A paragraph is rewritten beside one that stays.
    (
        "The Party must test its systems.\n\nNothing in this clause affects Section H14.",
        "Evidence is sent to the DCC within ten Working Days.\n\nNothing in this clause affects Section H14.",
        "[-The Party must test its systems.-][-¶-]\n{+Evidence is sent to the DCC within ten Working Days.+}{+¶+}\nNothing in this clause affects Section H14.",
    ),
    // A section is renumbered.
    (
        "## 5.6 Reporting {#section-5.6}\n\nThe Party reports the results.",
        "## 5.7 Reporting {#section-5.6}\n\nThe Party reports the results.",
        "[-5.6-]{+5.7+} Reporting\nThe Party reports the results.",
    ),
    // A row is inserted and a count follows.
    (
        "| Variant | CV 1 |\n|---|---|\n| 7.4 | Mandatory |\n| 8.2 | N/A |\n| Count | 35 |",
        "| Variant | CV 1 |\n|---|---|\n| 7.4 | Mandatory |\n| 7.7 | Mandatory SMETS 2 |\n| 8.2 | N/A |\n| Count | 36 |",
        " | Variant | CV 1\n | 7.4 | Mandatory\n+| {+7.7+} | {+Mandatory SMETS 2+}\n | 8.2 | N/A\n | Count | [-35-]{+36+}",
    ),
    // A cell changes.
    (
        "| Variant | CV 1 | CV 2 |\n|---|---|---|\n| 7.4 | Mandatory | N/A |\n| 8.2 | N/A | N/A |",
        "| Variant | CV 1 | CV 2 |\n|---|---|---|\n| 7.4 | Mandatory | N/A |\n| 8.2 | Mandatory | N/A |",
        " | Variant | CV 1 | CV 2\n | 7.4 | Mandatory | N/A\n | 8.2 | [-N/A-]{+Mandatory+} | N/A",
    ),
    // A variant is renamed.
    (
        "| Variant | Name | CV 1 |\n|---|---|---|\n| 8.14.3 | Fault Return | N/A |\n| 8.14.3 | No Fault Return | N/A |",
        "| Variant | Name | CV 1 |\n|---|---|---|\n| 8.14.3 | Fault Return | N/A |\n| 8.14.4 | No Fault Return | N/A |",
        " | Variant | Name | CV 1\n | 8.14.3 | Fault Return | N/A\n | [-8.14.3-]{+8.14.4+} | No Fault Return | N/A",
    ),
    // A row is deleted and another inserted in its place: no more than the common cells are the same.
    (
        "| Variant | Name | CV 1 | CV 2 | CV 3 |\n|---|---|---|---|---|\n| 6.18.1 | Set Maximum Demand | Mandatory | N/A | N/A |\n| 6.18.2 | Reset Maximum Demand Registers | Mandatory | N/A | N/A |\n| 6.22 | Configure Alert Behaviour | N/A | N/A | N/A |\n| 7.4 | Read Supply Status | Mandatory | N/A | N/A |",
        "| Variant | Name | CV 1 | CV 2 | CV 3 |\n|---|---|---|---|---|\n| 6.18.1 | Set Maximum Demand | Mandatory | N/A | N/A |\n| 6.20 | Set Device Configuration | Mandatory | N/A | N/A |\n| 6.22 | Configure Alert Behaviour | N/A | N/A | N/A |\n| 7.4 | Read Supply Status | Mandatory | N/A | N/A |",
        " | Variant | Name | CV 1 | CV 2 | CV 3\n | 6.18.1 | Set Maximum Demand | Mandatory | N/A | N/A\n-| [-6.18.2-] | [-Reset Maximum Demand Registers-] | [-Mandatory-] | [-N/A-] | [-N/A-]\n+| {+6.20+} | {+Set Device Configuration+} | {+Mandatory+} | {+N/A+} | {+N/A+}\n | 6.22 | Configure Alert Behaviour | N/A | N/A | N/A\n | 7.4 | Read Supply Status | Mandatory | N/A | N/A",
    ),
];

fn drawn(before: &str, after: &str) -> String {
    let read = |text: &str| markdown::read(text).expect("an example is in the dialect");
    let redline = compare(&read(before), &read(after), "before", "after");
    show(&redline.document)
}

fn show(document: &Document) -> String {
    let blocks = document.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => show_paragraph(paragraph),
        Block::Table(table) => table.rows.iter().map(show_row).collect::<Vec<_>>().join("\n"),
        Block::Furniture(_) => String::new(),
    });
    blocks.collect::<Vec<_>>().join("\n")
}

fn show_paragraph(paragraph: &Paragraph) -> String {
    let mark = Run { text: "¶".to_owned(), mark: paragraph.mark, ..Run::default() };
    show_runs(paragraph.runs.iter().chain(Some(&mark).filter(|mark| mark.mark != Mark::Kept)))
}

fn show_row(row: &TableRow) -> String {
    let sign = match row.mark {
        Mark::Kept => " ",
        Mark::Inserted => "+",
        Mark::Deleted => "-",
    };
    let cells: Vec<String> = row.cells.iter().map(|cell| show_runs(&cell.runs)).collect();
    format!("{sign}| {}", cells.join(" | "))
}

fn show_runs<'a>(runs: impl IntoIterator<Item = &'a Run>) -> String {
    let mut shown = String::new();
    for run in runs {
        match run.mark {
            Mark::Kept => shown.push_str(&run.text),
            Mark::Inserted => shown.push_str(&format!("{{+{}+}}", run.text)),
            Mark::Deleted => shown.push_str(&format!("[-{}-]", run.text)),
        }
    }
    shown
}

#[test]
fn legal_edits_are_drawn_as_a_lawyer_would() {
    assert!(EXAMPLES.len() >= 30);
    let wrong: Vec<String> = EXAMPLES
        .iter()
        .filter(|(before, after, wanted)| drawn(before, after) != *wanted)
        .map(|(before, after, wanted)| {
            format!("before: {before}\nafter:  {after}\nwanted: {wanted}\ndrawn:  {}\n", drawn(before, after))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
