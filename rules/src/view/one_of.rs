//! One value or several where a question takes either.

/// One value or several of them, any of which is meant: `"*Service"` or
/// `["*Service", "*Handler"]`.
pub trait OneOf<T> {
    /// The values.
    fn values(self) -> Vec<T>;
}

impl<T> OneOf<T> for T {
    fn values(self) -> Vec<T> {
        vec![self]
    }
}

impl<T, const N: usize> OneOf<T> for [T; N] {
    fn values(self) -> Vec<T> {
        self.into()
    }
}

impl<T: Clone> OneOf<T> for &[T] {
    fn values(self) -> Vec<T> {
        self.to_vec()
    }
}

impl<T> OneOf<T> for Vec<T> {
    fn values(self) -> Vec<T> {
        self
    }
}
