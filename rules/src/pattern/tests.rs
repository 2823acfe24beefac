use proptest::prelude::*;

use super::*;

mod captures;

fn matches(pattern: &str, path: &str) -> bool {
    Pattern::parse(pattern).expect("a pattern").matches(path.split("::"))
}

fn error(pattern: &str) -> String {
    Pattern::parse(pattern).expect_err("no pattern").to_string()
}

#[test]
fn a_path_names_its_subtree() {
    assert!(matches("shop::domain", "shop::domain"));
    assert!(matches("shop::domain", "shop::domain::orders::Order"));
    assert!(!matches("shop::domain", "shop"));
    assert!(!matches("shop::domain", "shop::domains"));
    assert!(!matches("shop::domain", "other::shop::domain"));
}

#[test]
fn hyphen_and_underscore_are_equal_in_the_first_segment() {
    assert!(matches("shop-domain::orders", "shop_domain::orders"));
    assert_eq!(
        error("shop::my-module"),
        "only the first segment, a package or crate, can have a hyphen: `my-module` is a module or an item"
    );
}

#[test]
fn wildcards_stay_within_a_segment() {
    assert!(matches("shop-*", "shop_domain"));
    assert!(!matches("shop-*", "shop"));
    assert!(matches("shop::*::ports", "shop::orders::ports"));
    assert!(!matches("shop::*::ports", "shop::orders::app::ports"));
    assert!(matches("shop::v?", "shop::v2::api"));
    assert!(!matches("shop::v?", "shop::v10"));
    assert!(matches("shop::*a*b", "shop::xaxbxab"));
    assert!(!matches("shop::*a*b", "shop::xbxa"));
}

#[test]
fn braces_are_alternatives() {
    assert!(matches("shop::{domain,app}::orders", "shop::app::orders"));
    assert!(!matches("shop::{domain,app}::orders", "shop::http::orders"));
    assert!(matches("shop::*{Port,Repository}", "shop::OrderRepository"));
    assert!(matches("{a,b}{1,2}", "b1"));
    assert!(!matches("{a,b}{1,2}", "a3"));
}

#[test]
fn two_stars_are_any_number_of_segments() {
    for path in ["shop::ports", "shop::orders::ports", "shop::a::b::c::ports::X"] {
        assert!(matches("shop::**::ports", path), "{path}");
    }
    assert!(!matches("shop::**::ports", "shop::a::b"));
    assert!(matches("**::UnitOfWork", "shop::app::UnitOfWork"));
    assert!(matches("**", "anything"));
    assert!(matches("shop::**", "shop"));
    assert!(matches("**::a::**::b", "x::a::a::y::b"));
}

#[test]
fn a_target_is_kept_apart_from_the_name() {
    let pattern = Pattern::parse("shop[bin:my-server]::routes").expect("a pattern");
    let expected = TargetSelector { kind: CrateKind::Bin, name: Some("my_server".to_owned()) };
    assert_eq!(pattern.target(), Some(&expected));
    assert_eq!(pattern.literal_root(), Some("shop"));
    let build = Pattern::parse("shop[build]").expect("a pattern");
    assert_eq!(build.target().map(|target| target.kind), Some(CrateKind::BuildScript));
}

