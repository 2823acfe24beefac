//! Rules that find what is planted, and rules that do not.

use std::sync::Arc;

use camino::Utf8Path;
use layers_rules::check::Vacuity;
use layers_rules::context::Context;
use layers_rules::rule::{self, Part, Rule};

use super::*;
use crate::config;

/// A workspace on disk: packages that are libraries, and a policy.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)], policy: &str) -> Self {
        let folder = Self(tempfile::tempdir().expect("a temporary folder"));
        folder.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n");
        folder.write("layers.toml", policy);
        for (path, text) in files {
            folder.write(path, text);
            let package = path.split('/').next().expect("a folder");
            let manifest = format!("{package}/Cargo.toml");
            if !folder.root().join(&manifest).exists() {
                folder.write(
                    &manifest,
                    &format!("[package]\nname = \"{package}\"\nedition = \"2024\"\n"),
                );
            }
        }
        folder
    }

    fn root(&self) -> &Utf8Path {
        Utf8Path::from_path(self.0.path()).expect("UTF-8")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    /// The proofs of all rules that come from the file, by id.
    fn prove(&self) -> Vec<Proof> {
        self.prove_with(|rule| rule)
    }

    fn prove_with(&self, change: impl Fn(PolicyRule) -> PolicyRule) -> Vec<Proof> {
        let workspace = crate::workspace::load(None, self.root()).expect("a workspace");
        let config = config::load(&workspace, None).expect("a policy");
        let rules: Vec<PolicyRule> = config
            .policy
            .rules()
            .iter()
            .filter(|rule| rule.origin != Origin::Upkeep)
            .map(|rule| change(rule.clone()))
            .collect();
        let rules: Vec<&PolicyRule> = rules.iter().collect();
        prove(&workspace, &Configuration::default(), &config.policy, &rules).expect("no overlap")
    }

    fn verdict(&self) -> Verdict {
        let proofs = self.prove();
        assert_eq!(proofs.len(), 1, "{proofs:?}");
        proofs.into_iter().next().expect("one rule").verdict
    }

    /// The files and texts that proved the only rule.
    fn planted(&self) -> Vec<(String, String)> {
        match self.verdict() {
            Verdict::Proved { planted, .. } => {
                planted.into_iter().map(|planted| (planted.file, planted.text)).collect()
            }
            other => panic!("{other:?}"),
        }
    }
}

const FORBID: &str = "[rules.a]\nforbid = { from = \"shop::domain\", to = \"shop::db\" }\n";

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn a_forbidden_use_is_planted_in_a_file_of_the_module() {
    let folder = Folder::new(
        &[
            ("shop/src/lib.rs", "mod domain;\nmod db;\n"),
            ("shop/src/domain.rs", "// no line break at the end"),
            ("shop/src/db.rs", ""),
        ],
        FORBID,
    );
    let expected = pairs(&[("shop/src/domain.rs", "use crate::db as planted_0_0;")]);
    assert_eq!(folder.planted(), expected);
    let text = std::fs::read_to_string(folder.root().join("shop/src/domain.rs")).expect("a file");
    assert_eq!(text, "// no line break at the end", "nothing is written to disk");
}

#[test]
fn modules_in_braces_are_planted_in_too() {
    let text = "mod domain {\n    #![doc = \"}\"]\n    pub struct Order;\n}\nmod db {}\n";
    let folder = Folder::new(&[("shop/src/lib.rs", text)], FORBID);
    let expected = pairs(&[("shop/src/lib.rs", "use crate::db as planted_0_0;")]);
    assert_eq!(folder.planted(), expected);
}

#[test]
fn what_cargo_toml_does_not_have_is_added() {
    let policy = "[rules.a]\nforbid = { from = \"core\", to = \"db\" }\n\
                  [rules.b]\nonly = { from = \"db\", to = \"sqlx::*\" }\n";
    let files = [
        ("core/src/lib.rs", ""),
        ("db/src/main.rs", "use sqlx::Pool;\nfn main() {}\n"),
        ("db/Cargo.toml", "[package]\nname = \"db\"\n[dependencies]\nsqlx = \"1\"\n"),
    ];
    let folder = Folder::new(&files, policy);
    let proofs = folder.prove();
    let texts = |proof: &Proof| match &proof.verdict {
        Verdict::Proved { planted, .. } => {
            planted.iter().map(|planted| planted.text.clone()).collect::<Vec<_>>()
        }
        other => panic!("{}: {other:?}", proof.rule),
    };
    assert_eq!(texts(&proofs[0]), ["", "[dependencies] db", "use ::db as planted_0_0;"]);
    assert_eq!(texts(&proofs[1]), ["[dependencies] sqlx", "use ::sqlx::Pool as planted_1_0;"]);
}

