//! What is written is read as it was, and an edit changes what it must and no other byte.

use crate::common::config;
use ctsd::compose;
use ctsd::content;
use ctsd::document::markdown;
use ctsd::files::Root;
use ctsd::model::{
    AmendedRow, Appendix, Beside, Cells, Decision, Head, InsertedRows, Modification, MovedRow, Neighbour,
    OmittedStatement, OpenRow, OpenSection, OpenTable, Operations, Placed, PublishedRowStatement, PublishedStatement,
    Release, RemovedRow, RowStatement, SectionStatement, Sides, Standing, Stated, Status, TableStatement, Text,
    Version,
};
use proptest::option::of;
use proptest::prelude::*;
use proptest::{collection::vec, sample::select};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// The project that ships: its words are those that are written with.
static SHIPPED: LazyLock<(Appendix, Vec<u8>)> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(root.join("content/appendix.yaml")).unwrap();
    (content::read(&Root::folder(root)).unwrap().appendix.unwrap(), bytes)
});

/// What trips up writers of YAML.
const SHARDS: [&str; 54] = [
    "a",
    "Word",
    " ",
    "  ",
    ": ",
    ":",
    " #",
    "#",
    "\"",
    "'",
    "''",
    "\\",
    "\\n",
    "- ",
    "-",
    "|",
    ">",
    "{",
    "}",
    "[",
    "]",
    ", ",
    ",",
    "&a ",
    "*a",
    "!x ",
    "!!int ",
    "%",
    "@",
    "`",
    "\t",
    "\u{a0}",
    "“",
    "”",
    "‘",
    "é",
    "漢",
    "---",
    "...",
    "6.10",
    "true",
    "null",
    "~",
    "? ",
    "=",
    "<<",
    "0x1F",
    "1e3",
    "2019-06-27",
    "N/A",
    "\u{200b}",
    "${x}",
    "{{ y }}",
    "(",
];

fn line() -> impl Strategy<Value = String> {
    vec(select(&SHARDS[..]), 1..8)
        .prop_map(|shards| shards.concat())
        .prop_filter("blank", |text| !text.trim().is_empty())
}

fn prose() -> impl Strategy<Value = String> {
    let long =
        vec(select(vec!["word", "clause", "6.10", "(a)", "it's", "“so”"]), 20..60).prop_map(|words| words.join(" "));
    let lines = vec(prop_oneof![3 => line(), 1 => Just(String::new()), 1 => Just("   ".to_owned())], 1..5);
    let lines = lines.prop_map(|lines| lines.join("\n").trim_end_matches('\n').to_owned());
    prop_oneof![line(), long, lines].prop_filter("blank", |text| !text.trim().is_empty())
}

/// A body: as it comes where the dialect reads it, and escaped where it doesn't.
fn body() -> impl Strategy<Value = String> {
    let is_read = |text: &str| markdown::read_body(text).is_ok();
    let escaped = |text: String| text.lines().map(markdown::escape).collect::<Vec<_>>().join("\n");
    prose()
        .prop_map(move |text| if is_read(&text) { text } else { escaped(text) })
        .prop_filter("no body", move |text| is_read(text) && !text.trim().is_empty())
}

fn text(strategy: impl Strategy<Value = String>) -> impl Strategy<Value = Text> {
    strategy.prop_map(|text| text.as_str().into())
}

fn placed(strategy: impl Strategy<Value = String>) -> impl Strategy<Value = Placed<String>> {
    strategy.prop_map(Placed::from)
}

fn number() -> impl Strategy<Value = Placed<String>> {
    placed("[1-9][0-9]?(\\.[1-9][0-9]?){0,3}")
}

fn key() -> impl Strategy<Value = Placed<String>> {
    placed(prop_oneof!["[1-9]\\.[0-9]{1,2}(\\.[0-9])?".boxed(), line().boxed()])
}

fn applicability() -> impl Strategy<Value = Placed<Arc<str>>> + Clone {
    let names: Vec<Arc<str>> = SHIPPED.0.applicabilities.iter().map(|known| Arc::clone(&known.name)).collect();
    select(names).prop_map(Placed::from)
}

