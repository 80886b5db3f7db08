//! `ctsd` by itself: a drafter's day, in the order of the day.

use super::common::Common;
use super::report::Report;
use std::io::IsTerminal;

/// What can be done, for who has a project.
const DAY: &str = "\
A drafter's day:

  ctsd new MP123 --base 27.0 --section 5.4  begin a modification, with that section as it stands
  ctsd serve --open                         see it in the browser while you write
  ctsd check MP123                          what a drafter should look at
  ctsd redline MP123                        the change document: Word with tracked changes, PDF
  ctsd review \"MP123 from Anna.docx\"        what a reviewer did in Word; --apply takes it in
  ctsd publish MP123 --to public            the public set
";

/// What comes first, for who has none.
const FIRST: &str = "\
There is no project in this folder yet:

  ctsd new --project \"My appendix\"          make one, with an example, in a folder of that name
  ctsd redline MP000                        there: the example's change document
  ctsd import \"Appendix R.docx\" --as 27.0   there: a Word document of your own
";

const MORE: &str = "“ctsd help” lists every command; “ctsd doctor” says what is odd where something doesn't work.\n";

/// What `ctsd` says when it is asked for nothing.
pub(super) fn text(common: &Common) -> String {
    let first = if common.has_project() { String::new() } else { format!("{FIRST}\n") };
    format!("ctsd, a drafting desk for legal text.\n\n{first}{DAY}\n{MORE}")
}

/// Keeps a window open that was opened for the program alone, as by a double click in the Explorer; the window of who
/// types commands says so of itself.
pub(super) fn stay(report: &mut Report) {
    let is_alone = cfg!(windows)
        && std::io::stdin().is_terminal()
        && std::io::stdout().is_terminal()
        && std::env::var_os("PROMPT").is_none();
    if is_alone {
        report.result("\nType these commands in PowerShell or a Command Prompt. Press Enter to close.");
        let _ = std::io::stdin().read_line(&mut String::new());
    }
}
