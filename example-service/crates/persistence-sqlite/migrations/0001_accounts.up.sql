-- Ids are the 16 bytes of a UUID, so that they sort as the numbers they are. Times are whole
-- microseconds since 1970 in UTC.

CREATE TABLE users (
    id BLOB NOT NULL CONSTRAINT users_pkey PRIMARY KEY,
    -- Names that differ in case only are one name.
    username TEXT COLLATE NOCASE NOT NULL CONSTRAINT users_username_key UNIQUE,
    email TEXT NOT NULL CONSTRAINT users_email_key UNIQUE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL
        CONSTRAINT users_role_check CHECK (role IN ('user', 'admin', 'super_admin')),
    is_active INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX users_super_admin_key ON users (role) WHERE role = 'super_admin';
CREATE INDEX users_created_at_idx ON users (created_at, id);

CREATE TABLE sessions (
    id BLOB NOT NULL CONSTRAINT sessions_pkey PRIMARY KEY,
    user_id BLOB NOT NULL
        CONSTRAINT sessions_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    refresh BLOB NOT NULL
        CONSTRAINT sessions_refresh_key UNIQUE
        CONSTRAINT sessions_refresh_check CHECK (length(refresh) = 32),
    created_at INTEGER NOT NULL,
    renewed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_user_idx ON sessions (user_id);
CREATE INDEX sessions_expires_at_idx ON sessions (expires_at);
CREATE INDEX sessions_revoked_at_idx ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;

-- Refresh tokens that were exchanged: who shows one of these is a thief, or was robbed.
CREATE TABLE spent_refresh_tokens (
    digest BLOB NOT NULL
        CONSTRAINT spent_refresh_tokens_pkey PRIMARY KEY
        CONSTRAINT spent_refresh_tokens_digest_check CHECK (length(digest) = 32),
    session_id BLOB NOT NULL
        CONSTRAINT spent_refresh_tokens_session_fkey REFERENCES sessions (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX spent_refresh_tokens_session_idx ON spent_refresh_tokens (session_id);

CREATE TABLE one_time_tokens (
    user_id BLOB NOT NULL
        CONSTRAINT one_time_tokens_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL
        CONSTRAINT one_time_tokens_purpose_check CHECK (purpose IN ('password_recovery')),
    digest BLOB NOT NULL
        CONSTRAINT one_time_tokens_digest_key UNIQUE
        CONSTRAINT one_time_tokens_digest_check CHECK (length(digest) = 32),
    expires_at INTEGER NOT NULL,
    CONSTRAINT one_time_tokens_pkey PRIMARY KEY (user_id, purpose)
) STRICT;

CREATE INDEX one_time_tokens_expires_at_idx ON one_time_tokens (expires_at);
