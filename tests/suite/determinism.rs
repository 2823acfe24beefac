//! The same input gives the same result, whatever the number of threads and the order of
//! packages and targets.

use camino::Utf8Path;
use cargo_layers::{analysis, workspace};
use layers_tests::binary::{command, run};
use layers_tests::{fixture, generate, order, tree};

/// Every format in which the time of the run does not show.
const FORMATS: [&str; 8] =
    ["short", "json", "sarif", "github", "gitlab", "junit", "markdown", "cargo"];

/// What one run writes in each format.
fn reports(root: &Utf8Path, threads: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let folder = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
    let outputs = FORMATS.map(|format| format!("{format}={}", folder.join(format)));
    let mut arguments = vec!["layers", "check"];
    arguments.extend(outputs.iter().flat_map(|output| ["--output", output]));
    let mut command = command(root, &arguments);
    let run = run(command.env("RAYON_NUM_THREADS", threads));
    assert!(matches!(run.code, Some(0 | 1)), "{root}: {run:?}");
    FORMATS.map(|format| tree::read(&folder.join(format))).into()
}

#[test]
fn threads_change_no_byte() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let generated = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
    generate::workspace(generated, 20_000);
    // So many findings that any order but the right one would show.
    let policy = "[layers]\ncore = \"gen-domain-*\"\n\n[rules.no-maps]\n\
                  forbid = { from = \"@core\", to = \"std::collections\" }\n";
    tree::write(&generated.join("layers.toml"), policy);

    let every_way = fixture::of_rules();
    let every_way = every_way.iter().find(|fixture| fixture.case == "every-way");
    let every_way = &every_way.expect("the main fixture is there").root;
    for root in [generated, every_way.as_path()] {
        let one = reports(root, "1");
        assert!(one[0].lines().count() > 100, "few findings: {}", one[0]);
        for threads in ["2", "8", "16"] {
            assert_eq!(reports(root, threads), one, "{root} with {threads} threads");
        }
    }
}

#[test]
fn the_order_of_packages_and_targets_changes_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let generated = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
    generate::workspace(generated, 5_000);
    let all = fixture::of_the_resolver().into_iter().chain(fixture::of_rules());
    let roots = all.map(|fixture| fixture.root).chain([generated.to_owned()]);
    let mut moved = 0;
    let mut described = 0;
    for root in roots {
        let workspace =
            workspace::load(None, &root).unwrap_or_else(|error| panic!("{root}: {error}"));
        let expected = order::described(&analysis::analyze(&workspace).facts);
        described += expected.len();
        for seed in 0..8 {
            let shuffled = order::shuffled(&workspace, seed);
            if order_of(&shuffled) == order_of(&workspace) {
                continue;
            }
            moved += 1;
            let found = order::described(&analysis::analyze(&shuffled).facts);
            let lost: Vec<_> = expected.iter().filter(|it| !found.contains(it)).take(3).collect();
            let new: Vec<_> = found.iter().filter(|it| !expected.contains(it)).take(3).collect();
            assert!(found == expected, "{root}, order {seed}: {lost:#?} became {new:#?}");
        }
    }
    assert!(moved > 20, "only {moved} workspaces came in another order");
    assert!(described > 1_000, "only {described} dependencies");
}

fn order_of(workspace: &workspace::Workspace) -> Vec<&Utf8Path> {
    let targets = workspace.packages.iter().flat_map(|package| &package.targets);
    targets.map(|target| target.root.as_path()).collect()
}
