//! Each branch of `orphans`.

use super::folders::{own_folder, parents};
use crate::check::{Selection, check};
use crate::facts::{CrateKind, PackageId, Span};
use crate::testing::World;

const POLICY: &str = "[rules.r]\norphans = {}\n";

/// `shop.rs` with `shop/domain.rs` below, and these files beside them.
fn shop(strays: &[&str]) -> World {
    let mut world = World::new(&["shop"]);
    world.thing("shop::domain::orders");
    world.facts.stray_files = strays.iter().map(|path| (*path).to_owned()).collect();
    // The folder of a crate is that of its root file: a file of its own here.
    world.facts.files[0].path = "shop/lib.rs".to_owned();
    world
}

#[test]
fn a_file_in_the_folder_of_a_module_could_be_declared_there() {
    let world = shop(&["shop/domain/old.rs"]);
    let report = world.check(POLICY);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(
        finding.message,
        "`shop/domain/old.rs`, in the folder of `shop::domain`, is in no module tree"
    );
    assert_eq!(finding.primary.location.file, "shop/domain/old.rs");
    assert_eq!(finding.primary.text, "no `mod` leads to this file");
    assert_eq!(finding.secondary[0].location.file, "shop/domain.rs");
    assert_eq!(finding.secondary[0].text, "a `mod old;` in this file would lead there");
}

#[test]
fn a_file_whose_folder_is_no_module_belongs_to_the_nearest_one() {
    let world = shop(&["shop/mail/old.rs", "shop/domain/orders/a/b/c.rs"]);
    let report = world.check(POLICY);
    let told: Vec<(&str, &str, usize)> = report
        .findings
        .iter()
        .map(|it| (it.message.as_str(), it.primary.text.as_str(), it.secondary.len()))
        .collect();
    let neither = "neither this file nor its folder is a module";
    assert_eq!(
        told,
        [
            (
                "`shop/domain/orders/a/b/c.rs`, in the folder of `shop::domain::orders`, is in no module tree",
                neither,
                0
            ),
            ("`shop/mail/old.rs`, in the folder of `shop`, is in no module tree", neither, 0),
        ]
    );
}

#[test]
fn a_file_tells_of_those_below_it() {
    let one = shop(&["shop/old.rs", "shop/old/a.rs"]);
    assert_eq!(
        one.messages(POLICY),
        [
            "r: `shop/old.rs`, in the folder of `shop`, is in no module tree, nor is the file below it"
        ]
    );
    let more = shop(&["shop/old/a.rs", "shop/old/a/b.rs", "shop/old/mod.rs", "shop/older.rs"]);
    assert_eq!(
        more.messages(POLICY),
        [
            "r: `shop/old/mod.rs`, in the folder of `shop`, is in no module tree, nor are the 2 files below it",
            "r: `shop/older.rs`, in the folder of `shop`, is in no module tree",
        ]
    );
}

#[test]
fn a_second_file_for_a_module_is_an_orphan() {
    let world = shop(&["shop/domain/mod.rs", "shop/mod.rs"]);
    let report = world.check(POLICY);
    assert_eq!(
        world.messages(POLICY),
        [
            "r: `shop/domain/mod.rs`, in the folder of `shop::domain`, is in no module tree",
            "r: `shop/mod.rs`, in the folder of `shop`, is in no module tree",
        ]
    );
    assert!(report.findings.iter().all(|finding| finding.secondary.is_empty()));
    // Two files for a module that there is not are two orphans.
    let both = shop(&["shop/old.rs", "shop/old/mod.rs"]);
    assert_eq!(both.messages(POLICY).len(), 2);
}

#[test]
fn within_names_the_modules_in_whose_folders_to_look() {
    let world = shop(&["shop/domain/old.rs", "shop/mail.rs"]);
    let policy = "[rules.r]\norphans = { within = \"shop::domain\" }\n";
    assert_eq!(
        world.messages(policy),
        ["r: `shop/domain/old.rs`, in the folder of `shop::domain`, is in no module tree"]
    );
    let policy = policy.replace("shop::domain", "shop::mail");
    assert_eq!(
        world.messages(&policy),
        ["matches-nothing: `shop::mail` in `within` of the rule `r` matches nothing"]
    );
}