fn cells<T: Clone + std::fmt::Debug>(
    value: impl Strategy<Value = Placed<T>> + Clone,
) -> impl Strategy<Value = Cells<T>> {
    let all = vec(value.clone(), 0..11).prop_map(|all| Cells::All(all, Standing::default()));
    let keys = prop_oneof!["[0-9]{1,2}", line()];
    let some = vec((keys, value), 0..5).prop_map(|some| {
        let some: BTreeMap<String, Placed<T>> = some.into_iter().collect();
        Cells::Some(some.into_iter().map(|(key, value)| (key.into(), value)).collect())
    });
    prop_oneof![all, some]
}

fn count() -> impl Strategy<Value = Placed<u32>> + Clone {
    (0u32..1_000_000).prop_map(Placed::from)
}

fn role() -> impl Strategy<Value = Placed<String>> {
    select(SHIPPED.0.roles.iter().map(|role| role.code.clone()).collect::<Vec<_>>()).prop_map(Placed::from)
}

/// All that is said of a value, where two sides at least are left.
fn sides<V: Clone + std::fmt::Debug>(value: impl Strategy<Value = V>) -> impl Strategy<Value = Option<Sides<V>>> {
    (vec(value, 3), 0usize..12).prop_map(|(values, which)| {
        let [was, ours, theirs] = [0, 1, 2].map(|at| (which != at).then(|| values[at].clone()));
        (which < 4).then(|| Sides { was, ours, theirs, origin: Standing::default() })
    })
}

/// In words, what happens or doesn't.
fn conflict() -> impl Strategy<Value = Option<Sides<Text>>> {
    sides(text(prose()))
}

prop_compose! {
    fn open_row()(
        reference in sides(key()), variant in sides(key()), name in sides(text(line())),
        critical in sides(any::<bool>().prop_map(Placed::from)), role in sides(role()), conflict in conflict(),
        cells in vec((line(), sides(applicability())), 0..2),
    ) -> OpenRow {
        let mut seen = BTreeSet::new();
        let cells = cells.into_iter().filter(|(key, _)| seen.insert(key.clone()));
        let cells = cells.filter_map(|(key, sides)| Some((format!("open {key}").into(), sides?))).collect();
        OpenRow { reference, variant, name, critical, cells, role, conflict }
    }
}

prop_compose! {
    fn part_of_row()(
        id in of(key()), reference in of(key()), variant in of(key()), name in of(text(line())),
        critical in of(any::<bool>().prop_map(Placed::from)), cells in of(cells(applicability())), role in of(role()),
        provenance in of(text(prose())), open in of(open_row()),
    ) -> RowStatement {
        settled(RowStatement {
            id, reference, variant, name, critical, cells, role, provenance,
            open: open.filter(|open| *open != OpenRow::default()).map(Box::new), origin: Standing::default(),
        })
    }
}

/// Of what several is said nothing else is.
fn settled(mut row: RowStatement) -> RowStatement {
    if let Some(open) = &mut row.open {
        row.reference = row.reference.filter(|_| open.reference.is_none());
        row.variant = row.variant.filter(|_| open.variant.is_none());
        row.name = row.name.filter(|_| open.name.is_none());
        row.critical = row.critical.filter(|_| open.critical.is_none());
        row.role = row.role.filter(|_| open.role.is_none());
        if matches!(row.cells, Some(Cells::All(..))) {
            open.cells.clear();
        }
        if !open.cells.is_empty() && matches!(&row.cells, Some(Cells::Some(cells)) if cells.is_empty()) {
            row.cells = None;
        }
    }
    row.open = row.open.filter(|open| **open != OpenRow::default());
    row
}

fn row() -> impl Strategy<Value = RowStatement> {
    (part_of_row(), key(), key(), text(line()), any::<bool>()).prop_map(|(row, reference, variant, name, critical)| {
        let (reference, variant, name) = (Some(reference), Some(variant), Some(name));
        settled(RowStatement { reference, variant, name, critical: Some(critical.into()), ..row })
    })
}

fn day() -> impl Strategy<Value = Placed<String>> {
    Just(Placed::from("2019-11-29".to_owned()))
}

fn decision() -> impl Strategy<Value = Decision> {
    (vec(key(), 0..3), of(key())).prop_map(|(between, digest)| Decision { between, digest })
}

fn neighbour(key: impl Strategy<Value = Placed<String>>) -> impl Strategy<Value = Neighbour> {
    (any::<bool>(), key)
        .prop_map(|(before, key)| Neighbour::new(if before { Beside::Before } else { Beside::After }, key))
}

