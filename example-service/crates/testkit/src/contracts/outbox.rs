//! Events on their way out.

use application::ports::{EventId, OutboxMessage};
use time::{Duration, OffsetDateTime};

use super::Backend;
use crate::builders::{START, fresh_id};

fn message(name: &str, occurred_at: OffsetDateTime) -> OutboxMessage {
    OutboxMessage {
        id: EventId::new(fresh_id()),
        name: name.to_owned(),
        subject: fresh_id(),
        occurred_at,
        attributes: vec![
            ("text".to_owned(), "\"β\"\n".to_owned()),
            ("n".to_owned(), "1".to_owned()),
        ],
    }
}

async fn given(backend: &Backend, messages: &[&OutboxMessage]) {
    let mut work = backend.catalog.begin().await.expect("a unit of work can begin");
    for message in messages {
        work.outbox().append(message).await.expect("a message can be appended");
    }
    work.commit().await.expect("messages can be kept");
}

async fn claim(backend: &Backend, limit: u32, now: OffsetDateTime) -> Vec<OutboxMessage> {
    let claimed = backend.outbox.claim(limit, now, now + Duration::MINUTE).await;
    claimed.expect("messages can be claimed")
}

/// Messages are claimed as they went in, the oldest first, by one at a time.
pub async fn messages_are_claimed_once(backend: &Backend) {
    let late = message("late", START + Duration::SECOND);
    let early = message("early", START);
    given(backend, &[&late, &early]).await;
    assert_eq!(claim(backend, 1, START).await, [early]);
    assert_eq!(claim(backend, 9, START).await, [late]);
    assert_eq!(claim(backend, 9, START).await, []);
}

/// What nobody acknowledges is claimed again, and what somebody does never is.
pub async fn dead_claims_run_out(backend: &Backend) {
    let (one, two) = (message("one", START), message("two", START + Duration::SECOND));
    given(backend, &[&one, &two]).await;
    assert_eq!(claim(backend, 9, START).await.len(), 2);
    backend.outbox.acknowledge(&[one.id]).await.expect("messages can be acknowledged");
    backend.outbox.acknowledge(&[]).await.expect("none can be acknowledged");
    let almost = START + Duration::MINUTE - Duration::SECOND;
    assert_eq!(claim(backend, 9, almost).await, []);
    assert_eq!(claim(backend, 9, START + Duration::MINUTE).await, [two]);
}
