//! A runner of GitHub Actions, as far as a composite action can tell: it runs the steps in
//! order with the environment they would have, and notes the actions that they use.

mod expression;
mod fakes;

use std::fs;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value, json};

use crate::{repository, tree};
use expression::Contexts;
pub use fakes::Fakes;

/// A job in which an action is used.
pub struct Runner {
    /// Keeps the folders below for as long as this value lives.
    _folder: tempfile::TempDir,
    /// The checked out repository.
    pub workspace: Utf8PathBuf,
    /// What `RUNNER_TEMP` names.
    pub temp: Utf8PathBuf,
    /// The programs that stand in for others.
    pub fakes: Fakes,
    /// The event that started the workflow.
    pub event: Value,
    /// The revision behind the `@` of the action.
    pub action_ref: String,
    /// Outputs of the actions that steps use, by the id of the step.
    pub answers: Map<String, Value>,
}

/// What became of a job.
#[derive(Debug, Default)]
pub struct Job {
    /// Whether every step that ran has succeeded.
    pub success: bool,
    /// Names of the steps that ran.
    pub ran: Vec<String>,
    /// What the steps printed.
    pub log: String,
    /// The summary.
    pub summary: String,
    /// The outputs of the action.
    pub outputs: Map<String, Value>,
    /// The actions that were used, each with its inputs.
    pub used: Vec<(String, Map<String, Value>)>,
}

