CREATE TABLE reports (
    id uuid NOT NULL CONSTRAINT reports_pkey PRIMARY KEY,
    requester_id uuid NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    status text NOT NULL
        CONSTRAINT reports_status_check CHECK (status IN ('requested', 'ready')),
    requested_at timestamptz NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT reports_period_check CHECK (first_day <= last_day)
);

CREATE TABLE report_files (
    report_id uuid NOT NULL
        CONSTRAINT report_files_pkey PRIMARY KEY
        CONSTRAINT report_files_report_fkey REFERENCES reports (id) ON DELETE CASCADE,
    content bytea NOT NULL
);
