//! From the text of an example to the files it stands for.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::ExampleError;

/// What a line begins with that names the file which the lines below it are.
const SIGN: &str = "//-";

/// What a line begins with that stands for many, as in `//* 300: println!("{}", <n>);`.
const MANY: &str = "//*";

/// What each of those lines has its number in place of.
const NUMBER: &str = "<n>";

/// As many lines can be meant by one.
const MOST: usize = 10_000;

/// What only a package holds.
const PARTS_OF_PACKAGES: [&str; 6] =
    ["src", "tests", "benches", "examples", "build.rs", "Cargo.toml"];

/// A file of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its text.
    pub text: String,
    /// The line of the example that its first line is, counted from 1; `None` for a file
    /// that the example leaves to be inferred.
    pub line: Option<usize>,
    /// The lines that one of the example stands for: the first of them, counted from 1, and how
    /// many there are.
    pub repeated: Vec<(usize, usize)>,
}

impl File {
    fn new(line: Option<usize>) -> Self {
        Self { text: String::new(), line, repeated: Vec::new() }
    }

    /// The line of the example that a line stands on.
    #[must_use]
    pub fn line_of(&self, line: usize) -> Option<usize> {
        let surplus = |(first, count): &(usize, usize)| {
            line.saturating_sub(*first).min(count.saturating_sub(1))
        };
        Some(self.line? + line - 1 - self.repeated.iter().map(surplus).sum::<usize>())
    }

    /// Adds what a line of the example stands for: itself, or many.
    fn add(&mut self, content: &str, line: usize) -> Result<(), ExampleError> {
        // Without a number it is a comment like any other.
        let is_count = |rest: &&str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let Some(rest) = content.trim_start().strip_prefix(MANY).filter(is_count) else {
            self.text.push_str(content);
            self.text.push('\n');
            return Ok(());
        };
        let written = || ExampleError::NoCount { line, written: content.trim().to_owned() };
        let (count, text) = rest.split_once(':').ok_or_else(written)?;
        let count: usize = count.trim().parse().map_err(|_| written())?;
        if !(1..=MOST).contains(&count) {
            return Err(written());
        }
        self.repeated.push((self.text.matches('\n').count() + 1, count));
        for number in 1..=count {
            self.text.push_str(&text.trim_start().replace(NUMBER, &number.to_string()));
            self.text.push('\n');
        }
        Ok(())
    }
}

/// The files of an example, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<Utf8PathBuf, File>);

impl Files {
    /// Splits the text of an example at the lines that name files. A text without such a
    /// line is the library of the package `package`.
    ///
    /// # Errors
    ///
    /// When a path is none, is given twice, or text stands before the first one; and when a line
    /// that stands for many does not say for how many.
    pub fn split(text: &str, package: &str) -> Result<Self, ExampleError> {
        let mut files = BTreeMap::new();
        let mut current: Option<(Utf8PathBuf, File)> = None;
        for (index, content) in text.lines().enumerate() {
            let line = index + 1;
            if let Some(written) = content.strip_prefix(SIGN) {
                let path = path(written.trim(), line)?;
                files.extend(current.take());
                if files.contains_key(&path) {
                    return Err(ExampleError::FileTwice { line, path });
                }
                current = Some((path, File::new(Some(line + 1))));
                continue;
            }
            match &mut current {
                Some((_, file)) => file.add(content, line)?,
                None if content.trim().is_empty() => {}
                None if text.lines().any(|line| line.starts_with(SIGN)) => {
                    return Err(ExampleError::TextBeforeFiles { line });
                }
                None => {
                    let path = Utf8PathBuf::from(package).join("src/lib.rs");
                    let mut file = File::new(Some(line));
                    file.add(content, line)?;
                    current = Some((path, file));
                }
            }
        }
        files.extend(current);
        if files.is_empty() {
            return Err(ExampleError::Empty);
        }
        let files = Self(files);
        let is_homeless = |(path, _): &(&Utf8Path, &File)| {
            path.extension() == Some("rs") && files.package_of(path).is_none()
        };
        if let Some((path, file)) = files.iter().find(is_homeless) {
            let line = file.line.map_or(1, |line| line.saturating_sub(1));
            return Err(ExampleError::NoPackage { line, path: path.to_owned() });
        }
        Ok(files)
    }

