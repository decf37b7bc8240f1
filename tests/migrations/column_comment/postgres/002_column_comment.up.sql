-- Up: changes comments of orders.
-- Why: the models say something else.
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on orders, which lets rows be read and written.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

COMMENT ON COLUMN orders.quantity IS 'How many; it''s never 0.';
COMMENT ON COLUMN orders.weight IS NULL;
COMMENT ON COLUMN orders.height IS 'In millimetres.';
