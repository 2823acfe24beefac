CREATE TABLE users (
    id uuid NOT NULL CONSTRAINT users_pkey PRIMARY KEY,
    -- In this collation text sorts by its characters, wherever the server stands, and only
    -- ASCII letters have a case, which is all that names have.
    username text COLLATE "C" NOT NULL,
    email text COLLATE "C" NOT NULL CONSTRAINT users_email_key UNIQUE,
    password_hash text NOT NULL,
    role text NOT NULL
        CONSTRAINT users_role_check CHECK (role IN ('user', 'admin', 'super_admin')),
    is_active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    version bigint NOT NULL
);

-- Names that differ in case only are one name.
CREATE UNIQUE INDEX users_username_key ON users (lower(username));
CREATE UNIQUE INDEX users_super_admin_key ON users (role) WHERE role = 'super_admin';
CREATE INDEX users_created_at_idx ON users (created_at, id);

CREATE TABLE sessions (
    id uuid NOT NULL CONSTRAINT sessions_pkey PRIMARY KEY,
    user_id uuid NOT NULL
        CONSTRAINT sessions_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    refresh bytea NOT NULL
        CONSTRAINT sessions_refresh_key UNIQUE
        CONSTRAINT sessions_refresh_check CHECK (octet_length(refresh) = 32),
    created_at timestamptz NOT NULL,
    renewed_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    version bigint NOT NULL
);

CREATE INDEX sessions_user_idx ON sessions (user_id);
CREATE INDEX sessions_expires_at_idx ON sessions (expires_at);
CREATE INDEX sessions_revoked_at_idx ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;

-- Refresh tokens that were exchanged: who shows one of these is a thief, or was robbed.
CREATE TABLE spent_refresh_tokens (
    digest bytea NOT NULL
        CONSTRAINT spent_refresh_tokens_pkey PRIMARY KEY
        CONSTRAINT spent_refresh_tokens_digest_check CHECK (octet_length(digest) = 32),
    session_id uuid NOT NULL
        CONSTRAINT spent_refresh_tokens_session_fkey REFERENCES sessions (id) ON DELETE CASCADE
);

CREATE INDEX spent_refresh_tokens_session_idx ON spent_refresh_tokens (session_id);

CREATE TABLE one_time_tokens (
    user_id uuid NOT NULL
        CONSTRAINT one_time_tokens_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    purpose text NOT NULL
        CONSTRAINT one_time_tokens_purpose_check CHECK (purpose IN ('password_recovery')),
    digest bytea NOT NULL
        CONSTRAINT one_time_tokens_digest_key UNIQUE
        CONSTRAINT one_time_tokens_digest_check CHECK (octet_length(digest) = 32),
    expires_at timestamptz NOT NULL,
    CONSTRAINT one_time_tokens_pkey PRIMARY KEY (user_id, purpose)
);

CREATE INDEX one_time_tokens_expires_at_idx ON one_time_tokens (expires_at);