/// Where a section can stand: beside another, or beside a table.
fn place() -> impl Strategy<Value = Neighbour> {
    (neighbour(key()), any::<bool>()).prop_map(|(it, is_table)| Neighbour { is_table, ..it })
}

prop_compose! {
    fn open_section()(
        heading in sides(text(line())), body in sides(text(body())), renumber in sides(number()),
        place in sides(place()), conflict in conflict(),
    ) -> OpenSection {
        OpenSection { heading, body, renumber, place, conflict }
    }
}

prop_compose! {
    fn section(in_modification: bool)(
        number in number(), insert in any::<bool>(), id in of(placed("[a-z0-9.-]{1,9}")), heading in of(text(line())),
        body in of(text(body())), provenance in of(text(prose())), delete in any::<bool>(), close_up in any::<bool>(),
        renumber in of(number()), place in of(place()), decision in decision(), effective in of(day()),
        open in of(open_section()),
    ) -> SectionStatement {
        let open = open.filter(|open| in_modification && *open != OpenSection::default()).map(Box::new);
        let opened = open.clone().unwrap_or_default();
        let heading = heading.filter(|it| !it.starts_with(number.as_str()) && opened.heading.is_none());
        let (body, renumber) = (body.filter(|_| opened.body.is_none()), renumber.filter(|_| opened.renumber.is_none()));
        let place = place.filter(|_| opened.place.is_none());
        let delete = (in_modification && delete).then(Standing::default);
        SectionStatement {
            insert: in_modification && insert, id, has_heading: heading.is_some() || opened.heading.is_some(), heading, body,
            provenance, open,
            close_up: close_up && delete.is_some(), delete,
            decision: if in_modification { decision } else { Decision::default() },
            effective: effective.filter(|_| in_modification),
            renumber: renumber.filter(|_| in_modification), place: place.filter(|_| in_modification),
            number, origin: Standing::default(),
        }
    }
}

prop_compose! {
    fn operations()(
        amend in vec((key(), part_of_row()).prop_map(|(key, row)| AmendedRow { key, row }), 0..3),
        insert in vec((of(neighbour(key())), vec(row(), 0..3)), 0..3),
        moves in vec((key(), neighbour(key()), conflict()), 0..3),
        remove in vec((key(), conflict()), 0..3),
    ) -> Operations {
        let insert = insert.into_iter().map(|(neighbour, rows)| InsertedRows { neighbour, rows }).collect();
        let moves = moves.into_iter().map(|(key, neighbour, conflict)| MovedRow { key, neighbour, conflict }).collect();
        let remove = remove.into_iter().map(|(key, conflict)| RemovedRow { key, conflict }).collect();
        Operations { amend, insert, moves, remove }
    }
}

fn omitted() -> impl Strategy<Value = OmittedStatement> {
    let counts = vec((applicability(), cells(count())), 0..4).prop_map(|counts| {
        let mut seen = BTreeSet::new();
        counts.into_iter().filter(|(name, _)| seen.insert(name.value.clone())).collect()
    });
    prop_oneof![
        (count(), counts, of(text(prose()))).prop_map(|(rows, counts, provenance)| OmittedStatement::Counted {
            rows,
            counts,
            provenance
        }),
        (text(prose()), of(text(prose())))
            .prop_map(|(reason, provenance)| OmittedStatement::Unknown { reason, provenance }),
    ]
}

prop_compose! {
    fn published()(
        rows in vec((applicability(), cells(count()), of(count())), 0..4), total_tests in of(count()),
        provenance in of(text(prose())),
    ) -> PublishedStatement {
        let mut seen = BTreeSet::new();
        let rows = rows.into_iter().filter(|(name, ..)| seen.insert(name.value.clone()));
        let rows = rows.map(|(name, cells, total)| (name, PublishedRowStatement { cells, total })).collect();
        PublishedStatement { rows, total_tests, provenance }
    }
}

prop_compose! {
    fn open_table()(
        title in sides(text(line())), role in sides(role()), omitted in sides(omitted()),
        published in sides(published()), conflict in conflict(),
    ) -> OpenTable {
        OpenTable { title, role, omitted, published, conflict }
    }
}

