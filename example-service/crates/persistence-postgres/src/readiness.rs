//! Whether the database answers.

use std::time::Duration;

use application::ports::{Readiness, Unavailable};
use async_trait::async_trait;

use crate::errors::unavailable;
use crate::store::PostgresStore;

const PATIENCE: Duration = Duration::from_secs(1);

#[async_trait]
impl Readiness for PostgresStore {
    fn name(&self) -> &'static str {
        "database"
    }

    async fn check(&self) -> Result<(), Unavailable> {
        // Any table does; one that is missing means that migrations are.
        let question = sqlx::query("SELECT EXISTS (SELECT 1 FROM users)").execute(self.pool());
        let answered = tokio::time::timeout(PATIENCE, question).await;
        answered.map_err(Unavailable::new)?.map(|_| ()).map_err(unavailable)
    }
}
