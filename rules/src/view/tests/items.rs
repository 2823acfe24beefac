//! Items by steps.

use super::*;

#[test]
fn each_step_narrows_down() {
    let mut world = shop();
    world.item("shop::domain::Order").visibility = crate::facts::Visibility::Private;
    ask(&world, |view| {
        let structs = || view.items().kind(ItemKind::Struct);
        assert_eq!(paths(structs()), ["shop::domain::OrderService", "shop::domain::Order"]);
        assert_eq!(paths(structs().named("*Service")), ["shop::domain::OrderService"]);
        assert_eq!(paths(structs().named(["Or*", "X"]).named("*r")), ["shop::domain::Order"]);
        assert_eq!(paths(structs().public()), ["shop::domain::OrderService"]);
        assert_eq!(paths(structs().filter(|it| !it.is_public())), ["shop::domain::Order"]);
        assert_eq!(paths(view.items().at("shop::domain")), ["shop::domain"]);
        let kinds = [ItemKind::Fn, ItemKind::Module];
        let of_edge = ["shop::edge", "shop::edge::handlers", "shop::edge::handlers::place"];
        assert_eq!(paths(view.items().kind(kinds).within("@edge")), of_edge);
        assert_eq!(paths(view.items().kind(ItemKind::Fn).within("@handlers")), [of_edge[2]]);
        assert_eq!(paths(view.items().within("@edge::handlers")), of_edge[1..]);
        assert_eq!(paths(view.items().within("@none")), [""; 0], "a layer that may be empty");
    });
}

#[test]
fn test_code_is_asked_for() {
    let mut world = shop();
    world.item("shop::domain::Order").test = true;
    ask(&world, |view| {
        let orders = |view: View<'_>| paths(view.items().named("Order")).len();
        assert_eq!((orders(view.clone()), orders(view.clone().with_tests())), (0, 1));
    });
}

#[test]
fn what_is_not_there_is_an_error() {
    ask(&shop(), |view| {
        // Further steps do not hide the first mistake.
        let refused = |items: Items<'_>, error: &str| {
            let further = items.within("@nobody").list().expect_err(error);
            assert_eq!(further.to_string(), error);
        };
        refused(
            view.items().within("shop::domian"),
            "`shop::domian` names nothing in the workspace: did you mean `shop::domain`?",
        );
        refused(
            view.items().within("@domian"),
            "no layer and no set is called `domian`: did you mean `domain`?",
        );
        refused(
            view.items().at("shop::"),
            "`shop::` is no path pattern: a path pattern has a name, `*` or `**` in every segment",
        );
        refused(
            view.items().within("shop::<part>"),
            "`shop::<part>` captures a segment, with which nothing is compared here: write `*` where the segment may differ",
        );
        refused(view.items().within(Vec::new()), "an empty list stands for nothing");
        refused(
            view.items().named("a::b"),
            "`:` cannot stand in the segment `a::b` of a path pattern",
        );
        refused(
            view.items().deriving("@traits"),
            "no layer and no set is called `traits`: the layers and sets are `domain`, `edge`, `none`, `drivers`, `handlers`",
        );
        let verdict = view.items().within("@domian").must("be", |_| true);
        assert!(verdict.idle.is_some_and(|idle| idle.contains("did you mean `domain`?")));
    });
}

#[test]
fn an_item_tells_what_it_is_made_of() {
    let mut world = shop();
    let service = world.id("shop::domain::OrderService");
    let private = crate::facts::Visibility::Private;
    world.fields("shop::domain::OrderService", &[("pool", private, &["sqlx::Pool"])]);
    world.method("shop::domain::OrderService", "place");
    world.implements("shop::domain::Port", "shop::domain::OrderService");
    let derive = world.reference("Clone", "core::clone::Clone");
    world.item("shop::domain::OrderService").derives.push(derive);
    world.item("shop::domain::OrderService").form.modifiers = Modifiers::DOCUMENTED;
    let file = world.facts.files[world.facts.items[service.index()].file.index()].path.clone();
    ask(&world, |view| {
        let found = view.items().named("OrderService").kind(ItemKind::Struct).list();
        let item = &found.expect("an item")[0];
        assert_eq!((item.name(), item.kind()), ("OrderService", ItemKind::Struct));
        assert_eq!((item.module().as_str(), item.layer()), ("shop::domain", Some("domain")));
        assert_eq!(item.location().file, file);
        assert!(item.is_public() && item.is_documented());
        assert!(!item.is_test() && !item.is_async() && !item.is_unsafe());
        assert_eq!(item.derives(), ["core::clone::Clone"]);
        assert_eq!(item.traits(), ["core::clone::Clone", "shop::domain::Port"]);
        let [field] = &item.fields()[..] else { panic!("one field") };
        assert_eq!(field.path(), "shop::domain::OrderService::pool");
        assert_eq!((field.kind(), field.mentions()), (ItemKind::Field, vec!["sqlx::Pool".into()]));
        assert_eq!(item.methods().iter().map(Item::name).collect::<Vec<_>>(), ["place"]);
        assert_eq!(item.to_string(), "the struct `shop::domain::OrderService` (domain)");
        assert_eq!(
            view.items().kind(ItemKind::Struct).implementing("Port").list().expect("one").len(),
            1
        );
        assert_eq!(
            view.items().kind(ItemKind::Struct).deriving("Clone").list().expect("one").len(),
            1
        );
    });
}

#[test]
fn verdicts_name_what_they_are_about() {
    let world = shop();
    ask(&world, |view| {
        let structs = || view.items().kind(ItemKind::Struct).within("@domain");
        let verdict = structs().must("be a service", |item| item.name().ends_with("Service"));
        assert_eq!(
            messages(&verdict),
            ["the struct `shop::domain::Order` (domain) must be a service"]
        );
        assert_eq!(verdict.violations[0].primary.text, "must be a service");
        let verdict = structs().must_not("be a service", |item| item.name().ends_with("Service"));
        assert_eq!(
            messages(&verdict),
            ["the struct `shop::domain::OrderService` (domain) must not be a service"]
        );
        let verdict = structs().violations(|item| [item.violation(item.name())]);
        assert_eq!(messages(&verdict), ["OrderService", "Order"]);
        let verdict = structs().named("*Port").must("be", |_| false);
        assert_eq!(
            verdict.idle.as_deref(),
            Some("there is no item that is a struct and is in `domain` and is named `*Port`")
        );
    });
}

#[test]
fn an_item_has_dependencies() {
    ask(&shop(), |view| {
        let found = view.items().named("place").list().expect("a function");
        let to: Vec<String> = found[0].dependencies().iter().map(Dependency::to).collect();
        assert_eq!(to, ["shop::domain::OrderService"]);
        let edge = view.items().at("shop::edge").list().expect("a module");
        assert_eq!(edge[0].dependencies().len(), 2, "what is within counts");
    });
}
