-- Events that were not told yet. Attributes are JSON: an array of pairs of text.
CREATE TABLE outbox (
    id BLOB NOT NULL CONSTRAINT outbox_pkey PRIMARY KEY,
    name TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    occurred_at INTEGER NOT NULL,
    attributes TEXT NOT NULL,
    claimed_until INTEGER
) STRICT;

CREATE INDEX outbox_occurred_at_idx ON outbox (occurred_at, id);

-- Jobs that nobody has taken over yet. Ids grow with time. Those who run jobs may have a table
-- `jobs` of their own in this database.
CREATE TABLE enqueued_jobs (
    id BLOB NOT NULL CONSTRAINT enqueued_jobs_pkey PRIMARY KEY,
    kind TEXT NOT NULL,
    argument TEXT NOT NULL,
    claimed_until INTEGER
) STRICT;
