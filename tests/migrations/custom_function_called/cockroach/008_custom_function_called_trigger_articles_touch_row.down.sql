-- no-transaction
-- Down: drops the trigger articles_touch_row of articles.
-- Why: takes back what the way up did (creates the trigger articles_touch_row of articles).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TRIGGER articles_touch_row ON articles;
