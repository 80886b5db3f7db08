//! A section's file: the section itself, or what a modification does to one.

use super::form::{Form, Slot, maybe, unless_default};
use super::head::day;
use super::kinds::{As, Flag, List, Quoted, Unless, Words, flag, identity, number};
use super::reader::{Field, Fields, Reader};
use super::sides::{InWords, Sided, sided};
use crate::diagnostic::Code;
use crate::model::{Beside, Decision, Neighbour, Placed, SectionStatement, Standing};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The slot of a deletion, of which the place is kept where it is asked for.
macro_rules! deletion {
    ($part:ident) => {
        $crate::content::form::Slot {
            get: |it| {
                it.$part.as_ref().map(|at| std::borrow::Cow::Owned($crate::model::Placed::new(true, at.0.clone())))
            },
            set: |it, flag| it.$part = flag.value.then_some($crate::model::Standing(flag.origin)),
        }
    };
}

pub(super) use deletion;

/// What an editor is told of sides in words.
pub(super) const CONFLICT: &str = "What “ctsd rebase” couldn't put together. Keep “ours”, and what stands here happens; \
                                   keep “theirs”, and it doesn't.";

const HEADING_ABOUT: &str = "The heading, without the number. A section without one begins with its text; in a \
                             modification, \"\" takes the heading away.";

/// The slot of what happens or doesn't, where that isn't settled.
macro_rules! conflict {
    () => {
        $crate::content::form::Slot {
            get: |it| it.open.as_ref()?.conflict.as_ref().map(std::borrow::Cow::Borrowed),
            set: |it, sides| it.open.get_or_insert_default().conflict = Some(sides),
        }
    };
}

pub(super) use conflict;

/// Whether a statement still says something, once it is known what an editor kept; see [`stays`].
macro_rules! settle {
    ($open:expr) => {{
        let stays = $open.as_mut().is_none_or(|open| $crate::content::sides::stays(&mut open.conflict));
        // Nothing is open where all of it is settled.
        if $open.as_ref().is_some_and(|open| **open == Default::default()) {
            $open = None;
        }
        stays
    }};
}

pub(super) use settle;

pub(super) static SECTION: LazyLock<Form<SectionStatement>> = LazyLock::new(|| {
    Form::<SectionStatement>::new(
        "the section",
        "Section",
        "A section as it reads; in a modification, as it will read (“section”), or one that it adds (“insert”).",
    )
    .optional(
        "section",
        number(),
        "The number of the section, in quotation marks. In a modification, its number in the base.",
        Slot { get: |it| (!it.insert).then_some(Cow::Borrowed(&it.number)), set: |it, number| it.number = number },
    )
    .optional(
        "insert",
        number(),
        "In a modification, the number that a new section shall have; those after it move up.",
        Slot { get: |it| it.insert.then_some(Cow::Borrowed(&it.number)), set: |it, number| it.number = number },
    )
    .optional(
        "id",
        identity(),
        "The identity that outlives its number. Leave it out, unless the number alone can't tell it.",
        maybe!(id),
    )
    .optional("heading", Sided(Words::Heading), HEADING_ABOUT, sided!(heading))
    .optional("delete", Flag, "Whether the modification deletes the section, with its subsections.", deletion!(delete))
    .optional(
        "close_up",
        flag(),
        "With “delete”: whether the sections after it move down by one number.",
        unless_default!(close_up),
    )
    .optional("renumber", Sided(number()), "The new number that the modification gives it.", sided!(renumber))
    .optional("move", Sided(place()), "Where the modification moves it to.", sided!(place))
    .part(&DECISION, |it| &it.decision, |it| &mut it.decision)
    .optional(
        "effective",
        day(),
        "The day from which what a modification does here is in force, if it is later than that of the rest.",
        maybe!(effective),
    )
    .optional(
        "body",
        Sided(Words::Body),
        "The text, in Markdown: paragraphs, “- ” lists, “# ” headings, tables.",
        sided!(body),
    )
    .optional("conflict", InWords, CONFLICT, conflict!())
    .optional(
        "provenance",
        Words::Prose,
        "Where this comes from, and what is inferred. No document prints it.",
        maybe!(provenance),
    )
    .finish(finish)
});

/// What a part of a release decides.
pub(super) static DECISION: LazyLock<Form<Decision>> = LazyLock::new(|| {
    Form::<Decision>::new("the decision", "Decision", "What a release decides where its modifications collide.")
        .optional(
            "decides",
            List::strict("the modification", Quoted),
            "In a release, the ids of the modifications that collide here, between which this decides.",
            unless_default!(between),
        )
        .optional(
            "from",
            Quoted,
            "The digest of what those modifications said when this was written, as the conflict gives it; in a \
             modification, that of the base's section that it was written from.",
            maybe!(digest),
        )
});

/// What the fields of a section say together.
fn finish(reader: &mut Reader<'_>, fields: &Fields<'_>, it: &mut SectionStatement) -> bool {
    let has_number = is_named(reader, fields, "section", ["section", "insert"]) && !it.number.is_empty();
    if let Some(heading) = it.heading.as_ref().filter(|heading| has_number && begins_with_number(heading, &it.number)) {
        let message = format!("the heading begins with the section's own number, {}", it.number.value);
        let help = "the number is printed before the heading; take it away";
        reader.error(Code::HeadingNumber, &heading.origin, message, help);
    }
    if let (Some(close_up), None) = (fields.get("close_up").filter(|_| it.close_up), &it.delete) {
        let at = reader.origin(close_up);
        let message = "there is nothing to close up: the section isn't deleted";
        reader.error(Code::Contradiction, &at, message, "add “delete: true”");
    }
    it.insert = fields.get("insert").is_some();
    it.has_heading = fields.has("heading");
    it.origin = Standing(fields.origin.clone());
    settle!(it.open) && has_number
}

