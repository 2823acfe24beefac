use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn directive(text: &str) -> Directive {
    read(text, 100).expect("meant as an exception").unwrap_or_else(|bad| panic!("{text}: {bad:?}"))
}

/// The message, and the part of the text that is marked.
fn malformed(text: &str) -> (String, String) {
    let bad = read(text, 0).expect("meant as an exception").expect_err(text);
    assert!(!bad.help.is_empty() && !bad.label.is_empty());
    (bad.message, text[bad.span.range()].to_owned())
}

#[test]
fn every_part_is_read() {
    let read = directive(
        " layers: allow(domain-is-pure, b): moves, with billing, until 2027-03-01, owner @billing",
    );
    let ids: Vec<&str> = read.rules.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["domain-is-pure", "b"]);
    assert_eq!(read.rules[0].1, Span { start: 115, end: 129 });
    assert_eq!(read.reason, "moves, with billing");
    assert_eq!(read.until, Some(date(2027, 3, 1)));
    assert_eq!(read.owner.as_deref(), Some("@billing"));
}

#[test]
fn the_parts_behind_the_reason_come_in_any_order_and_need_not_come() {
    let read = directive("layers:allow( a ) : r , owner ann, until 2027-03-01.");
    assert_eq!((read.reason.as_str(), read.owner.as_deref()), ("r", Some("ann")));
    assert_eq!(read.until, Some(date(2027, 3, 1)));
    let read = directive("layers: allow(a, a): only b, as ever");
    assert_eq!((read.rules.len(), read.until, read.owner), (1, None, None));
    assert_eq!(read.reason, "only b, as ever");
}

#[test]
fn a_sentence_is_no_owner() {
    let read = directive("layers: allow(a): stays, owner of this is nobody");
    assert_eq!((read.reason.as_str(), read.owner), ("stays, owner of this is nobody", None));
    assert_eq!(directive("layers: allow(a): r, owner @a @b").owner.as_deref(), Some("@a @b"));
}

#[test]
fn a_reason_over_several_lines_is_one_line() {
    assert_eq!(
        directive("layers: allow(a): moves,\n       with billing").reason,
        "moves, with billing"
    );
}

#[test]
fn what_is_wrong_is_marked() {
    for (text, message, marked) in [
        ("layers: alow(a): r", "`alow` is not known here", "alow"),
        ("layers: ignore(a): r", "`ignore` is not known here", "ignore"),
        ("layers: Allow a", "`Allow` is not known here", "Allow"),
        ("layers: allow a: r", "an exception names the rules it is one of", "allow"),
        ("layers: allow(a: r", "the list of rules is not closed", "a: r"),
        ("layers: allow(): r", "an exception names the rules it is one of", ")"),
        ("layers: allow(a,): r", "an exception names the rules it is one of", "a,"),
        ("layers: allow(a)", "an exception needs a reason", "a"),
        ("layers: allow(a): ", "an exception needs a reason", "a"),
        ("layers: allow(a): ...", "an exception needs a reason", "a"),
        ("layers: allow(a): until 2027-03-01", "an exception needs a reason", "a"),
        ("layers: allow(a): r, until 2027-13-01", "`2027-13-01` is not a date", "until 2027-13-01"),
        ("layers: allow(a): r, until then", "`then` is not a date", "until then"),
        ("layers: allow(a): r, until", "`` is not a date", "until"),
        (
            "layers: allow(a): r, until 2027-01-01, until 2027-01-02",
            "an exception has one `until`",
            "until 2027-01-01",
        ),
        ("layers: allow(a): r, owner a, owner b", "an exception has one `owner`", "owner a"),
    ] {
        let found = malformed(text);
        assert_eq!((found.0.as_str(), found.1.as_str()), (message, marked), "{text}");
    }
}

#[test]
fn prose_is_no_exception() {
    for text in [
        "layers: the domain comes first (see below)",
        "layers: domain, application",
        "layers:",
        "layers: (none)",
        "the layers: allow(a): r",
        "layer: allow(a): r",
        "layers allow(a): r",
        "",
    ] {
        assert_eq!(read(text, 0), None, "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "(layers: ?(allow|alow|x)?)?[(),:a-z0-9@. é\n-]{0,40}") {
        if let Some(Err(bad)) = read(&text, 7) {
            prop_assert!(bad.span.start >= 7 && bad.span.start < bad.span.end);
            prop_assert!(bad.span.start as usize <= 7 + text.len());
        }
    }

    #[test]
    fn what_is_written_is_what_is_read(
        rules in proptest::collection::hash_set("[a-z][a-z0-9-]{0,8}", 1..4),
        reason in "[a-z][a-z (),:é]{0,20}[a-z]",
        until in proptest::option::of(0_i16..4000),
        owner in proptest::option::of("@[a-z-]{1,8}"),
    ) {
        prop_assume!(!reason.split(',').any(|part| {
            part.trim().starts_with("until") || part.trim().starts_with("owner")
        }));
        let rules: Vec<String> = rules.into_iter().collect();
        let until = until.map(|days| date(2020, 1, 1) + jiff::Span::new().days(days));
        let mut text = format!(" layers: allow({}): {reason}", rules.join(", "));
        text.extend(until.map(|until| format!(", until {until}")));
        text.extend(owner.iter().map(|owner| format!(", owner {owner}")));
        let read = directive(&text);
        prop_assert_eq!(read.rules.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), rules);
        prop_assert_eq!(read.reason, reason.split_whitespace().collect::<Vec<_>>().join(" "));
        prop_assert_eq!((read.until, read.owner), (until, owner));
    }
}
