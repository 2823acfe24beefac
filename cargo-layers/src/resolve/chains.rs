//! Chains of re-exports, stored once each as linked lists.

use rustc_hash::FxHashMap;

use crate::tree::ImportIx;

/// A chain; [`ChainIx::EMPTY`] has no links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChainIx(u32);

impl ChainIx {
    /// The chain without links.
    pub const EMPTY: Self = Self(0);
}

/// One link of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Link {
    /// An import.
    Import(ImportIx),
    /// A path in the body of a macro: the mount of the definition and the path's
    /// position in its file.
    MacroBody(u32, u32),
}

/// Every chain.
#[derive(Clone, Debug)]
pub struct Chains {
    nodes: Vec<(Link, ChainIx)>,
    known: FxHashMap<(Link, ChainIx), ChainIx>,
}

impl Default for Chains {
    fn default() -> Self {
        // Node 0 is never read: it makes 0 free to stand for the empty chain.
        let nodes = vec![(Link::Import(0), ChainIx::EMPTY)];
        Self { nodes, known: FxHashMap::default() }
    }
}

impl Chains {
    /// `link` followed by `rest`.
    ///
    /// # Panics
    ///
    /// When there are more than `u32::MAX` distinct chains.
    pub fn link(&mut self, link: Link, rest: ChainIx) -> ChainIx {
        let next = ChainIx(u32::try_from(self.nodes.len()).expect("fewer than 2^32 chains"));
        let index = *self.known.entry((link, rest)).or_insert(next);
        if index == next {
            self.nodes.push((link, rest));
        }
        index
    }

    /// `first` followed by `second`, links that `second` holds already left out.
    pub fn concat(&mut self, first: ChainIx, second: ChainIx) -> ChainIx {
        if first == ChainIx::EMPTY {
            return second;
        }
        let links: Vec<Link> = self.links(first).collect();
        let mut chain = second;
        for link in links.into_iter().rev() {
            if !self.links(chain).any(|known| known == link) {
                chain = self.link(link, chain);
            }
        }
        chain
    }

    /// The links of a chain in order.
    pub fn links(&self, chain: ChainIx) -> impl Iterator<Item = Link> + '_ {
        let mut current = chain;
        std::iter::from_fn(move || {
            if current == ChainIx::EMPTY {
                return None;
            }
            let (link, rest) = self.nodes[current.0 as usize];
            current = rest;
            Some(link)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_join_in_order_and_never_repeat_a_link() {
        let mut chains = Chains::default();
        let first = chains.link(Link::Import(1), ChainIx::EMPTY);
        let second = chains.link(Link::Import(2), ChainIx::EMPTY);
        let both = chains.concat(first, second);
        let links: Vec<Link> = chains.links(both).collect();
        assert_eq!(links, [Link::Import(1), Link::Import(2)]);
        assert_eq!(chains.concat(first, both), both);
        assert_eq!(chains.concat(ChainIx::EMPTY, both), both);
        assert_eq!(chains.link(Link::Import(2), ChainIx::EMPTY), second);
    }
}
