//! What only one mend is right for is mended: in the files of those who said it, once, and nothing else with it.

mod laws;

use super::*;
use std::collections::BTreeMap;

const BASE: [(&str, &str); 6] = [
    ("1.0/version.yaml", "id: \"1.0\"\nname: One\nclassification: White\n"),
    ("1.0/sections/1.yaml", "section: \"1\"\nheading: Parts\nbody: |\n  See Table 1.9.\n"),
    (
        "1.0/sections/1.1.yaml",
        "section: \"1.1\"\nheading: First\nbody: |\n  As said in Section 1.3 and Section 1.2.\n\n  It ends here.\n",
    ),
    ("1.0/sections/1.2.yaml", "section: \"1.2\"\nheading: Second\nbody: |\n  See clause 4.3 of the UTSAD.\n"),
    ("1.0/sections/1.3.yaml", "section: \"1.3\"\nheading: Third\nbody: |\n  See Section 1.1.\n"),
    (
        "1.0/tables/1.9.yaml",
        "table: \"1.9\"\nrole: ED\nrows:\n  - { reference: \"1\", variant: \"1\", name: One, critical: false }\n",
    ),
];

const HEAD: (&str, &str) = ("mp1/version.yaml", "id: MP1\nname: MP1\nbase: \"1.0\"\ntitle: A change\n");
const INSERTED: (&str, &str) =
    ("mp1/sections/1.2-new.yaml", "insert: \"1.2\"\nheading: New one\nbody: |\n  New text.\n");

