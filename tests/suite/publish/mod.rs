//! The public set: what may be published, and the proof of what was.

use crate::common::copy;
use ctsd::diagnostic::Severity;
use ctsd::pipeline::Desk;
use ctsd::pipeline::publishing::Revisions;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("publish").join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// A copy of the shipped content, with one text replaced by another in one file.
fn project(name: &str, file: &str, from: &str, to: &str) -> PathBuf {
    let root = folder(name);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &root.join("content"));
    let path = root.join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has “{from}”");
    std::fs::write(&path, text.replace(from, to)).unwrap();
    root
}

fn run(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ctsd"));
    command.arg("--root").arg(root).args(arguments).env_remove("SOURCE_DATE_EPOCH").output().unwrap()
}

/// What is said where a command ends with this code.
fn refused(root: &Path, arguments: &[&str], code: i32) -> String {
    let output = run(root, arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn shipped() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_published_set_is_proved_by_its_manifest_and_by_a_fresh_build() {
    let to = folder("set");
    let path = to.display().to_string();
    assert!(run(shipped(), &["publish", "mp089", "--to", &path]).status.success());
    assert_eq!(std::fs::read_dir(&to).unwrap().count(), 10);
    assert!(run(shipped(), &["verify", &path]).status.success());

    std::fs::write(to.join("appendix-r-mp089.md"), "forged").unwrap();
    std::fs::write(to.join("stray.txt"), "stray").unwrap();
    let said = refused(shipped(), &["verify", &path], 1);
    assert!(said.contains("appendix-r-mp089.md was changed since it was published"), "{said}");
    assert!(said.contains("stray.txt isn't part of the set"), "{said}");
}

#[test]
fn what_is_not_public_is_refused_by_name_and_nothing_is_written() {
    for (name, file) in [("amber", "content/mp089/version.yaml"), ("amber-base", "content/6.18/version.yaml")] {
        let root = project(name, file, "classification: White", "classification: Amber");
        let to = root.join("public");
        let said = refused(&root, &["publish", "mp089", "--to", &to.display().to_string()], 1);
        assert!(said.contains(file) && said.contains("is classified as Amber and can't be published"), "{said}");
        assert!(!to.exists());
    }
}

#[test]
fn nothing_is_published_while_a_check_finds_an_error() {
    let root = project("errors", "content/terms.yaml", "\n", "\nnonsense: [\n");
    let to = root.join("public");
    let output = run(&root, &["publish", "mp089", "--to", &to.display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("content/terms.yaml"));
    assert!(!to.exists());
    // Nor by who calls the library.
    let desk = Desk::open(&root).unwrap();
    let failure = desk.publish(desk.version("mp089").unwrap(), &Revisions::default(), &to).unwrap_err();
    assert!(failure.diagnostics().iter().all(|finding| finding.severity == Severity::Error), "{failure}");
    assert!(failure.to_string().contains("content/terms.yaml"), "{failure}");
    assert!(!to.exists());
}

#[test]
fn nothing_is_published_among_the_sources() {
    let desk = Desk::open(shipped()).unwrap();
    let version = desk.version("6.18").unwrap();
    for folder in ["content/public", "templates", "output/../content"] {
        let failure = desk.publish(version, &Revisions::default(), &shipped().join(folder)).unwrap_err();
        assert!(failure.to_string().contains("which is read and not written"), "{failure}");
    }
}

#[test]
fn no_template_takes_the_classification_away() {
    let root = project("template", "content/mp089/version.yaml", "classification: White", "classification: Amber");
    std::fs::create_dir_all(root.join("templates")).unwrap();
    let forged = "<!-- ctsd:document {\"title\": \"x\", \"classification\": \"White\", \"footer\": [\"This document has a Classification of White\"]} -->\n\nText.\n";
    std::fs::write(root.join("templates/appendix.md"), forged).unwrap();
    assert!(run(&root, &["build", "mp089", "--quiet"]).status.success());
    let built = std::fs::read_to_string(root.join("output/appendix-r-mp089.md")).unwrap();
    assert!(built.contains("This document has a Classification of Amber"), "{built}");
    assert!(!built.contains("Classification of White"), "{built}");
    assert!(built.contains("\"classification\":\"Amber\""), "{built}");
}

#[test]
fn line_ends_of_a_checkout_do_not_change_what_is_published() {
    let (unix, windows) = (folder("unix-set"), folder("windows-set"));
    let root = folder("windows");
    copy(&shipped().join("content"), &root.join("content"));
    crlf(&root.join("content"));
    assert!(run(shipped(), &["publish", "mp089", "--to", &unix.display().to_string()]).status.success());
    assert!(run(&root, &["publish", "mp089", "--to", &windows.display().to_string()]).status.success());
    for entry in std::fs::read_dir(&unix).unwrap().map(Result::unwrap) {
        let name = entry.file_name();
        assert_eq!(std::fs::read(entry.path()).unwrap(), std::fs::read(windows.join(&name)).unwrap(), "{name:?}");
    }
}

fn crlf(folder: &Path) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            crlf(&path);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            std::fs::write(&path, text.replace("\r\n", "\n").replace('\n', "\r\n")).unwrap();
        }
    }
}

