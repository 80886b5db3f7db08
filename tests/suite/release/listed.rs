//! `ctsd list`: what there is, how far behind, and what collides.

use super::{content, root};
use crate::common::good;
use ctsd::pipeline::Desk;
use ctsd::pipeline::listing::{List, Listed, WithNewest};
use ctsd::pipeline::timeline::Place;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Two modifications that collide, one that a release has, and two releases after the base.
const FILES: [(&str, &str); 7] = [
    ("m1/sections/a.yaml", "section: \"5.1\"\nheading: This\n"),
    ("m2/sections/a.yaml", "section: \"5.1\"\nheading: That\n"),
    ("m3/version.yaml", "id: M3\nname: M3\nbase: \"1.0\"\nstatus: withdrawn\n"),
    ("m3/sections/a.yaml", "section: \"5.1\"\nheading: Those\n"),
    ("m4/version.yaml", "id: M4\nname: M4\nbase: \"1.0\"\nstatus: consultation\n"),
    ("m4/sections/a.yaml", "section: \"5.2\"\nheading: Other\n"),
    ("2.0/version.yaml", "id: \"2.0\"\nname: Two\nbase: \"1.0\"\nincludes: [M1]\neffective: 2026-02-03\n"),
];

fn list(files: &[(&str, &str)]) -> List {
    Desk::open_from(&root(&content(files))).unwrap().list()
}

fn of<'l>(list: &'l List, id: &str) -> &'l Listed {
    list.versions.iter().find(|it| it.id == id).unwrap()
}

#[test]
fn each_version_is_told_with_how_far_behind_it_is() {
    let third = ("3.0/version.yaml", "id: \"3.0\"\nname: Three\nbase: \"2.0\"\nincludes: [M5]\n");
    let fifth = ("m5/version.yaml", "id: M5\nname: M5\nbase: \"2.0\"\n");
    let fifth_text = ("m5/sections/a.yaml", "section: \"5.3\"\nheading: Fifth\n");
    let list = list(&[FILES.as_slice(), &[third, fifth, fifth_text]].concat());
    let behind: Vec<(&str, usize, bool)> =
        list.versions.iter().map(|it| (it.id.as_str(), it.behind, it.in_flight)).collect();
    let expected = [
        ("1.0", 2, false),
        ("2.0", 1, false),
        ("3.0", 0, false),
        ("M1", 2, true),
        ("M2", 2, true),
        ("M3", 2, false),
        ("M4", 2, true),
        ("M5", 1, true),
    ];
    assert_eq!(behind, expected);
    assert_eq!(of(&list, "2.0").effective.as_deref(), Some("2026-02-03"));
    assert_eq!(of(&list, "2.0").includes, ["M1"]);
    assert_eq!(of(&list, "M4").status, Some("consultation"));
    let newest: Vec<Option<&str>> = list.versions.iter().map(|it| it.newest.as_deref()).collect();
    assert_eq!(newest[..3], [Some("3.0"), Some("3.0"), None]);
    assert!(matches!(of(&list, "M1").with_newest, Some(WithNewest::Included)));
    assert!(matches!(of(&list, "M2").with_newest, Some(WithNewest::Collides { .. })));
    assert!(matches!(of(&list, "M4").with_newest, Some(WithNewest::Merges)));
}

#[test]
fn what_is_in_flight_is_held_against_each_other_and_what_is_not_is_left_alone() {
    let list = list(&FILES);
    let pairs: Vec<(&str, &str, usize)> =
        list.pairs.iter().map(|pair| (pair.one.as_str(), pair.other.as_str(), pair.conflicts.len())).collect();
    assert_eq!(pairs, [("M1", "M2", 1), ("M1", "M4", 0), ("M2", "M4", 0)]);
    let conflict = &list.pairs[0].conflicts[0];
    assert_eq!(conflict.about, "the heading of Section 5.1");
    assert_eq!(&*conflict.one.as_ref().unwrap().file, "content/m1/sections/a.yaml");
    assert_eq!(&*conflict.other.as_ref().unwrap().file, "content/m2/sections/a.yaml");
}

#[test]
fn a_collision_that_shows_in_one_order_only_is_told() {
    let files = [
        ("m1/sections/a.yaml", "section: \"5.3\"\ndelete: true\n"),
        ("m2/sections/a.yaml", "section: \"5.1\"\nmove: { after: \"5.3\" }\n"),
        ("2.0/version.yaml", "id: \"2.0\"\nname: Two\nbase: \"1.0\"\nincludes: [M2]\n"),
    ];
    assert!(!list(&files).pairs[0].conflicts.is_empty());
}

#[test]
fn a_pair_that_a_release_has_both_of_is_settled() {
    let both = ("2.0/version.yaml", "id: \"2.0\"\nname: Two\nbase: \"1.0\"\nincludes: [M1, M4]\n");
    let files: Vec<(&str, &str)> = FILES.into_iter().filter(|(path, _)| *path != both.0).chain([both]).collect();
    let pairs: Vec<(String, String)> = list(&files).pairs.into_iter().map(|pair| (pair.one, pair.other)).collect();
    assert_eq!(pairs, [("M1".into(), "M2".into()), ("M2".into(), "M4".into())]);
}

