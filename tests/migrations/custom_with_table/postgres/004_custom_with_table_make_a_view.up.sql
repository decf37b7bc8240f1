-- Up: makes a_view.
-- Why: what it stands on is there.
-- Phase: expand.
-- Locks: those of its statements.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE VIEW a_view AS
    SELECT o.number, o.note, u.email FROM orders o CROSS JOIN users u;