prop_compose! {
    fn table(in_modification: bool)(
        number in number(), insert in any::<bool>(), id in of(placed("[a-z0-9.-]{1,9}")), title in of(text(line())),
        role in of(role()), rows in of(vec(row(), 0..4)), operations in operations(), delete in any::<bool>(),
        omitted in of(omitted()), published in of(published()), provenance in of(text(prose())),
        decision in decision(), effective in of(day()), open in of(open_table()),
    ) -> TableStatement {
        let open = open.filter(|open| *open != OpenTable::default()).map(Box::new);
        let opened = open.clone().unwrap_or_default();
        let (title, role) = (title.filter(|_| opened.title.is_none()), role.filter(|_| opened.role.is_none()));
        let omitted = omitted.filter(|_| opened.omitted.is_none());
        let published = published.filter(|_| opened.published.is_none());
        let missing = [("role", role.is_none() && opened.role.is_none()), ("rows", rows.is_none())];
        TableStatement {
            number, insert: in_modification && insert, id, title, role,
            missing: missing.into_iter().filter(|(_, is_missing)| *is_missing).map(|(name, _)| name).collect(),
            rows: rows.map(Placed::from),
            operations: if in_modification { operations } else { Operations::default() },
            delete: (in_modification && delete).then(Standing::default),
            decision: if in_modification { decision } else { Decision::default() },
            effective: effective.filter(|_| in_modification),
            omitted, published, provenance, open, origin: Standing::default(),
        }
    }
}

prop_compose! {
    fn head()(
        name in line(), title in of(text(prose())), legal in of(line()), classified in any::<bool>(),
        date in of(Just("2019-06-27".to_owned())), extract in of(text(prose())), provenance in of(text(prose())),
        columns in any::<bool>(), status in of(select(&Status::ALL[..])),
        effective in of(day()), open_columns in sides(Just(Arc::clone(&SHIPPED.0.columns))),
    ) -> Head {
        let words = &SHIPPED.0;
        let columns = columns && open_columns.is_none();
        Head {
            id: "6.20".to_owned().into(), name, title, legal_text_version: legal,
            classification: classified.then(|| words.classifications[0].clone()),
            date, extract, provenance, status, effective, columns: columns.then(|| Arc::clone(&words.columns)), open_columns,
        }
    }
}

fn stated() -> impl Strategy<Value = Stated> {
    let release = (head(), vec(section(false), 0..4), vec(table(false), 0..2)).prop_map(|(head, sections, tables)| {
        let head = Head { classification: Some(SHIPPED.0.classifications[0].clone()), ..head };
        Stated::Release(Release { head, sections: apart(sections), tables: apart_tables(tables) })
    });
    let modification = (head(), key(), vec(key(), 0..3), vec(section(true), 0..4), vec(table(true), 0..2)).prop_map(
        |(head, base, includes, sections, tables)| {
            let (sections, tables) = (apart(sections), apart_tables(tables));
            Stated::Modification(Modification { head, base, includes, sections, tables })
        },
    );
    prop_oneof![release, modification]
}

fn apart(sections: Vec<SectionStatement>) -> Vec<SectionStatement> {
    let mut seen = BTreeSet::new();
    sections.into_iter().filter(|section| seen.insert((section.number.value.clone(), section.insert))).collect()
}

fn apart_tables(tables: Vec<TableStatement>) -> Vec<TableStatement> {
    let mut seen = BTreeSet::new();
    tables.into_iter().filter(|table| seen.insert((table.number.value.clone(), table.insert))).collect()
}

fn files(written: impl IntoIterator<Item = (String, String)>) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::from([("content/appendix.yaml".to_owned(), SHIPPED.1.clone())]);
    files.extend(written.into_iter().map(|(path, text)| (path, text.into_bytes())));
    files
}

/// What files state, in an order that does not depend on their names.
fn read(files: &BTreeMap<String, Vec<u8>>) -> Stated {
    let content = content::read(&Root::memory(files.clone())).unwrap();
    let texts: Vec<String> =
        files.iter().skip(1).map(|(path, text)| format!("{path}\n{}", String::from_utf8_lossy(text))).collect();
    assert!(content.diagnostics.is_empty(), "{:#?}\n{}", content.diagnostics, texts.join("\n"));
    let [stated] = <[Stated; 1]>::try_from(content.stated).unwrap();
    in_order(stated)
}