#[test]
fn what_is_no_pattern_is_said() {
    assert_eq!(error(""), "a path pattern has a name, `*` or `**` in every segment");
    assert_eq!(error("shop::"), "a path pattern has a name, `*` or `**` in every segment");
    assert_eq!(error("shop::**a"), "`**` is a segment of its own, which `**a` is not");
    assert_eq!(
        error("shop:domain"),
        "`:` cannot stand in the segment `shop:domain` of a path pattern"
    );
    assert_eq!(error("shop::a,b"), "`,` cannot stand in the segment `a,b` of a path pattern");
    assert_eq!(
        error("shop::{a,{b,c}}"),
        "braces within braces, as in `{a,{b,c}}`, are not part of the pattern language"
    );
    assert_eq!(error("shop::{a,b"), "the braces of `{a,b` do not close within the segment");
    assert_eq!(error("shop::{a::b}"), "the braces of `{a` do not close within the segment");
    assert_eq!(error("shop::a}"), "the braces of `a}` do not close within the segment");
    for wrong in [
        "shop::<>",
        "shop::<a",
        "shop::a>",
        "shop::<a><b>",
        "shop::<a b>",
        "shop::<a!>",
        "shop-<a-b>",
    ] {
        assert!(error(wrong).starts_with("a segment captures once and by a name"), "{wrong}");
    }
    for unclear in ["shop::*<a>", "shop::<a>?", "shop::<a>_{b,c}"] {
        assert!(error(unclear).starts_with("beside a capture stands plain text"), "{unclear}");
    }
    assert!(error("shop::<a>::.<b>").starts_with("`.` cannot stand in the segment `.<b>`"));
    assert_eq!(error("<a>::<b>::<c>::<d>::<e>"), "a path pattern captures at most 4 segments");
    assert!(error("shop[bin]").starts_with("`[bin]` names no Cargo target"));
    assert!(error("shop[dylib:x]").starts_with("`[dylib:x]` names no Cargo target"));
    assert!(error("shop[bin:x").starts_with("`[bin:x]` names no Cargo target"));
    assert!(
        error("shop::a[bin:x]").starts_with("only the first segment, a package, can be limited")
    );
    assert_eq!(error(&vec!["a"; 61].join("::")), "a path pattern has at most 60 segments");
    assert!(error(&format!("a{}", "{a,b}".repeat(11))).contains("more than a thousand names"));
}

#[test]
fn more_literal_is_more_specific() {
    let literalness = |text: &str| Pattern::parse(text).expect("a pattern").literalness();
    assert!(literalness("shop_http") > literalness("shop_h*"));
    assert!(literalness("shop_h*") > literalness("shop_*"));
    assert!(literalness("shop[bin:server]") > literalness("shop"));
    assert!(literalness("shop::*::domain") > literalness("shop::**"));
}

#[test]
fn a_continuation_joins_a_pattern() {
    let layer = Pattern::parse("shop-app").expect("a pattern");
    let ports = layer.join("**::ports").expect("a pattern");
    assert_eq!(ports.text(), "shop-app::**::ports");
    assert!(ports.matches(["shop_app", "orders", "ports"]));
    assert!(!ports.matches(["shop_app", "orders"]));
    assert!(layer.join("a-b").is_err());
}

/// What a pattern of literals, `*` and `**` means, written as plainly as can be.
fn reference(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, _) => true,
        (Some((&"**", rest)), None) => reference(rest, path),
        (Some((&"**", rest)), Some((_, tail))) => reference(rest, path) || reference(pattern, tail),
        (Some(_), None) => false,
        (Some((first, rest)), Some((name, tail))) => {
            (*first == "*" || first == name) && reference(rest, tail)
        }
    }
}

proptest! {
    #[test]
    fn agrees_with_the_plain_meaning(
        pattern in prop::collection::vec(prop::sample::select(vec!["a", "b", "*", "**"]), 1..6),
        path in prop::collection::vec(prop::sample::select(vec!["a", "b", "c"]), 1..7),
    ) {
        let compiled = Pattern::parse(&pattern.join("::")).expect("a pattern");
        prop_assert_eq!(compiled.matches(path.iter().copied()), reference(&pattern, &path));
    }

    #[test]
    fn what_matches_a_path_matches_all_below(
        pattern in "[ab*]{1,2}(::(\\*\\*|[ab?*{},]{1,4})){0,4}",
        path in prop::collection::vec("[ab]{1,3}", 1..6),
        below in "[ab]{1,3}",
    ) {
        if let Ok(pattern) = Pattern::parse(&pattern)
            && pattern.matches(path.iter().map(String::as_str))
        {
            let longer = path.iter().chain([&below]).map(String::as_str);
            prop_assert!(pattern.matches(longer));
        }
    }

    #[test]
    fn a_path_matches_itself_and_its_name_in_braces(path in prop::collection::vec("[a-z_]{1,8}", 1..8)) {
        let text = path.join("::");
        prop_assert!(matches(&text, &text));
        let braced: Vec<String> = path.iter().map(|name| format!("{{other,{name}}}")).collect();
        prop_assert!(matches(&braced.join("::"), &text));
        prop_assert!(matches("**", &text));
    }

    #[test]
    fn any_text_is_a_pattern_or_an_error(text in "\\PC{0,40}") {
        if let Ok(pattern) = Pattern::parse(&text) {
            prop_assert!(!pattern.segments().is_empty());
        }
    }
}