#[test]
fn what_comes_through_others_is_planted_too() {
    let policy = "[rules.a]\nexternal = { from = \"heart\", deny = \"sqlx\", via = \"any\" }\n";
    let folder = Folder::new(&[("heart/src/lib.rs", "")], policy);
    folder.write("Cargo.lock", "version = 4\n[[package]]\nname = \"heart\"\nversion = \"0.0.0\"\n");
    let proof = |policy: &str| {
        folder.write("layers.toml", policy);
        match folder.verdict() {
            Verdict::Proved { planted, finding } => {
                let texts: Vec<String> = planted.into_iter().map(|it| it.text).collect();
                (texts, finding.message)
            }
            other => panic!("{policy}: {other:?}"),
        }
    };
    let (texts, message) = proof(policy);
    let through = "[dependencies] planted_0";
    assert_eq!(texts, ["[dependencies] sqlx", "", "[dependencies] sqlx", through]);
    assert_eq!(message, "`heart` must not depend on `sqlx`, not even through others");
    // What is in `from` is held to the rule by itself.
    let (texts, _) = proof(&policy.replace("\"heart\"", "\"*\""));
    assert_eq!(texts, ["[dependencies] sqlx"]);
    let (texts, message) = proof(&policy.replace("deny = \"sqlx\"", "allow = []"));
    assert_eq!(texts.len(), 4);
    assert!(message.contains("through others: of the crates outside"), "{message}");
    // One that comes through others is excused: the rule does not see all it should.
    let excused = format!("{policy}[[rules.a.except]]\nfrom = \"heart\"\nreason = \"later\"\n");
    folder.write("layers.toml", &excused);
    assert!(matches!(folder.verdict(), Verdict::Survived(_)));
}

#[test]
fn every_kind_of_dependency_is_planted() {
    let db = "pub struct Pool;\npub fn open() {}\npub trait Store {}\n";
    for (kind, text) in [
        ("use", "use crate::db as planted_0_0;"),
        ("reexport", "pub use crate::db as planted_0_0;"),
        ("type", "type Planted00 = crate::db::Pool;"),
        ("call", "fn planted_0_0() { let _ = crate::db::open; }"),
        ("impl", "struct Planted00;\nimpl crate::db::Store for Planted00 {}"),
    ] {
        let policy = FORBID.replace(" }\n", &format!(", kinds = [\"{kind}\"] }}\n"));
        let lib = format!("mod domain {{}}\nmod db {{\n{db}}}\n");
        let folder = Folder::new(&[("shop/src/lib.rs", &lib)], &policy);
        assert_eq!(folder.planted(), pairs(&[("shop/src/lib.rs", text)]), "{kind}");
    }
    for (kind, path) in [("derive", "Row"), ("attribute", "instrument"), ("macro", "query")] {
        let policy = format!(
            "[rules.a]\nforbid = {{ from = \"shop\", to = \"sqlx::{path}\", kinds = [\"{kind}\"] }}\n"
        );
        let manifest = "[package]\nname = \"shop\"\n[dependencies]\nsqlx = \"1\"\n";
        let files = [("shop/src/lib.rs", ""), ("shop/Cargo.toml", manifest)];
        let planted = Folder::new(&files, &policy).planted();
        assert!(planted[0].1.contains(&format!("::sqlx::{path}")), "{planted:?}");
    }
}

#[test]
fn values_cannot_be_planted() {
    let policy = FORBID.replace(" }\n", ", kinds = [\"value\"] }\n");
    let folder = Folder::new(&[("shop/src/lib.rs", "mod domain {}\nmod db {}\n")], &policy);
    let Verdict::Unprovable(reason) = folder.verdict() else { panic!("it has no path") };
    assert!(reason.contains("`value`"), "{reason}");
}

#[test]
fn layers_are_proved_by_what_they_may_not_use() {
    let policy = "[layers]\ndb = \"db\"\n[layers.domain]\nmembers = \"core\"\nmay-use = []\n\
                  external = [\"serde\"]\n";
    let folder = Folder::new(&[("core/src/lib.rs", ""), ("db/src/lib.rs", "")], policy);
    let proofs = folder.prove();
    let messages: Vec<String> = proofs
        .iter()
        .map(|proof| match &proof.verdict {
            Verdict::Proved { finding, .. } => finding.message.clone(),
            other => panic!("{}: {other:?}", proof.rule),
        })
        .collect();
    assert!(messages[0].contains("must not use `db` (db)"), "{messages:?}");
    assert!(messages[1].contains("must not use `planted_1`"), "{messages:?}");
}