fn in_order(mut stated: Stated) -> Stated {
    let (sections, tables) = match &mut stated {
        Stated::Release(release) => (&mut release.sections, &mut release.tables),
        Stated::Modification(modification) => (&mut modification.sections, &mut modification.tables),
    };
    sections.sort_by_key(|section| (section.number.value.clone(), section.insert));
    tables.sort_by_key(|table| (table.number.value.clone(), table.insert));
    stated
}

/// Files as a drafter on Windows left them: remarks between the lines of fields, and lines that end as there.
fn handled(path: &str, text: &str, remarks: bool, windows: bool) -> (String, String) {
    let mut handled = String::new();
    let mut is_field = false;
    for (at, line) in text.lines().enumerate() {
        // Before a field of the file's own, where no text goes on.
        is_field = line.starts_with(|c: char| c.is_ascii_lowercase());
        if remarks && is_field {
            handled.push_str(&format!("# remark {at} of {path}\n"));
        }
        handled.push_str(line);
        handled.push('\n');
    }
    if remarks && is_field {
        handled.push_str("# the end\n");
    }
    (path.to_owned(), if windows { handled.replace('\n', "\r\n") } else { handled })
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn what_is_written_is_read_as_it_was(stated in stated()) {
        let written = content::write(&stated).into_iter().map(|file| (file.path, file.text));
        prop_assert_eq!(read(&files(written)), in_order(stated));
    }

}

proptest! {
    #![proptest_config(config(700))]

    #[test]
    fn an_edit_states_what_is_stated_and_keeps_every_remark(
        old in stated(), new in stated(), keep in vec(any::<bool>(), 16), remarks in any::<bool>(), windows in any::<bool>(),
    ) {
        let written = content::write(&old).into_iter().map(|file| handled(&file.path, &file.text, remarks, windows));
        let mut files = files(written);
        let old = read(&files);
        let new = mixed(old, new, &keep);
        let revised = content::edit(&Root::memory(files.clone()), &SHIPPED.0, &new).unwrap();
        for file in &revised.written {
            let before = files.get(&file.path).map(|text| String::from_utf8_lossy(text).into_owned()).unwrap_or_default();
            let kept = before.lines().filter(|line| line.starts_with('#')).all(|line| file.text.lines().any(|now| now == line));
            prop_assert!(kept, "{}\n{}", before, file.text);
            prop_assert!(!windows || before.is_empty() || !file.text.replace("\r\n", "").contains('\n'));
        }
        for path in &revised.removed {
            files.remove(path);
        }
        files.extend(revised.written.into_iter().map(|file| (file.path, file.text.into_bytes())));
        prop_assert_eq!(read(&files), in_order(new));
    }
}

/// A change to one value of what is stated.
#[derive(Clone, Debug)]
enum Change {
    Heading(usize, String),
    Body(usize, String),
    Name(usize, usize, String),
    Cell(usize, usize, Placed<Arc<str>>),
    Insert(usize, usize, Box<RowStatement>),
    Remove(usize, usize),
    Title(String),
}

fn change() -> impl Strategy<Value = Change> {
    let at = 0usize..100;
    prop_oneof![
        (at.clone(), line()).prop_map(|(at, text)| Change::Heading(at, text)),
        (at.clone(), body()).prop_map(|(at, text)| Change::Body(at, text)),
        (at.clone(), at.clone(), line()).prop_map(|(table, row, text)| Change::Name(table, row, text)),
        (at.clone(), at.clone(), applicability()).prop_map(|(table, row, name)| Change::Cell(table, row, name)),
        (at.clone(), at.clone(), row()).prop_map(|(table, at, row)| Change::Insert(table, at, Box::new(row))),
        (at.clone(), at).prop_map(|(table, row)| Change::Remove(table, row)),
        line().prop_map(Change::Title),
    ]
}

/// The list of rows in a table's file that a change is made to.
fn rows(table: &mut TableStatement) -> Option<&mut Vec<RowStatement>> {
    let inserted = table.operations.insert.first_mut().map(|inserted| &mut inserted.rows);
    table.rows.as_mut().map(|rows| &mut rows.value).or(inserted)
}

