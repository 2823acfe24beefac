use super::*;

fn item_names(tree: &ItemTree) -> Vec<&str> {
    tree.items.iter().map(|item| tree.text(item.name)).collect()
}

#[test]
fn a_macro_defined_in_the_arguments_of_another_may_be_exported() {
    let tree = parse("doc! {macro_rules! join { ($a:expr) => { $crate::run($a) } }}");
    assert_eq!(item_names(&tree), ["join"]);
    assert!(tree.items[0].exported);
}
