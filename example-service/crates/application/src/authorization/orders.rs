//! What users may do to orders.

use domain::accounts::UserId;

use super::{ActedOn, Actor, AnyOf, IsAdministrator, Permission};

/// An order that someone wants to see or change.
#[derive(Clone, Debug)]
pub struct OrderAccess {
    /// Who wants to.
    pub actor: Actor,
    /// Who placed it.
    pub buyer: UserId,
    /// Who sells its lines.
    pub sellers: Vec<UserId>,
}

impl ActedOn for OrderAccess {
    fn actor(&self) -> &Actor {
        &self.actor
    }
}

/// Given to who placed the order.
#[derive(Clone, Copy, Debug)]
pub struct IsBuyer;

impl Permission<OrderAccess> for IsBuyer {
    fn is_given(&self, context: &OrderAccess) -> bool {
        context.actor.user == context.buyer
    }
}

/// Given to who sells a line of the order.
#[derive(Clone, Copy, Debug)]
pub struct SellsSome;

impl Permission<OrderAccess> for SellsSome {
    fn is_given(&self, context: &OrderAccess) -> bool {
        context.sellers.contains(&context.actor.user)
    }
}

/// Given to who sells all lines of the order: nobody ships what is another's.
#[derive(Clone, Copy, Debug)]
pub struct SellsAll;

impl Permission<OrderAccess> for SellsAll {
    fn is_given(&self, context: &OrderAccess) -> bool {
        !context.sellers.is_empty()
            && context.sellers.iter().all(|seller| *seller == context.actor.user)
    }
}

/// Given to who has to do with the order, and to admins.
#[derive(Clone, Copy, Debug)]
pub struct CanSeeOrder;

impl Permission<OrderAccess> for CanSeeOrder {
    fn is_given(&self, context: &OrderAccess) -> bool {
        AnyOf(&[&IsBuyer, &SellsSome, &IsAdministrator]).is_given(context)
    }
}

#[cfg(test)]
mod tests {
    use domain::accounts::{Role, SessionId};
    use uuid::Uuid;

    use super::*;

    fn user(number: u128) -> UserId {
        UserId::new(Uuid::from_u128(number))
    }

    fn access(actor: u128, role: Role, sellers: &[u128]) -> OrderAccess {
        let actor = Actor { user: user(actor), session: SessionId::new(Uuid::nil()), role };
        let sellers = sellers.iter().copied().map(user).collect();
        OrderAccess { actor, buyer: user(1), sellers }
    }

    #[test]
    fn strangers_do_not_see_orders() {
        for (actor, role, expected) in [
            (1, Role::User, true),
            (2, Role::User, true),
            (3, Role::User, true),
            (4, Role::User, false),
            (4, Role::Admin, true),
        ] {
            assert_eq!(CanSeeOrder.is_given(&access(actor, role, &[2, 3])), expected, "{actor}");
        }
    }

    #[test]
    fn who_sells_some_does_not_sell_all() {
        assert!(SellsAll.is_given(&access(2, Role::User, &[2])));
        assert!(!SellsAll.is_given(&access(2, Role::User, &[2, 3])));
        assert!(!SellsAll.is_given(&access(2, Role::User, &[])));
        assert!(SellsSome.is_given(&access(2, Role::User, &[2, 3])));
    }
}
