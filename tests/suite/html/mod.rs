//! The laws of pages: what is seen in each text is that text, and nothing in it is taken for markup.

mod page;

use crate::common::{config, edit, generate, sheet};
use ctsd::document::{Block, Document, Kind, Marker, PartWords, Run, Table, accept, markdown, reject};
use ctsd::files::Root;
use ctsd::model::{Applicability, Standing};
use ctsd::ooxml::trace::Trace;
use ctsd::pipeline::{Desk, Format, Options};
use ctsd::progress::Watch;
use ctsd::redline::compare;
use ctsd::template::Templates;
use ctsd::writer::format::{self, Order};
use page::{Element, View, in_one_line, read, seen};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A document as a page, by somebody whose name hurts.
fn written(document: &Document) -> String {
    written_as(Format::Html, document)
}

fn written_as(format: Format, document: &Document) -> String {
    let templates = Templates::load(&Root::memory(BTreeMap::new())).expect("the templates");
    let value = |name: &str| Applicability {
        name: name.into(),
        count_label: format!("Count of {name}"),
        counts_as_test: name != "N/A",
        origin: Standing::default(),
    };
    let order = Order {
        sheet: &sheet(),
        author: "A <drafter> & \"Co\"</script>".to_owned(),
        date: Some("2026-01-31T00:00:00Z".to_owned()),
        trace: Trace::default(),
        changes: None,
        amendments: None,
        figures: &[],
        live: false,
        pages: [(Format::Html, "text.html".to_owned())].into_iter().collect(),
        values: &["N/A", "Mandatory", "Mandatory SMETS 2"].map(value),
        templates: &templates,
        book: None,
        running: None,
        words: &PartWords::default(),
        watch: &Watch::default(),
    };
    let (_, written) = format::write(&[format], &mut document.clone(), &order).remove(0);
    String::from_utf8(written.expect("a page")).unwrap()
}

/// What a clean document says, read off the tree: the second opinion.
fn said(document: &Document) -> Vec<String> {
    let mut notes = Vec::new();
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let text = text(&paragraph.runs, &mut notes);
                let label = match &paragraph.kind.now {
                    Kind::Item { marker: Marker::Label(label), .. } => label.as_str(),
                    _ => "",
                };
                lines.push(if label.is_empty() { text } else { format!("{label} {text}") });
            }
            Block::Table(table) => lines.extend(rows(table, &mut notes)),
            Block::Furniture(_) => {}
        }
    }
    lines.extend(notes.into_iter().enumerate().map(|(index, note)| format!("{} {note}", index + 1)));
    in_one_line(lines)
}

fn rows(table: &Table, notes: &mut Vec<String>) -> Vec<String> {
    let mut rows = Vec::new();
    for row in &table.rows {
        let cells = row.cells.iter().filter(|cell| !cell.above);
        let cells: Vec<String> = cells.map(|cell| format!("{}:{}", cell.span, text(&cell.runs, notes))).collect();
        rows.push(format!("| {} |", cells.join(" | ")));
    }
    rows
}

fn text(runs: &[Run], notes: &mut Vec<String>) -> String {
    let mut out = String::new();
    for run in runs {
        match (&run.style.now.note, &run.style.now.figure) {
            (Some(note), _) => {
                let own = notes.len();
                notes.push(String::new());
                notes[own] = text(&note.runs, notes);
                out += &(own + 1).to_string();
            }
            (None, Some(figure)) => out += &figure.alt,
            (None, None) => out += &run.text,
        }
    }
    out
}

/// What is wrong with a page in itself, whatever it says.
fn faults(page: &Element) -> Vec<String> {
    const KNOWN: [&str; 52] = [
        "a",
        "article",
        "b",
        "body",
        "button",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "html",
        "img",
        "ins",
        "li",
        "main",
        "meta",
        "nav",
        "ol",
        "option",
        "p",
        "script",
        "section",
        "select",
        "span",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "br",
        "label",
    ];
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for element in page.all().into_iter().skip(1) {
        if !KNOWN.contains(&element.name.as_str()) {
            faults.push(format!("an element <{}>", element.name));
        }
        if element.attributes.keys().any(|name| name.starts_with("on")) {
            faults.push(format!("an attribute that is carried out: {:?}", element.attributes));
        }
        if let Some(id) = element.get("id")
            && (!ids.insert(id.to_owned()) || id.is_empty() || id.contains(char::is_whitespace))
        {
            faults.push(format!("a name that stands twice or can't be one: {id}"));
        }
        if let Some(from) = element.get("src").filter(|from| !from.starts_with("data:")) {
            faults.push(format!("something from elsewhere: {from}"));
        }
    }
    for element in page.all() {
        let to = element.get("href").filter(|_| element.name == "a");
        match to.map(|to| to.strip_prefix('#').ok_or(to)) {
            None => {}
            Some(Ok(place)) if ids.contains(place) => {}
            Some(Err(address)) if ["http://", "https://", "mailto:"].iter().any(|it| address.starts_with(it)) => {}
            // The text around a page of matrices.
            Some(Err(address)) if address.split('#').next() == Some("text.html") => {}
            Some(to) => faults.push(format!("a link that leads nowhere: {to:?}")),
        }
        for name in ["aria-labelledby", "aria-describedby", "aria-controls", "for"] {
            if let Some(other) = element.get(name).filter(|other| !ids.contains(*other)) {
                faults.push(format!("{name} of nothing: {other}"));
            }
        }
    }
    faults
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn each_text_is_seen_as_it_is_said(document in generate::document(true)) {
        let page = read(&written(&document));
        prop_assert_eq!(faults(&page), Vec::<String>::new());
        prop_assert_eq!(seen(&page, View::Original), said(&reject(&document)));
        prop_assert_eq!(seen(&page, View::Proposed), said(&accept(&document)));
    }

    #[test]
    fn a_redline_of_two_shows_both((old, new) in edit::pair()) {
        let redline = compare(&old, &new, "old", "new");
        let page = read(&written(&redline.document));
        prop_assert_eq!(faults(&page), Vec::<String>::new());
        prop_assert_eq!(seen(&page, View::Original), said(&old));
        prop_assert_eq!(seen(&page, View::Proposed), said(&new));
    }
}

