use std::fs;

use camino::Utf8Path;

use super::*;
use crate::report::human::Style;
use crate::{config, workspace};

/// The description of a workspace of these files.
fn describe(files: &[(&str, &str)]) -> Document {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(folder.path()).unwrap();
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let workspace = workspace::load(None, root).unwrap();
    let config = config::load(&workspace, None).unwrap();
    document(&config.policy, &analyze(&workspace).facts).unwrap()
}

const MANIFEST: (&str, &str) = ("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n");

const SOURCE: (&str, &str) = (
    "src/lib.rs",
    "mod domain { mod money {} } mod app {} mod http {} mod stray {} #[cfg(test)] mod tests {}",
);

#[test]
fn everything_that_a_policy_says_is_told() {
    let layers = r#"
[layers]
domain = { members = "shop::domain", may-use = [], external = ["uuid", "thiserror"] }
app = { members = "shop::app", tests = true }
http = "shop::http"
cli = { members = "shop::cli", optional = true }

[sets]
databases = ["sqlx", "diesel"]
outside = ["@databases", "axum"]

[rules.app-ignores-http]
forbid = { from = "@app", to = "@http" }
because = "use cases know no transport"
fix = """
return a value
and map it in the handler"""

[rules.domain-is-pure]
forbid = { from = ["@domain", "@app"], to = ["@outside", "std::fs", "std::net"], via = "any" }
because = "The domain is tested without a database. It stays fast."
tests = true

[[rules.domain-is-pure.except]]
from = "shop::app::old"
reason = "moves with the rewrite."
until = "2999-03-01"
owner = "@billing"

[rules.ports-are-named]
items = { kind = "trait", in = "@app" }
must = { name = "*Port" }
heuristic = "it goes by names"
optional = true

[rules.covered]
covered = {}
severity = "off"

[rules.domain-external]
severity = "warn"
"#;
    let document = describe(&[MANIFEST, SOURCE, ("layers.toml", layers)]);
    insta::assert_snapshot!("text", document.text(Style::Plain));
    insta::assert_snapshot!("markdown", document.markdown());
}

#[test]
fn a_policy_without_layers_is_told_as_well() {
    let layers = "[rules.no-processes]\nforbid = { from = \"shop\", to = \"std::process\" }\n";
    let document = describe(&[MANIFEST, ("src/lib.rs", ""), ("layers.toml", layers)]);
    insta::assert_snapshot!(document.text(Style::Plain));
}