/// Whether a file says which section or table it is about: one that there is, or else one that it inserts.
pub(super) fn is_named(reader: &mut Reader<'_>, fields: &Fields<'_>, what: &str, names: [&'static str; 2]) -> bool {
    let [there, new] = names;
    let insert = fields.get(new);
    if let Some((_, second)) = fields.get(there).zip(insert) {
        let at = reader.origin(second);
        let help = format!("keep “{there}” to change a {what} that there is, “{new}” to insert one");
        reader.error(Code::Contradiction, &at, format!("the file has both “{there}” and “{new}”"), help);
    }
    insert.or_else(|| fields.require(reader, there)).is_some()
}

fn begins_with_number(heading: &str, number: &str) -> bool {
    let rest = heading.strip_prefix(number).map(|rest| rest.trim_start_matches('.'));
    rest.is_some_and(|rest| rest.starts_with([' ', '\t']))
}

/// What can be placed beside another.
pub(super) trait Movable: Default + Clone + 'static {
    fn neighbour(&self) -> Option<&Neighbour>;
    fn set_neighbour(&mut self, neighbour: Option<Neighbour>);
}

/// A form with the fields that say beside what a thing stands, of what those are.
pub(super) fn beside<T: Movable>(form: Form<T>, others: Others) -> Form<T> {
    fn key<T: Movable>(it: &T, side: Beside) -> Option<Cow<'_, Placed<String>>> {
        let is_it = |neighbour: &&Neighbour| neighbour.beside == side && !neighbour.is_table;
        it.neighbour().filter(is_it).map(|neighbour| Cow::Borrowed(&neighbour.key))
    }
    let (before, after) = match others {
        Others::Sections => ("In front of the section with this number.", "Behind the section with this number."),
        Others::Rows => ("In front of the row with this key.", "Behind the row with this key."),
    };
    let before_slot = Slot {
        get: |it: &T| key(it, Beside::Before),
        set: |it, key| it.set_neighbour(Some(Neighbour::new(Beside::Before, key))),
    };
    let after_slot = Slot {
        get: |it: &T| key(it, Beside::After),
        set: |it, key| it.set_neighbour(Some(Neighbour::new(Beside::After, key))),
    };
    form.optional("before", Quoted, before, before_slot).optional("after", Quoted, after, after_slot)
}

/// As [`beside`], of tables.
fn beside_table(form: Form<Option<Neighbour>>) -> Form<Option<Neighbour>> {
    fn number(it: &Option<Neighbour>, side: Beside) -> Option<Cow<'_, Placed<String>>> {
        let it = it.as_ref().filter(|neighbour| neighbour.beside == side && neighbour.is_table);
        it.map(|neighbour| Cow::Borrowed(&neighbour.key))
    }
    let before = Slot {
        get: |it: &Option<Neighbour>| number(it, Beside::Before),
        set: |it: &mut Option<Neighbour>, key| *it = Some(Neighbour::of_table(Beside::Before, key)),
    };
    let after = Slot {
        get: |it: &Option<Neighbour>| number(it, Beside::After),
        set: |it: &mut Option<Neighbour>, key| *it = Some(Neighbour::of_table(Beside::After, key)),
    };
    form.optional("before_table", Quoted, "In front of the table with this number.", before).optional(
        "after_table",
        Quoted,
        "Behind the table with this number.",
        after,
    )
}

/// What things are placed beside.
#[derive(Clone, Copy)]
pub(super) enum Others {
    Sections,
    Rows,
}

/// Only one neighbour can be named.
pub(super) fn one_neighbour<T: Movable>(reader: &mut Reader<'_>, fields: &Fields<'_>, it: &mut T) {
    let given = ["before", "after", "before_table", "after_table"].map(|name| Some((name, fields.get(name)?)));
    let given: Vec<_> = given.into_iter().flatten().collect();
    if let [(first, _), .., (last, field)] = given.as_slice() {
        let at = reader.origin(*field);
        let message = format!("both “{first}” and “{last}” are given");
        reader.error(Code::Contradiction, &at, message, "keep one of the two");
        it.set_neighbour(None);
    }
}

impl Movable for Option<Neighbour> {
    fn neighbour(&self) -> Option<&Neighbour> {
        self.as_ref()
    }

    fn set_neighbour(&mut self, neighbour: Option<Neighbour>) {
        *self = neighbour;
    }
}

static NEIGHBOUR: LazyLock<Form<Option<Neighbour>>> = LazyLock::new(|| {
    let form = Form::<Option<Neighbour>>::new("the move", "Neighbour", "Beside which other.").on_one_line();
    beside_table(beside(form, Others::Sections)).finish(|reader, fields, it| {
        one_neighbour(reader, fields, it);
        it.is_some()
    })
});

/// Where a section shall move to.
fn place() -> As<Unless<&'static LazyLock<Form<Option<Neighbour>>>>, Neighbour> {
    As::new(Unless { slip: is_text, kind: &NEIGHBOUR }, |_, _, place| place, |place| Some(place.clone()))
}

fn is_text(reader: &mut Reader<'_>, field: Field<'_>) -> bool {
    let Some(text) = field.written() else { return false };
    let (side, key) = match text.split_once([' ', ':']) {
        Some((side @ ("before" | "after" | "before_table" | "after_table"), key)) => {
            (side, key.trim_matches([' ', ':', '"']))
        }
        _ => ("before", text),
    };
    let at = reader.origin(field);
    let help = format!("write move: {{ {side}: \"{key}\" }}");
    reader.error(Code::WrongType, &at, "“move” is text, not fields", help);
    true
}
