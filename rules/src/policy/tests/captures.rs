//! Captures that are compared with nothing.

use super::*;

/// What is wrong with a policy, and what to do about it.
fn advice(toml: &str) -> Vec<String> {
    let found = shop().policy(toml).expect_err("a policy that makes no sense");
    let help = found.iter().map(|problem| problem.help.clone().unwrap_or_default());
    problems(&shop(), toml).iter().zip(help).map(|(text, help)| format!("{text}: {help}")).collect()
}

#[test]
fn a_capture_needs_something_to_be_compared_with() {
    assert_eq!(
        advice(
            "[rules.r]\nforbid = { from = [\"shop::<c>\", \"shop::<d>::x\"], to = \"shop::<d>\" }\n"
        ),
        ["`<c>` in `shop::<c>` is compared with nothing [\"shop::<c>\"]: \
             capture `<c>` in `to` too, or write `*` where the segment may differ"]
    );
    assert_eq!(
        advice("[rules.r]\nonly = { from = \"shop::<context>\", to = \"shop::<contxt>::x\" }\n"),
        [
            "`<context>` in `shop::<context>` is compared with nothing [\"shop::<context>\"]: \
             did you mean `<contxt>`?",
            "`<contxt>` in `shop::<contxt>::x` is compared with nothing [\"shop::<contxt>::x\"]: \
             did you mean `<context>`?",
        ]
    );
    assert_eq!(
        advice("[rules.r]\nforbid = { from = \"shop::app\", to = \"shop::<!c>\" }\n"),
        ["`<!c>` is another than `<c>`, which `from` does not capture [\"shop::<!c>\"]: \
             capture `<c>` in `from`"]
    );
    let two = "[rules.r]\nforbid = { from = \"shop::<!c>\", to = \"shop::<!c>::a\" }\n";
    assert_eq!(advice(two).len(), 2);
}

#[test]
fn a_capture_within_one_pattern_or_of_a_layer_is_compared() {
    let world = shop();
    for rules in [
        "[rules.r]\nforbid = { from = \"shop::<a>\", to = \"shop::ui\" }\n",
        "[sets]\nparts = \"shop::<a>\"\n[rules.r]\nforbid = { from = \"shop::ui\", to = [\"@parts\", \"std\"] }\n",
        "[sets]\nparts = \"shop::<a>\"\n[rules.r]\nonly = { from = \"shop::ui\", to = \"@parts\" }\n",
        "[rules.r]\nforbid = { from = \"shop::<a>::<a>\", to = \"shop::ui\" }\n",
        "[rules.r]\nforbid = { from = \"shop::<a>::<!a>\", to = \"shop::ui\" }\n",
        "[rules.r]\nforbid = { from = \"shop::<a>\", to = \"shop::<!a>\" }\n",
        "[rules.r]\nforbid = { from = [\"shop::<a>\", \"shop::b::<a>\"], to = [\"std\", \"shop::<a>::x\"] }\n",
        "[layers]\nports = \"shop::<c>::ports\"\n[rules.r]\nonly = { from = \"shop::<c>\", to = \"@ports\" }\n",
        "[layers]\nports = \"shop::<c>::ports\"\n[rules.r]\nonly = { from = \"@ports::<!c>\", to = \"@ports\" }\n",
        "[sets]\nports = \"shop::<c>::ports\"\n[rules.r]\nonly = { from = \"@ports::x\", to = \"@ports\" }\n",
    ] {
        assert!(world.policy(rules).is_ok(), "{rules}{:?}", world.policy(rules).err());
    }
}

#[test]
fn where_nothing_is_compared_a_capture_is_refused() {
    for (toml, at) in [
        ("[rules.r]\ncovered = { within = \"shop::<c>\" }\n", "shop::<c>"),
        ("[sets]\ns = \"shop::<c>\"\n[rules.r]\ncovered = { within = \"@s\" }\n", "@s"),
        ("[layers]\na = \"shop::app\"\n[rules.r]\ncovered = { within = \"@a::<c>\" }\n", "@a::<c>"),
    ] {
        let [problem] = &problems(&shop(), toml)[..] else { panic!("{toml}") };
        assert!(problem.contains("captures a segment, with which nothing is compared here"));
        assert!(problem.ends_with(&format!("[\"{at}\"]")), "{problem}");
    }
    let captured = "[layers]\na = \"shop::<c>::ports\"\n[rules.r]\ncovered = { within = \"@a\" }\n";
    assert!(shop().policy(captured).is_ok());
    assert_eq!(
        advice("[layers]\na = \"shop::<!c>\"\n"),
        ["`<!c>` says what a segment is not, and here nothing is compared with it \
             [\"shop::<!c>\"]: write `<c>`"]
    );
}
