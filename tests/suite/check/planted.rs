//! Slips planted in clean text: each is told, once, where it stands, and nothing else is; and a mend gives the clean text.

use super::ROOT;
use crate::common::config;
use ctsd::diagnostic::Diagnostic;
use ctsd::files::Root;
use ctsd::pipeline::Desk;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::collections::BTreeMap;
use std::path::Path;

/// A slip: what it is told as, what stands there, what takes its place, where in that it is told, and whether only one
/// mend is right.
#[derive(Clone, Copy, Debug)]
struct Slip(&'static str, &'static str, &'static str, usize, bool);

const SLIPS: [Slip; 24] = [
    Slip("double-space", " the ", "  the ", 0, true),
    Slip("doubled-word", " must ", " must must ", 1, true),
    Slip("stray-space", ", ", " , ", 0, true),
    Slip("stray-space", "(30)", "( 30)", 0, true),
    Slip("term-spelling", "SMETS1", "SMETS 1", 0, true),
    Slip("term-spelling", "Testing Participant", "testing Participant", 0, true),
    Slip("term-spelling", " DCC ", " dcc ", 1, true),
    Slip("undefined-term", "Testing Participant ", "Testing Partner ", 0, false),
    Slip("straight-quote", "’t", "'t", 0, true),
    Slip("straight-quote", " so.", " \"so.", 1, false),
    Slip("dash", " – ", " - ", 1, true),
    Slip("missing-full-stop", " so.\n", " so\n", 2, true),
    Slip("list-punctuation", ";\n", ",\n", 0, true),
    Slip("list-punctuation", ";\n", ".\n", 0, true),
    Slip("list-punctuation", ";\n", "; or\n", 0, true),
    Slip("list-punctuation", "; and\n", ";\n", 0, false),
    Slip("list-lead-in", " are:\n", " are;\n", 4, true),
    Slip("number-mismatch", "thirty (30)", "twenty (30)", 0, false),
    Slip("mixed-duties", " must ", " shall ", 1, false),
    Slip("dangling-reference", "Section 1.", "Section 9.", 0, false),
    Slip("dangling-reference", " and 1.", " and 9.", 5, false),
    Slip("reference-word", "Section 1.", "clause 1.", 0, true),
    Slip("reference-word", "Sections 1.", "paragraphs 1.", 0, true),
    Slip("unseen-character", "tested", "tes\u{200b}ted", 3, false),
];

const ROW_SLIPS: [Slip; 3] = [
    Slip("register-critical", "critical: false", "critical: true", 10, false),
    Slip("register-name", "name: Read", "name: Write", 6, false),
    Slip("variant-reference", "\"7\", variant: ", "\"8\", variant: ", 14, false),
];

/// A paragraph or a list without a slip.
fn block(sort: usize, [first, second]: [usize; 2]) -> String {
    match sort {
        0 => format!(
            "Each Testing Participant must complete the tests that Section 1.{first} sets out, and the rest isn’t so."
        ),
        1 => "The DCC must provide the results within thirty (30) days – if the Device is tested, it says so.".into(),
        2 => format!("A Device of SMETS1 must be tested, as Sections 1.{first} and 1.{second} say so."),
        _ => {
            "The tests are:\n\n- those of the DCC itself;\n- those of SMETS1, tested or not; and\n- all others.".into()
        }
    }
}

type Blocks = Vec<(usize, [usize; 2])>;

/// A section's file, its lines as long as `is_folded` lets them.
fn section(number: &str, blocks: &Blocks, is_folded: bool) -> String {
    let body = blocks.iter().map(|&(sort, numbers)| block(sort, numbers)).collect::<Vec<_>>().join("\n\n");
    let body = if is_folded { body.replace(" that ", "\nthat ").replace(" as ", "\nas ") } else { body };
    let body = body.replace('\n', "\n  ").replace("\n  \n", "\n\n");
    format!(
        "# Of  the file - not of the text.\nsection: \"{number}\" # here\nheading: Of tests\nbody: |\n  {body}\n# The end\n"
    )
}

const TABLE: &str = "table: \"1.9\"
role: ED
rows:
  - { reference: \"7\", variant: \"7.4\", name: Read Supply Status, critical: false, cv: { 1: Mandatory } }
  - { reference: \"7\", variant: \"7.7\", name: Read Auxiliary Load Switch Data, critical: false, cv: { 1: Mandatory } }
published:
  counts:
    Mandatory: { cv: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0], total: 2 }
  total_tests: 2
";

type Files = BTreeMap<String, String>;

/// A version of some sections, and a modification that restates the last of them with another block.
fn files(sections: &[Blocks], added: (usize, [usize; 2]), is_folded: bool) -> Files {
    let introduction =
        "section: \"1\"\nheading: Tests\nbody: |\n  The Data Communications Company (DCC) must say so.\n";
    let mut files = Files::from([
        ("1.0/version.yaml".into(), "id: \"1.0\"\nname: One\nclassification: White\n".into()),
        ("1.0/sections/1.yaml".into(), introduction.into()),
        ("1.0/tables/1.9.yaml".into(), TABLE.into()),
        ("mp1/version.yaml".into(), "id: MP1\nname: MP1\nbase: \"1.0\"\ntitle: A change\n".into()),
    ]);
    for (nth, blocks) in sections.iter().enumerate() {
        let number = format!("1.{}", nth + 1);
        files.insert(format!("1.0/sections/{number}.yaml"), section(&number, blocks, is_folded));
        if nth + 1 == sections.len() {
            let blocks = [blocks.as_slice(), &[added]].concat();
            files.insert(format!("mp1/sections/{number}.yaml"), section(&number, &blocks, is_folded));
        }
    }
    files
}

fn desk(files: &Files) -> Desk {
    let mut all = BTreeMap::new();
    for path in ["content/appendix.yaml", "content/terms.yaml", "content/registers/duis.yaml"] {
        all.insert(path.to_owned(), std::fs::read(Path::new(ROOT).join(path)).unwrap());
    }
    all.extend(files.iter().map(|(path, text)| (format!("content/{path}"), text.clone().into_bytes())));
    Desk::open_from(&Root::memory(all)).unwrap()
}

/// What is found in the files, but for the appendix's own words.
fn found(files: &Files) -> Vec<Diagnostic> {
    let desk = desk(files);
    let all = desk.check(&desk.asked(&[]).unwrap()).diagnostics;
    let is_own = |finding: &Diagnostic| !finding.location.as_ref().is_some_and(|at| at.file.ends_with("appendix.yaml"));
    all.into_iter().filter(is_own).collect()
}

/// Each place in the texts of sections, or in tables, for a slip.
fn places(files: &Files, Slip(_, from, ..): Slip, is_of_rows: bool) -> Vec<(String, usize)> {
    let of = |(path, text): (&String, &String)| -> Vec<(String, usize)> {
        let begins = match is_of_rows {
            true => text.find("rows:\n"),
            false => text.find("body: |\n").map(|at| at + "body: |\n".len()),
        };
        let Some(begins) = begins else { return Vec::new() };
        text[begins..].match_indices(from).map(|(at, _)| (path.clone(), begins + at)).collect()
    };
    files.iter().flat_map(of).collect()
}

fn windows_lines(files: &Files) -> Files {
    files.iter().map(|(path, text)| (path.clone(), text.replace('\n', "\r\n"))).collect()
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn a_slip_is_told_once_where_it_stands_and_its_mend_gives_the_clean_text(
        sections in prop::collection::vec(prop::collection::vec((0_usize..4, prop::array::uniform2(1_usize..4)), 2..5), 3),
        added in (0_usize..4, prop::array::uniform2(1_usize..4)),
        (slip, is_of_rows) in prop_oneof![
            5 => select(SLIPS.to_vec()).prop_map(|slip| (slip, false)),
            1 => select(ROW_SLIPS.to_vec()).prop_map(|slip| (slip, true)),
        ],
        place in any::<Index>(),
        is_folded: bool,
        has_windows_lines: bool,
    ) {
        let as_saved = |files: &Files| if has_windows_lines { windows_lines(files) } else { files.clone() };
        let clean = files(&sections, added, is_folded);
        prop_assert_eq!(found(&as_saved(&clean)), []);
        let places = places(&clean, slip, is_of_rows);
        prop_assume!(!places.is_empty());
        let (path, at) = place.get(&places);
        let Slip(code, from, to, told, is_mended) = slip;
        let mut planted = clean.clone();
        let text = planted.get_mut(path).unwrap();
        text.replace_range(*at..at + from.len(), to);
        let before = &text[..at + told];
        let (line, column) = (before.matches('\n').count() + 1, before.chars().rev().take_while(|&c| c != '\n').count() + 1);
        let planted = as_saved(&planted);
        let found = found(&planted);
        let shown: Vec<String> = found
            .iter()
            .map(|finding| {
                let place = finding.location.as_ref().map(ToString::to_string).unwrap_or_default();
                format!("{} {place}", finding.code.name())
            })
            .collect();
        prop_assert_eq!(shown, [format!("{code} content/{path}:{line}:{column}")]);

        let id = if path.starts_with("mp1") { "MP1" } else { "1.0" };
        let mended = desk(&planted).mend(&[id.to_owned()], |_| true).unwrap();
        let mut now = planted.clone();
        for file in mended.revised.written {
            now.insert(file.path.strip_prefix("content/").unwrap().to_owned(), file.text);
        }
        prop_assert_eq!(now, if is_mended { as_saved(&clean) } else { planted });
    }
}
