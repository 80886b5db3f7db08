//! `ctsd check`: what it finds in the shipped content, and what it finds when that is changed.

mod changed;
mod formats;
mod schemas;
mod shipped;

use crate::common::copy;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

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