    /// Takes out the file at the root that is called `name`.
    pub fn take(&mut self, name: &str) -> Option<File> {
        self.0.remove(Utf8Path::new(name))
    }

    /// The file at `path`.
    #[must_use]
    pub fn get(&self, path: &Utf8Path) -> Option<&File> {
        self.0.get(path)
    }

    /// Every file with its path, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&Utf8Path, &File)> {
        self.0.iter().map(|(path, file)| (path.as_path(), file))
    }

    /// The folders of packages, each with its files relative to it. A package is what has
    /// a Cargo.toml, or what holds a folder that only a package has.
    #[must_use]
    pub fn packages(&self) -> BTreeMap<Utf8PathBuf, BTreeSet<Utf8PathBuf>> {
        let mut packages: BTreeMap<Utf8PathBuf, BTreeSet<Utf8PathBuf>> = BTreeMap::new();
        for path in self.0.keys() {
            let Some(folder) = self.package_of(path) else { continue };
            let relative = path.strip_prefix(&folder).unwrap_or(path).to_owned();
            packages.entry(folder).or_default().insert(relative);
        }
        packages
    }

    /// The folder of the package that a file belongs to.
    fn package_of(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let has_manifest = |folder: &&Utf8Path| self.0.contains_key(&folder.join("Cargo.toml"));
        if let Some(folder) = path.ancestors().skip(1).find(has_manifest) {
            return Some(folder.to_owned());
        }
        let parts: Vec<&str> = path.components().map(|part| part.as_str()).collect();
        let inside = parts.iter().position(|part| PARTS_OF_PACKAGES.contains(part))?;
        Some(parts[..inside].iter().collect())
    }

    /// Adds the files above modules that are given without them, which then do nothing
    /// but declare these modules.
    pub fn add_parents(&mut self) {
        let mut declared: BTreeMap<Utf8PathBuf, BTreeSet<String>> = BTreeMap::new();
        for (folder, files) in self.packages() {
            for file in &files {
                for (parent, module) in self.missing_parents(&folder, file) {
                    declared.entry(parent).or_default().insert(module);
                }
            }
        }
        for (path, modules) in declared {
            let text = modules.iter().flat_map(|module| ["pub mod ", module, ";\n"]).collect();
            self.0.insert(path, File { text, ..File::new(None) });
        }
    }

    /// The files that have to declare a module and everything above it, as far as they are
    /// not given.
    fn missing_parents(&self, package: &Utf8Path, file: &Utf8Path) -> Vec<(Utf8PathBuf, String)> {
        let sources = package.join("src");
        let mut missing = Vec::new();
        let mut module = match package.join(file) {
            path if path.extension() != Some("rs") => return missing,
            path if path.file_name() == Some("mod.rs") => {
                path.parent().unwrap_or(&sources).to_owned()
            }
            path => path.with_extension(""),
        };
        let is_root = |module: &Utf8Path| {
            let target = module.strip_prefix(&sources);
            target.map_or(true, |path| matches!(path.as_str(), "" | "lib" | "main"))
                || module.starts_with(sources.join("bin"))
        };
        while !is_root(&module) {
            let Some((folder, name)) = module.parent().zip(module.file_name()) else { break };
            let candidates = if folder == sources {
                [sources.join("lib.rs"), sources.join("main.rs")]
            } else {
                [folder.with_extension("rs"), folder.join("mod.rs")]
            };
            if candidates.iter().any(|path| self.0.contains_key(path)) {
                break;
            }
            missing.push((candidates[0].clone(), name.to_owned()));
            module = folder.to_owned();
        }
        missing
    }
}

