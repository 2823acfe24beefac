//! Days as they are written.

use jiff::civil::Date;
use serde_spanned::Spanned;

use crate::policy::merge::Scope;
use crate::policy::operand::Resolver;

/// The day that is written, if it is one.
pub(super) fn date(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<String>,
    scope: &Scope,
) -> Option<Date> {
    let date = raw.get_ref().parse::<Date>().ok();
    if date.is_none() {
        let message = format!("`{}` is not a date", raw.get_ref());
        let help = Some("write it as in \"2027-03-01\"".to_owned());
        resolver.complain(message, scope.at(raw.span()), "not a date", help);
    }
    date
}
