//! Generated documents: every shape the tree can take, with text that tries to be markup.

use ctsd::document::*;
use proptest::collection::vec;
use proptest::prelude::*;

/// Words as legal text has them, and words that hurt.
pub fn text() -> impl Strategy<Value = String> {
    let tame = prop::sample::select(vec![
        "Party",
        "shall",
        "must",
        "the",
        "Service Requests",
        "8.14.3",
        "SMETS2+",
        "R2.0",
        "N/A",
        "UEPT;",
        "and",
        "(a)",
        "‘Mandatory’",
        "2019.",
        "1)",
        "–",
        "thirty (30) days",
        "Section 5.4",
    ]);
    let hostile = prop::sample::select(vec![
        "|",
        "*",
        "**",
        "_",
        "<ins>",
        "</del>",
        "&amp;",
        "&",
        "\\",
        "\\|",
        "`",
        "[x](y)",
        "![",
        "]",
        "# ",
        "- ",
        "+ ",
        "> ",
        "~~~",
        "===",
        "---",
        "<!-- x -->",
        "-->",
        "{#id}",
        "}",
        "<br>",
        "http://example.com",
        "\n",
        "\t",
        " ",
        "  ",
        "\u{a0}",
        "\u{2028}",
        "😀",
        "עברית",
        "e\u{301}",
        "\u{200f}",
        "&#10;",
        "::",
        "<",
        ">",
        "1234567890.",
        "\u{7f}",
        "\u{feff}",
        "\u{2011}",
    ]);
    vec(
        prop_oneof![3 => tame.prop_map(str::to_owned), 2 => hostile.prop_map(str::to_owned), 2 => Just(" ".to_owned())],
        1..7,
    )
    .prop_map(|pieces| pieces.concat())
}

/// Text that a drafter would write.
pub fn tame_text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Party",
        "shall",
        "must",
        "the",
        "Service",
        "Requests",
        "8.14.3",
        "SMETS2+",
        "N/A",
        "and",
        "(a)",
        "‘Mandatory’",
        "User",
        "Role",
        "complete",
        "testing",
        "in",
        "accordance",
        "with",
        "Section",
        "H14",
        "not",
        "of",
        "to",
        "DCC",
        "evidence",
        "Release",
        "2.0",
    ]);
    let end = prop::sample::select(vec![".", ";", "; and", ":", "", ","]);
    (vec(word, 1..25), end).prop_map(|(words, end)| words.join(" ") + end)
}

pub fn mark() -> impl Strategy<Value = Mark> {
    prop_oneof![3 => Just(Mark::Kept), 1 => Just(Mark::Inserted), 1 => Just(Mark::Deleted)]
}

pub fn style() -> impl Strategy<Value = Style> {
    let link = prop_oneof![
        6 => Just(None),
        1 => Just(Some("#section-5.4".to_owned())),
        1 => text().prop_map(Some),
    ];
    let script = prop_oneof![6 => Just(None), 1 => Just(Some(Script::Superscript)), 1 => Just(Some(Script::Subscript))];
    (prop::bool::weighted(0.2), prop::bool::weighted(0.2), script, link)
        .prop_map(|(strong, emphasis, script, link)| Style { strong, emphasis, script, link, ..Style::default() })
}

/// `marked` says whether the run may hold revisions.
pub fn run(marked: bool) -> BoxedStrategy<Run> {
    if !marked {
        return (text(), style()).prop_map(|(text, style)| Run { text, style: style.into(), mark: Mark::Kept }).boxed();
    }
    let was = prop::option::weighted(0.2, style());
    (text(), style(), was, mark())
        .prop_map(|(text, now, was, mark)| {
            let style = was.map_or_else(|| now.clone().into(), |was| Revised::from_pair(was, now.clone()));
            let mut run = Run { text, style, mark };
            // Of what is inserted, some may be new within what moved.
            run.style.now.fresh = mark == Mark::Inserted && run.text.len() % 5 == 1;
            run
        })
        .boxed()
}

pub fn runs(marked: bool) -> impl Strategy<Value = Vec<Run>> {
    vec(run(marked), 1..5).prop_map(join_runs)
}

/// A reference to a note. What comes or goes with it is marked there alone.
pub fn note(marked: bool) -> BoxedStrategy<Run> {
    let mark = if marked { mark().boxed() } else { Just(Mark::Kept).boxed() };
    (runs(false), runs(marked), mark)
        .prop_map(|(clean, runs, mark)| {
            let runs = if mark == Mark::Kept { runs } else { clean };
            Run { mark, ..Run::reference_to(Note { runs }) }
        })
        .boxed()
}

