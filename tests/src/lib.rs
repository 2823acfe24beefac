//! Support for the tests of cargo layers.
