//! Files that lead elsewhere, never end, or multiply.

use std::fs::{self, File};
use std::os::unix::fs::symlink;

use camino::Utf8Path;
use layers_tests::tree;
use nix::sys::stat::Mode;
use nix::unistd::mkfifo;

use super::{direct, timely};

const MANIFEST: &str = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
const POLICY: &str = "[layers]\nshop = \"shop\"\n[rules.no-files]\n\
                      forbid = { from = \"@shop\", to = \"std::fs\" }\n";
/// What is found whatever else there is.
const KNOWN: &str = "error[no-files]: ";

/// A repository with one package in a folder of its own, and a folder beside the repository.
struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    fn new(source: &str) -> Self {
        let repository = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        for (path, text) in [
            ("own/.git/HEAD", "ref: refs/heads/main\n"),
            ("own/shop/Cargo.toml", MANIFEST),
            ("own/shop/layers.toml", POLICY),
            ("own/shared/clock.rs", "pub use std::fs;\n"),
            ("own/shop/src/lib.rs", &format!("use std::fs;\n{source}")),
            ("secret.rs", "pub const PASSWORD: &str = \"hunter2\";\nuse std::fs; fn f( {}\n"),
            ("secret.toml", "[registry]\ntoken = \"hunter2\"\n"),
        ] {
            tree::write(&repository.outer().join(path), text);
        }
        repository
    }

    fn outer(&self) -> &Utf8Path {
        Utf8Path::from_path(self.folder.path()).expect("temporary folders have UTF-8 names")
    }

    fn path(&self, path: &str) -> camino::Utf8PathBuf {
        self.outer().join("own/shop").join(path)
    }

    /// Everything that a check prints; none of it is a secret.
    fn check(&self) -> (Option<i32>, String) {
        let run = timely(&mut direct(&self.path(""), &["check"]));
        let said = run.stdout + &run.stderr;
        assert!(!said.contains("hunter2"), "{said}");
        (run.code, said)
    }

    /// The check finds what is there, and says this as well.
    fn says(&self, parts: &[&str]) {
        let (code, said) = self.check();
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(KNOWN), "{said}");
        for part in parts {
            assert!(said.contains(part), "{part}:\n{said}");
        }
    }
}

#[test]
fn a_file_of_the_repository_beside_the_workspace_is_read() {
    let repository = Repository::new("#[path = \"../../shared/clock.rs\"]\nmod clock;\n");
    repository.says(&["../shared/clock.rs:1:"]);
}

#[test]
fn what_lies_outside_of_the_repository_is_not_read() {
    let repository = Repository::new(
        "#[path = \"../../../secret.rs\"]\nmod a;\ninclude!(\"../../../secret.rs\");\nmod linked;\n\
         mod folder { mod secret; }\n",
    );
    symlink("../../../secret.rs", repository.path("src/linked.rs")).expect("linked");
    symlink("../../..", repository.path("src/folder")).expect("linked");
    repository.says(&[
        "error[missing-module]: `../../secret.rs` lies outside of the repository",
        "error[missing-module]: `src/linked.rs` lies outside of the repository",
        "error[missing-module]: `src/folder/secret.rs` lies outside of the repository",
    ]);
    let root = repository.outer().join("secret.rs");
    let manifest = format!("{MANIFEST}[[bin]]\nname = \"outer\"\npath = \"{root}\"\n");
    tree::write(&repository.path("Cargo.toml"), &manifest);
    repository
        .says(&["the root file of bin `outer` can't be read", "lies outside of the repository"]);
}

#[test]
fn no_policy_from_outside_of_the_repository_is_shown() {
    let repository = Repository::new("");
    tree::write(&repository.path("layers.toml"), "extends = [\"../../secret.toml\"]\n");
    let (code, said) = repository.check();
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("`../../secret.toml` lies outside of the repository"), "{said}");
    for file in ["layers.toml", "layers-baseline.toml"] {
        tree::write(&repository.path("layers.toml"), POLICY);
        fs::remove_file(repository.path("layers.toml")).expect("it is there");
        if file != "layers.toml" {
            tree::write(&repository.path("layers.toml"), POLICY);
        }
        symlink("../../secret.toml", repository.path(file)).expect("linked");
        let (code, said) = repository.check();
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(file) && said.contains("lies outside of the repository"), "{said}");
        fs::remove_file(repository.path(file)).expect("it is there");
    }
}

