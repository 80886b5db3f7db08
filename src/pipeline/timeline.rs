//! The journey of the timeline: the versions of the code by the days from which they are in force, what each puts
//! together, and what none has, as a page that leads to the pages of each and of any two.

use super::{Desk, Format};
use crate::diagnostic::{Failure, Sources};
use crate::files::Root;
use crate::model::{Stated, Version};
use crate::publish::File;
use crate::writer::html::{self, Index};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Where the pages are that the timeline leads to.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// On the server that the timeline itself is asked of, which makes any.
    Served,
    /// In a folder, so far as they were written there.
    Folder(&'a Path),
}

/// A version, as the template of the timeline sees it.
#[derive(Clone, Debug, Default, Serialize)]
struct Entry {
    id: String,
    /// As documents print it.
    name: String,
    /// What a modification calls itself.
    title: Option<String>,
    status: Option<&'static str>,
    /// The day from which it is in force, once that is known.
    from: Option<String>,
    /// Of a version of the code, the day from which another is.
    until: Option<String>,
    base: Option<String>,
    has_errors: bool,
    /// Its pages.
    text: Option<String>,
    matrix: Option<String>,
    changes: Option<String>,
    whole: Option<String>,
    /// What a version of the code puts together.
    includes: Vec<Entry>,
}

/// All versions, as the template of the timeline sees them.
#[derive(Debug, Serialize)]
struct Timeline {
    /// The versions of the code, the newest first; those that don't say from when they are in force before them.
    releases: Vec<Entry>,
    /// The modifications that are in none of them.
    others: Vec<Entry>,
    /// Every version that has no error.
    ids: Vec<String>,
    /// JSON in a script element: where the redlines of two are, by both; nothing, where any two have one.
    redlines: Option<String>,
}

impl Desk {
    /// The timeline as a page.
    ///
    /// # Errors
    /// What is wrong with the template of the page.
    pub fn timeline(&self, place: Place<'_>) -> Result<File, Failure> {
        let appendix = &self.project.appendix;
        let index = Index {
            language: &appendix.language,
            title: &format!("{} ‘{}’", appendix.name, appendix.title.text),
            is_live: matches!(place, Place::Served),
            list: &self.versions_in_time(&Pages { desk: self, place }),
        };
        let page = html::write_index(&index, &self.sheet, &self.templates);
        let page = page.map_err(|findings| Failure::content(findings, Sources::default()))?;
        Ok(File { name: "index.html".to_owned(), bytes: page.into_bytes() })
    }

    fn versions_in_time(&self, pages: &Pages<'_>) -> Timeline {
        let all = All(&self.project.stated);
        let (mut releases, modifications): (Vec<&Stated>, Vec<&Stated>) = all.0.iter().partition(|it| it.is_release());
        releases.sort_by_key(|it| all.when(it));
        let entry = |(at, it): (usize, &&Stated)| Entry {
            until: releases[at + 1..].iter().find_map(|next| next.in_force()).map(str::to_owned),
            includes: all.included(it).map(|it| pages.entry(it)).collect(),
            ..pages.entry(it)
        };
        let entries = releases.iter().enumerate().map(entry).rev().collect();
        let is_in = |it: &Stated| releases.iter().any(|release| all.included(release).any(|own| std::ptr::eq(own, it)));
        let others = modifications.into_iter().filter(|it| !is_in(it)).map(|it| pages.entry(it)).collect();
        let ids = self.project.versions.iter().map(|version| version.id.value.clone()).collect();
        Timeline { releases: entries, others, ids, redlines: pages.redlines() }
    }
}

/// What the files state of all versions.
#[derive(Clone, Copy)]
struct All<'d>(&'d [Stated]);

impl<'d> All<'d> {
    fn find(self, id: &str) -> Option<&'d Stated> {
        self.0.iter().find(|it| it.head().id.eq_ignore_ascii_case(id))
    }

    fn included(self, release: &Stated) -> impl Iterator<Item = &'d Stated> {
        release.includes().iter().filter_map(move |id| self.find(id))
    }

    /// What a version rests on, from the next.
    fn below(self, it: &Stated) -> Vec<&'d Stated> {
        let below = move |it: &Stated| self.find(it.base()?);
        // A ring of them is told elsewhere.
        std::iter::successors(below(it), |it| below(it)).take(self.0.len()).collect()
    }

    /// What puts versions of the code in the order of time: one that doesn't say from when it is in force comes after what
    /// it rests on, before what rests on it, and if neither says so, last.
    fn when(self, it: &Stated) -> (bool, String, usize) {
        let below = self.below(it);
        let known = it.in_force().or_else(|| below.iter().find_map(|it| it.in_force()));
        let rests_on_it = |other: &Stated| {
            other.in_force().is_some() && self.below(other).iter().any(|own| own.head().id == it.head().id)
        };
        let is_last = known.is_none() && !self.0.iter().any(rests_on_it);
        (is_last, known.unwrap_or_default().to_owned(), below.len())
    }
}

/// What pages there are.
struct Pages<'a> {
    desk: &'a Desk,
    place: Place<'a>,
}

impl Pages<'_> {
    fn entry(&self, stated: &Stated) -> Entry {
        let head = stated.head();
        let version = self.desk.project.version(&head.id);
        let base = version.and_then(|it| self.desk.project.version_below(it));
        let of = |format| version.and_then(|it| self.text(it, format));
        let against = |full| base.zip(version).and_then(|(base, version)| self.redline(base, version, full));
        Entry {
            id: head.id.value.clone(),
            name: head.name.clone(),
            title: head.title.as_ref().map(|title| title.text.to_string()),
            status: head.status.map(|status| status.name()),
            from: stated.in_force().map(str::to_owned),
            base: base.map(|base| base.id.value.clone()),
            has_errors: version.is_none(),
            text: of(Format::Html),
            matrix: of(Format::Matrix),
            changes: against(false),
            whole: against(true),
            ..Entry::default()
        }
    }

    fn text(&self, version: &Version, format: Format) -> Option<String> {
        let served = match format {
            Format::Matrix => format!("/appendix/{}/matrix", *version.id),
            _ => format!("/appendix/{}", *version.id),
        };
        self.there(served, format!("{}.{}", self.desk.file_name(version), format.extension()))
    }

    fn redline(&self, base: &Version, target: &Version, full: bool) -> Option<String> {
        let (served, file) = if full { ("/full", "-full") } else { ("", "") };
        let served = format!("/redline/{}/{}{served}", *base.id, *target.id);
        self.there(served, format!("redline-{}-{}{file}.html", base.file_name(), target.file_name()))
    }

    fn there(&self, served: String, file: String) -> Option<String> {
        match self.place {
            Place::Served => Some(served),
            Place::Folder(folder) => Root::folder(folder).has(&file).then_some(file),
        }
    }

    /// The redlines of any two that are in the folder.
    fn redlines(&self) -> Option<String> {
        let Place::Folder(_) = self.place else { return None };
        let versions = &self.desk.project.versions;
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        for (base, target) in versions.iter().flat_map(|base| versions.iter().map(move |target| (base, target))) {
            let page = [true, false].into_iter().find_map(|full| self.redline(base, target, full));
            found.extend(page.map(|page| (format!("{} {}", *base.id, *target.id), page)));
        }
        Some(html::data(&found))
    }
}
