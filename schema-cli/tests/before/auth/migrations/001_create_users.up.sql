-- 001_create_users, up: creates the tables auth_codes, oauth_connections, sessions, user_passwords,
--   user_roles and users.
-- Why: the first migration; nothing of this exists yet.
-- Phase: expand.
-- Locks: none that anyone waits for, since every table is new.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE auth_codes (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    email TEXT NOT NULL,
    code TEXT NOT NULL,
    purpose TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT auth_codes_purpose_check CHECK (purpose IN ('verify_email', 'sign_in', 'reset_password')),
    CONSTRAINT auth_codes_email_check CHECK (email = lower(email)),
    CONSTRAINT auth_codes_code_check CHECK (code ~ '^[0-9]{6}$'),
    CONSTRAINT auth_codes_expires_at_created_at_check CHECK (expires_at > created_at)
);
CREATE INDEX idx_auth_codes_email_purpose ON auth_codes (email, purpose) WHERE used_at IS NULL;
COMMENT ON TABLE auth_codes IS 'A code that was sent to an address, to be typed in once. There may be no account of that address yet.';
COMMENT ON COLUMN auth_codes.id IS 'The key.';
COMMENT ON COLUMN auth_codes.email IS 'Where the code was sent, in lower case.';
COMMENT ON COLUMN auth_codes.code IS 'Six digits, in the clear: a hash of so few values hides none of them. What protects the code is that it ends soon and works once, and that the program lets nobody try often.';
COMMENT ON COLUMN auth_codes.purpose IS 'What it lets its holder do.';
COMMENT ON COLUMN auth_codes.expires_at IS 'When it ends by itself.';
COMMENT ON COLUMN auth_codes.used_at IS 'When it was typed in; NULL until then.';
COMMENT ON COLUMN auth_codes.created_at IS 'When the row came.';
COMMENT ON COLUMN auth_codes.updated_at IS 'When it last changed.';

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    email_verified BOOLEAN NOT NULL DEFAULT false,
    status TEXT NOT NULL DEFAULT 'active',
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT users_email_unique UNIQUE (email),
    CONSTRAINT users_status_check CHECK (status IN ('active', 'suspended', 'closed')),
    CONSTRAINT users_email_check CHECK (email = lower(email) AND email LIKE '%_@_%')
);
COMMENT ON TABLE users IS 'Somebody who may sign in. An account that is given up is closed; its row goes only when its owner asks to be forgotten.';
COMMENT ON COLUMN users.id IS 'The key: opaque text that says what it names, `usr_7Qk2`. The program makes it.';
COMMENT ON COLUMN users.email IS 'The address of the account, in lower case.';
COMMENT ON COLUMN users.email_verified IS 'Whether somebody has shown that mail to the address reaches them.';
COMMENT ON COLUMN users.status IS 'Whether the account may be used.';
COMMENT ON COLUMN users.created_at IS 'When the row came.';
COMMENT ON COLUMN users.updated_at IS 'When it last changed.';

CREATE TABLE oauth_connections (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    provider_user_id TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT oauth_connections_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT oauth_connections_provider_provider_user_id_unique UNIQUE (provider, provider_user_id),
    CONSTRAINT oauth_connections_provider_check CHECK (provider IN ('github', 'google'))
);
CREATE INDEX idx_oauth_connections_user_id ON oauth_connections (user_id);
COMMENT ON TABLE oauth_connections IS 'An account at an identity provider by which a user signs in.';
COMMENT ON COLUMN oauth_connections.id IS 'The key.';
COMMENT ON COLUMN oauth_connections.user_id IS 'Who signs in by it.';
COMMENT ON COLUMN oauth_connections.provider IS 'Whose account it is.';
COMMENT ON COLUMN oauth_connections.provider_user_id IS 'The account there: the claim `sub`.';
COMMENT ON COLUMN oauth_connections.created_at IS 'When the row came.';
COMMENT ON COLUMN oauth_connections.updated_at IS 'When it last changed.';

CREATE TABLE sessions (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id TEXT NOT NULL,
    ip_address INET,
    device_label TEXT,
    revoked_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_sessions_user_id ON sessions (user_id) WHERE revoked_at IS NULL;
COMMENT ON TABLE sessions IS 'A sign-in, on one device. Its key is no secret: what the device holds is a signed token that names the session.';
COMMENT ON COLUMN sessions.id IS 'The key.';
COMMENT ON COLUMN sessions.user_id IS 'Who signed in.';
COMMENT ON COLUMN sessions.ip_address IS 'Where the sign-in came from; NULL where a proxy hid it.';
COMMENT ON COLUMN sessions.device_label IS 'What the user calls the device; NULL where nobody named it.';
COMMENT ON COLUMN sessions.revoked_at IS 'When the session was ended; NULL while it counts.';
COMMENT ON COLUMN sessions.created_at IS 'When the row came.';
COMMENT ON COLUMN sessions.updated_at IS 'When it last changed.';

CREATE TABLE user_passwords (
    user_id TEXT PRIMARY KEY,
    password_hash TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT user_passwords_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
COMMENT ON TABLE user_passwords IS 'The password of an account that has one.';
COMMENT ON COLUMN user_passwords.user_id IS 'Whose it is.';
COMMENT ON COLUMN user_passwords.password_hash IS 'The hash, with its salt and its parameters: `$argon2id$v=19$…`. The password itself is never stored.';
COMMENT ON COLUMN user_passwords.created_at IS 'When the row came.';
COMMENT ON COLUMN user_passwords.updated_at IS 'When it last changed.';

CREATE TABLE user_roles (
    user_id TEXT NOT NULL,
    role TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT user_roles_pkey PRIMARY KEY (user_id, role),
    CONSTRAINT user_roles_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT user_roles_role_check CHECK (role IN ('admin', 'support'))
);
COMMENT ON TABLE user_roles IS 'A role that an account has.';
COMMENT ON COLUMN user_roles.user_id IS 'Who has it.';
COMMENT ON COLUMN user_roles.role IS 'Which one.';
COMMENT ON COLUMN user_roles.created_at IS 'When it was granted.';
