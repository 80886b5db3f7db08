//! What happens to sections.

use super::Trial;
use super::places::{self, Order};
use crate::compose::sections::default_id;
use crate::compose::state;
use crate::model::{Number, Placed, Section, SectionStatement, Standing, Version, natural};
use std::collections::{BTreeMap, BTreeSet};

/// The fewest statements that give each section its number and its place.
pub(super) fn difference<'v>(trial: &Trial<'v>) -> Vec<SectionStatement> {
    let kept = Kept::of(trial);
    let order = Order::of(trial);
    // What follows from what goes and comes can leave more to move, and what is stated one by one more to renumber.
    let nearest = numbered(&kept, &order, trial, |cost| (cost.is_wrong, cost.inversions, cost.renumbered));
    let mut found = vec![nearest];
    if found[0].0.inversions > 0 {
        found.push(numbered(&kept, &order, trial, |cost| (cost.is_wrong, cost.renumbered, cost.inversions)));
    }
    let placed = found.into_iter().map(|(_, mut statements)| {
        let left = places::state(&order, &kept, &mut statements);
        let moves = statements.iter().filter(|it| it.place.is_some()).count();
        ((left, statements.len() + moves), statements)
    });
    let (_, mut statements) = placed.min_by_key(|(cost, _)| *cost).expect("one at least");
    statements.sort_by(|a, b| natural(&a.number, &b.number).then(a.insert.cmp(&b.insert)));
    statements
}

/// What is wrong with statements, and how many there are.
#[derive(Clone, Copy, Debug)]
struct Cost {
    /// They can't be laid over the base, or give other numbers.
    is_wrong: bool,
    inversions: usize,
    renumbered: usize,
}

/// The statements that give each section its number at the least cost.
fn numbered<'v, K: Ord>(
    kept: &Kept<'v>,
    order: &Order<'_, 'v>,
    trial: &Trial<'v>,
    key: impl Fn(Cost) -> K,
) -> (Cost, Vec<SectionStatement>) {
    let numbers = |sections: Vec<&'v Section>| sections.into_iter().map(|it| it.number.value.as_str()).collect();
    let (roots, new): (BTreeSet<&str>, BTreeSet<&str>) = (numbers(kept.roots()), numbers(kept.coming()));
    // New numbers that follow from what goes and what comes are not stated.
    let tried = |form: &Form<'_>| {
        let statements = kept.statements(form, &trial.head.id);
        let cost = match trial.laid(statements.clone()) {
            Some(made) if kept.has_its_numbers(&made) => {
                let renumbered = statements.iter().filter(|it| it.renumber.is_some()).count();
                Cost { is_wrong: false, inversions: order.inversions(&made), renumbered }
            }
            _ => Cost { is_wrong: true, inversions: usize::MAX, renumbered: usize::MAX },
        };
        (cost, statements)
    };
    let none = BTreeSet::new;
    let forms = [(roots.clone(), new.clone()), (roots.clone(), none()), (none(), new.clone()), (none(), none())];
    let forms = forms.map(|(closing, shifting)| Form { closing, shifting });
    let tries = forms.map(|form| (tried(&form), form));
    let ((mut cost, mut statements), mut form) =
        tries.into_iter().min_by_key(|((cost, _), _)| key(*cost)).expect("four");
    // With some the numbers follow, and with others they don't.
    for (number, goes) in roots.iter().map(|it| (it, true)).chain(new.iter().map(|it| (it, false))) {
        let mut other = form.clone();
        let side = if goes { &mut other.closing } else { &mut other.shifting };
        if !side.remove(number) {
            side.insert(number);
        }
        let (now, made) = tried(&other);
        if key(now) < key(cost) {
            (cost, statements, form) = (now, made, other);
        }
    }
    (cost, statements)
}

/// Which numbers follow from what goes and what comes.
#[derive(Clone, Debug)]
struct Form<'v> {
    /// The sections behind which numbers close up when they go, by number.
    closing: BTreeSet<&'v str>,
    /// The new sections for which numbers make room.
    shifting: BTreeSet<&'v str>,
}

/// Which sections are the same in both.
pub(super) struct Kept<'v> {
    base: &'v Version,
    target: &'v Version,
    ids: BTreeSet<&'v str>,
}

impl<'v> Kept<'v> {
    fn of(trial: &Trial<'v>) -> Self {
        let (base, target) = (trial.base, trial.target);
        let mut ids: BTreeSet<&str> = base
            .sections()
            .filter(|was| target.section(&was.id).is_some_and(|now| can_become(was, now, trial.is_written)))
            .map(|was| was.id.as_str())
            .collect();
        // What stands in a section goes with it, and can only come anew.
        loop {
            let gone: Vec<Number> =
                base.sections().filter(|it| !ids.contains(it.id.as_str())).filter_map(number).collect();
            let lost = base.sections().find(|it| {
                ids.contains(it.id.as_str())
                    && number(it).is_some_and(|own| gone.iter().any(|gone| own.is_within(gone)))
            });
            match lost {
                Some(lost) => ids.remove(lost.id.as_str()),
                None => break,
            };
        }
        Self { base, target, ids }
    }