/// A project of these files beside the small one.
pub(super) fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let appendix = fs::read_to_string(Path::new(ROOT).join("content/appendix.yaml")).unwrap();
    let mut all = vec![("appendix.yaml", appendix.as_str()), HEAD];
    all.extend(BASE);
    all.extend(files);
    for (path, text) in all {
        let path = root.path().join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

/// Every file below the content, by path.
fn all_files(root: &Path) -> BTreeMap<String, String> {
    fn walk(folder: &Path, root: &Path, files: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(&root.join("content"), &root.join("content"), &mut files);
    files
}

/// The messages of the stale references.
fn stale(root: &Path) -> Vec<String> {
    let found = findings(root, &["mp1"]);
    let stale = found.iter().filter(|finding| finding["code"] == "stale-reference");
    stale.map(|finding| finding["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_reference_to_a_shifted_section_is_told_and_the_text_restated() {
    let root = project(&[INSERTED]);
    assert_eq!(
        stale(root.path()),
        [
            "“Section 1.3” meant “Third”, which is Section 1.4 now; Section 1.3 is “Second” now",
            "“Section 1.2” meant “Second”, which is Section 1.3 now; Section 1.2 is “New one” now",
        ]
    );
    let before = all_files(root.path());
    let shown = ctsd(root.path(), &["check", "mp1", "--fix", "--dry-run"]);
    assert!(stdout(&shown).contains("+  As said in Section 1.4 and Section 1.3.\n"), "{}", stdout(&shown));
    assert_eq!(all_files(root.path()), before, "nothing is written");

    assert!(ctsd(root.path(), &["check", "mp1", "--fix"]).status.success());
    let mut after = all_files(root.path());
    let restated = after.remove("mp1/sections/1.1.yaml").unwrap();
    assert!(
        restated.ends_with("section: \"1.1\"\nbody: |\n  As said in Section 1.4 and Section 1.3.\n\n  It ends here.\n")
    );
    assert_eq!(after, before, "the baseline's files, and all others, are as they were");
    assert_eq!(stale(root.path()), [""; 0]);
}

/// References in every place that text has, in lists and ranges and over the ends of lines, and two sections that swap.
#[test]
fn references_are_mended_wherever_they_stand_and_all_at_once() {
    let body = "section: \"1\"\nheading: What Section 1.2 says\nbody: |\n  See **Section 1.2** and Sections 1.2,\n  \
                1.3(b) or 1.1, *Section\n  1.3*, and clauses 1.2 and 1.3 of the UTSAD.\n\n  \
                - Section 1.3;\n  - Sections 1.1 to 1.3; and\n  - Table 1.9.\n\n  \
                | Where | What |\n  |---|---|\n  | Section 1.3 | Sections 1.2 and 1.3 |\n";
    let swapped = [
        ("1.0/sections/1.yaml", body),
        ("1.0/sections/1.2.yaml", "section: \"1.2\"\nheading: Second\nbody: >\n  In Section\n  1.3 it\n  ends.\n"),
        ("mp1/sections/1.2.yaml", "# Swapped.\r\nsection: \"1.2\"   # here\r\nrenumber: \"1.3\"\r\n"),
        ("mp1/sections/1.3.yaml", "section: \"1.3\"\nrenumber: \"1.2\"\n"),
    ];
    let root = project(&swapped);
    let before = all_files(root.path());
    assert!(ctsd(root.path(), &["check", "mp1", "--fix"]).status.success());
    let mut after = all_files(root.path());
    let new = ["mp1/sections/1.yaml", "mp1/sections/1.1.yaml"].map(|path| after.remove(path).unwrap());
    let swapped = body.replace("1.2", "1.x").replace("1.3", "1.2").replace("1.x", "1.3");
    let swapped = swapped.replace("1.1 to 1.2", "1.1 to 1.3").replace("clauses 1.3 and 1.2", "clauses 1.2 and 1.3");
    assert_eq!(
        new[0].split_once('\n').unwrap().1,
        swapped,
        "another document's are its own, and this range holds others"
    );
    assert!(new[1].contains("As said in Section 1.2 and Section 1.3."));
    let own = after.insert("mp1/sections/1.2.yaml".to_owned(), swapped_file(&before)).unwrap();
    assert_eq!(own, swapped_file(&before) + "body: |\r\n  In Section 1.2 it ends.\r\n");
    assert_eq!(after, before, "no other file has changed");
    let left = stale(root.path());
    assert_eq!(left.len(), 1, "{left:?}");
    ctsd(root.path(), &["check", "mp1", "--fix"]);
    assert_eq!(all_files(root.path()).len(), before.len() + 2, "a second time, there is nothing to do");
}

fn swapped_file(files: &BTreeMap<String, String>) -> String {
    files["mp1/sections/1.2.yaml"].clone()
}

#[test]
fn every_way_of_shifting_numbers_is_told() {
    let told = |files: &[(&str, &str)]| stale(project(files).path());
    let deleted = "section: \"1.2\"\ndelete: true\nclose_up: true\n";
    assert_eq!(
        told(&[("mp1/sections/1.2.yaml", deleted)]),
        [
            "“Section 1.3” meant “Third”, which is Section 1.2 now; there is no Section 1.3 any more",
            "“Section 1.2” meant “Second”, which is deleted; Section 1.2 is “Third” now",
        ]
    );
    let renumbered = "section: \"1.2\"\nrenumber: \"1.7\"\n";
    assert_eq!(
        told(&[("mp1/sections/1.2.yaml", renumbered)]),
        ["“Section 1.2” meant “Second”, which is Section 1.7 now; there is no Section 1.2 any more"]
    );
    let (gone, new) =
        ("table: \"1.9\"\ndelete: true\n", "insert: \"1.9\"\nid: other\ntitle: Other\nrole: ED\nrows: []\n");
    let tables = told(&[("mp1/tables/1.9.yaml", gone), ("mp1/tables/1.9-new.yaml", new)]);
    assert!(tables.iter().all(|message| message.contains("which is deleted; Table 1.9 is “Other” now")), "{tables:?}");
    assert_eq!(told(&[("mp1/sections/1.3.yaml", "section: \"1.3\"\nmove: { before: \"1.2\" }\n")]), [""; 0]);
}

#[test]
fn of_a_section_that_is_restated_what_is_updated_is_left_and_what_is_kept_is_told() {
    let restated = |words: &str| {
        let file = format!("section: \"1.1\"\nbody: |\n  {words}\n\n  It ends here.\n");
        stale(project(&[INSERTED, ("mp1/sections/1.1.yaml", &file)]).path())
    };
    assert_eq!(restated("As is said in Section 1.4 and Section 1.3."), [""; 0]);
    assert_eq!(restated("As is said in Section 1.3 and Section 1.2.").len(), 2);
    assert_eq!(restated("As said in Section 1.4 and Section 1.2.").len(), 1);
    assert_eq!(restated("As said in Section 1.3.").len(), 1, "it is the base's reference");
}

/// A modification's file with comments, in Windows' lines, and a slip of each kind that only one mend is right for.
#[test]
fn each_slip_with_one_mend_is_mended_and_every_other_byte_stays() {
    let slips = [
        ("A Device  must be be tested ; it\u{20}isn't", "A Device must be tested; it isn’t", ""),
        ("The DCC must tell - at once - the Panel,", "The DCC must tell – at once – the Panel:", "list"),
        ("- of clause 1.1,", "- of Section 1.1;", ""),
        ("- of the end; and", "- of the end;", ""),
        ("- of SMETS 1 Devices; and", "- of SMETS1 Devices; and", ""),
        ("- of “all”", "- of “all”.", ""),
    ];
    let file = |of: fn(&(&'static str, &'static str, &'static str)) -> &'static str, end: &str| {
        let lines: Vec<&str> = slips.iter().map(of).collect();
        let (first, list) = lines.split_first().unwrap();
        let list = [&[list[0], ""], &list[1..]].concat().join("\r\n  ").replace("\r\n  \r\n", "\r\n\r\n");
        format!("# A note.\r\nsection: \"1.3\"   # here\r\nbody: |\r\n  {first}{end}\r\n\r\n  {list}\r\n# The end.\r\n")
    };
    let (wrong, right) = (file(|slip| slip.0, ""), file(|slip| slip.1, "."));
    let root = project(&[("mp1/sections/1.3.yaml", &wrong)]);
    let terms = fs::read_to_string(Path::new(ROOT).join("content/terms.yaml")).unwrap();
    fs::write(root.path().join("content/terms.yaml"), terms).unwrap();
    let fixable = |root: &Path| findings(root, &["mp1"]).iter().filter(|finding| finding["fixable"] == true).count();
    assert!(fixable(root.path()) >= 9);
    let mut before = all_files(root.path());
    ctsd(root.path(), &["check", "mp1", "--fix"]);
    let after = all_files(root.path());
    before.insert("mp1/sections/1.3.yaml".to_owned(), right);
    assert_eq!(after, before);
    assert_eq!(fixable(root.path()), 0);
    ctsd(root.path(), &["check", "mp1", "--fix"]);
    assert_eq!(all_files(root.path()), after, "a second time, there is nothing to do");
}

#[test]
fn the_text_of_a_baseline_is_mended_only_if_it_is_asked_for() {
    let root = copy_of_content();
    let baseline = |root: &Path| -> BTreeMap<String, String> {
        all_files(root).into_iter().filter(|(path, _)| path.starts_with("6.18/")).collect()
    };
    let before = baseline(root.path());
    let output = ctsd(root.path(), &["check", "--fix"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("`check 6.18 --fix`"));
    assert_eq!(baseline(root.path()), before);
    let own = findings(root.path(), &["mp089", "--only", "inserted"]);
    assert!(own.iter().all(|finding| finding["fixable"] == false));
    ctsd(root.path(), &["check", "6.18", "--fix"]);
    assert_ne!(baseline(root.path()), before);
    assert!(findings(root.path(), &["6.18"]).iter().all(|finding| finding["fixable"] == false));
}

#[test]
fn mends_that_undo_each_other_are_refused_and_nothing_is_written() {
    let root = project(&[("mp1/sections/1.3.yaml", "section: \"1.3\"\nbody: |\n  A very small part.\n")]);
    let terms = "terms:\n  - { write: very very, not: [very] }\n";
    fs::write(root.path().join("content/terms.yaml"), terms).unwrap();
    let before = all_files(root.path());
    let output = ctsd(root.path(), &["check", "mp1", "--fix"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("undo each other"));
    assert_eq!(all_files(root.path()), before);
}
