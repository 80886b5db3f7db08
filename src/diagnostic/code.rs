//! The codes that findings bear, and what each is about.

use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;

/// A code is stated once: what `ctsd check --explain` prints of it, its variant, and its name.
macro_rules! codes {
    ($($(#[doc = $line:literal])+ $variant:ident = $name:literal,)+) => {
        /// What a finding is about. The name that drafters see and allow is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[doc = $line])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order in which they are explained.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name that a finding bears, such as `published-figure`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            fn lines(self) -> &'static [&'static str] {
                match self {
                    $(Self::$variant => &[$($line,)+],)+
                }
            }
        }
    };
}

impl Code {
    /// The code of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// In a line, what is found.
    pub fn summary(self) -> &'static str {
        self.lines().first().map_or("", |line| line.trim())
    }

    /// What there is to know of it, with an example.
    pub fn explanation(self) -> String {
        self.lines().iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }

    /// Whether it is about a template, which is no version's.
    pub fn is_of_templates(self) -> bool {
        matches!(self, Self::Template | Self::TemplateMarkdown | Self::UnreadTemplate)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// By name, so that findings stand in an order that a new code doesn't disturb.
impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name().cmp(other.name())
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

codes! {
    /// A published count isn't the one that the rows give.
    ///
    /// Count rows are computed from the rows of a table and from the counts of the rows that an extract leaves out.
    /// Documents print the computed figures; the published ones stand beside them in the content, under “published”,
    /// and each that disagrees is named with the arithmetic. The published figures of the baseline are proved first.
    ///
    /// Example: a row is added with “N/A” in CV 2. The base counts 32, so 33 is right; published is 32.
    PublishedFigure = "published-figure",

    /// Published figures can't be checked, because those of the baseline contradict its own rows.
    ///
    /// A finding on a modification's figures would rest on a wrong baseline, so the baseline is to be mended first.
    ///
    /// Example: the base publishes 18 for “Mandatory” in CV 1; its rows, shown and omitted, hold 17.
    UnprovedBaseline = "unproved-baseline",

    /// Published figures can't be checked, because nothing says how many rows an extract leaves out.
    ///
    /// Example: a table says “omitted: { unknown: … }” and has “published”.
    UncountedTable = "uncounted-table",

    /// A table lists one Service Reference Variant twice.
    ///
    /// A reader can't tell which of the two rows holds. If both are meant, one of them bears the wrong variant.
    ///
    /// Example: two rows “8.14.3”, one for Fault Return and one for No Fault Returned, which is 8.14.4.
    DuplicateVariant = "duplicate-variant",

    /// A variant isn't under its Service Reference.
    ///
    /// The variants of 6.2 are 6.2 itself or begin with “6.2.”. Numbers without quotation marks lose their noughts:
    /// 6.20 becomes 6.2.
    ///
    /// Example: reference "6.2", variant "7.7".
    VariantReference = "variant-reference",

    /// A row stands after one with a greater variant.
    ///
    /// Rows stand in the order of their variants, where 6.2.7 comes before 6.2.10.
    ///
    /// Example: the rows 6.2.10, 6.2.7.
    RowOrder = "row-order",

    /// A row names another User Role than its table.
    ///
    /// Each table is for one User Role.
    ///
    /// Example: a row with “role: GS” in the table of the Electricity Distributor.
    RowRole = "row-role",

    /// A register has no such Service Request.
    ///
    /// Registers (content/registers) list the Service Requests as the specification defines them. A drafter extends
    /// them. If a register doesn't say “complete: true”, what it doesn't list can't be checked, which is a note.
    ///
    /// Example: a row “6.72”, which DUIS doesn't have.
    RegisterVariant = "register-variant",

    /// A row has another name than the register gives its Service Request.
    ///
    /// If it is another Service Request's name, that one is named: either the number or the name is wrong.
    ///
    /// Example: the row 6.27 with the name of 6.26.
    RegisterName = "register-name",

    /// A row says critical, and the register not, or the other way round.
    ///
    /// Example: the row 6.15.1 with “critical: false”.
    RegisterCritical = "register-critical",

    /// The User Role of a table isn't among those that the register lists for a Service Request.
    ///
    /// Eligibility changes between versions of a specification, so this is never more than a warning.
    ///
    /// Example: 8.14.3 in the table of the Registered Supplier Agent.
    RegisterRole = "register-role",

    /// The text names a Service Request, a section or a table that isn't there.
    ///
    /// Example: “Service Request for Communications Hub Status – 8.14.3 and 8.14.4”, and no table has a row 8.14.4.
    DanglingReference = "dangling-reference",

    /// A reference names another section or table than it did, because numbers have shifted.
    ///
    /// What is inserted, deleted or renumbered gives others new numbers, and text that nobody restates goes on naming
    /// the old ones. “ctsd check --fix” restates it with the number that the part has now.
    ///
    /// Example: “Section 1.3”, once a new Section 1.2 has made a 1.4 of it.
    StaleReference = "stale-reference",

    /// The text names something that may stand in what an extract leaves out.
    ///
    /// A note, for text of the baseline only: what a modification inserts must have its target.
    ///
    /// Example: “2.1” in the text of an extract whose tables show no row 2.1.
    UncheckedReference = "unchecked-reference",

    /// The text calls a part of the document otherwise than amendment instructions do.
    ///
    /// Example: “Clause 8” in a document that is amended by “Amend Section 8 as follows:”.
    ReferenceWord = "reference-word",

    /// The text says that a Service Request must be executed, and its table makes it no test.
    ///
    /// Example: the text lists 7.7, and the row 7.7 holds N/A in every CV column.
    NotMandatory = "not-mandatory",

    /// A defined term is spelt in another way.
    ///
    /// The terms and the spellings found for them are data: content/terms.yaml.
    ///
    /// Example: “SMETS 1” for “SMETS1”.
    TermSpelling = "term-spelling",

    /// Words are written like a defined term that isn't defined.
    ///
    /// Two words and more with capitals are taken for a term. The terms are data: content/terms.yaml, “terms”,
    /// “abbreviations” and “definitions”.
    ///
    /// Example: “Testing Partner” for “Testing Participant”.
    UndefinedTerm = "undefined-term",

    /// Terms aren't defined in the order of the alphabet.
    ///
    /// What isn't a letter or a digit counts for nothing, nor do capitals.
    ///
    /// Example: “Device” above “DCC Key”.
    DefinitionOrder = "definition-order",

    /// A turn of phrase differs from the one used elsewhere, or says what isn't so.
    ///
    /// The phrases are data: content/terms.yaml.
    ///
    /// Example: “the CV column”, where a table has ten.
    Wording = "wording",

    /// A stretch of text lacks a sentence that goes with what it says, as it stands under other headings.
    ///
    /// Which words call for which others is data: content/terms.yaml, “companions”.
    ///
    /// Example: a block speaks of ‘Mandatory’ and doesn't say in respect of which Devices.
    MissingSentence = "missing-sentence",

    /// An abbreviation is used before its full form, or without it.
    ///
    /// The abbreviations are data: content/terms.yaml.
    ///
    /// Example: “as set out in clause 4.3 of the UTSAD”, and nothing introduces “(UTSAD)”.
    UnexpandedAbbreviation = "unexpanded-abbreviation",

    /// The items of a list aren't joined as a list of the Code is.
    ///
    /// Semicolons stand between the items, “; and” or “; or” after the last but one and nowhere else, a full stop after
    /// the last.
    ///
    /// Example: an item is added at the end, with “; and” before it, and the item above keeps its own “; and”.
    ListPunctuation = "list-punctuation",

    /// Text that introduces a list doesn't end with a colon.
    ///
    /// Example: “including;” for “including:”.
    ListLeadIn = "list-lead-in",

    /// A paragraph doesn't end with a full stop, or the last one of a text ends as if more followed.
    ///
    /// Example: “The DCC must tell the Panel” at the end of a paragraph that no list follows.
    MissingFullStop = "missing-full-stop",

    /// The text has “must” and “shall”.
    ///
    /// Both lay a duty on somebody. A reader may think that two words mean two things, so this is a note.
    ///
    /// Example: one “shall” in a text that says “must” everywhere else.
    MixedDuties = "mixed-duties",

    /// A number in words and the figures after it aren't the same.
    ///
    /// Example: “within ten (15) Working Days”.
    NumberMismatch = "number-mismatch",

    /// More than one space stands between two words.
    ///
    /// Example: “executing  the R2.0 Service Request”.
    DoubleSpace = "double-space",

    /// A space stands before a mark that closes, or after one that opens.
    ///
    /// Example: “‘Mandatory SMETS1 ’”.
    StraySpace = "stray-space",

    /// A word stands twice in a row.
    ///
    /// Example: “in respect of of a Device”.
    DoubledWord = "doubled-word",

    /// A typewriter's quotation mark stands where a printer's would.
    ///
    /// Example: 'Mandatory' for ‘Mandatory’.
    StraightQuote = "straight-quote",

    /// A hyphen stands for a dash, or has a space on one side only.
    ///
    /// Example: “Communications Hub Status Update- Fault Return”.
    Dash = "dash",

    /// A character stands in the text that nobody sees: a mark of direction, a join, a break without width.
    ///
    /// It may have come with a paste. A mark of direction can turn words around on the page and leave them as they are
    /// in the file, so that what is read isn't what is agreed.
    ///
    /// Example: “pay <U+202E>001 GBP<U+202C>”, which a page shows as “pay PBG 100”.
    UnseenCharacter = "unseen-character",

    /// A line looks like the start of a paragraph of its own, and runs into the line above.
    ///
    /// Lines without an empty line between them are one paragraph.
    ///
    /// Example: “(b) the second case;” right below the line of “(a) the first case;”.
    JoinedLines = "joined-lines",

    /// A modification states something again that reads as it does in its base, or moves a section to where it stands.
    ///
    /// It changes nothing, and would hide a later change of the base.
    ///
    /// Example: a section's file in a modification, with the words of the base.
    RestatedUnchanged = "restated-unchanged",

    /// A modification takes back what its base has done, in the same place.
    ///
    /// A section that was restated from an older text, and then put on a newer base, strikes what that base brings,
    /// though nobody meant to.
    ///
    /// Example: MP900 restates Section 5.4 of 6.18; its base is now MP089, and “or November 19 Release” is gone.
    UndoneWork = "undone-work",

    /// A modification is classified more loosely than its base.
    ///
    /// It shows the text of its base, so its readers are those of the base at most.
    ///
    /// Example: a White modification of a Green version.
    LooserClassification = "looser-classification",

    /// A reviewer's comment isn't resolved.
    ///
    /// It stands in the comments.yaml beside the version's files, and goes out with “redline --comments” until it is.
    ///
    /// Example: somebody asks of Section 5.4 whether thirty days are meant, and nobody has answered.
    OpenComment = "open-comment",

    /// An allowance in content/allow.yaml fits nothing that is found.
    ///
    /// Example: the row that it was for has been mended.
    UnusedAllowance = "unused-allowance",

    /// The body of a section holds something that legal text doesn't have.
    ///
    /// Bodies are paragraphs, headings, lists, tables, emphasis and links.
    ///
    /// Example: a line that begins with “>”.
    BodyMarkdown = "body-markdown",

    /// A line of a body begins with a bullet that was copied from Word.
    ///
    /// It would stand in the text as a character, and its line would run into the one above. A list is written with “-
    /// ” at the start of each item, and an empty line above the first.
    ///
    /// Example: “• Service Requests for Single Band”.
    WordBullet = "word-bullet",

    /// A body marks text as inserted or deleted.
    ///
    /// Write the text as it shall read. The comparison of two versions finds what changed, and marks it.
    ///
    /// Example: “<ins>or November 19 Release</ins>”.
    MarkedText = "marked-text",

    /// A template can't be read or filled in.
    ///
    /// Example: “{{ versoin.name }}”, which is no variable.
    Template = "template",

    /// What a template gives isn't Markdown that documents are made from.
    ///
    /// Example: an HTML tag that the desk doesn't know.
    TemplateMarkdown = "template-markdown",

    /// A file in the folder templates is read by nothing.
    ///
    /// It takes the place of a built-in template only under that one's name, and stands in a document only where a
    /// template includes it.
    ///
    /// Example: templates/sections.md, where section.md is meant.
    UnreadTemplate = "unread-template",

    /// A document can't be written in one of the formats.
    ///
    /// Example: a character that none of the typefaces has.
    Document = "document",

    /// A file isn't YAML.
    ///
    /// Reading stops at the place, so what follows isn't checked until it is mended.
    ///
    /// Example: a text with a colon in it, without quotation marks.
    YamlSyntax = "yaml-syntax",

    /// A file names something that it can't say.
    ///
    /// Example: “haeding: Purpose”.
    UnknownField = "unknown-field",

    /// A file doesn't say something that it must.
    ///
    /// Example: a section without a heading.
    MissingField = "missing-field",

    /// A value is of another kind than its field.
    ///
    /// Example: “critical: perhaps”.
    WrongType = "wrong-type",

    /// Curly quotation marks stand around a value.
    ///
    /// Only straight ones mark where a value begins and ends; curly ones would become part of it.
    ///
    /// Example: “reference: “7.5””, where “reference: "7.5"” is meant.
    CurlyQuotes = "curly-quotes",

    /// A field has no value.
    ///
    /// Example: “heading:” with nothing after it.
    EmptyValue = "empty-value",

    /// A file has nothing in it.
    ///
    /// Example: a file with comments only.
    EmptyFile = "empty-file",

    /// A field stands twice in one place.
    ///
    /// Example: “name” twice in one row.
    DuplicateKey = "duplicate-key",

    /// A name stands twice in a list of names.
    ///
    /// Example: two User Roles “ED”.
    DuplicateName = "duplicate-name",

    /// Two sections have one number, or two files are about one section.
    ///
    /// Example: two files with “section: "5.4"”.
    DuplicateSection = "duplicate-section",

    /// Two tables have one number, or two files are about one table.
    ///
    /// Example: two files with “table: "8.1.8"”.
    DuplicateTable = "duplicate-table",

    /// Two sections or two tables have one id.
    ///
    /// Ids tell parts apart when versions are compared, so each has its own.
    ///
    /// Example: “id: purpose” in two files.
    DuplicateId = "duplicate-id",

    /// A file says two things that can't both be.
    ///
    /// Example: “delete: true” beside a new heading.
    Contradiction = "contradiction",

    /// A file changes something, and its version has no base that could be changed.
    ///
    /// Example: “insert” in a version whose version.yaml names no base.
    OperationWithoutBase = "operation-without-base",

    /// A modification changes a section that its base doesn't have.
    ///
    /// Example: “section: "5.9"”, where the base ends with 5.4.
    UnknownSection = "unknown-section",

    /// A modification changes a table that its base doesn't have.
    ///
    /// Example: “table: "8.1.9"”.
    UnknownTable = "unknown-table",

    /// A modification names a row that its table doesn't have.
    ///
    /// Example: “after: "7.5"”.
    UnknownRow = "unknown-row",

    /// A modification names a row by a key that several rows bear.
    ///
    /// Example: “remove: ["8.14.3"]”, where two rows bear it.
    AmbiguousRow = "ambiguous-row",

    /// The files of a version amend another version, and it doesn't say which.
    ///
    /// Example: a version.yaml without the line “base: "6.18"”.
    MissingBase = "missing-base",

    /// A version names a base that isn't there.
    ///
    /// Example: “base: "6.81"”.
    UnknownBase = "unknown-base",

    /// A version rests on itself.
    ///
    /// Example: A is drafted against B, and B against A.
    BaseCycle = "base-cycle",

    /// A User Role isn't one of the appendix's.
    ///
    /// Example: “role: EDD”.
    UnknownRole = "unknown-role",

    /// A cell holds something that isn't one of the appendix's applicabilities.
    ///
    /// Example: “Mandatroy”.
    UnknownApplicability = "unknown-applicability",

    /// A classification isn't one of the appendix's.
    ///
    /// Example: “classification: Blue”.
    UnknownClassification = "unknown-classification",

    /// A column isn't one of the table's.
    ///
    /// Example: “cv: { 11: Mandatory }”, where there are ten.
    UnknownColumn = "unknown-column",

    /// The columns lack one that every table needs.
    ///
    /// Example: no column shows the variant.
    MissingColumn = "missing-column",

    /// The command-variant columns don't stand together after another column, where the labels of the count rows go.
    ///
    /// Example: the first column is CV 1.
    ColumnOrder = "column-order",

    /// A column says neither what field it shows nor which command variant it is.
    ///
    /// Example: “{ label: CV 1 }”.
    ColumnKind = "column-kind",

    /// There are more or fewer values than columns.
    ///
    /// Example: nine figures for ten columns.
    CellCount = "cell-count",

    /// A file can't be changed in place without saying something else.
    ///
    /// Example: it refers to parts of itself (“*name”). Write out what they stand for, or change it by hand.
    CantEdit = "cant-edit",

    /// A modification has no such status.
    ///
    /// Example: “status: aproved”.
    UnknownStatus = "unknown-status",

    /// A release includes a modification that it can't.
    ///
    /// Example: one that stands there twice, or that is drafted against another version than the release is of.
    Includes = "includes",

    /// A statement decides between modifications that don't collide there, or says no more what they said.
    ///
    /// Example: MP095 was changed after the release decided between it and MP089.
    VoidDecision = "void-decision",

    /// Two modifications say different things of one part, row or cell, so that nobody knows what it shall be.
    ///
    /// Example: MP089 and MP095 both change the word “thirty” in Section 5.4.
    Conflict = "conflict",

    /// A later version doesn't say from when it is in force, so that no day finds it.
    ///
    /// Example: a release without “effective”, and “ctsd build --as-of 2026-01-31”.
    NoDate = "no-date",

    /// A release includes a modification that was withdrawn or rejected.
    ///
    /// Its text would come into force all the same.
    ///
    /// Example: MP095 in “includes”, whose version.yaml says “status: withdrawn”.
    WithdrawnIncluded = "withdrawn-included",

    /// Two modifications of a release say the same, each for itself.
    ///
    /// It stands once. If one of them is left out of the release, the other still says it.
    ///
    /// Example: MP089 and MP095 both put right one spelling in Section 5.4.
    Agreement = "agreement",

    /// A section of the base was changed after a modification's was written from it.
    ///
    /// What the modification restates would take that change back.
    ///
    /// Example: a word of Section 5.4 was put right in 6.18, and MP089 has the whole section as it was.
    ChangedBase = "changed-base",

    /// A version would come into force before the version that it rests on.
    ///
    /// Example: “effective: 2019-06-27” for a modification of a release that is in force from 2019-11-29.
    EffectiveOrder = "effective-order",

    /// Parts don't stand in the order of their numbers.
    ///
    /// A version that rests on no other has its parts in their order. What a modification inserts, moves or renumbers
    /// can come to stand elsewhere, which is a warning.
    ///
    /// Example: Section 5.4 after Section 8.1.
    SectionOrder = "section-order",

    /// A section stands there without the one that it belongs to.
    ///
    /// An extract can leave that out; a whole text can't.
    ///
    /// Example: Section 1.1, where there is no Section 1.
    MissingParent = "missing-parent",

    /// The counts of the omitted rows don't add up to the number of omitted rows.
    ///
    /// Every row has one cell in each column, so each column's counts add up to the rows.
    ///
    /// Example: 19 omitted rows, and 5 + 13 + 2 in CV 1.
    OmittedSum = "omitted-sum",

    /// The number of a section or a table isn't one.
    ///
    /// Example: “section: "5..4"”.
    BadNumber = "bad-number",

    /// A heading begins with the number of its own section.
    ///
    /// The number is printed before the heading, so it would stand there twice.
    ///
    /// Example: “heading: 5.4 Testing” in the file of Section 5.4.
    HeadingNumber = "heading-number",

    /// An id holds something that an id can't.
    ///
    /// Example: “id: the purpose”.
    BadId = "bad-id",

    /// A date isn't one.
    ///
    /// Example: “date: 2019-02-30”.
    BadDate = "bad-date",

    /// A colour of the style sheet isn't one.
    ///
    /// Example: “text: black”.
    BadColour = "bad-colour",

    /// A length of the style sheet is out of bounds.
    ///
    /// Example: a margin wider than the page.
    BadLength = "bad-length",

    /// The style sheet names a file that doesn't stand beside it.
    ///
    /// Example: “file: ../pictures/logo.png” for “file: logo.png”.
    BadFileName = "bad-file-name",

    /// The file of the logo or of a picture isn't of a kind that documents carry, is broken, or has more pixels than print needs.
    ///
    /// Word and PDF both carry a PNG, and a JPEG in a text, so each document looks as the other does.
    ///
    /// Example: a JPEG whose name was changed to logo.png.
    BadPicture = "bad-picture",

    /// The id of a version, or the “file_name” of the appendix, can't name files.
    ///
    /// Example: “id: ../6.18”, or “id: CON”, which Windows keeps for a device.
    UnsafeId = "unsafe-id",

    /// The folder of a version isn't named like the version.
    ///
    /// Example: the folder mp98 with “id: MP089”.
    FolderName = "folder-name",

    /// A file isn't called after what it holds.
    ///
    /// It is read all the same, but nobody would look there for the section.
    ///
    /// Example: sections/5.4.yaml with “section: "1.2"”, or 1.2.yml.
    FileName = "file-name",

    /// A file or folder lies where nothing would read it.
    ///
    /// Example: content/mp089/section/5.4.yaml, where “sections” is meant, or 5.4.yaml.txt, to which an editor added an
    /// ending.
    UnreadFile = "unread-file",

    /// There is no content.
    ///
    /// Example: the command is run in another folder.
    NoContent = "no-content",

    /// The content holds no version.
    ///
    /// Example: content/ holds appendix.yaml and nothing else.
    NoVersions = "no-versions",

    /// A file can't be read.
    ///
    /// Example: a link that leads to itself.
    UnreadableFile = "unreadable-file",

    /// Something other than a file lies where a file belongs.
    ///
    /// Example: a folder named version.yaml.
    NotAFile = "not-a-file",

    /// A file is larger than content can be.
    ///
    /// Example: a scan that was saved as 5.4.yaml.
    FileTooLarge = "file-too-large",

    /// A file isn't saved as UTF-8.
    ///
    /// Example: a file that Notepad saved as “Unicode”, which is UTF-16.
    NotUtf8 = "not-utf-8",

    /// The text holds a character that documents can't carry.
    ///
    /// Example: a NUL that came with a copy from elsewhere.
    ControlCharacter = "control-character",

    /// A file holds the marks of a merge that stopped half-way.
    ///
    /// Git merges lines, and leaves both texts in the file where it can't. Modifications are merged by what they amend: a
    /// release includes them, and “ctsd rebase” moves one onto another base.
    ///
    /// Example: “<<<<<<< HEAD” at the beginning of a line.
    MergeMark = "merge-mark",

    /// A file has more mistakes than it helps to tell.
    ///
    /// Example: a file that was never meant as content.
    TooManyErrors = "too-many-errors",

    /// A document for the public doesn't say on its cover how it is classified, or says otherwise somewhere.
    ///
    /// What documents say of it is in the templates, so a template of the project's own can lose it.
    ///
    /// Example: a cover.md of the project's own that says “Classification: Red”.
    ClassificationText = "classification-text",

    /// A version that isn't for the public was to be published, or would be told of in what is published.
    ///
    /// Only the loosest of the appendix's classifications is for the public. The change document of a modification
    /// shows its base, so the base must be for the public too.
    ///
    /// Example: “ctsd publish mp089 --to public”, where MP089 or its base is Green.
    NotPublic = "not-public",

    /// Something in a Word document can't be carried, and is left out.
    ///
    /// It is told with its words and its place. Where the words belong to the text, move them there in Word.
    ///
    /// Example: a text box on page 3.
    LeftOut = "left-out",

    /// Something in a Word document is read in another form than it has there.
    ///
    /// No word is lost, but the look or the arrangement of some is.
    ///
    /// Example: a table in a cell of a table, which is read as lines.
    ReadOtherwise = "read-otherwise",
}

#[cfg(test)]
mod tests {
    use super::Code;
    use std::collections::BTreeSet;

    #[test]
    fn each_code_has_a_name_of_its_own_and_is_explained_with_an_example() {
        let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len(), "two codes have one name");
        let summaries: BTreeSet<&str> = Code::ALL.iter().map(|code| code.summary()).collect();
        assert_eq!(summaries.len(), Code::ALL.len(), "two codes say the same");
        for &code in Code::ALL {
            assert_eq!(Code::named(code.name()), Some(code));
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(code.name().chars().all(plain), "{code}");
            assert!(code.summary().ends_with('.'), "{code}");
            assert!(code.explanation().starts_with(code.summary()), "{code}");
            assert!(code.explanation().contains("\n\nExample: "), "{code}");
        }
    }
}
