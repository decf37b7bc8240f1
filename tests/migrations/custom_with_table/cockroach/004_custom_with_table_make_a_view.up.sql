-- no-transaction
-- Up: makes a_view.
-- Why: what it stands on is there.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE VIEW a_view AS
    SELECT o.number, o.note, u.email FROM orders o CROSS JOIN users u;
