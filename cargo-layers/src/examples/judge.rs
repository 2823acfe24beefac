//! Judging one example.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use layers_rules::check::{Trial, Vacuity, try_rules};
use layers_rules::facts::{Facts, Needs, Span};
use layers_rules::finding::{Finding, Severity};

use super::files::Files;
use super::policy::Home;
use super::{DEFAULT_PACKAGE, Difference, ExampleError, Failure, Kind, marks, mentions, workspace};
use crate::analysis::{analyze_tree, supply};
use crate::config;
use crate::configuration::Configuration;
use crate::source::Overlay;
use crate::tree;

type Places = BTreeMap<(Utf8PathBuf, usize), Count>;

/// How often a rule finds something on a line of a file, and what it says there.
#[derive(Debug, Default)]
struct Count {
    expected: usize,
    messages: Vec<String>,
    unresolved: Vec<String>,
}

/// What judging an example gave.
#[derive(Debug)]
pub struct Judged {
    files: Files,
    places: Places,
    vacuous: Option<String>,
}

impl Judged {
    /// What is wrong with the example, if something is.
    pub fn failure(self, kind: Kind) -> Option<Failure> {
        let differs = self.places.values().any(|it| it.expected != it.messages.len());
        if differs || (kind == Kind::Good && !self.places.is_empty()) {
            let differences = self.places.iter().map(|((path, line), count)| Difference {
                line: self.files.get(path).and_then(|file| file.line_of(*line)),
                place: format!("{path}:{line}"),
                expected: count.expected,
                messages: count.messages.clone(),
                unresolved: count.unresolved.clone(),
            });
            return Some(Failure::Differs(differences.collect()));
        }
        match kind {
            Kind::Bad if self.places.is_empty() => Some(Failure::Unmarked),
            Kind::Good => self.vacuous.map(Failure::Vacuous),
            Kind::Bad => None,
        }
    }
}

/// Judges the text of an example of the rule `id` by that rule.
pub fn judge(home: &Home, id: &str, text: &str) -> Result<Judged, ExampleError> {
    // The package of a text that names no file depends on the rule, which does not depend
    // on the packages of such a text.
    let policy = home.policy().map_err(ExampleError::policy)?;
    let package = policy.rule(id).and_then(|rule| policy.crate_of(rule));
    let mut files = Files::split(text, package.as_deref().unwrap_or(DEFAULT_PACKAGE))?;
    let layers = files.take(config::FILE_NAME);
    files.add_parents();
    let mut example = workspace::workspace(&files)?;
    let mut overlay = Overlay::without_disk();
    for (path, file) in files.iter() {
        overlay.insert(example.workspace.root.join(path), file.text.clone());
    }
    // What the rule needs is not known before the modules are.
    let tree = tree::grow(&example.workspace, &Configuration::default(), &overlay, Needs::SOURCE);
    mentions::declare(&mut example, &tree);
    let members = config::members(&example.workspace);
    let policy = home.policy_of_example(layers.as_ref(), members)?;
    let rule = policy.rule(id).ok_or_else(|| ExampleError::Policy {
        message: format!("there is no rule `{id}` where it stands"),
    })?;
    let needs = rule.needs();
    let mut analysis = analyze_tree(&example.workspace, tree, needs);
    if let Some(issue) = analysis.issues.iter().find(|it| it.severity == Severity::Error) {
        return Err(unreadable(&files, issue));
    }
    let questions: Vec<&str> = rule.question().into_iter().collect();
    // The outside crates of an example depend on nothing.
    let of_disk = Needs { external_graph: false, lock_file: false, ..needs };
    supply(&mut analysis.facts, &example.workspace, &overlay, of_disk, &policy, &questions)
        .map_err(|error| ExampleError::Policy { message: error.to_string() })?;
    analysis.facts.gathered = Needs { external_graph: true, ..needs };
    let trials = try_rules(&analysis.facts, &policy, &[rule]).map_err(ExampleError::policy)?;
    let trial = trials.into_iter().next().expect("one trial for one rule");
    let mut places = places(&files, id, &trial)?;
    add_unresolved(&mut places, &files, &analysis.facts);
    // What a rule forbids need not be there for the rule to look at something.
    let vacuous = match trial.vacuity {
        Some(
            Vacuity::NothingToJudge(reason)
            | Vacuity::NothingHeld(reason)
            | Vacuity::NotMeant(reason),
        ) => Some(reason),
        Some(Vacuity::NothingToFind(_)) | None => None,
    };
    Ok(Judged { files, places, vacuous })
}

fn places(files: &Files, id: &str, trial: &Trial) -> Result<Places, ExampleError> {
    let mut places = Places::new();
    for (path, file) in files.iter() {
        let marks = marks::marks(&file.text).map_err(|source| {
            let line = file.line_of(source.line()).unwrap_or(source.line());
            ExampleError::Mark { line, source }
        })?;
        for mark in marks.into_iter().filter(|mark| mark.rule == id) {
            places.entry((path.to_owned(), mark.line)).or_default().expected += 1;
        }
    }
    for finding in &trial.findings {
        let location = &finding.primary.location;
        let place = place(files, &location.file, location.span);
        places.entry(place).or_default().messages.push(finding.message.clone());
    }
    Ok(places)
}

/// Notes the paths that lead nowhere on lines where something is marked or found.
fn add_unresolved(places: &mut Places, files: &Files, facts: &Facts) {
    for path in facts.unseen.iter().filter(|path| !path.opaque) {
        let file = &facts.files[path.file.index()].path;
        if let Some(count) = places.get_mut(&place(files, file, path.span)) {
            count.unresolved.push(facts.names.text(path.written).to_owned());
        }
    }
}

/// A file, and the line in it that a span begins on.
fn place(files: &Files, file: &str, span: Span) -> (Utf8PathBuf, usize) {
    let path = Utf8PathBuf::from(file);
    let before = files.get(&path).and_then(|file| file.text.get(..span.range().start));
    let line = before.map_or(1, |text| text.matches('\n').count() + 1);
    (path, line)
}

fn unreadable(files: &Files, issue: &Finding) -> ExampleError {
    let location = &issue.primary.location;
    let (path, line) = place(files, &location.file, location.span);
    let line = files.get(&path).and_then(|file| file.line_of(line));
    let message = format!("`{path}`: {}", issue.message);
    ExampleError::Source { line, message }
}
