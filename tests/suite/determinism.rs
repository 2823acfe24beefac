//! The same input gives the same bytes, whatever the number of threads.

use camino::Utf8Path;
use layers_tests::binary::{command, run};
use layers_tests::{fixture, generate};

fn reports(root: &Utf8Path, threads: &str) -> Vec<String> {
    ["json", "short", "github"]
        .map(|format| {
            let mut command = command(root, &["layers", "check", "--format", format]);
            let run = run(command.env("RAYON_NUM_THREADS", threads));
            assert!(matches!(run.code, Some(0 | 1)), "{root}: {run:?}");
            run.stdout
        })
        .into()
}

#[test]
fn threads_change_no_byte() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let generated = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
    generate::workspace(generated, 20_000);
    // So many findings that any order but the right one would show.
    let policy = "[layers]\ncore = \"gen-domain-*\"\n\n[rules.no-maps]\n\
                  forbid = { from = \"@core\", to = \"std::collections\" }\n";
    layers_tests::tree::write(&generated.join("layers.toml"), policy);

    let every_way = fixture::of_rules();
    let every_way = every_way.iter().find(|fixture| fixture.case == "every-way");
    let every_way = &every_way.expect("the main fixture is there").root;
    for root in [generated, every_way.as_path()] {
        let one = reports(root, "1");
        assert!(one[1].lines().count() > 100, "few findings: {}", one[1]);
        for threads in ["2", "7", "16"] {
            assert_eq!(reports(root, threads), one, "{root} with {threads} threads");
        }
    }
}