impl Change {
    fn make(self, sections: &mut [SectionStatement], tables: &mut [TableStatement], head: &mut Head) {
        let of = |at: usize, all: usize| at.checked_rem(all).unwrap_or(0);
        match self {
            Self::Title(text) => head.name = text,
            Self::Heading(at, text) => {
                let at = of(at, sections.len());
                if let Some(section) = sections.get_mut(at).filter(|section| !text.starts_with(section.number.as_str()))
                {
                    (section.heading, section.has_heading) = (Some(text.as_str().into()), true);
                }
            }
            Self::Body(at, text) => {
                let at = of(at, sections.len());
                sections.get_mut(at).into_iter().for_each(|section| section.body = Some(text.as_str().into()));
            }
            Self::Name(table, at, text) => change_row(tables, table, at, |row| row.name = Some(text.as_str().into())),
            Self::Cell(table, at, name) => change_row(tables, table, at, |row| {
                if let Some(Cells::Some(cells)) = &mut row.cells {
                    cells.truncate(1);
                    cells.iter_mut().for_each(|(_, cell)| *cell = name.clone());
                }
            }),
            Self::Insert(table, at, row) => {
                change_rows(tables, table, |rows| rows.insert(of(at, rows.len() + 1), *row))
            }
            Self::Remove(table, at) => change_rows(tables, table, |rows| {
                if rows.len() > 1 {
                    rows.remove(of(at, rows.len()));
                }
            }),
        }
    }
}

fn change_rows(tables: &mut [TableStatement], table: usize, change: impl FnOnce(&mut Vec<RowStatement>)) {
    let count = tables.len();
    if let Some(rows) = tables.get_mut(table.checked_rem(count).unwrap_or(0)).and_then(rows) {
        change(rows);
    }
}

fn change_row(tables: &mut [TableStatement], table: usize, at: usize, change: impl FnOnce(&mut RowStatement)) {
    change_rows(tables, table, |rows| {
        let count = rows.len();
        if let Some(row) = rows.get_mut(at.checked_rem(count).unwrap_or(0)) {
            change(row);
        }
    });
}

/// The files that ship, with a remark behind each row.
fn shipped() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["content", "content/6.18", "content/mp089"] {
        for below in ["", "/sections", "/tables"] {
            let Ok(entries) = std::fs::read_dir(root.join(format!("{folder}{below}"))) else { continue };
            for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
                let text = std::fs::read_to_string(&path).unwrap().replace(" }\n", " } # as approved\n");
                let name = format!("{folder}{below}/{}", path.file_name().unwrap().to_str().unwrap());
                files.insert(name, text.into_bytes());
            }
        }
    }
    files
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn an_edit_of_one_value_touches_its_lines_alone(change in change(), of_release in any::<bool>()) {
        let mut files = shipped();
        let content = content::read(&Root::memory(files.clone())).unwrap();
        let is_release = |stated: &Stated| matches!(stated, Stated::Release(_));
        let mut new = content.stated.into_iter().find(|stated| is_release(stated) == of_release).unwrap();
        match &mut new {
            Stated::Release(new) => change.make(&mut new.sections, &mut new.tables, &mut new.head),
            Stated::Modification(new) => change.make(&mut new.sections, &mut new.tables, &mut new.head),
        }
        let revised = content::edit(&Root::memory(files.clone()), &SHIPPED.0, &new).unwrap();
        prop_assert!(revised.removed.is_empty() && revised.written.len() < 2);
        for file in revised.written {
            let before = String::from_utf8(files.remove(&file.path).unwrap()).unwrap();
            let (old, now): (Vec<&str>, Vec<&str>) = (before.lines().collect(), file.text.lines().collect());
            let head = old.iter().zip(&now).take_while(|(a, b)| a == b).count();
            let tail = old[head..].iter().rev().zip(now[head..].iter().rev()).take_while(|(a, b)| a == b).count();
            let touched = &old[head..old.len() - tail];
            // One value, over as many lines as it had; the longest body has some thirty.
            prop_assert!(touched.len() < 36, "{:#?}\n{}", touched, file.text);
            let text_behind = touched.iter().filter(|line| line.ends_with("# as approved")).count();
            prop_assert!(text_behind <= 1, "{:#?}", touched);
            files.insert(file.path, file.text.into_bytes());
        }
        let content = content::read(&Root::memory(files.clone())).unwrap();
        prop_assert!(content.diagnostics.is_empty(), "{:?}", content.diagnostics);
        let now = content.stated.into_iter().find(|stated| is_release(stated) == of_release).unwrap();
        prop_assert_eq!(in_order(now), in_order(new));
    }
}