/// A path that names a file below the root of the example.
fn path(written: &str, line: usize) -> Result<Utf8PathBuf, ExampleError> {
    let path = Utf8PathBuf::from(written);
    let is_plain = path.components().all(|part| matches!(part, Utf8Component::Normal(_)));
    if written.is_empty() || !is_plain || written.ends_with('/') {
        return Err(ExampleError::NoPath { line, written: written.to_owned() });
    }
    // A package at the root has no folder that could be called like it.
    if PARTS_OF_PACKAGES.iter().any(|part| path.starts_with(part)) {
        return Ok(Utf8Path::new(super::DEFAULT_PACKAGE).join(path));
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(String, String, Option<usize>)> {
        let mut files = Files::split(text, "shop_domain").expect("files");
        files.add_parents();
        files.iter().map(|(path, file)| (path.to_string(), file.text.clone(), file.line)).collect()
    }

    fn file(
        path: &str,
        text: &str,
        line: impl Into<Option<usize>>,
    ) -> (String, String, Option<usize>) {
        (path.to_owned(), text.to_owned(), line.into())
    }

    #[test]
    fn a_text_without_names_is_a_library() {
        assert_eq!(
            split("\nuse a::B;\n\nfn f() {}\n"),
            [file("shop_domain/src/lib.rs", "use a::B;\n\nfn f() {}\n", 2)]
        );
    }

    #[test]
    fn lines_name_files() {
        assert_eq!(
            split("//- a/Cargo.toml\n[lib]\n//- src/lib.rs\n//- b/src/main.rs\nfn main() {}\n"),
            [
                file("a/Cargo.toml", "[lib]\n", 2),
                file("b/src/main.rs", "fn main() {}\n", 5),
                file("shop/src/lib.rs", "", 4),
            ]
        );
    }

    #[test]
    fn one_line_can_stand_for_many() {
        let text = "//- a/src/lib.rs\nfn f() {//* x\n  //* 3: g(<n>);\n}\n//* 2: // x\nfn g() {}\n";
        let files = Files::split(text, "shop").expect("files");
        let file = files.get(Utf8Path::new("a/src/lib.rs")).expect("the file");
        assert_eq!(file.text, "fn f() {//* x\ng(1);\ng(2);\ng(3);\n}\n// x\n// x\nfn g() {}\n");
        let lines: Vec<_> = (1..=8).filter_map(|line| file.line_of(line)).collect();
        assert_eq!(lines, [2, 3, 3, 3, 4, 5, 5, 6]);
    }

    #[test]
    fn modules_need_no_declaration_where_the_file_above_is_not_given() {
        assert_eq!(
            split("//- a/src/x/y.rs\n//- a/src/x/z/mod.rs\n//- b/src/lib.rs\n//- b/src/m.rs\n"),
            [
                file("a/src/lib.rs", "pub mod x;\n", None),
                file("a/src/x/y.rs", "", 2),
                file("a/src/x/z/mod.rs", "", 3),
                file("a/src/x.rs", "pub mod y;\npub mod z;\n", None),
                file("b/src/lib.rs", "", 4),
                file("b/src/m.rs", "", 5),
            ]
        );
        assert_eq!(split("//- a/src/bin/tool.rs\n//- a/tests/t.rs\n//- a/build.rs").len(), 3);
    }

    #[test]
    fn packages_are_found_by_manifest_or_folder() {
        let text = "//- crates/http/src/lib.rs\n//- b/Cargo.toml\n//- b/lib/lib.rs\n";
        let packages = Files::split(text, "x").expect("files").packages();
        let folders: Vec<_> = packages.keys().map(|folder| folder.as_str()).collect();
        assert_eq!(folders, ["b", "crates/http"]);
    }

    #[test]
    fn mistakes_have_a_line() {
        for (text, line) in [
            ("//- /etc/passwd\n", Some(1)),
            ("//- a/../b.rs\n", Some(1)),
            ("//-\n", Some(1)),
            ("\nuse a;\n//- a/src/lib.rs\n", Some(2)),
            ("//- a/src/lib.rs\n\n//- a/src/lib.rs\n", Some(3)),
            ("//- a/lib.rs\n", Some(1)),
            ("//- a/src/lib.rs\n//* 3 y\n", Some(2)),
            ("//* 0: y\n", Some(1)),
            ("//* 10001: y\n", Some(1)),
            ("\n \n", None),
        ] {
            let error = Files::split(text, "shop").expect_err(text);
            assert_eq!(error.line(), line, "{error}");
        }
    }
}
