//! Names mean in `fixtures/resolver` what the marks there say, which is what they mean
//! to the compiler.

use cargo_layers::{analysis, workspace};
use layers_tests::{fixture, resolution};

#[test]
fn every_path_means_what_its_mark_says() {
    let mut wrong = Vec::new();
    let mut claims = 0;
    let all = fixture::of_the_resolver().into_iter();
    for fixture in all.filter(|fixture| !fixture.is_about_values()) {
        let root = &fixture.root;
        let workspace =
            workspace::load(None, root).unwrap_or_else(|error| panic!("{root}: {error}"));
        let facts = analysis::analyze(&workspace).facts;
        let found = resolution::found(&workspace, &facts);
        let here: usize = resolution::expected(root).values().map(Vec::len).sum();
        assert!(here > 0, "{root} has no mark");
        claims += here;
        let place = |line: String| format!("fixtures/resolver/{}/{line}", fixture.case);
        wrong.extend(resolution::difference(root, &found).into_iter().map(place));
    }
    assert!(wrong.is_empty(), "{} of {claims}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(claims >= 150, "only {claims} claims");
}
