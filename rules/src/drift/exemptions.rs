//! Exceptions that have come, gone, or been prolonged.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{About, Change, Direction};
use crate::exceptions::baseline::BaselineEntry;
use crate::facts::Facts;
use crate::finding::Location;
use crate::policy::Policy;
use crate::prose;

/// One exception, wherever it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// Where it is written.
    pub about: About,
    /// Id of the rule.
    pub rule: String,
    /// What it covers, or why where it does not say: what makes it the same one tomorrow.
    pub subject: String,
    /// How many findings it stands for at the most, if it says.
    pub count: usize,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// Where it stands.
    pub location: Location,
}

/// Every exception of a state.
pub(super) fn all(
    facts: &Facts,
    policy: Option<&Policy>,
    baseline: &[BaselineEntry],
) -> Vec<Exemption> {
    let mut all = Vec::new();
    for rule in policy.into_iter().flat_map(Policy::rules) {
        for except in &rule.except {
            let side = |operand: &Option<crate::policy::Operand>| {
                operand
                    .as_ref()
                    .map_or_else(|| "anything".to_owned(), crate::policy::Operand::sentence)
            };
            all.push(Exemption {
                about: About::Exception,
                rule: rule.id.clone(),
                subject: format!("{} → {}", side(&except.from), side(&except.to)),
                count: 1,
                until: except.until,
                location: except.location.clone(),
            });
        }
    }
    for comment in &facts.exceptions {
        let Ok(says) = &comment.says else { continue };
        all.extend(says.rules.iter().map(|(rule, _)| Exemption {
            about: About::Comment,
            rule: rule.clone(),
            subject: format!("“{}”", says.reason),
            count: 1,
            until: says.until,
            location: comment.location.clone(),
        }));
    }
    all.extend(baseline.iter().map(|entry| {
        let identity = &entry.identity;
        let parts = [&identity.from, &identity.to].map(String::as_str);
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let subject = if parts.is_empty() { identity.written.clone() } else { parts.join(" → ") };
        Exemption {
            about: About::Baseline,
            rule: entry.rule.clone(),
            subject,
            count: entry.count,
            until: entry.until,
            location: entry.location.clone(),
        }
    }));
    all
}

/// How many an exception stands for, the last day of all that are alike (`None` for ever), and
/// a place.
struct Sum<'a> {
    count: usize,
    until: Option<Date>,
    location: &'a Location,
}

type Key<'a> = (About, &'a str, &'a str);

fn sums(all: &[Exemption]) -> BTreeMap<Key<'_>, Sum<'_>> {
    let mut sums: BTreeMap<Key<'_>, Sum<'_>> = BTreeMap::new();
    for one in all {
        let key = (one.about, one.rule.as_str(), one.subject.as_str());
        sums.entry(key)
            .and_modify(|sum| {
                sum.count += one.count;
                sum.until = sum.until.zip(one.until).map(|(a, b)| a.max(b));
            })
            .or_insert(Sum { count: one.count, until: one.until, location: &one.location });
    }
    sums
}

/// What has changed among the exceptions. Entries of the baseline are summed up by rule, since
/// there may be many.
pub(super) fn changes(before: &[Exemption], after: &[Exemption]) -> Vec<Change> {
    let (before, after) = (sums(before), sums(after));
    let mut changes = Vec::new();
    let mut recorded: BTreeMap<&str, (usize, usize, Option<&Location>)> = BTreeMap::new();
    let keys: std::collections::BTreeSet<&Key<'_>> = before.keys().chain(after.keys()).collect();
    for key in keys {
        let (about, rule, subject) = *key;
        let (then, now) = (before.get(key), after.get(key));
        let count = |sum: Option<&Sum<'_>>| sum.map_or(0, |sum| sum.count);
        let (more, fewer) =
            (count(now).saturating_sub(count(then)), count(then).saturating_sub(count(now)));
        let location = now.map(|sum| sum.location);
        if about == About::Baseline {
            let entry = recorded.entry(rule).or_default();
            entry.0 += more;
            entry.1 += fewer;
            if more > 0 {
                entry.2 = entry.2.or(location);
            }
        } else if more + fewer > 0 {
            let (direction, what) = if more > 0 {
                (Direction::Loosened, format!("an exception for {subject} is new"))
            } else {
                (Direction::Tightened, format!("an exception for {subject} is gone"))
            };
            changes.push(change(direction, about, rule, what, location));
        }
        if let (Some(then), Some(now)) = (then, now)
            && then.until != now.until
        {
            let day = |day: Option<Date>| {
                day.map_or_else(|| "for ever".to_owned(), |day| format!("until {day}"))
            };
            let is_longer = match (then.until, now.until) {
                (Some(then), Some(now)) => now > then,
                (_, now) => now.is_none(),
            };
            let direction = if is_longer { Direction::Loosened } else { Direction::Tightened };
            let what = format!(
                "the exception for {subject} counts {}, and did {}",
                day(now.until),
                day(then.until)
            );
            changes.push(change(direction, about, rule, what, location));
        }
    }
    for (rule, (more, fewer, location)) in recorded {
        for (number, direction, verb) in
            [(more, Direction::Loosened, "more"), (fewer, Direction::Tightened, "fewer")]
        {
            if number > 0 {
                let what = format!("the baseline holds {} {verb}", prose::count(number, "finding"));
                let location = location.filter(|_| direction == Direction::Loosened);
                changes.push(change(direction, About::Baseline, rule, what, location));
            }
        }
    }
    changes
}

fn change(
    direction: Direction,
    about: About,
    rule: &str,
    what: String,
    location: Option<&Location>,
) -> Change {
    Change { direction, about, name: rule.to_owned(), what, location: location.cloned() }
}
