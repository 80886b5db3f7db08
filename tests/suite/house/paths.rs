//! The paths that the sources are full of, and the modules that they lead to.
//!
//! Read as tokens, so that comments and texts don't count, and what stands in a macro does. What a module re-exports is
//! of the module that it stands in; the re-export itself is no use. Inline modules, all of them tests, are left out.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A module by its path from the root of the crate, which is the empty one.
pub type Module = Vec<String>;

/// A path in one module that leads to another.
#[derive(Clone, Debug)]
pub struct Use {
    pub from: Module,
    pub to: Module,
    /// File and line.
    pub at: String,
}

/// The sources, by module.
struct Sources {
    files: BTreeMap<Module, (PathBuf, Vec<TokenTree>)>,
    /// What an item that is re-exported is named where it stands.
    exports: BTreeMap<Module, Module>,
}

/// The modules of the crate, and every path that leads from one to another.
pub fn uses() -> (BTreeSet<Module>, Vec<Use>) {
    let sources = Sources::read();
    let mut uses = Vec::new();
    for (module, (file, tokens)) in &sources.files {
        let mut found = Vec::new();
        sources.paths(module, tokens, &mut found);
        let file = file.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(file).display();
        for (path, line) in found {
            let to = sources.resolve(path);
            if to != *module {
                uses.push(Use { from: module.clone(), to, at: format!("{file}:{line}") });
            }
        }
    }
    (sources.files.into_keys().collect(), uses)
}

impl Sources {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = BTreeMap::new();
        read_folder(&root, &Module::new(), &mut files);
        let mut sources = Self { files, exports: BTreeMap::new() };
        sources.exports = sources.exports();
        sources
    }

    fn exports(&self) -> BTreeMap<Module, Module> {
        let mut exports = BTreeMap::new();
        for (module, (_, tokens)) in &self.files {
            for at in 0..tokens.len() {
                let Some(start) = export(tokens, at) else { continue };
                let mut leaves = Vec::new();
                leaves_of(tokens, start, &Module::new(), &mut leaves);
                for leaf in leaves {
                    let Some(name) = leaf.last().cloned() else { continue };
                    let exported = module.iter().cloned().chain([name]).collect();
                    exports.insert(exported, absolute(module, &leaf));
                }
            }
        }
        exports
    }

    /// The paths among tokens, from the root of the crate, and the lines that they stand on.
    fn paths(&self, module: &Module, tokens: &[TokenTree], found: &mut Vec<(Module, usize)>) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            if let Some(start) = export(tokens, at) {
                at = start;
                while tokens.get(at).is_some_and(|token| !is_punct(token, ';')) {
                    at += 1;
                }
                continue;
            }
            if is_ident(token, "mod") && matches!(tokens.get(at + 2), Some(TokenTree::Group(_))) {
                at += 3;
                continue;
            }
            match token {
                TokenTree::Group(group) => {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    self.paths(module, &inside, found);
                }
                TokenTree::Ident(name) if self.starts_path(module, &name.to_string()) && is_path(tokens, at) => {
                    let mut leaves = Vec::new();
                    let line = name.span().start().line;
                    let end = leaves_of(tokens, at, &Module::new(), &mut leaves);
                    found.extend(leaves.iter().map(|leaf| (absolute(module, leaf), line)));
                    at = end;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Whether a path that begins so leads to a module of the crate: from its root, from above, or to a child.
    fn starts_path(&self, module: &Module, name: &str) -> bool {
        let child: Module = module.iter().cloned().chain([name.to_owned()]).collect();
        matches!(name, "crate" | "super" | "self") || self.files.contains_key(&child)
    }

    /// The module that an item stands in.
    fn resolve(&self, mut path: Module) -> Module {
        // A re-export may be of a re-export.
        for _ in 0..4 {
            let export = (1..=path.len()).rev().find_map(|end| Some((end, self.exports.get(&path[..end])?)));
            let Some((end, stands)) = export else { break };
            path = stands.iter().chain(&path[end..]).cloned().collect();
        }
        while !self.files.contains_key(&path) {
            path.pop();
        }
        path
    }
}

fn read_folder(folder: &Path, module: &Module, files: &mut BTreeMap<Module, (PathBuf, Vec<TokenTree>)>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let child = || module.iter().cloned().chain([name.clone()]).collect();
        if path.is_dir() {
            read_folder(&path, &child(), files);
        } else if path.extension().is_some_and(|extension| extension == "rs") && name != "main" {
            let text = std::fs::read_to_string(&path).expect("a source");
            let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let module = if name == "mod" || name == "lib" { module.clone() } else { child() };
            files.insert(module, (path, tokens.into_iter().collect()));
        }
    }
}

fn is_ident(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == name)
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// Whether two colons stand at `at`.
fn is_colons(tokens: &[TokenTree], at: usize) -> bool {
    matches!(tokens.get(at..at + 2), Some([a, b]) if is_punct(a, ':') && is_punct(b, ':'))
}

/// Whether a path starts at `at`, and not amid one.
fn is_path(tokens: &[TokenTree], at: usize) -> bool {
    is_colons(tokens, at + 1) && !at.checked_sub(2).is_some_and(|before| is_colons(tokens, before))
}

/// Where the tree of a `pub use` at `at` starts.
fn export(tokens: &[TokenTree], at: usize) -> Option<usize> {
    let is_public = is_ident(tokens.get(at)?, "pub");
    let scope = matches!(tokens.get(at + 1), Some(TokenTree::Group(g)) if g.delimiter() == Delimiter::Parenthesis);
    let next = at + 1 + usize::from(scope);
    (is_public && is_ident(tokens.get(next)?, "use")).then_some(next + 1)
}

/// The paths of a tree that starts at `at`, after `before`; gives where it ends.
fn leaves_of(tokens: &[TokenTree], mut at: usize, before: &Module, leaves: &mut Vec<Module>) -> usize {
    let mut path = before.clone();
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(name)) => {
                path.push(name.to_string());
                at += 1;
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                for branch in inside.split(|token| is_punct(token, ',')).filter(|branch| !branch.is_empty()) {
                    leaves_of(branch, 0, &path, leaves);
                }
                return at + 1;
            }
            // A star, or the parameters of a type.
            _ => break,
        }
        if !is_colons(tokens, at) {
            break;
        }
        at += 2;
    }
    leaves.push(path);
    at.max(1)
}

/// A path from the root of the crate.
fn absolute(module: &Module, path: &Module) -> Module {
    let mut from = if path.first().is_some_and(|first| first == "crate") { Module::new() } else { module.clone() };
    for name in path {
        match name.as_str() {
            "crate" | "self" => {}
            "super" => drop(from.pop()),
            name => from.push(name.to_owned()),
        }
    }
    from
}
