//! The built-in packs: all of them go together with the styles they are made for, and the
//! book says of them what they are.

use layers_rules::packs::PACKS;
use layers_tests::{pack_pages, repository, tree};

const BEGIN: &str = "<!-- Written from the packs: renew it with UPDATE=1. -->\n";
const END: &str = "<!-- The end of what is written from the packs. -->\n";

#[test]
fn each_pack_has_a_page() {
    for pack in PACKS {
        let path = repository::root().join(format!("docs/packs/{}.md", pack.name));
        let page = pack_pages::page(pack);
        if std::env::var_os("UPDATE").is_some() {
            tree::write(&path, &page);
        }
        assert!(path.is_file(), "{path} is missing: write it with UPDATE=1");
        assert!(tree::read(&path) == page, "{path} is stale: renew it with UPDATE=1");
        for line in pack.text.lines().filter(|line| line.starts_with("[rules.")) {
            assert!(page.contains(line), "{path} has no {line}");
        }
    }
}

#[test]
fn the_overview_lists_them() {
    let path = repository::root().join("docs/packs.md");
    let text = tree::read(&path);
    let (before, rest) = text.split_once(BEGIN).expect("a place for the overview");
    let (_, after) = rest.split_once(END).expect("an end of the overview");
    let fresh = format!("{before}{BEGIN}\n{}\n{END}{after}", pack_pages::overview(&PACKS));
    if std::env::var_os("UPDATE").is_some() {
        tree::write(&path, &fresh);
    }
    assert!(tree::read(&path) == fresh, "{path} is stale: renew it with UPDATE=1");
}
