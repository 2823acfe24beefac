//! What is known of items and modules besides their names.

use layers_rules::facts::{ItemId, Mentions};

use super::*;

#[test]
fn modules_know_their_lines_attributes_and_documentation() {
    let sources = Sources::new(&[
        (
            "shop/src/lib.rs",
            "//! A shop.\n#[sqlx::schema]\npub mod a;\n/// Inline.\nmod b {\n}\npub mod c;\n",
        ),
        ("shop/src/a.rs", "//! Documented in its file.\nstruct S;\n"),
        ("shop/src/c.rs", "struct S;\n"),
    ]);
    let facts = sources.analyze().facts;
    let known: Vec<_> = facts
        .modules
        .iter()
        .map(|module| {
            let attributes = module.attributes.iter().filter_map(|reference| reference.target);
            let attributes: Vec<String> =
                attributes.map(|target| facts.target_path(target)).collect();
            (facts.names.text(module.name), module.lines, module.documented, attributes)
        })
        .collect();
    let schema = vec!["sqlx::schema".to_owned()];
    let expected = [
        ("shop", 7, true, vec![]),
        ("a", 2, true, schema),
        ("b", 2, true, vec![]),
        ("c", 1, false, vec![]),
    ];
    let mut known = known;
    known.sort_by_key(|(name, ..)| ["shop", "a", "b", "c"].iter().position(|other| other == name));
    assert_eq!(known, expected);
}

/// What a stretch of mentions names: as written, and what that means where it is known.
fn mentioned(facts: &Facts, mentions: Mentions) -> Vec<String> {
    let mentions = facts.mentioned(mentions).iter();
    mentions
        .map(|mention| {
            let written = facts.names.text(mention.reference.written);
            match mention.reference.target.map(|target| facts.target_path(target)) {
                Some(path) if path != written => format!("{written} = {path}"),
                _ => written.to_owned(),
            }
        })
        .collect()
}

/// The item of this name, and what its signature mentions.
fn signature(facts: &Facts, name: &str) -> (ItemId, Vec<String>) {
    let named = |item: &layers_rules::facts::Item| facts.names.text(item.name) == name;
    let item = ItemId::new(facts.items.iter().position(named).expect(name));
    (item, mentioned(facts, facts.signatures[item.index()].mentions))
}

