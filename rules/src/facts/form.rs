//! What an item is like, as far as its own words and the number of its parts tell.

use bitflags::bitflags;

/// What an item is like. Small, so that every item has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Form {
    /// The words that stand in front of it, and other things that are so or not.
    pub modifiers: Modifiers,
    /// Whether and how a function takes `self`.
    pub receiver: Receiver,
    /// How many fields a struct, union or variant has; 0 for anything else.
    pub fields: u16,
    /// How many parameters a function has, `self` apart; 0 for anything else.
    pub parameters: u16,
    /// How many lines it has from its first word to its last token, attributes and
    /// documentation apart.
    pub lines: u32,
}

bitflags! {
    /// Things that are so or not for an item.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
    pub struct Modifiers: u8 {
        /// `async fn`
        const ASYNC = 1;
        /// `unsafe fn`, `unsafe trait`, `unsafe impl`, and what stands in an `extern` block
        /// without `safe`.
        const UNSAFE = 1 << 1;
        /// `const fn`
        const CONST = 1 << 2;
        /// It has type or const parameters; lifetimes are none.
        const GENERIC = 1 << 3;
        /// `static mut`
        const MUTABLE = 1 << 4;
        /// It has a documentation comment, or a `#[doc = …]`.
        const DOCUMENTED = 1 << 5;
        /// A function with a body; a constant, static or associated type with a value.
        const BODY = 1 << 6;
    }
}

/// Ways for a function to take `self`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Receiver {
    /// Not at all.
    #[default]
    None,
    /// `&self`
    Ref,
    /// `&mut self`, `self: Pin<&mut Self>`
    Mut,
    /// `self`, `self: Box<Self>`
    Owned,
}
