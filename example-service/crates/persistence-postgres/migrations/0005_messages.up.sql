-- Events that were not told yet. Attributes are an array of pairs of text.
CREATE TABLE outbox (
    id uuid NOT NULL CONSTRAINT outbox_pkey PRIMARY KEY,
    name text NOT NULL,
    subject_id uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    attributes jsonb NOT NULL,
    claimed_until timestamptz
);

CREATE INDEX outbox_occurred_at_idx ON outbox (occurred_at, id);

-- Jobs that nobody has taken over yet. Ids grow with time. Those who run jobs may have a table
-- `jobs` of their own in this database.
CREATE TABLE enqueued_jobs (
    id uuid NOT NULL CONSTRAINT enqueued_jobs_pkey PRIMARY KEY,
    kind text NOT NULL,
    argument text NOT NULL,
    claimed_until timestamptz
);
