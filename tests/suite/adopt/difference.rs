//! What makes one version of another, laid over that one, gives the other.

use super::{sections, tables};
use crate::common::config;
use crate::instructions::by_hand::{desk, drafted};
use crate::release::written;
use ctsd::compose::difference;
use ctsd::model::{Head, Modification, Stated};
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
                // Of several that move out of the order of their numbers, not all may find their places: then it is told.
                let moves = here.project.stated(&target.id).unwrap().sections();
                if wrong.is_empty() || moves.iter().filter(|it| it.place.is_some()).count() < 2 {
                    prop_assert_eq!(sections(own), sections(target), "{} to {}", *base.id, *target.id);
                }
                prop_assert_eq!(tables(own), tables(target), "{} to {}", *base.id, *target.id);
                // Only where tables stand among sections that move can there be more than statements can say.
                prop_assert_eq!(own.reads_as(target), wrong.is_empty());
                if base.id == target.id {
                    prop_assert_eq!(statements(&made), 0);
                } else {
                    prop_assert!(statements(&made) <= told.unwrap_or_default(), "{} to {}: {} for {told:?} {made:#?}", *base.id, *target.id, statements(&made));
                }
            }
        }
    }
}