#[test]
fn uncovered_modules_are_planted() {
    let files = [("core/src/lib.rs", "mod a {}"), ("db/src/lib.rs", "")];
    let layers = "[layers]\ncore = \"core\"\ndb = \"db\"\n";
    for rule in ["covered = {}", "covered = { within = \"*\" }", "covered = { min = 60.0 }"] {
        let folder = Folder::new(&files, &format!("{layers}[rules.a]\n{rule}\n"));
        assert!(folder.verdict().is_proved(), "{rule}: {:?}", folder.verdict());
    }
    let closed = format!("{layers}[rules.a]\ncovered = {{ within = \"core\" }}\n");
    assert!(matches!(Folder::new(&files, &closed).verdict(), Verdict::Unprovable(_)));
    let far = format!("{layers}[rules.a]\ncovered = {{ min = 0.001 }}\n");
    assert!(matches!(Folder::new(&files, &far).verdict(), Verdict::Unprovable(_)));
}

#[test]
fn an_exception_is_planted_around() {
    let files = [
        ("core/src/lib.rs", ""),
        ("core/src/main.rs", ""),
        ("db/src/lib.rs", ""),
        ("api/src/lib.rs", ""),
    ];
    let policy = "[rules.a]\nforbid = { from = [\"core\", \"api\"], to = \"db\" }\n\
                  [[rules.a.except]]\nfrom = \"api\"\nreason = \"later\"\n";
    let folder = Folder::new(&files, policy);
    assert!(folder.planted().iter().any(|(file, _)| file.starts_with("core/src/")));
    let all = policy.replace("from = \"api\"\n", "to = \"db\"\n");
    assert!(matches!(Folder::new(&files, &all).verdict(), Verdict::Survived(_)));
}

#[test]
fn a_rule_that_looks_at_nothing_is_vacuous() {
    let files = [("shop/src/lib.rs", "mod domain {}")];
    assert!(matches!(Folder::new(&files, FORBID).verdict(), Verdict::Vacuous(_)));
    let gone = FORBID.replace("shop::domain", "shop::gone");
    let Verdict::Vacuous(reason) = Folder::new(&files, &gone).verdict() else { panic!("vacuous") };
    assert_eq!(reason, "`from` (`shop::gone`) matches nothing");
}

/// A verb that finds nothing, whatever the one it stands for would.
struct Blind(Arc<dyn Rule>);

impl Rule for Blind {
    fn id(&self) -> &str {
        self.0.id()
    }

    fn sentence(&self) -> String {
        self.0.sentence()
    }

    fn operands(&self) -> Vec<Part<'_>> {
        self.0.operands()
    }

    fn judge(&self, _: &Context<'_>) -> rule::Verdict {
        rule::Verdict::default()
    }

    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        self.0.plant(context, name)
    }
}

#[test]
fn a_rule_that_finds_nothing_survives() {
    let policy = "[layers]\ndb = \"db\"\n[layers.domain]\nmembers = \"core\"\nmay-use = []\n\
                  external = []\n[rules.a]\nforbid = { from = \"core\", to = \"std::fs\" }\n\
                  [rules.b]\nonly = { from = \"db\", to = \"std::net\" }\n\
                  [rules.c]\ncovered = {}\n\
                  [rules.d]\nacyclic = { scope = \"crates\" }\n\
                  [rules.e]\nindependent = { members = [\"core\", \"db\"] }\n\
                  [rules.f]\nrequire = { from = \"db::*\", to = \"std::fmt\" }\n\
                  [rules.g]\norphans = {}\n\
                  [rules.h]\ndeprecated = { to = \"db::old\", until = \"2030-01-01\" }\n\
                  [rules.i]\nstable = { scope = \"crates\" }\n\
                  [rules.j]\nitems = { kind = \"trait\" }\nmust = { documented = true }\n";
    let files = [
        ("core/src/lib.rs", "use std::net;"),
        ("db/src/lib.rs", "pub mod old {}"),
        ("web/src/lib.rs", ""),
    ];
    let folder = Folder::new(&files, policy);
    for proof in folder.prove() {
        assert!(proof.verdict.is_proved(), "{proof:?}");
    }
    let blind = |rule: PolicyRule| PolicyRule { verb: Arc::new(Blind(rule.verb)), ..rule };
    let proofs = folder.prove_with(blind);
    assert_eq!(proofs.len(), 12);
    for proof in proofs {
        let Verdict::Survived(planted) = &proof.verdict else { panic!("{proof:?}") };
        assert!(!planted.is_empty());
    }
}

