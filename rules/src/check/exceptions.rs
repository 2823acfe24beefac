//! Which findings exceptions take away, and which exceptions are none, or no longer.

use std::collections::{BTreeMap, BTreeSet};

use super::{Excepted, Issues, Selection, upkeep};
use crate::context::Context;
use crate::exceptions::directive::{Directive, Malformed};
use crate::exceptions::{
    ExceptionComment, ExceptionId, ExceptionKind, LedgerEntry, RuleExceptions,
};
use crate::facts::Facts;
use crate::finding::{Finding, Label, Location};
use crate::policy::{Exception, Policy};
use crate::rule::Violation;
use crate::suggest;
use crate::verbs::Upkeep;

/// The exceptions of the policy and those in comments, and what they cover.
pub(super) struct Ledger<'a, 's> {
    facts: &'a Facts,
    policy: &'a Policy,
    selection: &'s Selection,
    /// The rules that have been judged so far.
    judged: BTreeSet<String>,
    /// The places that an exception names of a rule, whether or not it has expired.
    places: BTreeMap<(String, ExceptionId), BTreeSet<Location>>,
    excepted: Excepted,
}

/// An exception, the line of the ledger that it is, and the place to tell of it.
type Written<'a> = (ExceptionId, LedgerEntry, Location);

impl<'a, 's> Ledger<'a, 's> {
    pub(super) fn new(context: &Context<'a>, selection: &'s Selection) -> Self {
        Self {
            facts: context.facts,
            policy: context.policy,
            selection,
            judged: BTreeSet::new(),
            places: BTreeMap::new(),
            excepted: Excepted::default(),
        }
    }

    /// The violations of a rule that no exception covers, in selected packages.
    pub(super) fn keep_violations(
        &mut self,
        context: &Context<'_>,
        rule: &str,
        violations: Vec<Violation>,
    ) -> Vec<Violation> {
        self.judged.insert(rule.to_owned());
        let mut taken: BTreeMap<Location, bool> = BTreeMap::new();
        let mut kept = Vec::new();
        for violation in violations {
            let naming = context.exceptions.naming(&violation);
            let location = &violation.primary.location;
            let covering = self.note(rule, location, &naming, context.exceptions);
            let package = context.tree.package(violation.from);
            let is_selected = self.selection.packages.is_empty()
                || package.is_some_and(|package| self.selection.packages.contains(&package));
            match covering {
                _ if !is_selected => {}
                Some(kind) => {
                    let is_config = kind == ExceptionKind::Config;
                    *taken.entry(location.clone()).or_default() |= is_config;
                }
                None => kept.push(violation),
            }
        }
        for is_config in taken.into_values() {
            self.count(is_config);
        }
        kept
    }

    /// The findings of reading the workspace that no comment covers, in selected packages.
    pub(super) fn keep_issues(&mut self, context: &Context<'a>, issues: Issues) -> Vec<Finding> {
        let mut exceptions = BTreeMap::new();
        for issue in issues.looked_for {
            self.judged.insert(issue.id().to_owned());
            exceptions.insert(issue.id(), RuleExceptions::of_comments(context, issue.id()));
        }
        let none = RuleExceptions::default();
        let mut kept = Vec::new();
        for finding in issues.findings {
            let exceptions = exceptions.get(finding.rule.as_str()).unwrap_or(&none);
            let location = &finding.primary.location;
            let naming: Vec<ExceptionId> = exceptions.at(location).collect();
            let covering = self.note(&finding.rule, location, &naming, exceptions);
            match covering {
                _ if !self.selection.has_file(self.facts, &location.file) => {}
                Some(_) => self.count(false),
                None => kept.push(finding),
            }
        }
        kept
    }

    /// Remembers which exceptions name a finding, and says which kind of them covers it.
    fn note(
        &mut self,
        rule: &str,
        location: &Location,
        naming: &[ExceptionId],
        exceptions: &RuleExceptions<'_>,
    ) -> Option<ExceptionKind> {
        for exception in naming {
            let places = self.places.entry((rule.to_owned(), *exception)).or_default();
            places.insert(location.clone());
        }
        let covering = naming.iter().filter(|exception| !exceptions.is_expired(**exception));
        // Those of the policy are smaller, and count first.
        covering.min().map(|exception| match exception {
            ExceptionId::Config(_) => ExceptionKind::Config,
            ExceptionId::Comment(_) => ExceptionKind::Inline,
        })
    }

    fn count(&mut self, is_config: bool) {
        let figure = if is_config { &mut self.excepted.config } else { &mut self.excepted.inline };
        *figure += 1;
    }