#[test]
fn another_logo_is_other_content() {
    let root = project("logo", "content/mp089/version.yaml", "", "");
    std::fs::create_dir(root.join("templates")).unwrap();
    let sheet = include_str!("../../../templates/style.yaml");
    std::fs::write(
        root.join("templates/style.yaml"),
        format!("{sheet}logo: {{ file: logo.png, width: 30, alt: SEC }}\n"),
    )
    .unwrap();
    let mut digests = Vec::new();
    for shade in [0, 255] {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 1, 1);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&[shade]).unwrap();
        std::fs::write(root.join("templates/logo.png"), file).unwrap();
        let to = folder(&format!("logo-{shade}"));
        assert!(run(&root, &["publish", "mp089", "--to", to.to_str().unwrap()]).status.success());
        let manifest = std::fs::read_to_string(to.join("manifest.json")).unwrap();
        digests.extend(manifest.lines().find(|line| line.contains("\"content\"")).map(str::to_owned));
    }
    assert_eq!(digests.len(), 2);
    assert_ne!(digests[0], digests[1]);
}

#[test]
fn a_set_is_held_against_its_sums_even_where_the_content_is_broken() {
    let root = project("sums", "content/mp089/version.yaml", "MP089", "MP089");
    let to = root.join("public");
    assert!(run(&root, &["publish", "mp089", "--to", &to.display().to_string()]).status.success());
    std::fs::write(to.join("appendix-r-mp089.md"), "forged").unwrap();
    std::fs::write(root.join("content/mp089/version.yaml"), "zz: 1").unwrap();
    let said = refused(&root, &["verify", &to.display().to_string()], 1);
    assert!(said.contains("unknown-field"), "{said}");
    assert!(said.contains("appendix-r-mp089.md was changed since it was published"), "{said}");
}

