//! `rust = "architecture::ServicesAreStateless"`: the rule is written in Rust.
//!
//! The policy declares it, so that it can be named by exceptions, re-levelled and explained;
//! what judges is code of the workspace, in a test that gives it to `Workspace::check` of the
//! library. The name of that code is part of the rule: one that is not there is reported.

use super::{Part, Role, Rule, Verdict};
use crate::context::Context;
use crate::planting::{Plant, Unprovable};
use crate::policy::Operand;

/// The verb `rust`.
#[derive(Clone, Debug, Default)]
pub struct InRust {
    /// The code that judges; nothing for a rule that only a test knows.
    pub code: Operand,
}

impl Rule for InRust {
    fn id(&self) -> &'static str {
        "rust"
    }

    fn sentence(&self) -> String {
        format!("{} judges it, in Rust", self.code.sentence())
    }

    fn operands(&self) -> Vec<Part<'_>> {
        vec![Part { key: "rust", operand: &self.code, role: Role::Subject }]
    }

    fn judge(&self, _: &Context<'_>) -> Verdict {
        Verdict::default()
    }

    fn plant(&self, _: &Context<'_>, _: &str) -> Result<Vec<Plant>, Unprovable> {
        Err(Unprovable(InRust::ELSEWHERE.to_owned()))
    }

    fn is_stand_in(&self) -> bool {
        true
    }
}

impl InRust {
    /// Why nothing but its own tests can tell of such a rule.
    pub(crate) const ELSEWHERE: &str = "it is judged by Rust code, in tests of its own";
}
