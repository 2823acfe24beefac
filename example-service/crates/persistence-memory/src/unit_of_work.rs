//! A unit of work changes a copy, which takes the place of the tables on commit.

use application::ports::{
    OrderRepository, ProductRepository, RepositoryError, UnitOfWork, UnitOfWorkFactory,
};

use crate::MemoryStore;
use crate::repositories::{MemoryOrderRepository, MemoryProductRepository};
use crate::store::Tables;

struct MemoryUnitOfWork {
    store: MemoryStore,
    staged: Tables,
}

impl UnitOfWork for MemoryUnitOfWork {
    fn products(&mut self) -> Box<dyn ProductRepository + '_> {
        Box::new(MemoryProductRepository(&mut self.staged))
    }

    fn orders(&mut self) -> Box<dyn OrderRepository + '_> {
        Box::new(MemoryOrderRepository(&mut self.staged))
    }

    fn commit(mut self: Box<Self>) -> Result<(), RepositoryError> {
        let mut tables = self.store.lock()?;
        if tables.version != self.staged.version {
            return Err(RepositoryError::Conflict);
        }
        self.staged.version += 1;
        *tables = self.staged;
        Ok(())
    }
}

impl UnitOfWorkFactory for MemoryStore {
    fn begin(&self) -> Result<Box<dyn UnitOfWork>, RepositoryError> {
        let staged = self.lock()?.clone();
        Ok(Box::new(MemoryUnitOfWork { store: self.clone(), staged }))
    }
}

#[cfg(test)]
mod tests {
    use domain::catalog::{Product, ProductId};
    use domain::shared::Money;

    use super::*;

    fn tea() -> Product {
        Product::try_new(ProductId::new(1), "tea", Money::new(350), 3).expect("it is named")
    }

    fn is_kept(store: &MemoryStore) -> bool {
        let mut work = store.begin().expect("it can be reached");
        let found = work.products().find(ProductId::new(1));
        found.expect("it can be reached").is_some()
    }

    #[test]
    fn only_a_commit_is_seen() {
        let store = MemoryStore::default();
        let mut dropped = store.begin().expect("it can be reached");
        dropped.products().save(tea()).expect("it can be staged");
        drop(dropped);
        assert!(!is_kept(&store));

        let mut committed = store.begin().expect("it can be reached");
        committed.products().save(tea()).expect("it can be staged");
        committed.commit().expect("nobody else has committed");
        assert!(is_kept(&store));
    }

    #[test]
    fn the_second_of_two_that_began_together_is_refused() {
        let store = MemoryStore::default();
        let first = store.begin().expect("it can be reached");
        let mut second = store.begin().expect("it can be reached");
        second.products().save(tea()).expect("it can be staged");
        first.commit().expect("nobody else has committed");
        assert_eq!(second.commit(), Err(RepositoryError::Conflict));
        assert!(!is_kept(&store));
    }
}
