//! How a change is marked: what stays is unmarked, and what changed can be seen.

mod shown;

use ctsd::document::{Document, accept, markdown, reject};
use ctsd::redline::compare;

/// The redline of two texts, in Markdown; both must be in it whole.
fn marked(old: &str, new: &str) -> String {
    let [old, new] = [old, new].map(|text| markdown::read(text).expect("it reads"));
    let document = redline(&old, &new);
    markdown::write(&document).trim().to_owned()
}

fn redline(old: &Document, new: &Document) -> Document {
    let document = compare(old, new, "old", "new").document;
    assert_eq!((&reject(&document), &accept(&document)), (old, new));
    document
}

#[test]
fn a_short_text_that_is_added_to_or_has_another_figure_is_not_struck_whole() {
    let cases = [
        (
            "The cap is £35,000,000.\n\nNot used.\n\nThe notice is final.",
            "The cap is £55,000,000.\n\nNot used, save where the Panel directs otherwise in writing.\n\nThe notice is, \
             once it has been served in writing, final.",
            "The cap is £<del>35,000,000</del><ins>55,000,000</ins>.\n\nNot used<ins>, save where the Panel directs \
             otherwise in writing</ins>.\n\nThe notice is<ins>, once it has been served in writing,</ins> final.",
        ),
        ("Reserved", "Reserved for future use", "Reserved<ins> for future use</ins>"),
        ("Within 5 days.", "Within 1,250,000 days.", "Within <del>5</del><ins>1,250,000</ins> days."),
    ];
    for (old, new, wanted) in cases {
        assert_eq!(marked(old, new), wanted);
    }
    // A word that happens to stand within another text is no addition.
    let whole = marked("and", "The Supplier and the Network Operator tell the Panel.");
    assert!(whole.starts_with("<del>and</del>"), "{whole}");
}

#[test]
fn a_paragraph_that_is_split_or_joined_keeps_all_its_words() {
    let one = "The Supplier shall: pay the charges; keep records of each payment for six years; and give the Panel a \
               copy of those records.";
    let four = "The Supplier shall:\n\n- pay the charges;\n- keep records of each payment for six years; and\n- give \
                the Panel a copy of those records.";
    let split = marked(one, four);
    assert_eq!(split.matches("<del>").count(), 3, "{split}");
    assert_eq!(split.matches("<del>&#32;</del>").count(), 3, "{split}");
    assert_eq!((split.matches("<ins>").count(), split.matches("ctsd:inserted").count()), (0, 3), "{split}");
    let joined = marked(four, one);
    assert_eq!((joined.matches("<del>").count(), joined.matches("ctsd:deleted").count()), (0, 3), "{joined}");
    assert_eq!(joined.matches("<ins>&#32;</ins>").count(), 3, "{joined}");
}

const TABLE: &str = "| Ref | Service | Time limit |\n|---|---|---|\n| 6.2 | Read the configuration | ten days |\n| 6.5 | Update the configuration | five days |\n| 7.4 | Read supply status | one day |";

#[test]
fn a_header_word_or_a_first_cell_that_changes_leaves_the_rest_of_the_table_unmarked() {
    let header = marked(TABLE, &TABLE.replace("Time limit", "Time allowed"));
    assert!(header.contains("Time <del>limit</del><ins>allowed</ins>"), "{header}");
    assert_eq!((header.matches("<del>").count(), header.matches("<ins>").count()), (1, 1), "{header}");
    let first = marked(TABLE, &TABLE.replace("| 6.2 |", "| 6.20 |").replace("| 6.5 |", "| 6.50 |"));
    assert_eq!((first.matches("<del>").count(), first.matches("<ins>").count()), (2, 2), "{first}");
    let all = marked(TABLE, &TABLE.replace("Ref", "No").replace("Service", "Request").replace("Time", "Day"));
    assert_eq!((all.matches("<del>").count(), all.matches("<ins>").count()), (3, 3), "{all}");
}

/// The table with its columns in this order.
fn with_columns(order: &[usize]) -> String {
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        format!("|{}|", order.iter().map(|&at| cells[at]).collect::<Vec<_>>().join("|"))
    };
    TABLE.lines().map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_column_that_comes_or_goes_or_moves_marks_only_its_own_cells() {
    let words = |marked: &str, tag: &str| marked.matches(tag).count();
    for (old, new, gone, come) in [
        (vec![0, 1], vec![0, 1, 2], 0, 4),
        (vec![0, 1, 2], vec![1, 2], 4, 0),
        (vec![0, 1, 2], vec![2, 0, 1], 4, 4),
        (vec![2, 0], vec![2, 1, 0], 0, 4),
    ] {
        let marked = marked(&with_columns(&old), &with_columns(&new));
        assert_eq!((words(&marked, "<del>"), words(&marked, "<ins>")), (gone, come), "{marked}");
    }
}

#[test]
fn a_script_that_comes_is_a_change_of_format() {
    assert_eq!(
        marked("It has 100 m2 of floor.", "It has 100 m^2^ of floor."),
        "It has 100 m<span data-was=\"\"><sup>2</sup></span> of floor."
    );
}
