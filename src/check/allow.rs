//! Findings that are known and allowed, with a reason.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::Allowance;

/// Takes out what is allowed. An allowance that fits nothing is itself a finding, if `everything` was checked.
pub(super) fn apply(findings: &mut Vec<Diagnostic>, allowances: &[Allowance], everything: bool) {
    let mut used = vec![false; allowances.len()];
    findings.retain(|finding| {
        let fitting = allowances.iter().enumerate().filter(|(_, allowance)| fits(allowance, finding));
        let mut kept = true;
        for (index, _) in fitting {
            used[index] = true;
            kept = false;
        }
        kept
    });
    for (allowance, used) in allowances.iter().zip(used) {
        let at = allowance.code.origin.location();
        if Code::named(&allowance.code).is_none() {
            let message = format!("there is no finding “{}” to allow", allowance.code.value);
            let help = "write a code as findings bear it, such as “published-figure”";
            findings.push(Diagnostic::warning(Code::UnusedAllowance, message).at(at).help(help));
        } else if everything && !used {
            let message = format!("nothing that is found is the “{}” that is allowed here", allowance.code.value);
            let help = "delete the allowance: what it was for has been mended";
            findings.push(Diagnostic::warning(Code::UnusedAllowance, message).at(at).help(help));
        }
    }
}

fn fits(allowance: &Allowance, finding: &Diagnostic) -> bool {
    let in_file = |wanted: &String| {
        let file = finding.location.as_ref().map_or("", |location| &location.file);
        // On Windows a path is typed with backslashes, and copied with them.
        let wanted = wanted.replace('\\', "/");
        let below = file.strip_prefix(wanted.trim_end_matches('/'));
        below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    Code::named(&allowance.code).is_some_and(|code| is_allowed(finding, code))
        && allowance.file.as_ref().is_none_or(in_file)
        && allowance.about.as_ref().is_none_or(|words| finding.message.contains(words))
}

/// Whether allowing `code` silences a finding. Nothing silences an error, for it keeps the document from being made.
pub fn is_allowed(finding: &Diagnostic, code: Code) -> bool {
    finding.severity != Severity::Error && finding.code == code
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Location;
    use crate::model::{Origin, Placed};
    use std::sync::Arc;

    #[test]
    fn an_allowance_is_for_a_file_or_for_all_in_a_folder_whichever_way_its_path_is_parted() {
        let at = Location { file: Arc::from("content/mp089/sections/1.yaml"), line: 1, column: 1, length: 0 };
        let finding = Diagnostic::warning(Code::Wording, "x").at(at);
        let allows = |file: &str| {
            let code = Placed::new("wording".to_owned(), Origin::default());
            fits(&Allowance { code, file: Some(file.to_owned()), ..Allowance::default() }, &finding)
        };
        for file in
            ["content/mp089/sections/1.yaml", "content/mp089", "content/mp089/", r"content\mp089\sections\1.yaml"]
        {
            assert!(allows(file), "{file}");
        }
        for file in ["content/mp08", "content/mp089/sections/1", "mp089", r"content\6.18"] {
            assert!(!allows(file), "{file}");
        }
    }
}
