//! The shipped content as the rest of the desk sees it.

mod bad;
mod hostile;
mod written;

use ctsd::compose::{self, Project};
use ctsd::model::{self, Counts, Matrix, Omitted, Part, Section, Version};
use std::path::Path;

fn project() -> Project {
    compose::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap_or_else(|diagnostics| {
        let all: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        panic!("{}", all.join("\n"))
    })
}

fn version<'p>(project: &'p Project, id: &str) -> &'p Version {
    project.version(id).expect("the version is shipped")
}

fn matrix<'v>(version: &'v Version, number: &str) -> &'v Matrix {
    version.matrices().find(|matrix| *matrix.number == number).expect("the table is shipped")
}

fn section<'v>(version: &'v Version, number: &str) -> &'v Section {
    version.sections().find(|section| *section.number == number).expect("the section is shipped")
}

fn counts(project: &Project, id: &str, table: &str) -> Option<Counts> {
    model::counts(&project.appendix, matrix(version(project, id), table))
}

fn figures(counts: &Counts) -> Vec<(&str, Vec<u64>, Option<u64>)> {
    counts.rows.iter().map(|row| (row.label.as_str(), row.cv.clone(), row.total)).collect()
}

#[test]
fn versions_are_found_without_case_and_parts_stand_in_document_order() {
    let project = project();
    let numbers = |id| version(&project, id).parts.iter().map(Part::number).collect::<Vec<_>>();
    assert_eq!(numbers("6.18"), ["1", "1.1", "1.2", "5.4", "8.1.4", "8.1.8", "8.1.10"]);
    assert_eq!(numbers("mp089"), numbers("6.18"));
    assert_eq!(version(&project, "Mp089").id.value, "MP089");
    assert_eq!(version(&project, "MP089").file_name(), "mp089");
}

#[test]
fn the_counts_of_6_18_are_those_that_were_published() {
    let project = project();
    let counts = counts(&project, "6.18", "8.1.8").unwrap();
    assert_eq!(
        figures(&counts),
        [
            ("Count of N/A", vec![10, 32, 34, 33, 34, 34, 35, 35, 35, 28], None),
            ("Count of Mandatory", vec![18, 0, 0, 0, 1, 0, 0, 0, 0, 6], Some(25)),
            ("Count of Mandatory SMETS 2", vec![7, 3, 1, 2, 0, 1, 0, 0, 0, 1], Some(15)),
        ]
    );
    assert_eq!((counts.total_label.as_str(), counts.total_tests), ("Total Tests", 40));
}

#[test]
fn the_counts_of_mp089_are_computed_from_its_rows() {
    let project = project();
    let counts = counts(&project, "mp089", "8.1.8").unwrap();
    assert_eq!(
        figures(&counts),
        [
            ("Count of N/A", vec![10, 33, 35, 34, 35, 35, 36, 36, 36, 29], None),
            ("Count of Mandatory", vec![18, 0, 0, 0, 1, 0, 0, 0, 0, 6], Some(25)),
            ("Count of Mandatory SMETS 2", vec![8, 3, 1, 2, 0, 1, 0, 0, 0, 1], Some(16)),
        ]
    );
    assert_eq!(counts.total_tests, 41);
}

#[test]
fn a_table_whose_extent_is_unknown_has_no_counts_and_says_why() {
    let project = project();
    for id in ["6.18", "mp089"] {
        assert_eq!(counts(&project, id, "8.1.10"), None);
        let Omitted::Unknown { reason } = &matrix(version(&project, id), "8.1.10").omitted else {
            panic!("what Table 8.1.10 omits is unknown")
        };
        assert!(reason.contains("no count rows"));
    }
}

/// Nine of N/A, one of Mandatory, one row total. The baseline's are all right.
#[test]
fn the_published_figures_that_the_computed_ones_contradict_are_eleven() {
    let project = project();
    let wrong = |id: &str| {
        let matrix = matrix(version(&project, id), "8.1.8");
        let counts = model::counts(&project.appendix, matrix).unwrap();
        let published = matrix.published.as_ref().unwrap();
        let total = published.total_tests.as_ref().map(|total| u64::from(total.value));
        let mut wrong = usize::from(total != Some(counts.total_tests));
        for (row, printed) in counts.rows.iter().zip(&published.counts) {
            assert_eq!(row.applicability, printed.applicability);
            wrong += row.cv.iter().zip(&printed.cv).filter(|(a, b)| **a != u64::from(b.value)).count();
            wrong += usize::from(row.total != printed.total.as_ref().map(|total| u64::from(total.value)));
        }
        wrong
    };
    assert_eq!((wrong("6.18"), wrong("mp089")), (0, 11));
}

