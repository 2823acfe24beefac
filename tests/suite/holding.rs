//! What calls hand over in `fixtures/resolver/value-*` is what the marks there say.

use cargo_layers::{analysis, workspace};
use layers_tests::fixture::{self, Fixture};
use layers_tests::holding;

#[test]
fn everything_held_is_marked_and_every_mark_is_held() {
    let mut wrong = Vec::new();
    let mut marks = 0;
    let all = fixture::of_the_resolver().into_iter();
    for fixture in all.filter(Fixture::is_about_values) {
        let root = &fixture.root;
        let workspace =
            workspace::load(None, root).unwrap_or_else(|error| panic!("{root}: {error}"));
        let facts = analysis::analyze(&workspace).facts;
        let expected = holding::expected(root);
        marks += expected.len();
        let difference = holding::difference(&expected, &holding::found(&workspace, &facts));
        wrong.extend(difference.into_iter().map(|line| format!("{}/{line}", fixture.case)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(marks >= 50, "only {marks} lines with marks");
}