    /// The section of the base that is the same.
    pub fn in_base(&self, section: &Section) -> Option<&'v Section> {
        self.base.section(&section.id).filter(|it| self.is_kept(it))
    }

    /// The section of the base that stays and has a number there.
    pub fn numbered(&self, number: &str) -> Option<&'v Section> {
        self.base.section_numbered(number).filter(|it| self.is_kept(it))
    }

    fn is_kept(&self, section: &Section) -> bool {
        self.ids.contains(section.id.as_str())
    }

    /// The sections of the base that go, without those that go with them.
    fn roots(&self) -> Vec<&'v Section> {
        let gone: Vec<&Section> = self.base.sections().filter(|it| !self.is_kept(it)).collect();
        let stands_in_another = |section: &Section| {
            let own = number(section);
            gone.iter().any(|other| {
                other.number != section.number
                    && own.as_ref().zip(number(other)).is_some_and(|(own, other)| own.is_within(&other))
            })
        };
        gone.iter().copied().filter(|section| !stands_in_another(section)).collect()
    }

    /// The sections that come.
    fn coming(&self) -> Vec<&'v Section> {
        self.target.sections().filter(|it| !self.is_kept(it)).collect()
    }

    /// All that happens to sections but where they stand.
    fn statements(&self, form: &Form<'_>, version: &str) -> Vec<SectionStatement> {
        let mut numbers: BTreeMap<&str, Number> = BTreeMap::new();
        for section in self.base.sections().filter(|it| self.is_kept(it)) {
            numbers.extend(number(section).map(|number| (section.id.as_str(), number)));
        }
        let mut out = BTreeMap::new();
        let mut roots = self.roots();
        // The last first: what stands before it keeps the number by which it is named.
        roots.sort_by(|a, b| natural(&b.number, &a.number));
        for root in roots {
            let Some(gone) = number(root) else { continue };
            let close_up = form.closing.contains(root.number.value.as_str())
                && numbers.values().any(|number| number.shifted(&gone, -1) != *number);
            if close_up {
                numbers.values_mut().for_each(|number| *number = number.shifted(&gone, -1));
            }
            let mut goes = named(root);
            goes.delete = Some(Standing::default());
            goes.close_up = close_up;
            out.insert((false, root.number.value.clone()), goes);
        }
        self.renumber(&mut numbers, form, &mut out);
        for section in self.base.sections().filter(|it| self.is_kept(it)) {
            let Some(now) = self.target.section(&section.id) else { continue };
            let heading = (section.heading.text != now.heading.text).then(|| now.heading.clone());
            let body = (section.body.text != now.body.text).then(|| now.body.clone());
            if heading.is_some() || body.is_some() {
                let statement = out.entry((false, section.number.value.clone())).or_insert_with(|| named(section));
                statement.has_heading = heading.is_some();
                statement.heading = heading;
                statement.body = body;
            }
        }
        let taken: BTreeSet<&str> = self.base.sections().map(|it| it.id.as_str()).collect();
        for section in self.coming() {
            let default = default_id(&section.number, taken.contains(section.number.as_str()), version);
            let own = (section.id != default).then(|| Placed::from(section.id.clone()));
            let comes = SectionStatement { insert: true, id: own, ..state::section(section) };
            out.insert((true, section.number.value.clone()), comes);
        }
        out.into_values().collect()
    }

    /// States the numbers that don't follow from the rest.
    fn renumber(
        &self,
        numbers: &mut BTreeMap<&'v str, Number>,
        form: &Form<'_>,
        out: &mut BTreeMap<(bool, String), SectionStatement>,
    ) {
        let is_shifting = |it: &&Section| form.shifting.contains(it.number.value.as_str());
        let mut new: Vec<Number> = self.coming().into_iter().filter(is_shifting).filter_map(number).collect();
        new.sort_by(|a, b| natural(&b.to_string(), &a.to_string()));
        // What a number is before room is made for what comes.
        let before = |number: Number| new.iter().fold(number, |number, comes| number.shifted(comes, -1));
        let mut sections: Vec<&Section> = self.base.sections().filter(|it| self.is_kept(it)).collect();
        sections.sort_by_key(|section| section.level);
        // The new numbers of sections, by which those that stand in them follow.
        let mut led: Vec<(Number, Number)> = Vec::new();
        for section in sections {
            let Some(target) = self.target.section(&section.id).and_then(number) else { continue };
            let Some(from) = numbers.get(section.id.as_str()).cloned() else { continue };
            let leads = led.iter().filter(|(lead, _)| from.is_within(lead)).max_by_key(|(lead, _)| lead.level());
            let follows = leads.map_or_else(|| from.clone(), |(lead, to)| from.rebased(lead, to));
            let to = before(target);
            if to != follows {
                let statement = out.entry((false, section.number.value.clone())).or_insert_with(|| named(section));
                statement.renumber = Some(to.to_string().into());
                led.push((from, to));
            }
        }
    }

    /// Whether each section came to its number.
    fn has_its_numbers(&self, made: &Version) -> bool {
        let kept = self
            .ids
            .iter()
            .all(|id| made.section(id).map(|it| &it.number) == self.target.section(id).map(|it| &it.number));
        kept && made.sections().count() == self.target.sections().count()
            && self.target.sections().all(|it| made.section_numbered(&it.number).is_some())
    }
}

pub(super) fn number(section: &Section) -> Option<Number> {
    Number::parse(&section.number)
}

pub(super) fn named(section: &Section) -> SectionStatement {
    SectionStatement { number: section.number.value.clone().into(), ..SectionStatement::default() }
}

/// Whether statements can make one of the other: none takes away a heading, and none that is written all of a text.
fn can_become(was: &Section, now: &Section, is_written: bool) -> bool {
    was.is_clause() == now.is_clause() && (!is_written || was.body.is_empty() || !now.body.is_empty())
}
