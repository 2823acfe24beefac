//! Answers requests by the use cases.

use std::error::Error;

use application::catalog::commands::CreateProductInteractor;
use application::orders::commands::{
    CancelOrderInteractor, PayOrderInteractor, PlaceOrderInteractor,
};
use application::orders::queries::GetOrderQuery;
use application::ports::OrderSummary;

use crate::request::{Request, USAGE};

/// What the controller can call.
pub struct UseCases {
    /// Puts products up for sale.
    pub create_product: CreateProductInteractor,
    /// Places orders.
    pub place_order: PlaceOrderInteractor,
    /// Notes payments.
    pub pay_order: PayOrderInteractor,
    /// Cancels orders.
    pub cancel_order: CancelOrderInteractor,
    /// Shows orders.
    pub get_order: GetOrderQuery,
}

/// Answers lines.
pub struct Controller {
    use_cases: UseCases,
}

impl Controller {
    /// One that calls `use_cases`.
    #[must_use]
    pub fn new(use_cases: UseCases) -> Self {
        Self { use_cases }
    }

    /// The answer to `line`.
    #[must_use]
    pub fn answer(&self, line: &str) -> String {
        let Some(request) = Request::parse(line) else { return format!("usage: {USAGE}") };
        self.call(request).unwrap_or_else(|error| format!("error: {error}"))
    }

    fn call(&self, request: Request) -> Result<String, Box<dyn Error>> {
        Ok(match request {
            Request::Product(command) => {
                let id = self.use_cases.create_product.execute(&command)?;
                format!("product {}", id.get())
            }
            Request::Order(command) => {
                let placed = self.use_cases.place_order.execute(&command)?;
                format!("order {}: {}", placed.order.get(), placed.total)
            }
            Request::Pay(command) => {
                self.use_cases.pay_order.execute(command)?;
                "paid".to_owned()
            }
            Request::Cancel(command) => {
                self.use_cases.cancel_order.execute(command)?;
                "cancelled".to_owned()
            }
            Request::Show(query) => match self.use_cases.get_order.execute(query)? {
                Some(order) => show(&order),
                None => "no such order".to_owned(),
            },
        })
    }
}

fn show(order: &OrderSummary) -> String {
    let lines = order.lines.iter().map(|line| format!("{} {}", line.quantity.get(), line.product));
    let lines: Vec<String> = lines.collect();
    format!("order {} ({}): {}: {}", order.id.get(), order.state, lines.join(", "), order.total)
}
