-- no-transaction
-- Up: creates the trigger articles_touch_row of articles.
-- Why: a trigger comes in a file of its own.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER articles_touch_row
    BEFORE UPDATE ON articles
    FOR EACH ROW
    EXECUTE FUNCTION touch_row();