#[test]
fn devices_and_pipes_are_not_read() {
    let repository = Repository::new(
        "mod zero;\nmod pipe;\ninclude!(\"/dev/zero\");\n#[path = \"/dev/stdin\"]\nmod input;\n",
    );
    symlink("/dev/zero", repository.path("src/zero.rs")).expect("linked");
    mkfifo(repository.path("src/pipe.rs").as_std_path(), Mode::S_IRWXU).expect("made");
    repository.says(&[
        "`src/zero.rs` is not a regular file",
        "`src/pipe.rs` is not a regular file",
        "/dev/zero` is not a regular file",
    ]);
    for file in ["layers-baseline.toml", ".cargo/config.toml", "src/.gitignore"] {
        fs::create_dir_all(repository.path(".cargo")).expect("made");
        mkfifo(repository.path(file).as_std_path(), Mode::S_IRWXU).expect("made");
        let policy = format!("{POLICY}[rules.no-strays]\norphans = {{}}\n");
        tree::write(&repository.path("layers.toml"), &policy);
        let (code, said) = repository.check();
        if file == ".cargo/config.toml" {
            assert_eq!(code, Some(1), "{said}");
        } else {
            assert_eq!(code, Some(2), "{said}");
            assert!(said.contains(file) && said.contains("is not a regular file"), "{said}");
        }
        fs::remove_file(repository.path(file)).expect("it is there");
    }
    fs::remove_file(repository.path("layers.toml")).expect("it is there");
    mkfifo(repository.path("layers.toml").as_std_path(), Mode::S_IRWXU).expect("made");
    assert_eq!(repository.check().0, Some(2));
    fs::remove_file(repository.path("Cargo.toml")).expect("it is there");
    mkfifo(repository.path("Cargo.toml").as_std_path(), Mode::S_IRWXU).expect("made");
    assert_eq!(repository.check().0, Some(2));
}

#[test]
fn links_that_lead_in_circles_are_no_hindrance() {
    let repository = Repository::new("mod round;\nmod up;\n");
    symlink("round.rs", repository.path("src/round.rs")).expect("linked");
    symlink(".", repository.path("src/again")).expect("linked");
    // Both ways, so that a module is below itself.
    symlink("lib.rs", repository.path("src/up.rs")).expect("linked");
    symlink(".", repository.path("src/up")).expect("linked");
    repository.says(&["`src/round.rs` cannot be read"]);
}

#[test]
fn enormous_files_are_findings() {
    let repository = Repository::new("mod huge;\n");
    File::create(repository.path("src/huge.rs"))
        .and_then(|file| file.set_len(1 << 40))
        .expect("a file with a hole");
    repository.says(&["`src/huge.rs` is larger than 16 MiB"]);
}

#[test]
fn deep_and_long_code_is_no_crash() {
    let repository = Repository::new("mod deep;\nmod long;\nmod m0;\n");
    let levels = 3_000;
    let deep = "mod a {".repeat(levels) + "use std::fs;" + &"}".repeat(levels);
    tree::write(&repository.path("src/deep.rs"), &deep);
    let long = "fn f() { a".to_owned() + &".b()".repeat(50_000) + "; }";
    tree::write(&repository.path("src/long.rs"), &long);
    // Each in the folder of the one before would make the path too long for the system.
    for level in 0..1_000 {
        let next = level + 1;
        let text = format!("#[path = \"m{next}.rs\"]\nmod m{next};\n");
        tree::write(&repository.path(&format!("src/m{level}.rs")), &text);
    }
    tree::write(&repository.path("src/m1000.rs"), "use std::fs;\n");
    repository.says(&["src/m1000.rs:1:5", "src/deep.rs"]);
}
