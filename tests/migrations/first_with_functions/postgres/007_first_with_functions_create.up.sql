-- Up: creates the table articles.
-- Why: the first migration; nothing of this exists yet.
-- Phase: expand.
-- Locks: none that anyone waits for, since every table is new.
-- Takes: an instant, once it has the lock.
-- Policies: forced on articles.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE articles (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name TEXT NOT NULL,
    owner_ref TEXT NOT NULL,
    code TEXT NOT NULL DEFAULT make_ref(),
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT articles_code_check CHECK (valid_code(code))
);
CREATE INDEX idx_articles_norm_name_name ON articles (norm_name(name));
CREATE TRIGGER articles_touch_row
    BEFORE UPDATE ON articles
    FOR EACH ROW
    EXECUTE FUNCTION touch_row();
CREATE POLICY members_only ON articles
    USING (is_mine(owner_ref));
ALTER TABLE articles
    ENABLE ROW LEVEL SECURITY;
ALTER TABLE articles
    FORCE ROW LEVEL SECURITY;
