//! Order reports as comma-separated values.

use std::fmt::Write as _;

use time::format_description::well_known::Rfc3339;

use crate::ports::OrderReportRow;

const HEADER: &str = "order,placed_at,state,product,quantity,unit_price_minor,currency\r\n";

/// The rows as RFC 4180 has them, with a header.
#[must_use]
pub fn order_csv(rows: &[OrderReportRow]) -> String {
    let mut csv = HEADER.to_owned();
    for row in rows {
        // A year beyond 9999 has no form in RFC 3339; its plain form is better than none.
        let placed_at =
            row.placed_at.format(&Rfc3339).unwrap_or_else(|_| row.placed_at.to_string());
        let (product, price) = (field(&row.product), row.unit_price);
        let (minor, currency) = (price.minor(), price.currency());
        let (order, state, quantity) = (row.order, row.state, row.quantity);
        // Writing to a string cannot fail.
        let _ =
            write!(csv, "{order},{placed_at},{state},{product},{quantity},{minor},{currency}\r\n");
    }
    csv
}

/// A text as one field. Spreadsheets take what begins like a formula for one, and would run
/// what a seller wrote: an apostrophe keeps them from that.
fn field(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if is_formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use domain::orders::{OrderId, OrderState};
    use domain::shared::{Currency, Money};
    use time::macros::datetime;
    use uuid::Uuid;

    use super::*;

    fn row(product: &str) -> OrderReportRow {
        OrderReportRow {
            order: OrderId::new(Uuid::nil()),
            placed_at: datetime!(2026-01-02 3:04:05 UTC),
            state: OrderState::Paid,
            product: product.to_owned(),
            quantity: 2,
            unit_price: Money::try_new(350, Currency::Eur).expect("it is not below nothing"),
        }
    }

    #[test]
    fn rows_stand_below_a_header() {
        let id = Uuid::nil();
        let row_text = format!("{id},2026-01-02T03:04:05Z,paid,\"tea\",2,350,EUR\r\n");
        let expected = format!("{HEADER}{row_text}");
        assert_eq!(order_csv(&[row("tea")]), expected);
        assert_eq!(order_csv(&[]), HEADER);
    }

    #[test]
    fn names_break_nothing() {
        assert_eq!(field("green, \"fine\" tea"), "\"green, \"\"fine\"\" tea\"");
        assert_eq!(field("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
        assert_eq!(field("-1"), "\"'-1\"");
    }
}