#[test]
fn evidence_is_found_where_it_was_planted() {
    let place = |start| layers_rules::finding::Location {
        file: "a.rs".to_owned(),
        span: layers_rules::facts::Span { start, end: start + 1 },
    };
    let label =
        |start| layers_rules::finding::Label { location: place(start), text: String::new() };
    let finding = |start| Finding {
        rule: "a".to_owned(),
        severity: layers_rules::finding::Severity::Error,
        message: String::new(),
        primary: label(start),
        secondary: Vec::new(),
        chain: Vec::new(),
        because: None,
        fix: None,
        docs: None,
        identity: layers_rules::finding::Identity::default(),
        fingerprint: start.to_string(),
    };
    let span = Some(layers_rules::facts::Span { start: 10, end: 20 });
    let planted = Planted { file: "a.rs".to_owned(), text: String::new(), span, entry: None };
    assert!(planted.is_told(&finding(10), false));
    assert!(!planted.is_told(&finding(9), true));
    assert!(!planted.is_told(&finding(21), true));
    let beside = Finding { secondary: vec![label(15)], ..finding(0) };
    assert!(planted.is_told(&beside, false));
    let manifest = Planted { span: None, ..planted };
    assert!(manifest.is_told(&finding(0), true));
    assert!(!manifest.is_told(&finding(0), false));
    let other = Planted { entry: Some("sqlx".to_owned()), ..manifest };
    assert!(!other.is_told(&finding(0), true), "it does not speak of that entry");
    assert_eq!(Vacuity::NothingToFind("x".to_owned()).reason(), "x");
}

#[test]
fn what_is_there_already_is_made_less_stable_if_need_be() {
    let policy = "[rules.a]\nstable = { scope = \"modules\", within = \"shop\" }\n";
    let lib = |text: &str| format!("pub mod a {{ {text} }}\npub mod b {{}}\npub mod c {{}}\n");
    for text in ["", "use crate::b;", "use crate::b; use crate::c;"] {
        let folder = Folder::new(&[("shop/src/lib.rs", &lib(text))], policy);
        assert!(folder.verdict().is_proved(), "{text}: {:?}", folder.verdict());
    }
    let folder = Folder::new(&[("shop/src/lib.rs", "pub mod a {}\npub mod b {}\n")], policy);
    let Verdict::Unprovable(reason) = folder.verdict() else { panic!("two are always alike") };
    assert!(reason.contains("too few modules"), "{reason}");
}

#[test]
fn one_plant_does_not_stand_in_the_way_of_another() {
    // Every file that is planted has too many structs, if all of them are there.
    let policy = "[rules.a]\nitems = { kind = \"struct\" }\n\
                  must = { same-file = { which = { kind = \"struct\" }, min = 1, max = 1 } }\n";
    let folder = Folder::new(&[("shop/src/lib.rs", "pub mod a {}\n")], policy);
    assert!(folder.verdict().is_proved(), "{:?}", folder.verdict());
}

#[test]
fn what_no_module_holds_yet_is_vacuous_only_where_the_policy_names_it() {
    let files = [("shop/src/lib.rs", "")];
    let rule = "[rules.a]\nitems = { kind = \"static\" }\nmust-not = { mutable = true }\n";
    assert!(Folder::new(&files, rule).verdict().is_proved());
    let gone = "[rules.a]\nitems = { in = \"shop::gone\" }\nmust = { documented = true }\n";
    let Verdict::Vacuous(reason) = Folder::new(&files, gone).verdict() else { panic!("a typo") };
    assert_eq!(reason, "`in` (`shop::gone`) matches nothing");
}

#[test]
fn an_exception_that_covers_too_much_is_seen() {
    let rule = "[rules.a]\nitems = { kind = \"fn\" }\nmust = { documented = true }\n";
    let files = [("shop/src/lib.rs", "mod a {}\n#[doc = \"f\"] fn f() {}")];
    let except =
        |from: &str| format!("{rule}[[rules.a.except]]\nfrom = \"{from}\"\nreason = \"old\"\n");
    assert!(Folder::new(&files, &except("shop::a")).verdict().is_proved());
    let Verdict::Survived(planted) = Folder::new(&files, &except("shop")).verdict() else {
        panic!("all of it is excepted")
    };
    assert!(planted[0].text.starts_with("pub fn planted_0"), "{planted:?}");
}
