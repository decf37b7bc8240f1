-- Up: changes comments of orders and users.
-- Why: the models say something else.
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on orders and users, which lets rows be read and written.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

COMMENT ON TABLE orders IS 'What somebody bought.';
COMMENT ON TABLE users IS 'Somebody who buys; it''s not an employee.';
