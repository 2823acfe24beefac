//! Full paths of things, as a reader would write them.

use super::{CrateId, ExternalId, Facts, ItemId, ItemKind, ModuleId, PackageId, Target};

impl Facts {
    /// Full path of a module (`shop::domain::orders`).
    #[must_use]
    pub fn module_path(&self, module: ModuleId) -> String {
        let mut names = Vec::new();
        let mut current = module;
        while let Some(parent) = self.modules[current.index()].parent {
            names.push(self.names.text(self.modules[current.index()].name));
            current = parent;
        }
        let mut path = self.crate_name(self.modules[current.index()].crate_id).to_owned();
        for name in names.into_iter().rev() {
            path.push_str("::");
            path.push_str(name);
        }
        path
    }

    /// Full path of an item (`shop::domain::Order::place`). An impl is passed over:
    /// its methods go by the type's name.
    #[must_use]
    pub fn item_path(&self, item: ItemId) -> String {
        let mut names = Vec::new();
        let mut current = Some(item);
        while let Some(id) = current {
            let item = &self.items[id.index()];
            names.push(self.names.text(item.name));
            current = item.parent;
        }
        let mut path = self.module_path(self.items[item.index()].module);
        for name in names.into_iter().rev() {
            path.push_str("::");
            path.push_str(name);
        }
        path
    }

    /// Full path of something outside the workspace (`std::time::SystemTime`).
    #[must_use]
    pub fn external_path(&self, external: ExternalId) -> String {
        let names: Vec<&str> = self.externals[external.index()]
            .path
            .iter()
            .map(|name| self.names.text(*name))
            .collect();
        names.join("::")
    }

    /// Full path of a target.
    #[must_use]
    pub fn target_path(&self, target: Target) -> String {
        match target {
            Target::Module(module) => self.module_path(module),
            Target::Item(item) => self.item_path(item),
            Target::External(external) => self.external_path(external),
        }
    }

    /// The module a target stands in, itself if it is one; `None` outside the workspace.
    #[must_use]
    pub fn target_module(&self, target: Target) -> Option<ModuleId> {
        match target {
            Target::Module(module) => Some(module),
            Target::Item(item) => Some(self.items[item.index()].module),
            Target::External(_) => None,
        }
    }

    /// The package that a file belongs to, by the folders of the manifests; `None` outside
    /// all of them.
    #[must_use]
    pub fn package_of_file(&self, file: &str) -> Option<PackageId> {
        let folder = |index: usize| self.packages[index].manifest.strip_suffix("Cargo.toml");
        (0..self.packages.len())
            .filter(|index| folder(*index).is_some_and(|folder| file.starts_with(folder)))
            .max_by_key(|index| folder(*index).map_or(0, str::len))
            .map(PackageId::new)
    }

    /// How the paths into a crate begin (`shop`, `shop[bin:server]`).
    #[must_use]
    pub fn crate_name(&self, crate_id: CrateId) -> &str {
        self.names.text(self.crates[crate_id.index()].display)
    }

    /// The kind of the thing a target is; `None` outside the workspace.
    #[must_use]
    pub fn target_kind(&self, target: Target) -> Option<ItemKind> {
        match target {
            Target::Module(_) => Some(ItemKind::Module),
            Target::Item(item) => Some(self.items[item.index()].kind),
            Target::External(_) => None,
        }
    }
}
