//! What a predicate says, in the forms that sentences need.

/// One thing that is said of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// Of one thing: "is a trait", "derives `Debug`", "does not derive `Debug`".
    pub(super) says: String,
    /// To it, behind "must": "be a trait", "derive `Debug`", "not derive `Debug`".
    pub(super) asks: String,
    /// Of several: "are traits", "derive `Debug`", "do not derive `Debug`".
    pub(super) several: String,
}

impl Clause {
    /// "is …"
    pub(super) fn being(what: &str) -> Self {
        Self::of_many(what, what)
    }

    /// "is a trait", "are traits"
    pub(super) fn of_many(one: &str, many: &str) -> Self {
        Self {
            says: format!("is {one}"),
            asks: format!("be {one}"),
            several: format!("are {many}"),
        }
    }

    /// "derives …", by the verb without its `s`.
    pub(super) fn doing(verb: &str, what: &str) -> Self {
        let third = if verb == "have" { "has".to_owned() } else { format!("{verb}s") };
        let does = format!("{verb} {what}");
        Self { says: format!("{third} {what}"), asks: does.clone(), several: does }
    }

    /// "exists"
    pub(super) fn existing() -> Self {
        let exist = || "exist".to_owned();
        Self { says: "exists".to_owned(), asks: exist(), several: exist() }
    }

    /// Several clauses as one.
    pub(super) fn joined(clauses: &[Self], by: &str) -> Self {
        let join = |text: fn(&Self) -> &String| {
            let texts: Vec<&str> = clauses.iter().map(|clause| text(clause).as_str()).collect();
            texts.join(by)
        };
        Self {
            says: join(|clause| &clause.says),
            asks: join(|clause| &clause.asks),
            several: join(|clause| &clause.several),
        }
    }

    /// Within brackets, where it is made of several.
    pub(super) fn bracketed(self) -> Self {
        let around = |text: String| format!("({text})");
        Self { says: around(self.says), asks: around(self.asks), several: around(self.several) }
    }

    /// The opposite of what one predicate says.
    pub(super) fn negated(&self) -> Self {
        let says = match self.says.strip_prefix("is ") {
            Some(rest) => match rest.strip_prefix("not ") {
                Some(rest) => format!("is {rest}"),
                None => format!("is not {rest}"),
            },
            None => match self.asks.strip_prefix("not ") {
                Some(_) => format!("does {}", self.says.trim_start_matches("does not ")),
                None => format!("does not {}", self.asks),
            },
        };
        let asks = match self.asks.strip_prefix("not ") {
            Some(rest) => rest.to_owned(),
            None => format!("not {}", self.asks),
        };
        let several = match self.several.strip_prefix("are ") {
            Some(rest) => match rest.strip_prefix("not ") {
                Some(rest) => format!("are {rest}"),
                None => format!("are not {rest}"),
            },
            None => match self.several.strip_prefix("do not ") {
                Some(rest) => rest.to_owned(),
                None => format!("do not {}", self.several),
            },
        };
        Self { says, asks, several }
    }

    /// Whether it is made of several, within brackets.
    pub(super) fn is_bracketed(&self) -> bool {
        self.says.starts_with('(')
    }

    /// The opposite of what several predicates say together.
    pub(super) fn without(self) -> Self {
        let clause = if self.is_bracketed() { self } else { self.bracketed() };
        let not = |text: String| format!("not {text}");
        Self { says: not(clause.says), asks: not(clause.asks), several: not(clause.several) }
    }

    /// What it demands: "must be a trait", "must not be async".
    pub(super) fn must(&self) -> String {
        format!("must {}", self.asks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_clause_can_be_negated() {
        let cases = [
            (Clause::existing(), "does not exist", "not exist", "do not exist"),
            (Clause::being("async"), "is not async", "not be async", "are not async"),
            (
                Clause::of_many("a trait", "traits"),
                "is not a trait",
                "not be a trait",
                "are not traits",
            ),
            (
                Clause::doing("derive", "`A`"),
                "does not derive `A`",
                "not derive `A`",
                "do not derive `A`",
            ),
            (
                Clause::doing("have", "a body"),
                "does not have a body",
                "not have a body",
                "do not have a body",
            ),
        ];
        for (clause, says, asks, several) in cases {
            let negated = clause.negated();
            let found = [&negated.says, &negated.asks, &negated.several];
            assert_eq!(found, [says, asks, several]);
        }
        let twice = Clause::being("async").negated().negated();
        assert_eq!(twice, Clause::being("async"));
        assert_eq!(Clause::being("async").negated().must(), "must not be async");
    }
}