    /// The exceptions that have expired, those that cover nothing, and the comments that
    /// were meant to be exceptions and are none, those of other rules only where `of_all`.
    pub(super) fn findings(&self, of_all: bool) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        for (_, entry, location) in self.written() {
            findings.extend(self.told(&entry, location));
        }
        for comment in self.facts.exceptions.iter().filter(|_| of_all) {
            if self.selection.has_file(self.facts, &comment.location.file) {
                for malformed in self.malformed(comment) {
                    let file = comment.location.file.clone();
                    let location = Location { file, span: malformed.span };
                    let label = Label { location, text: malformed.label };
                    let rule = Upkeep::MalformedException;
                    let finding = upkeep(self.policy, rule, label, malformed.message);
                    findings.extend(
                        finding.map(|finding| Finding { fix: Some(malformed.help), ..finding }),
                    );
                }
            }
        }
        findings
    }

    fn told(&self, entry: &LedgerEntry, location: Location) -> Option<Finding> {
        let findings = entry.findings?;
        let is_inline = entry.kind == ExceptionKind::Inline;
        if is_inline && !self.selection.has_file(self.facts, &location.file) {
            return None;
        }
        let label = |text: String| Label { location, text };
        let (name, tail) = (entry.describe(), entry.tail());
        if let (true, Some(until)) = (entry.expired, entry.until) {
            let message = format!("{name} has expired on {until}{tail}");
            let label = label(format!("counted until {until}"));
            return upkeep(self.policy, Upkeep::ExpiredException, label, message);
        }
        if findings > 0 || self.selection.partial {
            return None;
        }
        let message = format!("{name} covers nothing{tail}");
        let label = label("nothing breaks the rule here any more".to_owned());
        upkeep(self.policy, Upkeep::UnusedException, label, message)
    }

    /// What is wrong with a comment: its form, or the rules it names.
    fn malformed(&self, comment: &ExceptionComment) -> Vec<Malformed> {
        let directive = match &comment.says {
            Ok(directive) => directive,
            Err(malformed) => return vec![malformed.clone()],
        };
        let watching = |id: &str| Upkeep::ALL.iter().any(|upkeep| upkeep.id() == id);
        let rules = || self.policy.rules().iter().map(|rule| rule.id.as_str());
        let issues = || super::Issue::ALL.iter().map(|issue| issue.id());
        let mut malformed = Vec::new();
        for (id, span) in &directive.rules {
            let (message, label, help) = if watching(id) {
                let message = format!("`{id}` watches over the exceptions and knows none");
                (
                    message,
                    "has no exceptions",
                    "give it another severity under `[rules]`".to_owned(),
                )
            } else if rules().chain(issues()).any(|known| known == id) {
                continue;
            } else {
                let known = rules().filter(|id| !watching(id)).chain(issues());
                (format!("no rule is called `{id}`"), "unknown", suggest::help(id, "rules", known))
            };
            let label = label.to_owned();
            malformed.push(Malformed { message, span: *span, label, help });
        }
        malformed
    }

    /// Every exception of the policy and in comments.
    fn written(&self) -> Vec<Written<'_>> {
        let mut written = Vec::new();
        for rule in self.policy.rules() {
            for (index, exception) in rule.except.iter().enumerate() {
                let id = ExceptionId::Config(index);
                let entry = self.of_config(&rule.id, id, exception);
                written.push((id, entry, exception.location.clone()));
            }
        }
        for (index, comment) in self.facts.exceptions.iter().enumerate() {
            let Ok(directive) = &comment.says else { continue };
            for (rule, span) in &directive.rules {
                let id = ExceptionId::Comment(index);
                let entry = self.of_comment(rule, id, directive, comment);
                let file = comment.location.file.clone();
                written.push((id, entry, Location { file, span: *span }));
            }
        }
        written
    }

    fn of_config(&self, rule: &str, id: ExceptionId, exception: &Exception) -> LedgerEntry {
        let words = |operand: &Option<crate::policy::Operand>, any: &str| match operand {
            Some(operand) => operand.words.join(", "),
            None => any.to_owned(),
        };
        LedgerEntry {
            rule: rule.to_owned(),
            kind: ExceptionKind::Config,
            location: exception.location.clone(),
            subject: format!(
                "{} → {}",
                words(&exception.from, "anyone"),
                words(&exception.to, "anything")
            ),
            reason: Some(exception.reason.clone()),
            owner: exception.owner.clone(),
            since: None,
            until: exception.until,
            expired: exception.until.is_some_and(|until| until < self.policy.today()),
            findings: self.found(rule, id),
        }
    }

    fn of_comment(
        &self,
        rule: &str,
        id: ExceptionId,
        directive: &Directive,
        comment: &ExceptionComment,
    ) -> LedgerEntry {
        LedgerEntry {
            rule: rule.to_owned(),
            kind: ExceptionKind::Inline,
            location: comment.location.clone(),
            subject: String::new(),
            reason: Some(directive.reason.clone()),
            owner: directive.owner.clone(),
            since: None,
            until: directive.until,
            expired: directive.until.is_some_and(|until| until < self.policy.today()),
            findings: self.found(rule, id),
        }
    }

    /// How many findings of a rule an exception names; `None` where the rule was not judged.
    fn found(&self, rule: &str, id: ExceptionId) -> Option<usize> {
        let places = self.places.get(&(rule.to_owned(), id));
        self.judged.contains(rule).then(|| places.map_or(0, BTreeSet::len))
    }

    /// All of them, sorted, and how many findings they take away.
    pub(super) fn close(self) -> (Vec<LedgerEntry>, Excepted) {
        let mut entries: Vec<LedgerEntry> =
            self.written().into_iter().map(|(_, entry, _)| entry).collect();
        sort(&mut entries);
        (entries, self.excepted)
    }
}

/// Puts the ledger in the order of rules, kinds and places.
pub(super) fn sort(entries: &mut [LedgerEntry]) {
    entries.sort_by(|a, b| {
        (&a.rule, a.kind, &a.location, &a.subject).cmp(&(&b.rule, b.kind, &b.location, &b.subject))
    });
}

#[cfg(test)]
mod tests;