impl Runner {
    /// A job with a copy of the project `name` for its repository, started by a push.
    ///
    /// # Panics
    ///
    /// When the folders cannot be made.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let root = Utf8Path::from_path(folder.path()).expect("its path is UTF-8").to_owned();
        let root = root.canonicalize_utf8().expect("it exists");
        let workspace = root.join("work/shop");
        let project = repository::root().join("fixtures/projects").join(name);
        tree::mirror(&project, &workspace, |_, text| text);
        let temp = root.join("temp");
        fs::create_dir(&temp).expect("folders can be made");
        let fakes = Fakes::new(&root);
        let (event, answers) = (json!({}), Map::new());
        let action_ref = "v0.1.0".to_owned();
        Self { _folder: folder, workspace, temp, fakes, event, action_ref, answers }
    }

    /// Makes it a job for pull request 7 from the repository `head`.
    #[must_use]
    pub fn of_pull_request(mut self, head: &str) -> Self {
        let head = json!({ "repo": { "full_name": head } });
        self.event = json!({ "pull_request": { "number": 7, "head": head } });
        self
    }

    /// Runs the action of this repository with these inputs.
    ///
    /// # Panics
    ///
    /// When `action.yml` is not what a runner takes, or an input does not exist.
    #[must_use]
    pub fn run(&self, inputs: &[(&str, &str)]) -> Job {
        let text = tree::read(&repository::root().join("action.yml"));
        let action: Value = serde_saphyr::from_str(&text).expect("action.yml is YAML");
        let mut contexts = Contexts {
            github: json!({
                "token": "the-token",
                "action_ref": self.action_ref,
                "action_repository": "acme/cargo-layers",
                "repository": "acme/shop",
                "event": self.event,
            }),
            inputs: Map::new(),
            steps: Map::new(),
            success: true,
        };
        for (name, input) in action["inputs"].as_object().expect("there are inputs") {
            let given = inputs.iter().find(|(given, _)| given == name);
            let value = match given {
                Some((_, value)) => (*value).to_owned(),
                None => contexts.filled(input["default"].as_str().unwrap_or_default()),
            };
            contexts.inputs.insert(name.clone(), value.into());
        }
        for (name, _) in inputs {
            assert!(contexts.inputs.contains_key(*name), "there is no input {name}");
        }
        let mut job = Job::default();
        for step in action["runs"]["steps"].as_array().expect("there are steps") {
            self.step(step, &mut contexts, &mut job);
        }
        job.success = contexts.success;
        for (name, output) in action["outputs"].as_object().expect("there are outputs") {
            let value = contexts.filled(output["value"].as_str().expect("outputs have a value"));
            job.outputs.insert(name.clone(), value.into());
        }
        job
    }

    fn step(&self, step: &Value, contexts: &mut Contexts, job: &mut Job) {
        if !contexts.condition(step["if"].as_str()) {
            return;
        }
        let name = step["name"].as_str().expect("every step has a name");
        job.ran.push(name.to_owned());
        let outputs = match step["uses"].as_str() {
            Some(action) => {
                job.used.push((action.to_owned(), contexts.all_filled(&step["with"])));
                let answer = step["id"].as_str().and_then(|id| self.answers.get(id));
                answer.and_then(Value::as_object).cloned().unwrap_or_default()
            }
            None => self.script(step, contexts, job),
        };
        if let Some(id) = step["id"].as_str() {
            contexts.steps.insert(id.to_owned(), json!({ "outputs": outputs }));
        }
    }

    /// Runs a step that is a script, and gives its outputs.
    fn script(&self, step: &Value, contexts: &mut Contexts, job: &mut Job) -> Map<String, Value> {
        assert_eq!(step["shell"], "bash", "{step}");
        let script = self.temp.join("step.sh");
        let run = step["run"].as_str().expect("a step runs something");
        // An expression in a script would be code that whoever makes the value has written.
        assert!(!run.contains("${{"), "{run}");
        tree::write(&script, run);
        let [outputs, summary, event] = ["outputs", "summary", "event.json"].map(|name| {
            let file = self.temp.join(name);
            tree::write(&file, "");
            file
        });
        tree::write(&event, &self.event.to_string());
        let folder = step["working-directory"].as_str().map(|folder| contexts.filled(folder));
        let folder = self.workspace.join(folder.unwrap_or_default());
        let mut command = Command::new("bash");
        command
            .args(["--noprofile", "--norc", "-eo", "pipefail", script.as_str()])
            .current_dir(&folder)
            .env_clear()
            .envs(self.environment())
            .env("GITHUB_OUTPUT", &outputs)
            .env("GITHUB_STEP_SUMMARY", &summary)
            .env("GITHUB_EVENT_PATH", &event);
        for (name, value) in contexts.all_filled(&step["env"]) {
            command.env(name, value.as_str().unwrap_or_default());
        }
        let output = command.output().expect("bash can be started");
        for stream in [&output.stdout, &output.stderr] {
            job.log.push_str(&String::from_utf8_lossy(stream));
        }
        job.summary.push_str(&tree::read(&summary));
        contexts.success &= output.status.success();
        let lines = tree::read(&outputs);
        let pairs = lines.lines().map(|line| line.split_once('=').expect("outputs are name=value"));
        pairs.map(|(name, value)| (name.to_owned(), value.into())).collect()
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        let inherited = std::env::var("PATH").unwrap_or_default();
        let mut environment = vec![
            ("PATH", format!("{}:{inherited}", self.fakes.programs)),
            ("CI", "true".to_owned()),
            ("GITHUB_ACTIONS", "true".to_owned()),
            ("GITHUB_ACTION_PATH", repository::root().to_string()),
            ("GITHUB_REPOSITORY", "acme/shop".to_owned()),
            ("GITHUB_SERVER_URL", self.fakes.server.clone()),
            ("GITHUB_SHA", "5ca1ab1e".to_owned()),
            ("GITHUB_WORKSPACE", self.workspace.to_string()),
            ("RUNNER_OS", "Linux".to_owned()),
            ("RUNNER_ARCH", "X64".to_owned()),
            ("RUNNER_TEMP", self.temp.to_string()),
        ];
        // Cargo, which the tool asks about the workspace, is found by these.
        for name in ["HOME", "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN"] {
            environment.extend(std::env::var(name).ok().map(|value| (name, value)));
        }
        environment
    }
}
