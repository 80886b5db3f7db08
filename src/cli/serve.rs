//! `ctsd serve`: a live preview in the browser.

use super::common::{Common, has_content};
use super::report::Report;
use super::trouble::Trouble;
use ctsd::diagnostic::Failure;
use ctsd::serve::{Editor, Server};
use std::process::{Command, Stdio};

/// Show what is saved in a browser on this machine, live
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The port to answer on; another, if it is taken
    #[arg(long, default_value_t = 8089)]
    port: u16,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// The address by which your editor opens a file at a place [default: vscode://file{path}:{line}:{column}]
    #[arg(long, value_name = "ADDRESS")]
    editor: Option<String>,
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    has_content(common)?;
    let editor = arguments.editor.as_deref().map_or_else(|| Ok(Editor::default()), Editor::new)?;
    let server = Server::open(&common.root, arguments.port, editor)?;
    let address = format!("http://{}/", server.address());
    let stop = server.stop();
    ctrlc::set_handler(move || stop.stop())
        .map_err(|error| Failure::refused(format!("the server couldn't be ended with Ctrl-C: {error}")))?;
    report.result(&address);
    if arguments.open {
        browse(&address);
    }
    server.run();
    Ok(())
}

/// Opens the browser, by the program that the system has for it. Where it has none, the address has been told.
fn browse(address: &str) {
    let (program, first): (&str, &[&str]) = match std::env::consts::OS {
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        "macos" => ("open", &[]),
        _ => ("xdg-open", &[]),
    };
    let quiet = Command::new(program).args(first).arg(address).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    drop(quiet);
}
