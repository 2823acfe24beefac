//! What patterns capture.

use super::*;

/// What a pattern captures of a path, way by way.
fn captured(pattern: &str, path: &str) -> Vec<String> {
    let pattern = Pattern::parse(pattern).expect("a pattern");
    let mut segments = path.split("::");
    let first = segments.next().expect("a path");
    let rest: Vec<&str> = segments.collect();
    let ways = pattern.captured(&[first], &rest);
    ways.iter().map(|way| way.words().unwrap_or_default()).collect()
}

#[test]
fn a_capture_is_one_segment_or_a_part_of_it() {
    assert_eq!(captured("shop::<context>::domain", "shop::orders::domain"), ["orders"]);
    assert!(captured("shop::<context>::domain", "shop::domain").is_empty());
    assert!(captured("shop::<context>::domain", "shop::orders::domain::Order").is_empty());
    assert_eq!(captured("shop-<context>-domain", "shop_eu_orders_domain"), ["eu_orders"]);
    assert!(captured("shop-<context>-domain", "shop__domain").is_empty());
    assert!(captured("shop-<context>-domain", "shop_domain").is_empty());
    assert_eq!(captured("shop::<context>_api", "shop::orders_api"), ["orders"]);
    assert!(matches("shop::<context>::domain", "shop::orders::domain::Order"));
    assert!(!matches("shop::<context>::domain", "shop::domain"));
    assert!(matches("shop-<context>-domain", "shop_orders_domain::Order"));
    assert!(!matches("shop-<context>-domain", "shop_orders_app"));
}

#[test]
fn the_same_name_stands_for_one_value_and_another_for_another() {
    assert_eq!(captured("shop::<a>::<a>_view", "shop::cart::cart_view"), ["cart"]);
    assert!(captured("shop::<a>::<a>_view", "shop::cart::order_view").is_empty());
    assert_eq!(captured("shop::<a>::<!a>_view", "shop::cart::order_view"), ["cart"]);
    assert!(captured("shop::<a>::<!a>_view", "shop::cart::cart_view").is_empty());
    assert_eq!(captured("shop::<b>::<a>", "shop::one::two"), ["two, one"]);
}

#[test]
fn any_number_of_segments_gives_several_ways_the_first_furthest_ahead() {
    assert_eq!(captured("shop::**::<a>::**", "shop::x::y::z"), ["x", "y", "z"]);
    assert_eq!(captured("**::<a>::**::<b>", "x::y::z"), ["x, z", "y, z"]);
    assert_eq!(captured("shop::**::<a>::ports", "shop::x::y::ports"), ["y"]);
}

#[test]
fn captures_agree_when_equal_names_have_equal_values() {
    let way = |pattern: &str, path: &[&str]| -> Captured {
        Pattern::parse(pattern).expect("a pattern").captured(&["app"], path).remove(0)
    };
    let one = way("app::<f>", &["one"]);
    let two = way("app::<f>", &["two"]);
    let not_one = way("app::<!f>", &["one"]);
    let unnamed = way("app::*", &["one"]);
    let named_otherwise = way("app::<g>", &["two"]);
    assert!(one.agrees(&one) && !one.agrees(&two));
    assert!(!one.agrees(&not_one) && two.agrees(&not_one));
    assert!(!not_one.agrees(&one) && not_one.agrees(&two));
    for other in [&unnamed, &named_otherwise] {
        assert!(one.agrees(other) && other.agrees(&one) && not_one.agrees(other));
    }
    assert_eq!(one.value("f"), Some("one"));
    assert_eq!(not_one.value("f"), None);
}

#[test]
fn a_pattern_is_cut_behind_its_last_capture() {
    let cut = |text: &str| {
        let pattern = Pattern::parse(text).expect("a pattern");
        pattern.up_to_captures().map(|pattern| pattern.text().to_owned())
    };
    assert_eq!(cut("shop::<area>::<context>::app::x").as_deref(), Some("shop::<area>::<context>"));
    assert_eq!(cut("shop-<context>-domain").as_deref(), Some("shop-<context>-domain"));
    assert_eq!(cut("shop::domain"), None);
}

proptest! {
    #[test]
    fn what_captures_a_path_matches_it_and_back(
        pattern in prop::collection::vec(prop::sample::select(vec!["a", "*", "**", "<x>", "<y>"]), 1..5),
        path in prop::collection::vec(prop::sample::select(vec!["a", "b", "c"]), 1..6),
    ) {
        let text = pattern.join("::");
        if let Ok(compiled) = Pattern::parse(&text) {
            let names: std::collections::BTreeSet<_> =
                compiled.captures().map(|capture| capture.name.clone()).collect();
            let is_each_once = names.len() == compiled.captures().count();
            // Every prefix that is matched exactly gives a way, and no other.
            let some = (1..=path.len())
                .any(|end| !compiled.captured(&path[..1], &path[1..end]).is_empty());
            if is_each_once {
                prop_assert_eq!(some, compiled.matches(path.iter().copied()));
            } else {
                prop_assert!(!some || compiled.matches(path.iter().copied()));
            }
        }
    }
}
