//! A rule made of a function, for tests that need it once.

use super::{Rule, Verdict};
use crate::context::Context;
use crate::facts::Needs;
use crate::finding::Severity;

/// A rule made of a function: see [`from_fn`].
#[derive(Clone, Debug)]
pub struct FromFn<F> {
    id: String,
    judge: F,
    because: Option<String>,
    fix: Option<String>,
    severity: Severity,
    tests: bool,
    needs: Needs,
}

/// A rule with this id that judges by calling `judge`, as [`std::iter::from_fn`] is an iterator
/// that calls a function.
pub fn from_fn<F>(id: impl Into<String>, judge: F) -> FromFn<F>
where
    F: Fn(&Context<'_>) -> Verdict + Send + Sync,
{
    FromFn {
        id: id.into(),
        judge,
        because: None,
        fix: None,
        severity: Severity::Error,
        tests: false,
        needs: Needs::default(),
    }
}

impl<F> FromFn<F> {
    /// Says why the rule exists.
    #[must_use]
    pub fn because(mut self, because: impl Into<String>) -> Self {
        self.because = Some(because.into());
        self
    }

    /// Says what to do instead.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    /// Says how much a violation weighs: [`Severity::Error`], if it is not said.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Holds test code to the rule as well.
    #[must_use]
    pub fn tests(mut self) -> Self {
        self.tests = true;
        self
    }

    /// Says which facts it asks for that are not always there.
    #[must_use]
    pub fn needs(mut self, needs: Needs) -> Self {
        self.needs = needs;
        self
    }
}

impl<F> Rule for FromFn<F>
where
    F: Fn(&Context<'_>) -> Verdict + Send + Sync,
{
    fn id(&self) -> &str {
        &self.id
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        (self.judge)(context)
    }

    fn because(&self) -> Option<&str> {
        self.because.as_deref()
    }

    fn fix(&self) -> Option<&str> {
        self.fix.as_deref()
    }

    fn severity(&self) -> Severity {
        self.severity
    }

    fn tests(&self) -> bool {
        self.tests
    }

    fn type_path(&self) -> &'static str {
        std::any::type_name::<F>()
    }

    fn needs(&self) -> Needs {
        self.needs
    }
}
