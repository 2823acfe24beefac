//! The expressions of GitHub Actions, as far as the action uses them.

use serde_json::{Map, Value, json};

/// What expressions can speak of.
pub(super) struct Contexts {
    pub github: Value,
    pub inputs: Map<String, Value>,
    pub steps: Map<String, Value>,
    /// Whether every step so far has succeeded.
    pub success: bool,
}

impl Contexts {
    /// A text with every `${{ … }}` in it replaced by its value.
    pub(super) fn filled(&self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${{") {
            let (expression, after) = after.split_once("}}").expect("an expression ends");
            filled.push_str(before);
            filled.push_str(&shown(&self.value(expression)));
            rest = after;
        }
        filled + rest
    }

    /// A table of texts, each filled.
    pub(super) fn all_filled(&self, table: &Value) -> Map<String, Value> {
        let entries = table.as_object().into_iter().flatten();
        entries.map(|(name, text)| (name.clone(), self.filled(&shown(text)).into())).collect()
    }

    /// Whether a step with this condition runs. One that does not ask how the steps before
    /// fared runs only after success.
    pub(super) fn condition(&self, condition: Option<&str>) -> bool {
        let condition = condition.unwrap_or("success()");
        let asks = ["always()", "success()", "failure()"].iter().any(|it| condition.contains(it));
        (asks || self.success) && is_true(&self.value(condition))
    }

    fn value(&self, expression: &str) -> Value {
        let mut parser = Parser { contexts: self, rest: expression.trim() };
        let value = parser.any();
        assert!(parser.rest.is_empty(), "not understood in {expression}: {}", parser.rest);
        value
    }
}

struct Parser<'a> {
    contexts: &'a Contexts,
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.map_or(self.rest, str::trim_start);
        rest.is_some()
    }

    fn any(&mut self) -> Value {
        let mut value = self.all();
        while self.takes("||") {
            let other = self.all();
            value = if is_true(&value) { value } else { other };
        }
        value
    }

    fn all(&mut self) -> Value {
        let mut value = self.comparison();
        while self.takes("&&") {
            let other = self.comparison();
            value = if is_true(&value) { other } else { value };
        }
        value
    }

    fn comparison(&mut self) -> Value {
        let value = self.operand();
        // Texts are compared without regard to case.
        let same = |a: &Value, b: &Value| shown(a).eq_ignore_ascii_case(&shown(b));
        if self.takes("==") {
            return same(&value, &self.operand()).into();
        }
        if self.takes("!=") {
            return (!same(&value, &self.operand())).into();
        }
        value
    }

    fn operand(&mut self) -> Value {
        if self.takes("!") {
            return (!is_true(&self.operand())).into();
        }
        if self.takes("(") {
            let value = self.any();
            assert!(self.takes(")"), "a bracket is open: {}", self.rest);
            return value;
        }
        if let Some(text) = self.rest.strip_prefix('\'') {
            let (text, rest) = text.split_once('\'').expect("a text ends");
            self.rest = rest.trim_start();
            return text.into();
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start();
        if self.takes("()") {
            return match name {
                "always" => true.into(),
                "success" => self.contexts.success.into(),
                "failure" => (!self.contexts.success).into(),
                _ => panic!("there is no function {name}"),
            };
        }
        self.variable(name)
    }

    fn variable(&self, name: &'a str) -> Value {
        let mut parts = name.split('.');
        let first = parts.next().unwrap_or_default();
        let start = match first {
            "github" => self.contexts.github.clone(),
            "inputs" => json!(self.contexts.inputs),
            "steps" => json!(self.contexts.steps),
            "true" | "false" => return (first == "true").into(),
            _ => panic!("there is no context {first}"),
        };
        parts.fold(start, |value, part| value.get(part).cloned().unwrap_or_default())
    }
}

fn is_true(value: &Value) -> bool {
    !matches!(shown(value).as_str(), "" | "false" | "0")
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_give_what_a_runner_gives() {
        let contexts = Contexts {
            github: json!({ "event": { "number": 7 }, "sha": "A1" }),
            inputs: Map::from_iter([("fail-on".to_owned(), "".into())]),
            steps: Map::from_iter([("a".to_owned(), json!({ "outputs": { "x-y": "true" } }))]),
            success: false,
        };
        let filled = |text: &str| contexts.filled(text);
        assert_eq!(filled("n ${{ github.event.number }}, ${{github.none.deep}}."), "n 7, .");
        assert_eq!(filled("${{ github.sha == 'a1' && steps.a.outputs.x-y != 'no' }}"), "true");
        assert_eq!(filled("${{ inputs.fail-on || 'error' }}"), "error");
        assert_eq!(filled("${{ !(true && false) }}"), "true");
        assert!(!contexts.condition(None));
        assert!(!contexts.condition(Some("steps.a.outputs.x-y == 'true'")));
        assert!(contexts.condition(Some("always() && steps.a.outputs.x-y == 'true'")));
        assert!(contexts.condition(Some("failure()")));
    }
}
