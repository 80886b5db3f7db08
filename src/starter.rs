//! The files that a new project begins with: a vocabulary, a made-up version with a modification of it, and what editors
//! and Git need to know.

/// Their paths in the project, and what they hold.
pub(crate) const FILES: [(&str, &str); 16] = [
    ("README.md", include_str!("starter/README.md")),
    (".gitattributes", include_str!("starter/gitattributes")),
    (".gitignore", include_str!("starter/gitignore")),
    (".vscode/extensions.json", include_str!("../.vscode/extensions.json")),
    (".vscode/settings.json", include_str!("../.vscode/settings.json")),
    ("content/appendix.yaml", include_str!("starter/content/appendix.yaml")),
    ("content/terms.yaml", include_str!("starter/content/terms.yaml")),
    ("content/example/version.yaml", include_str!("starter/content/example/version.yaml")),
    ("content/example/sections/1.yaml", include_str!("starter/content/example/sections/1.yaml")),
    ("content/example/sections/1.1.yaml", include_str!("starter/content/example/sections/1.1.yaml")),
    ("content/example/sections/1.2.yaml", include_str!("starter/content/example/sections/1.2.yaml")),
    ("content/example/sections/2.yaml", include_str!("starter/content/example/sections/2.yaml")),
    ("content/example/tables/2.1.yaml", include_str!("starter/content/example/tables/2.1.yaml")),
    ("content/mp000/version.yaml", include_str!("starter/content/mp000/version.yaml")),
    ("content/mp000/sections/1.2.yaml", include_str!("starter/content/mp000/sections/1.2.yaml")),
    ("content/mp000/tables/2.1.yaml", include_str!("starter/content/mp000/tables/2.1.yaml")),
];
