//! Ids for new things.

use application::ports::IdGenerator;
use uuid::Uuid;

/// Gives out `UUIDv7`s: they begin with the time, and those of one process only grow.
#[derive(Clone, Copy, Debug)]
pub struct UuidV7Generator;

impl IdGenerator for UuidV7Generator {
    fn next_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_id_is_a_larger_one() {
        let ids: Vec<Uuid> = (0..1_000).map(|_| UuidV7Generator.next_id()).collect();
        assert!(ids.is_sorted_by(|one, next| one < next));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
    }
}