/// Runs with notes among them, as paragraphs and items may have.
pub fn noted_runs(marked: bool) -> impl Strategy<Value = Vec<Run>> {
    vec(prop_oneof![4 => run(marked), 1 => note(marked)], 1..5).prop_map(join_runs)
}

/// The pictures that generated documents show.
pub const FIGURES: [&str; 2] = ["figures/flow.png", "figures/meter.jpg"];

pub fn figure() -> impl Strategy<Value = Figure> {
    (prop::sample::select(&FIGURES), text()).prop_map(|(file, alt)| {
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        Figure { file: file.to_owned(), alt: if alt.is_empty() { "It".to_owned() } else { alt } }
    })
}

/// A paragraph of one or two pictures, of which the redline has one come or go, and maybe a caption.
fn figures(marked: bool) -> impl Strategy<Value = Vec<Run>> {
    let mark = move || if marked { mark().boxed() } else { Just(Mark::Kept).boxed() };
    let caption = prop::option::of((text(), mark()));
    (figure(), mark(), any::<bool>(), figure(), mark(), caption).prop_map(
        move |(figure, mark, has_other, other, other_mark, caption)| {
            let mut runs = vec![Run { mark, ..Run::showing(figure) }];
            runs.extend((has_other && marked).then(|| Run { mark: other_mark, ..Run::showing(other) }));
            runs.extend(caption.map(|(text, mark)| Run { mark, ..Run::plain(format!("\n{text}")) }));
            runs
        },
    )
}

/// Whether a paragraph of the kind may have notes.
pub fn may_have_notes(kind: &Kind) -> bool {
    matches!(kind, Kind::Body | Kind::Item { .. } | Kind::Clause { .. })
}

/// Labels of every make: such as come one after the other, and such as nothing counts to.
pub fn label() -> impl Strategy<Value = Label> {
    let cores = vec![
        "1",
        "2",
        "3",
        "4",
        "4A",
        "12",
        "007",
        "0",
        "a",
        "b",
        "c",
        "h",
        "i",
        "ii",
        "iii",
        "iv",
        "x",
        "z",
        "aa",
        "ab",
        "bb",
        "A",
        "B",
        "I",
        "IV",
        "xviii",
        "999999999",
    ];
    let makes = prop::sample::select(vec![("(", ")"), ("", ")"), ("", ".")]);
    let label = (prop::sample::select(cores), makes);
    label.prop_filter_map("no label", |(core, (open, close))| Label::new(&format!("{open}{core}{close}")))
}

pub fn kind() -> impl Strategy<Value = Kind> {
    let marker = prop_oneof![
        4 => Just(Marker::Bullet),
        1 => Just(Marker::Continued),
        4 => label().prop_map(Marker::Label),
    ];
    let role = prop::sample::select(TextRole::ALL.as_slice());
    let name = || prop_oneof!["[1-9](\\.[1-9]){0,2}", text()];
    let id = prop::option::of(name());
    prop_oneof![
        3 => Just(Kind::Body),
        2 => (1..=6u8, id).prop_map(|(level, id)| Kind::Heading { level, id }),
        1 => (1..=CLAUSE_LEVELS, name()).prop_map(|(level, id)| Kind::Clause { level, id }),
        4 => (1..=5u8, marker).prop_map(|(level, marker)| Kind::Item { level, marker }),
        1 => role.prop_map(Kind::Role),
    ]
}

fn revised<T: Clone + PartialEq + std::fmt::Debug + 'static>(
    value: impl Strategy<Value = T> + Clone + 'static,
    marked: bool,
) -> BoxedStrategy<Revised<T>> {
    if !marked {
        return value.prop_map(Revised::new).boxed();
    }
    (value.clone(), prop::option::weighted(0.2, value))
        .prop_map(|(now, was)| match was {
            Some(was) => Revised::from_pair(was, now),
            None => now.into(),
        })
        .boxed()
}