#[test]
fn a_modification_is_whole_and_each_part_knows_whose_it_is() {
    let project = project();
    let mp089 = version(&project, "mp089");
    let keys: Vec<&str> = matrix(mp089, "8.1.8").rows.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys[10..13], ["7.4", "7.7", "8.2"]);
    assert_eq!(keys.len(), 17);
    let rows = &matrix(mp089, "8.1.8").rows;
    assert_eq!((rows[10].origin.version(), rows[11].origin.version()), (Some("6.18"), Some("mp089")));
    assert_eq!(section(mp089, "1").origin.version(), Some("6.18"));
    assert_eq!(section(mp089, "1.1").origin.version(), Some("mp089"));
    let keys: Vec<&str> = matrix(mp089, "8.1.10").rows.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, ["8.4", "8.14.3-fault-return", "8.14.3-no-fault-returned", "11.2"]);
}

#[test]
fn every_value_can_be_found_in_its_file() {
    let project = project();
    let mp089 = version(&project, "mp089");
    let shown = |at: &ctsd::diagnostic::Location| -> String {
        project.sources.line(at).unwrap().chars().skip(at.column - 1).take(at.length).collect()
    };
    let name = &matrix(mp089, "8.1.8").rows[11].name;
    assert_eq!(shown(&name.locate(name.find("Load").unwrap(), 4).unwrap()), "Load");
    let published = matrix(mp089, "8.1.8").published.as_ref().unwrap();
    let at = published.counts[1].cv[0].origin.location().unwrap();
    assert_eq!((at.to_string().as_str(), shown(&at).as_str()), ("content/mp089/tables/8.1.8.yaml:10:23", "19"));
    let body = &section(mp089, "8.1.4").body;
    for word in ["8.14.4", "SMETS 1 ", "Existing User Seeking"] {
        let at = body.locate(body.find(word).unwrap(), word.chars().count()).unwrap();
        assert_eq!((&*at.file, shown(&at).as_str()), ("content/mp089/sections/8.1.4.yaml", word));
    }
}

/// The modification must differ from its base in what it inserts and in nothing else.
#[test]
fn the_text_of_mp089_is_that_of_6_18_and_its_insertions() {
    let project = project();
    for (number, inserted) in [
        ("1.1", "; and\n- Additive UEPT in respect of November 19 Release"),
        ("1.2", "; and\n- For an existing User seeking to access November 19 Release functionality (Additive UEPT)"),
        ("5.4", ""),
        ("8.1.4", ""),
    ] {
        let (base, new) = (section(version(&project, "6.18"), number), section(version(&project, "mp089"), number));
        assert!(new.body.contains(inserted), "{number}");
        let text = if inserted.is_empty() { new.body.text.clone() } else { new.body.replace(inserted, "") };
        let rest = text.strip_prefix(base.body.text.as_str());
        assert!(rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("\n\n#")), "{number}: {text}");
    }
}

/// The shape that templates rely on.
#[test]
fn the_model_serialises_for_templates_without_places() {
    let project = project();
    let value = serde_json::to_value(version(&project, "mp089")).unwrap();
    assert_eq!(value["base"], "6.18");
    assert_eq!(value["classification"]["statement"], "This document has a Classification of White");
    let section = &value["parts"][1];
    assert_eq!(section["kind"], "section");
    assert_eq!(section["number"], "1.1");
    assert_eq!(section["level"], 2);
    assert_eq!(value["parts"][0]["body"], "");
    let table = &value["parts"][5];
    assert_eq!(table["kind"], "matrix");
    assert_eq!(table["role"], "ED");
    assert_eq!(table["role_name"], "Electricity Distributor");
    assert_eq!(table["omitted"]["rows"], 19);
    assert_eq!(table["columns"][4]["kind"], "cv");
    let row = &table["rows"][11];
    assert_eq!(row["key"], "7.7");
    assert_eq!(row["critical"], false);
    assert_eq!(row["cv"][0], "Mandatory SMETS 2");
    assert_eq!(row["cv"].as_array().unwrap().len(), 10);
    assert_eq!(row.get("origin"), None);
}

/// Content had them there before the appendix said them.
#[test]
fn what_the_text_calls_its_parts_may_stand_among_the_terms() {
    let root = tempfile::tempdir().unwrap();
    crate::common::copy(&crate::common::good(), root.path());
    let folder = root.path().join("content");
    let appendix = std::fs::read_to_string(folder.join("appendix.yaml")).unwrap();
    let (before, _) = appendix.split_once("references:").unwrap_or((&appendix, ""));
    std::fs::write(folder.join("appendix.yaml"), before).unwrap();
    let words = "references:\n  section: Section\n  section_also: [Clause]\n  table: Table\n";
    std::fs::write(folder.join("terms.yaml"), words).unwrap();
    let read = || compose::load(root.path()).expect("content").appendix.references;
    assert_eq!(
        (read().section.as_str(), read().section_also, read().table.as_str()),
        ("Section", vec!["Clause".to_owned()], "Table")
    );
    // The appendix's own words go before.
    std::fs::write(folder.join("appendix.yaml"), format!("{before}references: {{ section: Part, table: Grid }}\n"))
        .unwrap();
    assert_eq!((read().section.as_str(), read().section_also, read().table.as_str()), ("Part", vec![], "Grid"));
}
