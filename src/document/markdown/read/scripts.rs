//! Superscript and subscript, which a drafter writes as m^2^ and CO~2~.
//!
//! CommonMark doesn't know them, and reads both signs as text. A pair of signs with words between them and no white
//! space makes a script; any other stays as typed.

use super::super::escape::is_escaped;
use super::super::fault::Fault;
use super::{Inline, Reader};
use crate::document::Script;
use std::ops::Range;

/// A ^ or a ~ among the runs.
pub(super) struct Sign {
    run: usize,
    script: Script,
    /// How many of strong, emphasis and links are open.
    within: [usize; 3],
}

impl Reader<'_> {
    /// Takes up text that was read, and the signs that stand in it as such.
    pub(super) fn words(&mut self, text: &str, at: Range<usize>) {
        let verbatim = self.text.get(at.clone()) == Some(text);
        let escaped = is_escaped(self.text, at.start);
        let mut from = 0;
        for (sign_at, sign) in text.match_indices(['^', '~']).filter(|_| verbatim) {
            let doubled = text[..sign_at].ends_with(sign) || text[sign_at + 1..].starts_with(sign);
            if escaped && sign_at == 0 {
                continue;
            }
            if doubled {
                if self.typed && sign == "~" && !text[..sign_at].ends_with(sign) {
                    let sign_at = at.start + sign_at;
                    let message = "~~ strikes words in other Markdown, and legal text has none that are struck";
                    self.fault(sign_at..sign_at + 2, message, "Delete it, or write \\~\\~ for the characters.");
                }
                continue;
            }
            if from < sign_at {
                self.inline.push(&text[from..sign_at], at.start + from);
            }
            let script = if sign == "^" { Script::Superscript } else { Script::Subscript };
            let inline = &mut self.inline;
            let within = [inline.strong, inline.emphasis, inline.links.len()];
            inline.signs.push(Sign { run: inline.runs.len(), script, within });
            inline.push(sign, at.start + sign_at);
            from = sign_at + 1;
        }
        if from < text.len() {
            self.inline.push(&text[from..], at.start + from);
        }
    }
}

impl Inline {
    /// Makes scripts of what stands between signs, and takes those away; gives what is wrong.
    pub(super) fn set_scripts(&mut self, written: &str) -> Vec<Fault> {
        let signs = std::mem::take(&mut self.signs);
        let mut faults = Vec::new();
        let mut gone = Vec::new();
        let mut at = 0;
        while let Some(open) = signs.get(at) {
            at += 1;
            let close = signs[at..].iter().position(|sign| sign.script == open.script).map(|next| at + next);
            let Some((next, close)) = close.and_then(|next| Some((next, signs.get(next)?))) else { continue };
            let between = self.runs.get(open.run + 1..close.run).unwrap_or_default();
            if between.is_empty() || between.iter().any(|run| run.text.contains(char::is_whitespace)) {
                continue;
            }
            let nests = between.iter().any(|run| run.style.now.script.is_some()) || next > at;
            if nests || open.within != close.within {
                let place = self.places[open.run]..self.places[close.run] + 1;
                let between = &written[place.clone()];
                faults.push(Fault {
                    at: place,
                    message: format!(
                        "“{between}” has one thing begin within another and end outside it, or a script in a script"
                    ),
                    help: "Write **m^2^** or m^**2**^, and one script only; or \\^ and \\~ for the characters."
                        .to_owned(),
                });
            }
            self.runs[open.run + 1..close.run].iter_mut().for_each(|run| run.style.now.script = Some(open.script));
            gone.extend([open.run, close.run]);
            at = next + 1;
        }
        for run in gone.into_iter().rev() {
            self.runs.remove(run);
            self.places.remove(run);
        }
        faults
    }
}
