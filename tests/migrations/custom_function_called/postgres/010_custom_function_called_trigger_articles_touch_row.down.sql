-- Down: drops the trigger articles_touch_row of articles.
-- Why: takes back what the way up did (creates the trigger articles_touch_row of articles).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on articles.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER articles_touch_row ON articles;
