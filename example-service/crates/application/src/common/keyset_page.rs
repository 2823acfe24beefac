//! Parts of a list.

use super::PageLimit;

/// A part of a list, and where the next part begins. It does not shift when something is
/// added in front while someone turns the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeysetPage<T, K> {
    /// What stands here.
    pub items: Vec<T>,
    /// After which of them the next part begins, if there is more.
    pub next: Option<K>,
}

impl<T, K> KeysetPage<T, K> {
    /// How many to read so that [`KeysetPage::cut`] can tell whether there is more.
    #[must_use]
    pub fn reach(limit: PageLimit) -> u32 {
        limit.get().saturating_add(1)
    }

    /// A part of at most `limit` of `items`.
    #[must_use]
    pub fn cut(mut items: Vec<T>, limit: PageLimit, key: impl Fn(&T) -> K) -> Self {
        let limit = limit.get() as usize;
        let has_more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| has_more).map(key);
        Self { items, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_leads_nowhere() {
        let two = PageLimit::try_new(2).expect("it is a limit");
        let page = KeysetPage::cut(vec![9, 8, 7], two, |&item| item);
        assert_eq!((page.items, page.next), (vec![9, 8], Some(8)));
        let page = KeysetPage::cut(vec![7, 6], two, |&item| item);
        assert_eq!((page.items, page.next), (vec![7, 6], None));
        let page = KeysetPage::cut(Vec::<i32>::new(), two, |&item| item);
        assert_eq!((page.items, page.next), (vec![], None));
    }
}
