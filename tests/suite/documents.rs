//! What documents say is so: pages are listed, links lead somewhere, samples are policies.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use layers_rules::policy::raw::RawPolicy;
use layers_tests::{repository, tree};

#[test]
fn the_book_lists_its_pages() {
    let docs = repository::root().join("docs");
    let summary = tree::read(&docs.join("SUMMARY.md"));
    let listed: BTreeSet<_> = links(&summary).map(Utf8PathBuf::from).collect();
    let pages = tree::files(&docs).into_iter();
    let pages = pages.filter(|path| path.extension() == Some("md") && path != "SUMMARY.md");
    assert_eq!(listed, pages.collect());
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut broken = Vec::new();
    for path in repository::texts().into_iter().filter(|path| path.extension() == Some("md")) {
        let folder = path.parent().expect("a file has a folder");
        let text = tree::read(&path);
        for link in links(&text) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            if file.contains("://") {
                continue;
            }
            let target = if file.is_empty() { path.clone() } else { folder.join(file) };
            let leads_there = target.exists()
                && (anchor.is_empty() || anchors(&tree::read(&target)).contains(anchor));
            if !leads_there {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Pages of the book are read by themselves, too, where nothing is beside them.
#[test]
fn links_in_the_book_stay_in_it() {
    let docs = repository::root().join("docs");
    let mut out = Vec::new();
    for page in tree::files(&docs).into_iter().filter(|path| path.extension() == Some("md")) {
        let depth = page.components().count() - 1;
        let text = tree::read(&docs.join(&page));
        for link in links(&text) {
            if link.split('/').take_while(|part| *part == "..").count() > depth {
                out.push(format!("{page}: {link}"));
            }
        }
    }
    assert!(out.is_empty(), "{out:#?}");
}

/// What the links of a document lead to, as written.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

/// The names by which the headings of a document are linked to.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let name = |heading: &str| {
        let letters = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = letters.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(name).collect()
}

#[test]
fn samples_of_policies_are_well_formed() {
    let mut samples = 0;
    for (path, sample) in repository::samples() {
        samples += 1;
        let read: Result<RawPolicy, _> = toml::from_str(&sample);
        assert!(read.is_ok(), "{path}:\n{sample}\n{}", read.unwrap_err());
    }
    assert!(samples > 3, "only {samples} samples were found");
}
