//! The journey of a look at the place itself: what about the program, the folder and its files is odd, so that drafting
//! can go wrong without anything being wrong with the text.

mod found;
mod place;

pub use found::{Look, Oddity};

use super::{Desk, schemas};
use crate::diagnostic::Severity;
use crate::files::Root;
use crate::publish;
use std::path::Path;

/// Looks at the project below `root`, whose documents go to `output`. Nothing is changed.
pub fn look(root: &Path, output: &Path) -> Look {
    use std::env::consts::{ARCH, OS};
    let mut look = Look::default();
    look.fact("program", format!("ctsd {} for {OS} on {ARCH}", env!("CARGO_PKG_VERSION")));
    let whole = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    look.fact("folder", whole.display().to_string());
    if root.join("content").is_dir() {
        content(root, &mut look);
    } else {
        look.odd(
            format!("there is no folder “content” in {}", whole.display()),
            "begin a project with “ctsd new --project DIR”, or say with --root where yours is",
        );
    }
    for folder in [root, &root.join("content"), output] {
        if let Some(why) = publish::obstacle(folder) {
            let help = "ask who keeps the folder to let you write there, or work on a copy elsewhere";
            look.odd(format!("nothing can be written to {}: {why}", folder.display()), help);
        }
    }
    place::look(&whole, output, &mut look);
    look
}

/// The content and the templates as a whole; `ctsd check` says more of each.
fn content(root: &Path, look: &mut Look) {
    const CHECK: &str = "“ctsd check” shows what is wrong, each at its line";
    match Desk::open(root) {
        Ok(desk) => {
            let (versions, modifications): (Vec<_>, Vec<_>) =
                desk.project.stated.iter().partition(|stated| stated.is_release());
            let counts = format!("versions: {}, modifications: {}", versions.len(), modifications.len());
            look.fact("content", counts);
            let font = &desk.sheet.word_font;
            look.fact(
                "fonts",
                format!("those of a PDF are in the program; Word shows {font}, or what stands in for it where it isn't installed"),
            );
            if desk.project.faults.iter().any(|fault| fault.severity == Severity::Error) {
                look.odd("errors keep versions from being whole", CHECK);
            }
            for finding in desk.templates.unread() {
                look.odd(finding.message.clone(), finding.help.clone().unwrap_or_default());
            }
        }
        Err(_) => return look.odd("the content or the templates can't be read", CHECK),
    }
    let files = schemas::schemas(&Root::folder(root));
    if !schemas::stale(&root.join(schemas::FOLDER), &files).is_empty() {
        look.odd("editors don't know the files as this program does", "run “ctsd schema”");
    }
}
