//! The workspace, and its traps: whatever of it is run makes a file.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use layers_tests::tree;

/// A toolchain file: its name, and its text with `ROOT` for the workspace's folder.
pub(super) type ToolchainFile = (&'static str, &'static str);

/// Those that rustup obeys: a folder of the workspace, and what is not installed.
pub(super) const TOOLCHAINS: [ToolchainFile; 4] = [
    ("rust-toolchain.toml", "[toolchain]\npath = \"ROOT/toolchain\"\n"),
    ("rust-toolchain", "[toolchain]\npath = \"ROOT/toolchain\"\n"),
    ("rust-toolchain.toml", "[toolchain]\nchannel = \"1.0.0\"\n"),
    ("rust-toolchain", "1.0.0\n"),
];

/// What stands in the workspace, with `ROOT` for its folder and `REAL` for the compiler that
/// the tests are compiled with.
const FILES: [(&str, &str); 20] = [
    (
        "Cargo.toml",
        "[workspace]\nresolver = \"2\"\nmembers = [\"domain\", \"bait\", \"bait-macro\", \"lure\"]\n\
         exclude = [\"outside\", \"inner\"]\n\
         [patch.crates-io]\ninner = { path = \"inner\" }\n",
    ),
    (
        "layers.toml",
        "[layers]\ndomain = \"domain\"\nbait = [\"bait\", \"bait-macro\", \"lure\"]\n\
         [rules.domain-is-pure]\nforbid = { from = \"@domain\", to = \"@bait\" }\n\
         because = \"it must be pure\"\n",
    ),
    (
        "outside.toml",
        "[layers]\ndomain = \"domain\"\n[rules.domain-goes-without-inner]\n\
         forbid = { from = \"@domain\", to = \"inner\", via = \"any\" }\n",
    ),
    (
        "domain/Cargo.toml",
        "[package]\nname = \"domain\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
         [dependencies]\nbait = { path = \"../bait\" }\noutside = { path = \"../outside\" }\n",
    ),
    ("domain/src/lib.rs", "pub use bait::Bait;\npub fn f() { outside::f() }\n"),
    (
        "bait/Cargo.toml",
        "[package]\nname = \"bait\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
         [dependencies]\nbait-macro = { path = \"../bait-macro\" }\n",
    ),
    (
        "bait/build.rs",
        "fn main() { std::fs::write(\"ROOT/sprung/build-script\", \"\").unwrap(); }\n",
    ),
    ("bait/src/lib.rs", "bait_macro::spring!();\npub struct Bait;\n"),
    ("bait/src/main.rs", "fn main() {}\n"),
    (
        "bait-macro/Cargo.toml",
        "[package]\nname = \"bait-macro\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
         [lib]\nproc-macro = true\n",
    ),
    (
        "bait-macro/src/lib.rs",
        "#[proc_macro]\npub fn spring(_: proc_macro::TokenStream) -> proc_macro::TokenStream {\n    \
         std::fs::write(\"ROOT/sprung/proc-macro\", \"\").unwrap();\n    Default::default()\n}\n",
    ),
    ("lure/Cargo.toml", "[package]\nname = \"lure\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
    ("lure/build.rs", "fn main() { std::fs::write(\"ROOT/sprung/alias\", \"\").unwrap(); }\n"),
    ("lure/src/main.rs", "fn main() {}\n"),
    (
        "outside/Cargo.toml",
        "[package]\nname = \"outside\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
         [dependencies]\ninner = { path = \"../inner\" }\n",
    ),
    ("outside/src/lib.rs", "pub fn f() {}\n"),
    ("inner/Cargo.toml", "[package]\nname = \"inner\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
    ("inner/src/lib.rs", ""),
    (
        "Cargo.lock",
        "version = 4\n\n\
         [[package]]\nname = \"bait\"\nversion = \"0.1.0\"\ndependencies = [\n \"bait-macro\",\n]\n\n\
         [[package]]\nname = \"bait-macro\"\nversion = \"0.1.0\"\n\n\
         [[package]]\nname = \"domain\"\nversion = \"0.1.0\"\n\
         dependencies = [\n \"bait\",\n \"outside\",\n]\n\n\
         [[package]]\nname = \"inner\"\nversion = \"0.1.0\"\n\n\
         [[package]]\nname = \"lure\"\nversion = \"0.1.0\"\n\n\
         [[package]]\nname = \"outside\"\nversion = \"0.1.0\"\ndependencies = [\n \"inner\",\n]\n",
    ),
    (
        ".cargo/config.toml",
        "include = [\"more.toml\"]\npaths = [\"inner\"]\n\
         [alias]\nlayers = \"run --offline --package lure --\"\nmetadata = \"build\"\n\
         [build]\nrustc = \"ROOT/traps/rustc\"\nrustc-wrapper = \"ROOT/traps/wrapper\"\n\
         rustc-workspace-wrapper = \"ROOT/traps/workspace-wrapper\"\n\
         [env]\nRUSTC_WRAPPER = { value = \"ROOT/traps/wrapper\", force = true }\n\
         CARGO = { value = \"ROOT/toolchain/bin/cargo\", force = true }\n\
         [target.'cfg(all())']\nrunner = \"ROOT/traps/runner\"\n\
         [target.HOST]\nlinker = \"ROOT/traps/linker\"\n\
         [registry]\nglobal-credential-providers = [\"ROOT/traps/credentials\"]\n\
         [registries.trap]\nindex = \"sparse+http://127.0.0.1:9/\"\n\
         credential-provider = [\"ROOT/traps/credentials\"]\n",
    ),
];

/// Programs, with what they do once the trap has sprung.
const PROGRAMS: [(&str, &str, &str); 9] = [
    ("traps/rustc", "rustc", "exec \"REAL\" \"$@\""),
    ("traps/wrapper", "wrapper", "exec \"$@\""),
    ("traps/workspace-wrapper", "workspace-wrapper", "exec \"$@\""),
    ("traps/runner", "runner", ""),
    ("traps/linker", "linker", "exec cc \"$@\""),
    ("traps/credentials", "credentials", "exit 1"),
    ("toolchain/bin/cargo", "toolchain", "exit 1"),
    ("toolchain/bin/rustc", "toolchain", "exit 1"),
    ("toolchain/bin/cargo-layers", "toolchain", "exit 1"),
];

/// A workspace full of traps in a temporary folder.
pub(super) struct Trapped {
    folder: tempfile::TempDir,
}

impl Trapped {
    pub(super) fn new() -> Self {
        let trapped = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        let root = trapped.root();
        fs::create_dir(root.join("sprung")).expect("made");
        let (real, host) = compiler();
        let filled = |text: &str| {
            text.replace("ROOT", root.as_str()).replace("REAL", &real).replace("HOST", &host)
        };
        for (path, text) in FILES {
            tree::write(&root.join(path), &filled(text));
        }
        tree::write(
            &root.join(".cargo/more.toml"),
            &filled("[build]\nrustdoc = \"ROOT/traps/rustc\"\n"),
        );
        for (path, trap, then) in PROGRAMS {
            let text = format!("#!/bin/sh\ntouch \"ROOT/sprung/{trap}\"\n{then}\n");
            let path = root.join(path);
            tree::write(&path, &filled(&text));
            fs::set_permissions(&path, Permissions::from_mode(0o755)).expect("set");
        }
        trapped
    }

    /// Its folder.
    pub(super) fn root(&self) -> &Utf8Path {
        Utf8Path::from_path(self.folder.path()).expect("temporary folders have UTF-8 names")
    }

    /// Adds a toolchain file.
    pub(super) fn choose(&self, (name, text): ToolchainFile) {
        tree::write(&self.root().join(name), &text.replace("ROOT", self.root().as_str()));
    }

    /// The traps that have sprung, sorted.
    pub(super) fn sprung(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root().join("sprung")).expect("it can be listed");
        let names = entries.map(|entry| entry.expect("an entry").file_name().into_string());
        let mut names: Vec<String> = names.collect::<Result<_, _>>().expect("UTF-8");
        names.sort();
        names
    }

    /// The traps that have sprung, which are set again.
    pub(super) fn take_sprung(&self) -> Vec<String> {
        let sprung = self.sprung();
        for trap in &sprung {
            fs::remove_file(self.root().join("sprung").join(trap)).expect("removed");
        }
        sprung
    }
}

/// The compiler beside the Cargo that runs the tests, and the target it builds for.
fn compiler() -> (String, String) {
    let beside = Utf8Path::new(env!("CARGO")).with_file_name("rustc");
    let rustc = if beside.is_file() { beside } else { Utf8PathBuf::from("rustc") };
    let output = Command::new(&rustc).arg("-vV").current_dir("/").output().expect("a compiler");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let host = text.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    (rustc.into_string(), host.to_owned())
}

/// The `cargo` of rustup, if there is one.
pub(super) fn rustup_proxy() -> Option<Utf8PathBuf> {
    let search = std::env::var_os("PATH")?;
    let mut folders = std::env::split_paths(&search);
    let folder = folders.find(|folder| folder.join("rustup").is_file())?;
    Utf8PathBuf::from_path_buf(folder.join("cargo")).ok().filter(|cargo| cargo.is_file())
}