#[test]
fn the_folder_of_an_inline_module_is_below_that_of_its_parent() {
    let mut world = shop(&["shop/domain/inner/old.rs"]);
    let inner = world.module("shop::domain::inner");
    let parent = world.module("shop::domain");
    world.facts.modules[inner.index()].inline = true;
    world.facts.modules[inner.index()].file = world.facts.modules[parent.index()].file;
    let label = &world.check(POLICY).findings[0].secondary[0];
    assert_eq!(label.text, "a `mod old;` in this module would lead there");
    assert_eq!(label.location.file, "shop/domain.rs");
    assert_ne!(label.location.span, Span::default());
    assert_eq!(
        world.messages(POLICY),
        [
            "r: `shop/domain/inner/old.rs`, in the folder of `shop::domain::inner`, is in no module tree"
        ]
    );
}

#[test]
fn folders_of_tests_count_where_test_code_does() {
    let mut world = shop(&["tests/common/old.rs"]);
    let root = world.target(PackageId::FIRST, CrateKind::Test, "it");
    let file = world.facts.modules[root.index()].file;
    world.facts.files[file.index()].path = "tests/it.rs".to_owned();
    assert_eq!(world.messages(POLICY), Vec::<String>::new());
    let [message] = &world.messages(&format!("{POLICY}tests = true\n"))[..] else {
        panic!("one finding")
    };
    assert!(message.starts_with("r: `tests/common/old.rs`, in the folder of "), "{message}");
}

#[test]
fn the_folder_of_a_build_script_is_nobodys() {
    let mut world = shop(&["shop/gen/old.rs"]);
    let root = world.target(PackageId::FIRST, CrateKind::BuildScript, "build");
    let file = world.facts.modules[root.index()].file;
    world.facts.files[file.index()].path = "shop/gen/build.rs".to_owned();
    assert_eq!(
        world.messages(POLICY),
        ["r: `shop/gen/old.rs`, in the folder of `shop`, is in no module tree"]
    );
}

#[test]
fn an_exception_names_the_module() {
    let world = shop(&["shop/domain/old.rs"]);
    let except = "except = [{ from = \"shop::domain\", reason = \"for later\" }]\n";
    assert_eq!(world.messages(&format!("{POLICY}{except}")), Vec::<String>::new());
}

#[test]
fn who_did_not_look_cannot_say_that_there_is_none() {
    let mut world = shop(&[]);
    assert_eq!(world.messages(POLICY), Vec::<String>::new());
    let policy = world.policy(POLICY).expect("a policy");
    world.facts.gathered.stray_files = false;
    let refused = check(&world.facts, &policy, &Selection::default()).expect_err("not gathered");
    assert_eq!(refused[0].message, "what the rule `r` asks for was not gathered");
    let needs = |policy: &str| world.policy(policy).expect("a policy").needs().stray_files;
    assert!(needs(POLICY));
    assert!(!needs(&format!("{POLICY}severity = \"off\"\n")));
}

#[test]
fn the_sentence_says_where_it_looks() {
    let world = shop(&[]);
    let sentence = |policy: &str| world.policy(policy).expect("a policy").rules()[0].sentence();
    assert_eq!(sentence(POLICY), "every `.rs` file in a source folder is part of a module tree");
    assert_eq!(
        sentence("[rules.r]\norphans = { within = [\"shop::a\", \"shop::b\"] }\n"),
        "every `.rs` file in the folders of `shop::a` and `shop::b` is part of a module tree"
    );
}

#[test]
fn a_module_has_one_folder_however_its_file_is_called() {
    assert_eq!(own_folder("src/a/b.rs"), "src/a/b");
    assert_eq!(own_folder("src/a/b/mod.rs"), "src/a/b");
    assert_eq!(parents("src/a/b").collect::<Vec<_>>(), ["", "src", "src/a"]);
}
