//! `ctsd rebase`: a modification moved onto a release, in the files that its drafter typed.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn ctsd(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ctsd"));
    command.arg("--root").arg(root).args(arguments).output().unwrap()
}

/// The project of `base`, with a release 2.0 that includes M1, and M2 beside it.
fn folder(one: &[(&str, &str)], two: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = root.path().join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("appendix.yaml", &fs::read_to_string(crate::common::good().join("content/appendix.yaml")).unwrap());
    write("1.0/version.yaml", "id: \"1.0\"\nname: One\nclassification: White\n");
    for number in ["5", "5.1", "5.2", "5.3"] {
        let text = format!(
            "section: \"{number}\"\nheading: Heading {number}\nbody: |\n  The text of {number} has thirty days.\n"
        );
        write(&format!("1.0/sections/{number}.yaml"), &text);
    }
    for (id, files) in [("M1", one), ("M2", two)] {
        let folder = id.to_lowercase();
        write(&format!("{folder}/version.yaml"), &format!("id: {id}\nname: {id}\nbase: \"1.0\" # as drafted\n"));
        files.iter().for_each(|(path, text)| write(&format!("{folder}/{path}"), text));
    }
    write("2.0/version.yaml", "id: \"2.0\"\nname: Two\nbase: \"1.0\"\nincludes: [M1]\n");
    write("3.0/version.yaml", "id: \"3.0\"\nname: Three\nbase: \"1.0\"\nincludes: [M1, M2]\n");
    root
}

fn text(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

fn built(root: &Path, version: &str) -> String {
    let output = root.join("made");
    let made = ctsd(root, &["build", version, "--format", "md", "--output", output.to_str().unwrap()]);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    let document = fs::read_to_string(output.join(format!("appendix-t-{}.md", version.to_lowercase()))).unwrap();
    // Without what names the version.
    document.split_once("# 5").unwrap().1.to_owned()
}

#[test]
fn a_modification_moved_onto_a_release_reads_as_the_release_of_both() {
    let root = folder(
        &[
            ("sections/a.yaml", "insert: \"5.2\"\nheading: New\n"),
            ("sections/b.yaml", "section: \"5.3\"\nbody: |\n  The text of 5.3 has forty days.\n"),
        ],
        &[
            (
                "sections/a.yaml",
                "# why: so\nsection: \"5.3\" # the old one\nbody: |\n  The wording of 5.3 has thirty days.\n",
            ),
            ("sections/b.yaml", "section: \"5.1\"\nheading: Other\n"),
        ],
    );
    let merged = built(root.path(), "3.0");
    let before = fs::read(root.path().join("content/m2/sections/a.yaml")).unwrap();
    let dry = ctsd(root.path(), &["rebase", "m2", "--onto", "2.0", "--dry-run"]);
    assert_eq!(dry.status.code(), Some(0), "{}", text(&dry.stderr));
    assert_eq!(fs::read(root.path().join("content/m2/sections/a.yaml")).unwrap(), before, "a dry run writes nothing");
    let moved = ctsd(root.path(), &["rebase", "m2", "--onto", "2.0"]);
    assert_eq!(moved.status.code(), Some(0), "{}", text(&moved.stderr));
    let file = |path: &str| fs::read_to_string(root.path().join("content/m2").join(path)).unwrap();
    assert_eq!(
        file("sections/a.yaml"),
        "# why: so\nsection: \"5.4\" # the old one\nbody: |\n  The wording of 5.3 has forty days.\n",
        "the number is the release's, the words of both are there, and the remarks stay"
    );
    assert!(file("version.yaml").contains("base: \"2.0\" # as drafted"), "{}", file("version.yaml"));
    fs::remove_dir_all(root.path().join("content/3.0")).unwrap();
    assert_eq!(built(root.path(), "m2"), merged, "moved and laid over, it is the release of both");
}

#[test]
fn what_the_other_base_has_already_is_dropped_and_a_collision_is_told_at_its_place() {
    let same = ("sections/a.yaml", "section: \"5.1\"\nheading: Same\n");
    let root = folder(&[same], &[same, ("sections/b.yaml", "section: \"5.2\"\nheading: Own\n")]);
    let moved = ctsd(root.path(), &["rebase", "m2", "--onto", "2.0"]);
    assert_eq!(moved.status.code(), Some(0), "{}", text(&moved.stderr));
    assert!(text(&moved.stdout).contains("there already: what is said of Section 5.1"), "{}", text(&moved.stdout));
    assert!(!root.path().join("content/m2/sections/a.yaml").exists());

    let root = folder(&[same], &[("sections/a.yaml", "section: \"5.1\"\nheading: Own\n")]);
    let moved = ctsd(root.path(), &["rebase", "m2", "--onto", "2.0"]);
    assert_eq!(moved.status.code(), Some(1));
    let told = text(&moved.stderr);
    assert!(told.contains("error[conflict]") && told.contains("--> content/m2/sections/a.yaml:3:3"), "{told}");
    let file = fs::read_to_string(root.path().join("content/m2/sections/a.yaml")).unwrap();
    assert_eq!(file, "section: \"5.1\"\nheading:\n  was: Heading 5.1\n  ours: Own\n  theirs: Same\n");
    let unbuilt = ctsd(root.path(), &["build", "m2"]);
    assert_eq!(unbuilt.status.code(), Some(1), "what isn't settled isn't built");
    fs::write(root.path().join("content/m2/sections/a.yaml"), "section: \"5.1\"\nheading:\n  ours: Own\n").unwrap();
    assert!(built(root.path(), "m2").contains("Own"), "an editor keeps one of the three");
}

#[test]
fn a_collision_that_no_file_can_say_is_told_too() {
    let delete = |closes: bool| format!("section: \"5.2\"\ndelete: true\nclose_up: {closes}\n");
    let (ours, theirs) = (delete(false), delete(true));
    let root = folder(&[("sections/a.yaml", &theirs)], &[("sections/a.yaml", &ours)]);
    // The release of both says the same.
    let both = ctsd(root.path(), &["build", "3.0"]);
    assert!(text(&both.stderr).contains("its number left free"), "{}", text(&both.stderr));
    let moved = ctsd(root.path(), &["rebase", "m2", "--onto", "2.0"]);
    assert_eq!(moved.status.code(), Some(1));
    let told = text(&moved.stderr);
    assert!(told.contains("error[conflict]") && told.contains("its number left free"), "{told}");
    assert!(text(&moved.stdout).contains("there already: the deletion of Section 5.2"), "{}", text(&moved.stdout));
}