#[test]
fn nothing_is_written_among_the_sources() {
    let root = project("sources", "content/mp089/version.yaml", "MP089", "MP089");
    for folder in ["content/public", "content", "content/../templates/x"] {
        let to = root.join(folder).display().to_string();
        for command in [vec!["publish", "mp089", "--to", &to], vec!["--output", &to, "build"]] {
            let said = refused(&root, &command, 2);
            assert!(said.contains("choose a folder outside it"), "{said}");
        }
        assert!(!root.join("content/public").exists() && !root.join("templates").exists());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_said_is_told() {
    for arguments in [vec!["check", "--format", "sarif"], vec!["counts", "mp089"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_ctsd"));
        let output = command.arg("--root").arg(shipped()).args(&arguments).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

/// A project with this template of its own, and what publishing it says.
fn with_template(name: &str, file: &str, text: &str) -> String {
    let root = project(name, "content/mp089/version.yaml", "MP089", "MP089");
    std::fs::create_dir_all(root.join("templates")).unwrap();
    std::fs::write(root.join("templates").join(file), text).unwrap();
    let to = root.join("public");
    let said = refused(&root, &["publish", "mp089", "--to", &to.display().to_string()], 1);
    assert!(!to.exists(), "nothing is written");
    said
}

#[test]
fn a_cover_that_loses_or_contradicts_the_classification_is_not_published() {
    let bare = "<!-- ctsd:title -->\n{{ title }}\n\n<!-- ctsd:page-break -->\n";
    let said = with_template("bare-cover", "cover.md", bare);
    assert!(said.contains("the cover of appendix-r-mp089.md doesn't say that it is classified as White"), "{said}");
    let said = with_template("bare-redline", "redline-cover.md", bare);
    assert!(said.contains("the cover of redline-6.18-mp089.md doesn't say"), "{said}");

    let contradicts = |name: &str, words: &str| {
        let text = format!("{{% include \"default/cover.md\" %}}\n\n{words}\n\n");
        let text = text.replace("{% include \"default/cover.md\" %}", bare_with_classification());
        let said = with_template(name, "cover.md", &text);
        assert!(said.contains("appendix-r-mp089.md is classified as White, and says: “"), "{said}");
    };
    contradicts("green", "Classification: GREEN");
    contradicts("red-in-other-words", "Restricted: RED.");
    contradicts(
        "green-meaning",
        "Information can be shared within the limits that the Panel Information Policy sets for Green.",
    );
    contradicts("green-sentence", "This document is classified as **Green**.");
    contradicts("green-cell", "| Classification | Green |\n|---|---|\n| a | Classified Green |");
    let said =
        with_template("in-a-section", "section.md", &format!("{}\n\nClassified as Green.\n", section_template()));
    assert!(said.contains("says: “Classified as Green.”"), "{said}");
}

fn bare_with_classification() -> &'static str {
    "<!-- ctsd:title -->\n{{ title }}\n\n{% set classification = version.classification -%}\n{% include \"classification.md\" %}"
}

fn section_template() -> String {
    std::fs::read_to_string(shipped().join("templates/section.md")).unwrap()
}

#[test]
fn legal_text_may_speak_of_classifications() {
    let heading = "heading: Completing Additive UEPT for Release 2.0 or November 19 Release";
    let root = project(
        "speaks",
        "content/mp089/sections/5.4.yaml",
        "  # For November 19 Release\n",
        "  # For November 19 Release\n\n  What is classified as Green stays with the Panel.\n",
    );
    assert!(std::fs::read_to_string(root.join("content/mp089/sections/5.4.yaml")).unwrap().contains(heading));
    let to = root.join("public").display().to_string();
    let output = run(&root, &["publish", "mp089", "--to", &to]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_modification_may_be_called_as_a_classification_is() {
    let root = project("called", "content/mp089/version.yaml", "title: ", "title: Red and Green Tariffs, and ");
    let to = root.join("public").display().to_string();
    let output = run(&root, &["publish", "mp089", "--to", &to]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn warnings_can_be_denied() {
    let root = project("denied", "content/mp089/version.yaml", "MP089", "MP089");
    let to = root.join("public");
    let said = refused(&root, &["publish", "mp089", "--deny", "warnings", "--to", &to.display().to_string()], 1);
    assert!(said.contains("warning["), "{said}");
    assert!(!to.exists());
}

#[test]
fn a_folder_that_is_no_public_set_is_told_in_plain_words() {
    let at = folder("wrong");
    std::fs::write(at.join("notes.txt"), "notes").unwrap();
    let path = |name: &str| at.join(name).display().to_string();
    let said = |folder: &str| refused(shipped(), &["verify", &path(folder)], 2);
    assert!(said("none").contains("there is no folder") && said("none").contains("name the folder that"));
    assert!(said("notes.txt").contains("is a file, not a folder"));
    assert!(said("").contains("is no public set, for it has no manifest.json"));
    let said = |folder: &str| refused(shipped(), &["publish", "6.18", "--to", &path(folder)], 2);
    assert!(said("notes.txt").contains("is a file, not a folder"));
    assert!(said("").contains("holds files that are no public set: publish SEC Version 6.18 to a folder of its own"));
}