pub fn paragraph(marked: bool) -> BoxedStrategy<Paragraph> {
    let mark = if marked { mark().boxed() } else { Just(Mark::Kept).boxed() };
    (revised(kind().boxed(), marked), mark, runs(marked), noted_runs(marked), figures(marked))
        .prop_map(|(kind, mark, plain, noted, figures)| {
            let runs = match &kind.now {
                Kind::Role(TextRole::Figure) if kind.was.is_none() => figures,
                kind if may_have_notes(kind) => noted,
                _ => plain,
            };
            Paragraph { kind, mark, runs }
        })
        .boxed()
}

pub fn table(marked: bool) -> BoxedStrategy<Table> {
    let mark = move || if marked { mark().boxed() } else { Just(Mark::Kept).boxed() };
    let align = prop::sample::select(vec![Align::Left, Align::Centre, Align::Right]);
    let share = prop_oneof![3 => Just(0u16), 1 => 1..4u16];
    let columns = vec((revised(text().boxed(), marked), align, share, mark()), 1..5).prop_map(|columns| {
        let column = |(key, align, share, mark)| Column { key, align, share, mark };
        columns.into_iter().map(column).collect::<Vec<_>>()
    });
    let kind = prop::sample::select(vec![RowKind::Header, RowKind::Data, RowKind::Data, RowKind::Count]);
    let cell = (1..3usize, prop_oneof![1 => Just(Vec::new()), 3 => runs(marked)]);
    let row = (revised(text().boxed(), marked), kind, mark(), vec(cell, 5));
    let id = revised(prop::option::of("[1-9]\\.[1-9]").boxed(), marked);
    (id, columns, vec(row, 1..5), prop::bool::weighted(0.2))
        .prop_map(|(id, columns, rows, header_column)| {
            let mut table = Table { id, columns, rows: Vec::new(), header_column };
            for (key, kind, mark, cells) in rows {
                let cells = fit(cells, table.grid(mark).count());
                table.rows.push(TableRow { key, kind, mark, cells });
            }
            if table.columns.iter().all(|column| column.mark == Mark::Kept) {
                tie(&mut table.rows);
            }
            table
        })
        .boxed()
}

/// Makes empty cells more of those above, where they cover the same columns of a row that stands as long.
fn tie(rows: &mut [TableRow]) {
    let places = |row: &TableRow| -> Vec<(usize, usize)> {
        let mut end = 0;
        let place = |cell: &Cell| {
            end += cell.span;
            (end - cell.span, end)
        };
        row.cells.iter().map(place).collect()
    };
    for at in 1..rows.len() {
        let (above, own) = (places(&rows[at - 1]), places(&rows[at]));
        let fits = rows[at - 1].mark == rows[at].mark && rows[at - 1].kind == rows[at].kind;
        for (cell, place) in rows[at].cells.iter_mut().zip(own) {
            cell.above = fits && cell.runs.is_empty() && above.contains(&place);
        }
    }
}

/// As many of the cells as cover exactly `width` columns.
fn fit(cells: Vec<(usize, Vec<Run>)>, width: usize) -> Vec<Cell> {
    let mut left = width;
    let mut fitted = Vec::new();
    for (span, runs) in cells {
        let span = span.min(left);
        if span > 0 {
            fitted.push(Cell { above: false, span, runs });
            left -= span;
        }
    }
    if left > 0 {
        fitted.push(Cell { above: false, span: left, runs: Vec::new() });
    }
    fitted
}

pub fn meta() -> impl Strategy<Value = Meta> {
    (text(), text(), vec(text(), 0..3)).prop_map(|(title, classification, footer)| Meta {
        title,
        classification,
        footer,
        ..Meta::default()
    })
}

pub fn block(marked: bool) -> BoxedStrategy<Block> {
    let kind = prop::sample::select(vec![
        FurnitureKind::PageBreak,
        FurnitureKind::Contents,
        FurnitureKind::Landscape,
        FurnitureKind::Portrait,
    ]);
    let mark = if marked { mark().boxed() } else { Just(Mark::Kept).boxed() };
    prop_oneof![
        8 => paragraph(marked).prop_map(Block::Paragraph),
        2 => table(marked).prop_map(Block::Table),
        1 => (kind, mark).prop_map(|(kind, mark)| Block::Furniture(Furniture { kind, mark })),
    ]
    .boxed()
}

/// Any tree at all: `marked` with revisions everywhere they can stand, else clean.
pub fn document(marked: bool) -> impl Strategy<Value = Document> {
    (revised(meta().boxed(), marked), vec(block(marked), 0..12)).prop_map(|(meta, blocks)| Document {
        meta,
        blocks,
        ..Document::default()
    })
}
