//! The walk through several modifications at once: each command that its README shows says what stands there.

use crate::common::{copy, passed};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What a command says, results first.
fn said(root: &Path, arguments: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ctsd"));
    command.args(arguments.split_whitespace()).current_dir(root).env_remove("SOURCE_DATE_EPOCH");
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().replace('\\', "/");
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn each_command_of_the_walk_through_says_what_stands_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    copy(&root.join("content"), &folder.path().join("content"));
    copy(&root.join("examples/several/content"), &folder.path().join("content"));
    let shown = fs::read_to_string(root.join("examples/several/README.md")).unwrap();
    let mut told = String::new();
    let mut rest = shown.as_str();
    while let Some((before, block)) = rest.split_once("```console\n$ ctsd ") {
        let (block, after) = block.split_once("```\n").unwrap();
        let command = block.lines().next().unwrap();
        told += &format!("{before}```console\n$ ctsd {command}\n{}```\n", said(folder.path(), command));
        rest = after;
    }
    told += rest;
    passed("examples/several/README.md", told);
}
