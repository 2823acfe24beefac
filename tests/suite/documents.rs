//! What documents say is so: pages are listed, links lead somewhere, samples are policies.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use layers_rules::policy::raw::RawPolicy;
use layers_tests::{repository, tree};

#[test]
fn the_book_lists_its_pages() {
    let docs = repository::root().join("docs");
    let summary = tree::read(&docs.join("SUMMARY.md"));
    let links = summary.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let listed: BTreeSet<_> = links.map(Utf8PathBuf::from).collect();
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
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains("://") && !folder.join(file).exists() {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
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
