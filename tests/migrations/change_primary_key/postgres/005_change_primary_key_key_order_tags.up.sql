-- Up: makes (tag_id, order_id) the primary key of order_tags.
-- Why: the index is there, so nothing is read.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on order_tags.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE order_tags
    DROP CONSTRAINT order_tags_pkey;
ALTER TABLE order_tags
    ADD CONSTRAINT order_tags_pkey PRIMARY KEY USING INDEX order_tags_pkey_new;
