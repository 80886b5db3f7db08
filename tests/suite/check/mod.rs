//! `ctsd check`: what it finds in the shipped content, and what it finds when that is changed.

mod alarms;
mod buildable;
mod causes;
mod changed;
mod formats;
mod mending;
mod planted;
mod schemas;
mod shipped;
mod slipping;
mod undone;

use crate::common::copy;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Runs the command below a root folder.
fn ctsd(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ctsd")).args(arguments).arg("--root").arg(root).output().expect("it runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("it writes UTF-8")
}

/// What `check --format json` finds.
fn findings(root: &Path, arguments: &[&str]) -> Vec<Value> {
    let output = ctsd(root, &[&["check", "--format", "json"], arguments].concat());
    let mut json: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
        panic!("no JSON: {}", String::from_utf8_lossy(&output.stderr));
    });
    match json["findings"].take() {
        Value::Array(findings) => findings,
        other => panic!("no list of findings: {other}"),
    }
}

/// A finding in short: `code file:line whose`.
fn brief(finding: &Value) -> String {
    let text = |name: &str| finding[name].as_str().unwrap_or("-").trim_start_matches("content/").to_owned();
    format!("{} {}:{} {}", text("code"), text("file"), finding["line"], text("whose"))
}

/// A copy of the shipped content.
fn copy_of_content() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    copy(&Path::new(ROOT).join("content"), &root.path().join("content"));
    root
}

/// A copy of the shipped content with some texts replaced, each where it stands first.
fn changed(changes: &[(&str, &str, &str)]) -> tempfile::TempDir {
    let root = copy_of_content();
    for (file, from, to) in changes {
        let path = root.path().join(file);
        let text = fs::read_to_string(&path).unwrap_or_default();
        assert!(text.contains(from), "{file} has no “{from}”");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // Nothing to change in it: the text is put at its end.
        fs::write(path, if from.is_empty() { text + to } else { text.replacen(from, to, 1) }).unwrap();
    }
    root
}

/// What a change brings and what it takes away, each as `code file:line whose`, with `+` or `-` before it.
fn difference(changes: &[(&str, &str, &str)]) -> Vec<String> {
    let root = changed(changes);
    let key = |finding: &Value| (finding["code"].clone(), finding["message"].clone(), finding["whose"].clone());
    static BEFORE: LazyLock<Vec<Value>> = LazyLock::new(|| findings(Path::new(ROOT), &[]));
    let before = &*BEFORE;
    let after = findings(root.path(), &[]);
    let only = |mine: &[Value], theirs: &[Value], sign: char| -> Vec<String> {
        let new = mine.iter().filter(|finding| !theirs.iter().any(|other| key(other) == key(finding)));
        new.map(|finding| format!("{sign} {}", brief(finding))).collect()
    };
    let mut all = only(before, &after, '-');
    all.extend(only(&after, before, '+'));
    all
}
