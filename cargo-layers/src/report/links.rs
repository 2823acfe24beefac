//! Where the workspace stands in its repository, and where that can be read.

use std::env;

use camino::Utf8Path;

/// Where the workspace stands in its repository, and where the files of that can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// What is put before the path of a file to make its address; `None` for no links.
    pub files: Option<String>,
    /// The way from the root of the repository to the workspace with a slash at its end, or
    /// nothing.
    pub prefix: String,
}

impl Links {
    /// Those of the workspace at `root` as the variables of GitHub Actions or GitLab CI tell
    /// them; none elsewhere.
    #[must_use]
    pub fn of_ci(root: &Utf8Path) -> Self {
        let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let address = |server, project, commit, between: &str| {
            let (server, project) = (variable(server)?, variable(project)?);
            Some(format!("{server}/{project}{between}{}/", variable(commit)?))
        };
        let github = || address("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA", "/blob/");
        let gitlab = || address("CI_SERVER_URL", "CI_PROJECT_PATH", "CI_COMMIT_SHA", "/-/blob/");
        Self { files: github().or_else(gitlab), prefix: prefix(root) }
    }
}

/// The variables that hold the folder of the checked out repository: of GitHub Actions, and
/// of GitLab CI.
const FOLDERS: [&str; 2] = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"];

/// The way from the root of the repository that CI has checked out to the workspace, with a
/// slash at its end; nothing where they are the same or not known.
fn prefix(root: &Utf8Path) -> String {
    let folders = FOLDERS.iter().filter_map(|name| env::var(name).ok());
    folders
        .map(|folder| between(root, folder.as_str().into()))
        .find(|it| !it.is_empty())
        .unwrap_or_default()
}

fn between(root: &Utf8Path, repository: &Utf8Path) -> String {
    match root.strip_prefix(repository) {
        Ok(rest) if rest.as_str().is_empty() || repository.as_str().is_empty() => String::new(),
        Ok(rest) => rest.components().map(|name| name.as_str()).collect::<Vec<_>>().join("/") + "/",
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_below_its_repository_has_a_prefix() {
        assert_eq!(between("/r/a/b".into(), "/r".into()), "a/b/");
        assert_eq!(between("/r".into(), "/r".into()), "");
        assert_eq!(between("/r".into(), "/other".into()), "");
        assert_eq!(between("/r".into(), "".into()), "");
    }
}
