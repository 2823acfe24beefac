-- Days are text like 2026-03-01.
CREATE TABLE reports (
    id BLOB NOT NULL CONSTRAINT reports_pkey PRIMARY KEY,
    requester_id BLOB NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    status TEXT NOT NULL
        CONSTRAINT reports_status_check CHECK (status IN ('requested', 'ready')),
    requested_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT reports_period_check CHECK (first_day <= last_day)
) STRICT;

CREATE TABLE report_files (
    report_id BLOB NOT NULL
        CONSTRAINT report_files_pkey PRIMARY KEY
        CONSTRAINT report_files_report_fkey REFERENCES reports (id) ON DELETE CASCADE,
    content BLOB NOT NULL
) STRICT;
