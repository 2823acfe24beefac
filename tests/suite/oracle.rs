//! The command that compares our dependencies with those of rust-analyzer.

use std::fs::File;
use std::io::Write;
use std::process::Command;

use camino::Utf8Path;
use flate2::Compression;
use flate2::write::GzEncoder;
use layers_tests::binary::{Run, run};
use layers_tests::repository;

fn compare(lines: &[&str]) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = Utf8Path::from_path(folder.path()).expect("its path is UTF-8").join("references.gz");
    let file = File::create(&path).expect("it can be made");
    let mut encoder = GzEncoder::new(file, Compression::fast());
    encoder.write_all((lines.join("\n") + "\n").as_bytes()).expect("it can be written");
    encoder.finish().expect("it can be written");
    let checkout = repository::root().join("fixtures/projects/shop-red");
    run(Command::new(env!("CARGO_BIN_EXE_oracle")).args([checkout.as_str(), path.as_str()]))
}

const ORDERS: &str = "path\tcrates/http/src/handlers.rs\t4\t22\tcrates/persistence/src/lib.rs\t\
                      rust-analyzer cargo shop-persistence 0.1.0 crate/OrderRepository#";

#[test]
fn recall_and_precision_are_told_with_every_miss_and_extra() {
    let nothing = "path\tcrates/domain/src/money.rs\t1\t0\tcrates/domain/src/order.rs\t\
                   rust-analyzer cargo shop-domain 0.1.0 order/Order#";
    let binary = "path\tcrates/domain/src/order.rs\t1\t0\tcrates/bootstrap/src/main.rs\t\
                  rust-analyzer cargo shop-domain 0.1.0 crate/visit().";
    let run = compare(&[ORDERS, nothing, binary]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for part in [
        "recall: 1 of 3 pairs (33.33 %)",
        "recall, ambiguous symbols aside: 1 of 2 pairs (50.00 %)",
        "1 missed: the oracle's symbol is ambiguous",
        "crates/domain/src/order.rs:1:1 -> crates/bootstrap/src/main.rs",
        "1 missed: no path is seen",
        "crates/domain/src/money.rs:1:1 -> crates/domain/src/order.rs",
        "precision: 1 of ",
        "extra: unexplained",
        "crates/bootstrap/src/main.rs:3:5 -> crates/persistence/src/lib.rs",
    ] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    assert!(!run.stdout.contains("handlers.rs:4:5 -> crates/persistence"), "{}", run.stdout);
}

#[test]
fn references_to_other_sources_or_of_another_shape_are_refused() {
    let other = compare(&[&ORDERS.replace("crates/http", "crates/gone")]);
    assert_eq!(other.code, Some(1));
    assert!(other.stderr.contains("holds no file of these references"), "{}", other.stderr);
    let broken = compare(&[ORDERS, "path\tsrc"]);
    assert_eq!(broken.code, Some(1));
    assert!(broken.stderr.contains("line 2 is no reference"), "{}", broken.stderr);
}