#[test]
fn versions_in_a_circle_are_listed_as_having_errors() {
    let circle = [
        ("m1/version.yaml", "id: M1\nname: M1\nbase: M2\n"),
        ("m2/version.yaml", "id: M2\nname: M2\nbase: M1\n"),
        ("2.0/version.yaml", "id: \"2.0\"\nname: Two\nbase: \"3.0\"\nincludes: [M1]\n"),
        ("3.0/version.yaml", "id: \"3.0\"\nname: Three\nbase: \"2.0\"\nincludes: [M2]\n"),
    ];
    let list = list(&circle);
    assert_eq!(list.versions.iter().filter(|it| it.has_errors).count(), 4);
    assert!(list.pairs.is_empty());
}

/// The files on a disk, below a folder of their own.
fn disk(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("listed").join(name);
    let _ = fs::remove_dir_all(&root);
    let words = fs::read_to_string(good().join("content/appendix.yaml")).unwrap();
    for (path, text) in content(files).into_iter().chain([("appendix.yaml".to_owned(), words)]) {
        let path = root.join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn run(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ctsd")).arg("--root").arg(root).args(arguments).output().unwrap()
}

#[test]
fn the_command_prints_a_table_and_then_what_collides() {
    let output = run(&disk("table", &FILES), &["list"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let expected = "\
VERSION  BASE  INCLUDES  STATUS        IN FORCE    BEHIND   WITH THE NEWEST
1.0      -     -         -             -           1 (2.0)  -
2.0      1.0   M1        -             2026-02-03  -        -
M1       1.0   -         -             -           1 (2.0)  is in it
M2       1.0   -         -             -           1 (2.0)  1 conflict
M3       1.0   -         withdrawn     -           1 (2.0)  -
M4       1.0   -         consultation  -           1 (2.0)  merges

M2 and 2.0 collide in 1 thing:
  the heading of Section 5.1 (content/m2/sections/a.yaml:2:10, content/m1/sections/a.yaml:2:10)

M1 and M2 collide in 1 thing:
  the heading of Section 5.1 (content/m1/sections/a.yaml:2:10, content/m2/sections/a.yaml:2:10)
";
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
}

#[test]
fn the_command_gives_the_same_as_data_and_goes_on_beside_what_is_wrong() {
    let broken = ("m5/version.yaml", "id: M5\nname: M5\nbase: \"1.0\"\nstatus: draught\n");
    let output = run(&disk("data", &[FILES.as_slice(), &[broken]].concat()), &["list", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("“draught” is no status"));
    let data: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let versions = data["versions"].as_array().unwrap();
    let of = |id: &str| versions.iter().find(|it| it["id"] == id).unwrap();
    assert_eq!(of("M2")["with_newest"]["is"], "collides");
    assert_eq!(of("M2")["with_newest"]["conflicts"][0]["about"], "the heading of Section 5.1");
    assert_eq!(of("M1")["with_newest"]["is"], "included");
    assert_eq!(of("M4")["behind"], 1);
    assert_eq!(of("M5")["has_errors"], true);
    assert_eq!(data["pairs"].as_array().unwrap().len(), 3);
    assert_eq!(data["pairs"][0]["conflicts"][0]["one"]["line"], 2);
}

/// Where the page of the list leads to, and what stands in it in which order.
fn timeline(files: &[(&str, &str)], written: &[&str]) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    written.iter().for_each(|name| fs::write(folder.path().join(name), "").unwrap());
    let desk = Desk::open_from(&root(&content(files))).unwrap();
    let page = desk.timeline(Place::Folder(folder.path())).unwrap();
    assert_eq!(page.name, "index.html");
    let page = String::from_utf8(page.bytes).unwrap();
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let links = links.filter(|link| link.ends_with(".html")).map(str::to_owned).collect();
    (page, links)
}

#[test]
fn the_page_of_the_list_has_the_versions_in_time_and_leads_to_what_was_written() {
    let third = ("3.0/version.yaml", "id: \"3.0\"\nname: Three\nbase: \"2.0\"\nincludes: [M4]\n");
    let written = ["redline-1.0-m2.html", "redline-1.0-2.0-full.html", "redline-m2-m4.html", "other.html"];
    let (page, links) = timeline(&[FILES.as_slice(), &[third]].concat(), &written);
    assert_eq!(links, ["redline-1.0-2.0-full.html", "redline-1.0-m2.html"]);
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}"));
    // The newest first; a version that has no day yet is to come. What a version includes stands with it.
    let order = [
        "data-name=\"Three\"",
        "<b>M4</b>",
        "data-name=\"Two\"",
        "<b>M1</b>",
        "data-name=\"One\"",
        "<b>M2</b>",
        "<b>M3</b>",
    ];
    assert!(order.map(at).is_sorted(), "{page}");
    assert!(page.contains("<time datetime=\"2026-02-03\">") && page.contains("class=\"status withdrawn\""));
    // Any two of which a page was written.
    for pair in [
        "\"1.0 M2\":\"redline-1.0-m2.html\"",
        "\"1.0 2.0\":\"redline-1.0-2.0-full.html\"",
        "\"M2 M4\":\"redline-m2-m4.html\"",
    ] {
        assert!(page.contains(pair), "{pair}");
    }
}
