//! What makes one version of another, laid over that one, gives the other.

use super::{sections, tables};
use crate::common::config;
use crate::instructions::by_hand::{desk, drafted};
use crate::release::written;
use ctsd::compose::difference;
use ctsd::model::{Head, Modification, Part, Stated, Version};
use proptest::prelude::*;

fn statements(modification: &Modification) -> usize {
    let rows = |table: &ctsd::model::TableStatement| {
        let deeds = &table.operations;
        deeds.amend.len() + deeds.insert.len() + deeds.moves.len() + deeds.remove.len()
    };
    modification.sections.len() + modification.tables.iter().map(|table| rows(table).max(1)).sum::<usize>()
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 400, ..config(24) })]

    #[test]
    fn laid_over_the_base_the_difference_gives_the_target(all in drafted()) {
        let here = desk(all.clone());
        for base in &here.project.versions {
            for target in &here.project.versions {
                // What one modification has made of it, one can make.
                let is_of = target.base.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(&base.id));
                if !is_of && target.id != base.id {
                    continue;
                }
                let head = Head { id: "X".to_owned().into(), name: "X".to_owned(), ..Head::default() };
                let (made, wrong) = difference(&here.project.appendix, head, base, target);
                let files = written(made.clone());
                let told = here.project.stated.iter().find(|it| it.head().id == target.id).map(|it| match it {
                    // Which of two changes places with the other is told in one of two ways.
                    Stated::Modification(it) => {
                        statements(it) + it.sections.iter().filter(|it| it.place.is_some()).count()
                    }
                    Stated::Release(_) => 0,
                });
                let again = desk(all.iter().cloned().chain(files).collect());
                let own = again.project.version("x");
                prop_assert!(own.is_some(), "{} to {}: {:#?}", *base.id, *target.id, again.project.faults_of("x"));
                let own = own.unwrap();
                prop_assert_eq!(sections(own), sections(target), "{} to {}", *base.id, *target.id);
                prop_assert_eq!(tables(own), tables(target), "{} to {}", *base.id, *target.id);
                prop_assert!(own.reads_as(target) && wrong.is_empty(), "{} to {}: {wrong:?}", *base.id, *target.id);
                if base.id == target.id {
                    prop_assert_eq!(statements(&made), 0);
                } else {
                    prop_assert!(statements(&made) <= told.unwrap_or_default(), "{} to {}: {} for {told:?} {made:#?}", *base.id, *target.id, statements(&made));
                }
            }
        }
    }
}

/// The same parts in the order of some keys, but for tables, which stand in their own.
fn in_order_of(keys: &[u32], version: &Version) -> Version {
    let is_table = |part: &&Part| matches!(part, Part::Matrix(_));
    let mut tables = version.parts.iter().filter(is_table);
    let mut parts: Vec<(&u32, &Part)> = keys.iter().zip(&version.parts).collect();
    parts.sort_by_key(|(key, _)| **key);
    let parts = parts.into_iter().map(|(_, part)| if is_table(&part) { tables.next().unwrap() } else { part }.clone());
    Version { parts: parts.collect(), ..version.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 400, ..config(12) })]

    #[test]
    fn sections_come_into_any_order(
        all in drafted(), old in prop::collection::vec(any::<u32>(), 40), new in prop::collection::vec(any::<u32>(), 40),
    ) {
        let here = desk(all);
        for version in &here.project.versions {
            let (base, target) = (in_order_of(&old, version), in_order_of(&new, version));
            let head = Head { id: "X".to_owned().into(), name: "X".to_owned(), ..Head::default() };
            let (made, wrong) = difference(&here.project.appendix, head, &base, &target);
            prop_assert!(wrong.is_empty(), "{wrong:?}: {made:#?}");
        }
    }
}
