-- Up: creates the table tickets.
-- Why: the models have it.
-- Phase: expand.
-- Locks: none that anyone waits for.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE UNLOGGED TABLE tickets (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    number BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
)
WITH (autovacuum_enabled = false, fillfactor = 50);