/// The one, with some of its values from the other.
fn mixed(old: Stated, new: Stated, keep: &[bool]) -> Stated {
    let keeps = |at: usize| keep.get(at % keep.len()).copied().unwrap_or(true);
    match (old, new) {
        (Stated::Release(old), Stated::Release(new)) => Stated::Release(Release {
            head: if keeps(0) { old.head } else { new.head },
            sections: mixed_sections(old.sections, new.sections, &keeps),
            tables: mixed_tables(old.tables, new.tables, &keeps),
        }),
        (Stated::Modification(old), Stated::Modification(new)) => Stated::Modification(Modification {
            head: if keeps(0) { old.head } else { new.head },
            base: if keeps(1) { old.base } else { new.base },
            includes: if keeps(2) { old.includes } else { new.includes },
            sections: mixed_sections(old.sections, new.sections, &keeps),
            tables: mixed_tables(old.tables, new.tables, &keeps),
        }),
        (old, _) => old,
    }
}

fn mixed_sections(
    old: Vec<SectionStatement>,
    new: Vec<SectionStatement>,
    keeps: &impl Fn(usize) -> bool,
) -> Vec<SectionStatement> {
    let mut new = new.into_iter();
    let mut sections: Vec<SectionStatement> = old
        .into_iter()
        .enumerate()
        .filter_map(|(at, mut section)| {
            let other = new.next()?;
            if keeps(at) {
                section.body = other.body;
                section.provenance = other.provenance;
            }
            if keeps(at + 1) && !other.heading.as_ref().is_some_and(|text| text.starts_with(section.number.as_str())) {
                (section.heading, section.has_heading) = (other.heading, other.has_heading);
                section.renumber = other.renumber;
                section.place = other.place;
            }
            if let Some(open) = &section.open {
                section.heading = section.heading.filter(|_| open.heading.is_none());
                section.body = section.body.filter(|_| open.body.is_none());
                section.renumber = section.renumber.filter(|_| open.renumber.is_none());
                section.place = section.place.filter(|_| open.place.is_none());
            }
            let is_open = section.open.as_ref().is_some_and(|open| open.heading.is_some());
            section.has_heading = section.heading.is_some() || is_open;
            Some(section)
        })
        .collect();
    sections.extend(new);
    apart(sections)
}

fn mixed_tables(
    old: Vec<TableStatement>,
    new: Vec<TableStatement>,
    keeps: &impl Fn(usize) -> bool,
) -> Vec<TableStatement> {
    let mut new = new.into_iter();
    let mut tables: Vec<TableStatement> = old
        .into_iter()
        .enumerate()
        .map(|(at, mut table)| {
            let Some(other) = new.next() else { return table };
            if keeps(at + 2) {
                table.operations = mixed_operations(table.operations, other.operations, keeps);
                table.omitted = other.omitted;
            }
            if let (true, Some(rows), Some(others)) = (keeps(at + 3), table.rows.as_mut(), other.rows) {
                let at = rows.value.len() / 2;
                rows.value.splice(at..at, others.value);
            }
            if keeps(at + 4) {
                table.published = other.published;
                table.open = other.open;
            }
            if let Some(open) = &table.open {
                table.title = table.title.filter(|_| open.title.is_none());
                table.role = table.role.filter(|_| open.role.is_none());
                table.omitted = table.omitted.filter(|_| open.omitted.is_none());
                table.published = table.published.filter(|_| open.published.is_none());
            }
            let is_there = |name: &str| match name {
                "role" => table.role.is_some() || table.open.as_ref().is_some_and(|open| open.role.is_some()),
                _ => table.rows.is_some(),
            };
            table.missing = ["role", "rows"].into_iter().filter(|name| !is_there(name)).collect();
            table
        })
        .collect();
    tables.extend(new);
    apart_tables(tables)
}

fn mixed_operations(mut old: Operations, new: Operations, keeps: &impl Fn(usize) -> bool) -> Operations {
    if keeps(8) {
        let other = |(it, other): (&mut InsertedRows, &InsertedRows)| it.neighbour.clone_from(&other.neighbour);
        old.insert.iter_mut().zip(&new.insert).for_each(other);
    }
    let middle = old.insert.len() / 2;
    old.insert.splice(middle..middle, new.insert);
    if keeps(5) {
        old.remove.pop();
        old.remove.extend(new.remove);
    }
    for (amended, other) in old.amend.iter_mut().zip(new.amend) {
        if keeps(6) {
            amended.row.name = other.row.name;
            amended.row.cells = other.row.cells;
            amended.row = settled(std::mem::take(&mut amended.row));
        }
    }
    if keeps(7) {
        old.moves = new.moves;
    }
    old
}

