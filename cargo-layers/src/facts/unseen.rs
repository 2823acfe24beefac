//! What can't be seen through: macro calls whose output is not known.

use layers_rules::facts::UnseenMacro;

use super::edges::{Edges, Site};
use crate::tree::Mount;

impl Edges<'_> {
    /// Adds the macro calls of a mounted file that can't be seen through.
    pub(super) fn add_unseen_calls(&mut self, mount_ix: usize, mount: &Mount) {
        for at in 0..self.resolver.tree.file(mount).tree.unseen_calls.len() {
            let tree = &self.resolver.tree.file(mount).tree;
            let path = tree.paths[tree.unseen_calls[at] as usize].clone();
            let place = tree.place(&path);
            if !mount.counts(place.cfg) {
                continue;
            }
            let written = self.written(mount, path.anchor, path.segments, false);
            let site = self.site(mount_ix, mount, (place, path.span), written);
            if let Some(Site { from, file, span, .. }) = site {
                self.facts.unseen_macros.push(UnseenMacro { from, file, span, written });
            }
        }
    }
}
