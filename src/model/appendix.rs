//! What is true of the appendix in every version: its name and its vocabulary.

use super::origin::{Placed, Standing, Text};
use crate::document::PartWords;
use serde::Serialize;
use std::sync::Arc;

/// The document that is drafted, and the words that its tables are made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Appendix {
    /// Such as "Appendix R".
    pub name: String,
    /// What the names of its files begin with, where its own name isn't to give that.
    pub file_name: Option<String>,
    /// Its title as the document prints it, without quotation marks.
    pub title: Text,
    /// The contract it belongs to, short ("SEC") and in full.
    pub code: String,
    /// The contract in full, such as "Smart Energy Code".
    pub code_name: String,
    /// A BCP 47 tag, such as `en-GB`.
    pub language: String,
    /// The policy that the classifications come from.
    pub policy: String,
    /// From the loosest to the strictest.
    pub classifications: Vec<Classification>,
    /// Who a table can be for.
    pub roles: Vec<Role>,
    /// In the order of the count rows.
    pub applicabilities: Vec<Applicability>,
    /// What a cell holds that a row doesn't name.
    pub default_applicability: Arc<str>,
    /// The label of the grand total.
    pub total_label: String,
    /// From left to right, where a version doesn't say otherwise.
    pub columns: Arc<[Column]>,
    /// What a cell says of a critical Service Request, and of another.
    pub critical: CriticalTexts,
    /// How the text refers to its own parts.
    pub references: PartNames,
    /// Where this comes from, and what is inferred or unverified.
    #[serde(skip)]
    pub provenance: Option<Text>,
}

impl Appendix {
    /// How the text names parts of the appendix, for finding where it does.
    pub fn part_words(&self) -> PartWords {
        let PartNames { section, section_also, table } = &self.references;
        PartWords {
            section: [section].into_iter().chain(section_also).cloned().collect(),
            table: vec![table.clone()],
            own: vec![self.name.clone(), self.title.text.clone()],
            code: self.code.clone(),
        }
    }

    /// What the names of its files begin with, such as `appendix-r`.
    pub fn file_name(&self) -> String {
        self.file_name.clone().unwrap_or_else(|| slug(&self.name))
    }

    /// The User Role of that code.
    pub fn role(&self, code: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.code == code)
    }

    /// The applicability of that name.
    pub fn applicability(&self, name: &str) -> Option<&Applicability> {
        self.applicabilities.iter().find(|applicability| &*applicability.name == name)
    }

    /// Where a classification stands from the loosest, 0, to the strictest.
    pub fn strictness(&self, classification: &str) -> Option<usize> {
        self.classifications.iter().position(|c| c.name.value == classification)
    }
}

/// The words of a name, in lower case, with hyphens between.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "appendix".to_owned() } else { slug }
}

/// What the text calls the parts of the appendix. Without these words it refers to none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PartNames {
    /// What amendment instructions call a part of the text, such as `Section`.
    pub section: String,
    /// What else a section is called.
    pub section_also: Vec<String>,
    /// What a table is called, such as `Table`.
    pub table: String,
}

/// A classification under the policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Classification {
    /// As it is printed, such as "White".
    pub name: Placed<String>,
    /// What a reader may do with the document, in whole sentences.
    pub meaning: String,
    /// The line at the foot of each page.
    pub statement: String,
    /// Where this comes from, and what is inferred or unverified.
    #[serde(skip)]
    pub provenance: Option<Text>,
}

/// A User Role, which has a table of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Role {
    /// As tables print it, such as "ED".
    pub code: String,
    /// In full.
    pub name: String,
}

/// What a command-variant cell can hold, and how it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Applicability {
    /// As cells print it, such as "Mandatory".
    pub name: Arc<str>,
    /// The label of its count row, such as "Count of N/A".
    pub count_label: String,
    /// Whether its cells are tests, and so have a row total that the grand total takes in.
    pub counts_as_test: bool,
    /// Where it is named.
    #[serde(skip)]
    pub origin: Standing,
}

/// A column of the tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Tells it from the others when versions are compared: the field's name, or the command variant's.
    pub key: Arc<str>,
    /// What stands at the head of the column.
    pub label: String,
    /// What it shows of a row.
    pub kind: ColumnKind,
    /// Where it is named.
    #[serde(skip)]
    pub origin: Standing,
}

/// What the cells of a column show of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    /// The Service Reference.
    Reference,
    /// The Service Reference Variant.
    Variant,
    /// The name of the Service Request.
    Name,
    /// Whether the Service Request is critical.
    Critical,
    /// The next of the row's command-variant cells.
    Cv,
    /// The User Role.
    Role,
}

impl ColumnKind {
    /// The columns that show a field of the row, by the names of the fields.
    pub const FIELDS: [(&'static str, Self); 5] = [
        ("reference", Self::Reference),
        ("variant", Self::Variant),
        ("name", Self::Name),
        ("critical", Self::Critical),
        ("role", Self::Role),
    ];

    /// The field of the row that it shows; none of a command variant.
    pub fn field(self) -> Option<&'static str> {
        Self::FIELDS.iter().find(|(_, kind)| *kind == self).map(|(field, _)| *field)
    }

    /// What shows a field of the row.
    pub fn of_field(name: &str) -> Option<Self> {
        Self::FIELDS.iter().find(|(field, _)| *field == name).map(|(_, kind)| *kind)
    }
}

/// How the tables print whether a Service Request is critical.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CriticalTexts {
    /// What stands for a critical Service Request, such as "Y".
    pub yes: String,
    /// What stands for another, such as "N".
    pub no: String,
}

#[cfg(test)]
mod tests {
    use super::Appendix;

    #[test]
    fn files_are_named_by_the_words_of_the_name_unless_it_is_said() {
        let named = |name: &str| Appendix { name: name.to_owned(), ..Appendix::default() }.file_name();
        assert_eq!(named("Appendix R"), "appendix-r");
        assert_eq!(named("  Appendix “AB” / 2 "), "appendix-ab-2");
        assert_eq!(named("…"), "appendix");
        let said = Appendix { file_name: Some("ctsd".to_owned()), ..Appendix::default() };
        assert_eq!(said.file_name(), "ctsd");
    }
}