#[test]
fn a_version_written_as_a_release_is_that_version() {
    let project = compose::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    for version in &project.versions {
        let release = Stated::Release(compose::state(version, &SHIPPED.0).unwrap());
        let files = files(content::write(&release).into_iter().map(|file| (file.path, file.text)));
        let again = compose::load_from(&Root::memory(files)).unwrap();
        let again = again.version(&version.id).unwrap();
        // What stands before it, and with that the record of what led to it, isn't the version's own.
        let alone = Version { base: None, record: again.record.clone(), ..version.clone() };
        let json = |version: &Version| serde_json::to_value(version).unwrap();
        assert_eq!(json(again), json(&alone));
    }
}

#[test]
fn what_ships_is_written_as_its_drafters_typed_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for stated in content::read(&Root::folder(root)).unwrap().stated {
        for file in content::write(&stated).into_iter().filter(|file| file.path.contains("/sections/")) {
            let typed = std::fs::read_to_string(root.join(&file.path)).unwrap();
            // Where it is folded is the drafter's choice.
            let unfolded = |text: &str| text.split_once("\nprovenance:").map_or(text, |(head, _)| head).to_owned();
            assert_eq!(unfolded(&file.text), unfolded(&typed), "{}", file.path);
        }
    }
}

/// A modification's one section file, edited so that its heading and its body read so.
fn edited(text: &str, heading: &str, body: &str) -> Result<String, String> {
    let version = ("content/m/version.yaml".to_owned(), "id: M\nname: M\nbase: \"1\"\n".to_owned());
    let files = files([version, ("content/m/sections/a.yaml".to_owned(), text.to_owned())]);
    let Stated::Modification(mut stated) = read(&files) else { unreachable!() };
    stated.sections[0].heading = Some(heading.into());
    stated.sections[0].has_heading = true;
    stated.sections[0].body = Some(body.into());
    let revised = content::edit(&Root::memory(files.clone()), &SHIPPED.0, &Stated::Modification(stated));
    let revised = revised.map_err(|wrong| wrong.iter().map(ToString::to_string).collect::<String>())?;
    Ok(revised.written.into_iter().next().map_or_else(|| text.to_owned(), |file| file.text))
}

#[test]
fn an_edit_leaves_what_a_drafter_typed_as_it_was_whatever_its_form() {
    for (text, expected) in [
        // In brackets, and with a remark behind.
        ("{ section: \"5\", heading: Old } # all\n", "{ section: \"5\", heading: New, body: Text } # all\n"),
        // In the marks that stand there; what is folded becomes lines.
        (
            "section: '5'\nheading: 'Old' # why\nbody: >-\n  Old\n  text # no remark\n# end\n",
            "section: '5'\nheading: 'New' # why\nbody: |\n  Text\n# end\n",
        ),
        // As far in as the lines stand, in the same style, without an end of the last line.
        ("body: |-\n    Old\n\nheading: Old\nsection: \"5\"", "body: |-\n    Text\n\nheading: New\nsection: \"5\""),
        // A mark of the encoding, and lines that end as on Windows.
        (
            "\u{feff}section: \"5\"\r\n# kept\r\nheading: \"Old\"\r\nbody: Old\r\n",
            "\u{feff}section: \"5\"\r\n# kept\r\nheading: \"New\"\r\nbody: Text\r\n",
        ),
    ] {
        assert_eq!(edited(text, "New", "Text").as_deref(), Ok(expected));
    }
    let several = edited("section: \"5\"\nheading: Old\nbody: Old # why\n", "New", "One\n\nTwo").unwrap();
    assert_eq!(several, "section: \"5\"\nheading: New\nbody: \"One\\n\\nTwo\" # why\n", "a remark never becomes text");
    let shared = edited("section: \"5\"\nheading: &same Old\nbody: *same\n", "New", "Old");
    assert!(shared.is_err() || shared.is_ok_and(|text| text.contains("New")));
}