/// The rows of a page of matrices, without the clauses that name each.
fn rows_of(page: &Element, view: View) -> Vec<String> {
    let rows = seen(page, view).into_iter().filter(|line| line.starts_with("| "));
    rows.map(|row| row.rsplit_once(" | 1:").map_or(row.clone(), |(own, _)| format!("{own} |"))).collect()
}

/// The rows of the matrices of a clean document, read off the tree.
fn matrix_rows(document: &Document) -> Vec<String> {
    let matrices = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) if table.id.now.is_some() => Some(table),
        _ => None,
    });
    let mut notes = Vec::new();
    in_one_line(matrices.flat_map(|table| rows(table, &mut notes)).collect())
}

proptest! {
    #![proptest_config(config(80))]

    #[test]
    fn matrices_are_those_of_each_text((old, new) in edit::pair()) {
        let redline = compare(&old, &new, "old", "new");
        let page = read(&written_as(Format::Matrix, &redline.document));
        prop_assert_eq!(faults(&page), Vec::<String>::new());
        let [was, now] = [&old, &new].map(|clean| read(&written_as(Format::Matrix, clean)));
        for (view, clean, own) in [(View::Original, &old, &was), (View::Proposed, &new, &now)] {
            prop_assert_eq!(rows_of(&page, view), matrix_rows(clean));
            // With the clauses that name each row, too.
            let all = |page: &Element, view| seen(page, view).into_iter().filter(|line| line.starts_with("| ")).collect();
            let [shown, told]: [Vec<String>; 2] = [all(&page, view), all(own, View::Proposed)];
            prop_assert_eq!(shown, told);
        }
    }
}

#[test]
fn a_row_of_a_matrix_tells_which_clauses_name_it_and_what_its_cells_hold() {
    let desk = Desk::open(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (base, target) = (desk.version("6.18").unwrap(), desk.version("MP089").unwrap());
    let options = Options { formats: vec![Format::Html, Format::Matrix], ..Options::default() };
    let files = desk.full_redline(base, target, &options).unwrap();
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["redline-6.18-mp089-full.html", "redline-6.18-mp089-full.matrix.html"]);
    let [text, matrix] = [0, 1].map(|at| read(&String::from_utf8(files[at].bytes.clone()).unwrap()));
    let links = |id: &str| {
        let row = matrix.named(id).unwrap();
        let to = |it: &&Element| it.get("href").map(str::to_owned);
        row.all().iter().filter_map(to).collect::<Vec<_>>()
    };
    let place = |name: &str| format!("redline-6.18-mp089-full.html#{name}");
    assert_eq!(links("row-8.1.8-6.22"), [place("row-8.1.8-6.22"), place("section-8.1.4")]);
    assert_eq!(links("row-8.1.8-6.13"), [place("row-8.1.8-6.13")], "nothing names it");
    // What is named from the modification on is inserted, in a row that stood before.
    let row = matrix.named("row-8.1.8-6.22").unwrap();
    assert!(row.all().iter().any(|cell| cell.name == "td" && cell.is("heat-3")), "Mandatory SMETS 2 is the third");
    // Every link leads somewhere.
    for link in matrix.all().iter().filter_map(|it| it.get("href")).filter_map(|to| to.strip_prefix("redline-")) {
        let (_, place) = link.split_once('#').unwrap_or_default();
        assert!(place.is_empty() || text.named(place).is_some(), "{link}");
    }
    let to_matrices = |it: &&&Element| it.get("href") == Some("redline-6.18-mp089-full.matrix.html");
    assert_eq!(text.all().iter().filter(to_matrices).count(), 1);
}

#[test]
fn a_line_ends_where_it_did() {
    let page = read(&written(&markdown::read("One\\\ntwo.").unwrap()));
    let paragraph = page.named("document").unwrap().elements().next().unwrap();
    assert_eq!(paragraph.elements().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["br"]);
}

#[test]
fn what_ships_is_a_page_in_each_kind() {
    let desk = Desk::open(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (base, target) = (desk.version("6.18").unwrap(), desk.version("MP089").unwrap());
    let options = Options { formats: vec![Format::Html], ..Options::default() };
    let page = |files: Vec<ctsd::publish::File>| {
        let page = String::from_utf8(files[0].bytes.clone()).unwrap();
        assert_eq!(page.matches("http").count(), page.matches("http-equiv").count(), "it asks for nothing");
        let page = read(&page);
        assert_eq!(faults(&page), Vec::<String>::new(), "{}", files[0].name);
        page
    };
    let [old, new] = [base, target].map(|version| page(desk.build(version, &options).unwrap()));
    let full = page(desk.full_redline(base, target, &options).unwrap());
    assert_eq!(seen(&full, View::Original), seen(&old, View::Proposed));
    assert_eq!(seen(&full, View::Proposed), seen(&new, View::Proposed));
    let change = page(desk.redline(base, target, &options).unwrap());
    assert!(change.named("section-5.4").is_some() && change.named("row-8.1.8-7.7").is_some());
    assert!(change.all().iter().any(|it| it.name == "ins" && it.get("data-by") == Some("MP089")));
}
