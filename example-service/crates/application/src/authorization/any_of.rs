//! Several permissions as one.

use super::Permission;

/// Given when one of these is.
pub struct AnyOf<'p, C>(pub &'p [&'p dyn Permission<C>]);

impl<C> Permission<C> for AnyOf<'_, C> {
    fn is_given(&self, context: &C) -> bool {
        self.0.iter().any(|permission| permission.is_given(context))
    }
}
