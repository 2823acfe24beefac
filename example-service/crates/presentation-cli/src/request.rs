//! What a line asks for.

use application::catalog::commands::CreateProduct;
use application::orders::commands::{CancelOrder, PayOrder, PlaceOrder, PlaceOrderLine};
use application::orders::queries::GetOrder;
use domain::catalog::ProductId;
use domain::orders::OrderId;
use domain::shared::{Money, Quantity};

/// What can be asked for.
#[derive(Debug)]
pub(crate) enum Request {
    Product(CreateProduct),
    Order(PlaceOrder),
    Pay(PayOrder),
    Cancel(CancelOrder),
    Show(GetOrder),
}

/// The lines that are understood.
pub(crate) const USAGE: &str = "\
product NAME CENTS STOCK | order PRODUCT PIECES [PRODUCT PIECES …] | pay ORDER | \
cancel ORDER | show ORDER";

impl Request {
    /// What `line` asks for, if it is understood.
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split_whitespace().collect();
        match *words.as_slice() {
            ["product", name, cents, stock] => Some(Self::Product(CreateProduct {
                name: name.to_owned(),
                price: Money::new(cents.parse().ok()?),
                stock: stock.parse().ok()?,
            })),
            ["order", ref lines @ ..] if !lines.is_empty() => {
                let lines = lines.chunks(2).map(order_line).collect::<Option<_>>()?;
                Some(Self::Order(PlaceOrder { lines }))
            }
            ["pay", id] => Some(Self::Pay(PayOrder { order: order_id(id)? })),
            ["cancel", id] => Some(Self::Cancel(CancelOrder { order: order_id(id)? })),
            ["show", id] => Some(Self::Show(GetOrder { order: order_id(id)? })),
            _ => None,
        }
    }
}

fn order_line(words: &[&str]) -> Option<PlaceOrderLine> {
    let [product, pieces] = words else { return None };
    Some(PlaceOrderLine {
        product: ProductId::new(product.parse().ok()?),
        quantity: Quantity::try_new(pieces.parse().ok()?).ok()?,
    })
}

fn order_id(word: &str) -> Option<OrderId> {
    word.parse().ok().map(OrderId::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_is_understood() {
        for line in ["product tea 350 3", "order 1 2", " order 1 2 3 4 ", "pay 1", "cancel 1"] {
            assert!(Request::parse(line).is_some(), "{line}");
        }
        assert!(matches!(Request::parse("show 7"), Some(Request::Show(_))));
    }

    #[test]
    fn what_is_no_request_is_not() {
        for line in ["", "order", "order 1", "order 1 0", "pay", "pay x", "product tea 3", "sing"] {
            assert!(Request::parse(line).is_none(), "{line}");
        }
    }
}