const SIGNATURES: &str = "\
mod other { pub struct Money; pub trait Port {} pub const N: usize = 2; }
use other::{Money, Port};
pub struct Order<T: Port> where T: Clone { #[sqlx::skip] pub total: Money, lines: Vec<[Line; other::N]>, t: T }
struct Line(u64, pub(crate) fn(&Money) -> Box<dyn Port>);
pub enum State { Open { at: Money }, Shut }
pub trait Clock: Port { type Time: Clone; fn now(&self, base: Money) -> Self; }
impl<T: Port> Order<T> {
    pub fn place((a, b): (u8, Money), _: &Self) -> Result<Self, sqlx::Error> where T: Send { let x: Line; x.hidden() }
    fn nothing(&mut self) {}
}
type Alias = Option<Money>;
const C: Money = Money;
static S: other::Money = { struct Inner(Line); Money };
async fn f(#[cfg(any())] money: Money, x: sqlx::Pool) -> impl Port {}
";

#[test]
fn signatures_mention_what_is_written_in_them_and_nothing_else() {
    let facts = Sources::new(&[("shop/src/lib.rs", SIGNATURES)]).all_facts();
    let money = "Money = shop::other::Money";
    let port = "Port = shop::other::Port";
    let clone = "Clone = std::clone::Clone";
    for (name, expected) in [
        ("Order", &[port, clone, money, "Vec = std::vec::Vec", "Line = shop::Line"][..]),
        ("Line", &["u64", "fn", money, "Box = std::boxed::Box", port]),
        ("State", &[]),
        ("Open", &[money]),
        ("Clock", &[port]),
        ("Time", &[clone]),
        ("now", &[money, "Self"]),
        (
            "place",
            &[
                "Send = std::marker::Send",
                "u8",
                money,
                "Self = shop::Order",
                "Result = std::result::Result",
                "Self = shop::Order",
                "sqlx::Error",
            ],
        ),
        ("nothing", &[]),
        ("Alias", &["Option = std::option::Option", money]),
        ("C", &[money]),
        ("S", &["other::Money = shop::other::Money"]),
        ("Inner", &["Line = shop::Line"]),
    ] {
        assert_eq!(signature(&facts, name).1, expected, "{name}");
    }
    let (place, _) = signature(&facts, "place");
    let returns = facts.signatures[place.index()].returns.expect("a result");
    assert_eq!(mentioned(&facts, returns).len(), 3);
    let (nothing, _) = signature(&facts, "nothing");
    assert_eq!(facts.signatures[nothing.index()].returns, None);
}

#[test]
fn an_impl_mentions_its_trait_and_its_type() {
    let text = "mod a { pub trait T<X> {} pub struct S; }\nimpl a::T<u8> for a::S {}\n";
    let facts = Sources::new(&[("shop/src/lib.rs", text)]).all_facts();
    let block = facts.impls[0].item;
    let mentions = mentioned(&facts, facts.signatures[block.index()].mentions);
    assert_eq!(mentions, ["a::T = shop::a::T", "u8", "a::S = shop::a::S"]);
}

#[test]
fn fields_and_parameters_stand_with_their_items() {
    let facts = Sources::new(&[("shop/src/lib.rs", SIGNATURES)]).all_facts();
    let text = |name| facts.names.text(name);
    let fields = |name: &str| -> Vec<String> {
        let (item, _) = signature(&facts, name);
        let fields = facts.fields[facts.fields_of(item)].iter();
        fields
            .map(|field| {
                let at = &SIGNATURES[field.span.range()];
                format!("{} at {at} {:?}", text(field.name), field.visibility)
            })
            .collect()
    };
    assert_eq!(
        fields("Order"),
        ["total at total Public", "lines at lines Private", "t at t Private"]
    );
    assert_eq!(fields("Line"), ["0 at Line Private", "1 at Money Crate"]);
    assert_eq!(fields("Open"), ["at at at Public"]);
    assert_eq!(fields("Clock"), [""; 0]);
    let skip = facts.fields.iter().flat_map(|field| &field.attributes);
    let skip: Vec<_> = skip.filter_map(|reference| reference.target).collect();
    assert_eq!(
        skip.into_iter().map(|target| facts.target_path(target)).collect::<Vec<_>>(),
        ["sqlx::skip"]
    );
    let parameters = |name: &str| -> Vec<(&str, Vec<String>)> {
        let (item, _) = signature(&facts, name);
        let parameters = facts.parameters[facts.parameters_of(item)].iter();
        parameters.map(|it| (text(it.name), mentioned(&facts, it.mentions))).collect()
    };
    let money = "Money = shop::other::Money".to_owned();
    assert_eq!(
        parameters("place"),
        [("_", vec!["u8".to_owned(), money.clone()]), ("_", vec!["Self = shop::Order".to_owned()])]
    );
    assert_eq!(parameters("now"), [("base", vec![money])]);
    assert_eq!(parameters("nothing"), []);
}

#[test]
fn imports_are_told_one_by_one() {
    let text = "mod a { pub struct S; pub mod b {} }\n#[sqlx::kept] pub use a::{S as T, b::*};\nextern crate std as base;\nfn f() { use a::S as _; }\n#[cfg(test)] use missing::X;\n";
    let facts = Sources::new(&[("shop/src/lib.rs", text)]).all_facts();
    let text = |name| facts.names.text(name);
    let imports: Vec<String> = facts
        .imports
        .iter()
        .map(|import| {
            let item = import.item.map(|item| facts.item_path(item)).unwrap_or_default();
            let brought = mentioned(&facts, import.mentions);
            let (name, attributes) = (text(import.name), import.attributes.len());
            format!(
                "{name} {:?} {brought:?} {attributes} {item} {}",
                import.visibility, import.test
            )
        })
        .collect();
    assert_eq!(
        imports,
        [
            "T Public [\"a::S = shop::a::S\"] 1  false",
            "* Public [\"a::b::* = shop::a::b\"] 1  false",
            "base Private [\"std\"] 0  false",
            "_ Private [\"a::S = shop::a::S\"] 0 shop::f false",
            "X Private [] 0  true",
        ]
    );
}

#[test]
fn bodies_are_told_by_where_they_stand() {
    let text = "mod a { pub fn far() {} }\nfn near() {}\nfn f(x: u8) { near(); a::far(); x.plain().chained(); g()?.tried(); m!(x.quoted()); n!(x.raw() => y); }\nfn g() {}\nconst C: u8 = near();\ntrait T { fn open(&self); fn shut(&self) { self.open() } }\n";
    let facts = Sources::new(&[("shop/src/lib.rs", text)]).all_facts();
    let uses = |name: &str| -> Vec<String> {
        let (item, _) = signature(&facts, name);
        let item = &facts.items[item.index()];
        let Some(body) = item.body else { return vec!["no body".to_owned()] };
        let far = facts.dependencies_in(item.file, body).map(|edge| edge.to);
        let near = facts.local_uses_in(item.file, body).map(|local| local.to);
        let calls = facts.method_calls_in(item.file, body);
        let calls = calls.map(|call| {
            assert_eq!(facts.names.text(call.name), &text[call.span.range()]);
            format!(".{}", facts.names.text(call.name))
        });
        far.chain(near).map(|to| facts.target_path(to)).chain(calls).collect()
    };
    assert_eq!(
        uses("f"),
        [
            "shop::a::far",
            "shop::near",
            "shop::g",
            ".plain",
            ".chained",
            ".tried",
            ".quoted",
            ".raw"
        ]
    );
    assert_eq!(uses("C"), ["shop::near"]);
    assert_eq!(uses("open"), ["no body"]);
    assert_eq!(uses("shut"), ["shop::T::open", ".open"]);
    assert_eq!(uses("near"), [""; 0]);
}

#[test]
fn what_is_handed_to_a_call_is_told_from_what_is_run() {
    let text = "mod a { pub fn slow() {} }\nfn on<T>(_: T) {}\nasync fn f() { on(a::slow); on(|| { a::slow() }); on(1, a::slow()); x.on(move || a::slow()); [1].map(|_| 1); }\n";
    let facts = Sources::new(&[("shop/src/lib.rs", text)]).all_facts();
    let item = facts.items.iter().find(|item| facts.names.text(item.name) == "f").expect("f");
    let body = item.body.expect("a body");
    let handed: Vec<&str> = facts.handed_on.iter().map(|it| &text[it.span.range()]).collect();
    assert_eq!(handed, ["a::slow", "|| { a::slow() }", "move || a::slow()", "|_| 1"]);
    let slow = facts.dependencies_in(item.file, body);
    let handed_on: Vec<bool> =
        slow.map(|edge| facts.is_handed_on(item.file, body, edge.span)).collect();
    assert_eq!(handed_on, [true, true, false, true]);
}

#[test]
fn what_nobody_needs_is_not_gathered() {
    let facts = Sources::new(&[("shop/src/lib.rs", SIGNATURES)]).analyze().facts;
    assert_eq!(facts.gathered, Needs::default());
    assert_eq!((facts.signatures.len(), facts.mentions.len(), facts.fields.len()), (0, 0, 0));
    assert_eq!((facts.parameters.len(), facts.imports.len()), (0, 0));
    assert_eq!((facts.local_uses.len(), facts.method_calls.len()), (0, 0));
    assert_eq!(facts.handed_on.len(), 0);
}
