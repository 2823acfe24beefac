//! What permissions are, and asking for them.

use super::Refusal;

/// Says whether someone may do something. `C` tells who and with what.
pub trait Permission<C> {
    /// Whether it is given.
    fn is_given(&self, context: &C) -> bool;
}

/// Asks for a permission to something that everybody may know of.
///
/// # Errors
///
/// `Forbidden` when it is not given.
pub fn authorize<C>(permission: &dyn Permission<C>, context: &C) -> Result<(), Refusal> {
    if permission.is_given(context) { Ok(()) } else { Err(Refusal::Forbidden) }
}

/// Asks for a permission to something that only some may know of.
///
/// # Errors
///
/// `NotFound` for those who may not know of it; `Forbidden` for the others when it is not
/// given.
pub fn authorize_seen<C>(
    seen: &dyn Permission<C>,
    permission: &dyn Permission<C>,
    context: &C,
) -> Result<(), Refusal> {
    if seen.is_given(context) { authorize(permission, context) } else { Err(Refusal::NotFound) }
}
