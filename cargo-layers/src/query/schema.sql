-- Packages of the workspace.
CREATE TABLE packages (
  name          TEXT NOT NULL, -- as in Cargo.toml
  manifest      TEXT NOT NULL  -- its Cargo.toml, relative to the workspace root
);

-- Cargo targets.
CREATE TABLE crates (
  path          TEXT NOT NULL, -- how paths into it begin: shop, shop[bin:server]
  package       TEXT NOT NULL,
  name          TEXT NOT NULL, -- as source code spells it
  kind          TEXT NOT NULL, -- lib, proc-macro, bin, example, test, bench, build
  file          TEXT NOT NULL, -- its root
  seen          INTEGER NOT NULL, -- paths in its source; the next four add up to it
  resolved      INTEGER NOT NULL, -- lead to something in the workspace
  external      INTEGER NOT NULL, -- lead out of the workspace
  opaque        INTEGER NOT NULL, -- end behind something that can't be seen through
  unresolved    INTEGER NOT NULL  -- lead nowhere although nothing hides it
);

-- Modules, crate roots included.
CREATE TABLE modules (
  path          TEXT NOT NULL,
  crate         TEXT NOT NULL, -- crates.path
  parent        TEXT,          -- modules.path
  name          TEXT NOT NULL,
  file          TEXT NOT NULL, -- holds its items
  declared_in   TEXT NOT NULL, -- holds `mod name`
  line          INTEGER NOT NULL, -- of the declaration
  "column"      INTEGER NOT NULL,
  inline        INTEGER NOT NULL, -- whether its body stands in braces
  visibility    TEXT NOT NULL, -- pub, crate, private, pub(in path)
  test          INTEGER NOT NULL,
  cfg           TEXT
);

-- Items other than modules.
CREATE TABLE items (
  path          TEXT NOT NULL,
  crate         TEXT NOT NULL, -- crates.path
  module        TEXT NOT NULL, -- modules.path
  parent        TEXT,          -- items.path: the enum of a variant, the impl of a method
  kind          TEXT NOT NULL, -- struct, enum, union, trait, fn, method, const, static, type, macro, impl, field, variant
  name          TEXT NOT NULL,
  visibility    TEXT NOT NULL, -- pub, crate, private, pub(in path)
  file          TEXT NOT NULL,
  line          INTEGER NOT NULL, -- of its name
  "column"      INTEGER NOT NULL,
  test          INTEGER NOT NULL,
  lines         INTEGER NOT NULL, -- from its first word to its last token
  documented    INTEGER NOT NULL,
  cfg           TEXT
);

-- Fields of structs, unions and variants.
CREATE TABLE fields (
  item          TEXT NOT NULL, -- items.path: the struct, union or variant
  position      INTEGER NOT NULL, -- the first is 1
  name          TEXT NOT NULL, -- its number where it has no name
  visibility    TEXT NOT NULL, -- pub, crate, private, pub(in path)
  file          TEXT NOT NULL,
  line          INTEGER NOT NULL, -- of its name; of a numbered one, of the first type it names
  "column"      INTEGER NOT NULL,
  documented    INTEGER NOT NULL,
  mentions      TEXT NOT NULL  -- what its type mentions, as a JSON array of full paths
);

-- Parameters of functions and methods, self apart.
CREATE TABLE parameters (
  item          TEXT NOT NULL, -- items.path: the function or method
  position      INTEGER NOT NULL, -- the first is 1
  name          TEXT NOT NULL, -- _ where a pattern takes it apart
  file          TEXT NOT NULL,
  line          INTEGER NOT NULL, -- where it begins
  "column"      INTEGER NOT NULL,
  mentions      TEXT NOT NULL  -- what its type mentions, as a JSON array of full paths
);

-- Impl blocks; what is derived has none.
CREATE TABLE impls (
  item          TEXT NOT NULL, -- items.path of the block
  module        TEXT NOT NULL, -- modules.path
  type_path     TEXT,          -- full path of the type it is for, where that is known
  trait_path    TEXT,          -- full path of the trait, where there is one and it is known
  trait_written TEXT,          -- the trait as written; NULL without one
  file          TEXT NOT NULL,
  line          INTEGER NOT NULL, -- of the name of the type
  "column"      INTEGER NOT NULL,
  test          INTEGER NOT NULL
);

-- Crates outside the workspace, as the manifests depend on them.
CREATE TABLE externals (
  package       TEXT NOT NULL, -- packages.name: who depends on it
  name          TEXT NOT NULL, -- its name as a package
  crate         TEXT NOT NULL, -- as dependencies.to_crate has it
  extern_name   TEXT NOT NULL, -- as source code of the package spells it
  kind          TEXT NOT NULL, -- normal, dev, build
  optional      INTEGER NOT NULL,
  target        TEXT           -- the cfg(...) or triple of its table
);

-- What is in which layer of layers.toml; empty where there is none.
CREATE TABLE layers (
  layer         TEXT NOT NULL, -- its name
  path          TEXT NOT NULL, -- modules.path, items.path
  kind          TEXT NOT NULL, -- module, or the kind of the item
  crate         TEXT NOT NULL  -- crates.path
);

-- What every written path leads to, when that lies in another module or crate.
CREATE TABLE dependencies (
  from_crate    TEXT NOT NULL, -- crates.path
  from_module   TEXT NOT NULL, -- modules.path
  from_item     TEXT,          -- items.path: the innermost item that holds the path
  from_file     TEXT NOT NULL, -- relative to the workspace root
  line          INTEGER NOT NULL, -- where the path begins; the first is 1
  "column"      INTEGER NOT NULL, -- in bytes; the first is 1
  kind          TEXT NOT NULL, -- use, reexport, type, call, impl, derive, attribute, macro, value
  inferred      INTEGER NOT NULL, -- whether it is not written: kind value
  written       TEXT NOT NULL, -- the path as written, generics left out
  to_path       TEXT NOT NULL, -- full path of what it means
  to_crate      TEXT NOT NULL, -- crates.path, or the name of a crate outside the workspace
  to_file       TEXT,          -- holds the definition; NULL outside the workspace
  chain         TEXT NOT NULL, -- the re-exports on the way, as a JSON array; see below
  test          INTEGER NOT NULL, -- whether it is test-only code
  cfg           TEXT           -- the predicate it stands under
);
