//! What each stage of the journeys takes on a full-size appendix, and on ten times as much: `cargo bench`.
//!
//! The modification that is compared changes a twentieth. Last come inputs that nobody would draft, for which the
//! comparison must end in seconds all the same.

mod common;

use common::{BASE, TARGET, Words};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use ctsd::compose;
use ctsd::document::{Block, Cell, Column, Document, Kind, Paragraph, Run, Table, TableRow, link_references, markdown};
use ctsd::pipeline::Desk;
use ctsd::redline::compare;
use ctsd::writer::{docx, pdf};
use std::hint::black_box;
use std::time::{Duration, Instant};

// As in the command.
#[cfg(not(all(windows, target_env = "gnu")))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 2] = [1, 10];

/// However slow the machine, an input that takes longer than this makes the comparison useless.
const PATIENCE: Duration = Duration::from_secs(30);

fn stages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("stages");
    group.sample_size(10);
    for times in SIZES {
        let id = |stage: &str| BenchmarkId::new(stage, times);
        let root = tempfile::tempdir().expect("there is a place for temporary files");
        common::write_content(root.path(), times, common::Bodies::Plain).expect("the content can be written");
        group.bench_function(id("content"), |bencher| bencher.iter(|| compose::load(root.path())));

        let desk = common::desk(times);
        let version = desk.project.version(BASE).expect("the version is there");
        group.bench_function(id("render"), |bencher| bencher.iter(|| desk.document(version)));

        let (old, new) = common::documents(&desk);
        let text = markdown::write(&old);
        group.bench_function(id("markdown read"), |bencher| bencher.iter(|| markdown::read(black_box(&text))));
        group.bench_function(id("markdown write"), |bencher| bencher.iter(|| markdown::write(black_box(&old))));
        group.bench_function(id("compare"), |bencher| bencher.iter(|| compare(&old, &new, BASE, TARGET)));

        let mut document = old;
        link_references(&mut document, &desk.project.appendix.part_words());
        let options = docx::Options { author: TARGET.to_owned(), date: None, ..Default::default() };
        group.bench_function(id("docx"), |bencher| bencher.iter(|| docx::write(&document, &desk.sheet, &options)));
        group.bench_function(id("pdf"), |bencher| bencher.iter(|| pdf::write(&document, &desk.sheet)));
    }
    group.finish();
}

fn pathological(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pathological");
    group.sample_size(10);
    for (name, old, new) in [
        every_word_changed(),
        long_paragraph("one paragraph of 100,000 words, one in twenty changed", 20),
        long_paragraph("one paragraph of 100,000 words, all changed", 1),
        reordered("50,000 rows in reverse", |row| ROWS - row),
        // A prime that has no factor in common with the number of rows visits each row once.
        reordered("50,000 rows shuffled", |row| row * 31_607 % ROWS),
    ] {
        let since = Instant::now();
        black_box(compare(&old, &new, BASE, TARGET));
        assert!(since.elapsed() < PATIENCE, "{name}: {:?}", since.elapsed());
        group.bench_function(name, |bencher| bencher.iter(|| compare(&old, &new, BASE, TARGET)));
    }
    group.finish();
}

type Pair = (&'static str, Document, Document);

fn every_word_changed() -> Pair {
    let (old, _) = common::documents(&common::desk(1));
    let mut new = old.clone();
    let change = |runs: &mut Vec<Run>| {
        for run in runs {
            run.text = run.text.split(' ').map(|word| format!("{word}x")).collect::<Vec<_>>().join(" ");
        }
    };
    for block in &mut new.blocks {
        match block {
            Block::Paragraph(paragraph) => change(&mut paragraph.runs),
            Block::Table(table) => {
                table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| change(&mut cell.runs));
            }
            Block::Furniture(_) => {}
        }
    }
    ("every word changed", old, new)
}

/// One word in so many differs.
fn long_paragraph(name: &'static str, one_in: usize) -> Pair {
    let text = Words::new(0).some(100_000);
    let changed = |(at, word): (usize, &str)| if at % one_in == 0 { format!("{word}{at}") } else { word.to_owned() };
    let new = text.split(' ').enumerate().map(changed).collect::<Vec<_>>().join(" ");
    let document = |text| {
        let paragraph = Paragraph::new(Kind::default(), vec![Run::plain(text)]);
        Document { blocks: vec![Block::Paragraph(paragraph)], ..Document::default() }
    };
    (name, document(text), document(new))
}

const ROWS: usize = 50_000;

fn reordered(name: &'static str, order: impl Fn(usize) -> usize) -> Pair {
    let row = |number: usize| TableRow {
        key: number.to_string().into(),
        cells: vec![Cell { above: false, span: 1, runs: vec![Run::plain(Words::new(number).some(5))] }],
        ..TableRow::default()
    };
    let document = |rows: Vec<TableRow>| {
        let columns = vec![Column { key: "name".to_owned().into(), ..Column::default() }];
        let table = Table { id: Some("table-1".to_owned()).into(), columns, rows, ..Table::default() };
        Document { blocks: vec![Block::Table(table)], ..Document::default() }
    };
    (name, document((0..ROWS).map(row).collect()), document((0..ROWS).map(|at| row(order(at))).collect()))
}

/// A check of everything, by the rules and the words that ship: what it takes grows as the content does.
fn checks(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check");
    group.sample_size(10);
    for times in [1, 10, 100] {
        let root = tempfile::tempdir().expect("there is a place for temporary files");
        common::write_content(root.path(), times, common::Bodies::Plain).expect("the content can be written");
        let shipped = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let content = root.path().join("content");
        std::fs::create_dir_all(content.join("registers")).expect("the folder can be made");
        for file in ["terms.yaml", "registers/duis.yaml"] {
            std::fs::copy(shipped.join(file), content.join(file)).expect("the file can be copied");
        }
        let desk = Desk::open(root.path()).expect("the generated content is right");
        let asked = desk.asked(&[]).expect("all versions are there");
        group.bench_function(BenchmarkId::from_parameter(times), |bencher| bencher.iter(|| desk.check(&asked)));
    }
    group.finish();
}

criterion_group!(benches, stages, checks, pathological);
criterion_main!(benches);
