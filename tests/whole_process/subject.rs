//! What is measured: a workspace, and the list of the files that a check of it reads.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use cargo_layers::{analysis, workspace};
use layers_tests::generate;
use tempfile::TempDir;

/// For a workspace that has no policy: every file is read and every name resolved.
const POLICY: &str = r#"[layers]
everything = "*"

[rules.every-module-has-a-layer]
covered = { within = "*" }
"#;

/// One workspace to measure.
pub struct Subject {
    /// What the table calls it.
    pub name: String,
    /// Whether it was generated, and so has to keep within the budget.
    pub generated: bool,
    /// Its root.
    pub root: Utf8PathBuf,
    /// Its policy.
    pub policy: Utf8PathBuf,
    /// The list of its files.
    pub list: Utf8PathBuf,
    /// How many files that are.
    pub files: usize,
    /// How many lines they have.
    pub lines: usize,
    /// Holds the list, and what was generated; both go when this does.
    _folder: TempDir,
}

impl Subject {
    /// A generated workspace of so many times 100,000 lines.
    pub fn generated(size: usize) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let root = utf8(&folder)?.join("workspace");
        generate::workspace(&root, size * 100_000);
        let policy = root.join("layers.toml");
        let name = format!("generated, {size} × 100 k");
        Ok(Self { generated: true, ..Self::of(name, root, policy, folder)? })
    }

    /// A workspace that is there.
    pub fn real(root: &Utf8Path) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let root = root.canonicalize_utf8().map_err(|error| format!("{root}: {error}"))?;
        let mut policy = root.join("layers.toml");
        if !policy.exists() {
            policy = utf8(&folder)?.join("layers.toml");
            fs::write(&policy, POLICY).map_err(|error| error.to_string())?;
        }
        let name = root.file_name().unwrap_or(root.as_str()).to_owned();
        Self::of(name, root, policy, folder)
    }

    fn of(
        name: String,
        root: Utf8PathBuf,
        policy: Utf8PathBuf,
        folder: TempDir,
    ) -> Result<Self, String> {
        let workspace = workspace::load(None, &root).map_err(|error| error.to_string())?;
        let facts = analysis::analyze(&workspace).facts;
        let files: Vec<_> =
            facts.files.iter().map(|file| workspace.root.join(&file.path)).collect();
        if files.is_empty() {
            return Err(format!("{root}: no source files"));
        }
        let list = utf8(&folder)?.join("files");
        let paths: Vec<_> = files.iter().map(|path| path.as_str()).collect();
        fs::write(&list, paths.join("\n")).map_err(|error| error.to_string())?;
        let lines = facts.files.iter().map(|file| file.lines as usize).sum();
        let (generated, files) = (false, files.len());
        Ok(Self { name, generated, root, policy, list, files, lines, _folder: folder })
    }
}

fn utf8(folder: &TempDir) -> Result<&Utf8Path, String> {
    Utf8Path::from_path(folder.path()).ok_or_else(|| "temporary folder: no UTF-8".to_owned())
}
