//! The whole marketplace, by the lines it answers.

fn answers(lines: &[&str]) -> Vec<String> {
    let marketplace = bootstrap::marketplace();
    lines.iter().map(|line| marketplace.answer(line)).collect()
}

#[test]
fn an_order_goes_from_the_shelf_to_paid() {
    assert_eq!(
        answers(&["product tea 350 3", "product cup 499 1", "order 1 2 2 1", "pay 3", "show 3"]),
        ["product 1", "product 2", "order 3: 11.99", "paid", "order 3 (paid): 2 tea, 1 cup: 11.99"]
    );
}

#[test]
fn a_failed_order_leaves_the_stock_as_it_was() {
    assert_eq!(
        answers(&["product tea 350 3", "order 1 2 9 1", "order 1 2 1 2", "order 1 3"]),
        ["product 1", "error: no product 9", "error: out of stock", "order 2: 10.50"]
    );
}

#[test]
fn a_cancelled_order_is_back_on_the_shelf() {
    assert_eq!(
        answers(&["product tea 350 1", "order 1 1", "order 1 1", "cancel 2", "pay 2", "order 1 1"]),
        [
            "product 1",
            "order 2: 3.50",
            "error: out of stock",
            "cancelled",
            "error: the order is cancelled",
            "order 3: 3.50"
        ]
    );
}

#[test]
fn what_does_not_exist_is_said_so() {
    assert_eq!(
        answers(&["pay 1", "cancel 1", "show 1"]),
        ["error: no such order", "error: no such order", "no such order"]
    );
    assert!(answers(&["sing"])[0].starts_with("usage: product NAME"));
}
