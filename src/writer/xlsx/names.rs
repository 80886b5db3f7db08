//! The names of sheets: short, without some characters, and each once.

use std::collections::BTreeSet;

/// Excel takes no longer name for a sheet.
const LONGEST: usize = 31;

/// The names that are taken, in lower case.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// A name for a sheet that is to be called so.
    pub fn take(&mut self, wanted: &str) -> String {
        let wanted = plain(wanted);
        for nth in 1_usize.. {
            let suffix = if nth == 1 { String::new() } else { format!(" ({nth})") };
            let short: String = wanted.chars().take(LONGEST - suffix.len()).collect();
            let name = short.trim_end_matches([' ', '\'']).to_owned() + &suffix;
            if self.0.insert(name.to_lowercase()) {
                return name;
            }
        }
        unreachable!("there is always another number")
    }
}

/// Without what the name of a sheet may not have.
fn plain(name: &str) -> String {
    let name = name.replace(|c: char| "[]:*?/\\".contains(c) || c.is_control(), " ");
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(['\'', ' ']);
    match name {
        "" => "Sheet".to_owned(),
        // Excel keeps this name for itself.
        name if name.eq_ignore_ascii_case("history") => format!("{name}-"),
        name => name.to_owned(),
    }
}

/// What a caption names its table: “Table 8.1.8” of “Table 8.1.8 – Electricity Distributor (ED)”.
pub(super) fn of_caption(caption: &str, id: &str) -> String {
    let end = caption.find(|c: char| !(c.is_alphanumeric() || c == ' ' || c == '.')).unwrap_or(caption.len());
    let name = caption[..end].trim();
    if name.is_empty() { id.to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Names, of_caption};

    #[test]
    fn names_are_what_excel_takes_and_each_is_given_once() {
        let mut names = Names::default();
        let long = "a name that is much longer than any that Excel takes";
        let taken: Vec<String> = ["Table 8.1.8", "table 8.1.8", "a/b [c]", "", "'", "History", long, long]
            .map(|name| names.take(name))
            .into();
        assert_eq!(
            taken,
            [
                "Table 8.1.8",
                "table 8.1.8 (2)",
                "a b c",
                "Sheet",
                "Sheet (2)",
                "History-",
                "a name that is much longer than",
                "a name that is much longer (2)",
            ]
        );
        assert!(taken.iter().all(|name| name.chars().count() <= super::LONGEST));
    }

    #[test]
    fn a_sheet_is_called_as_its_caption_calls_the_table() {
        assert_eq!(of_caption("Table 8.1.8 – Electricity Distributor (ED)", "8.1.8"), "Table 8.1.8");
        assert_eq!(of_caption("", "8.1.8"), "8.1.8");
    }
}
