-- Up: creates the table order_tags.
-- Why: the models have it.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on orders and tags, which it references.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE order_tags (
    order_id UUID NOT NULL,
    tag_id UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT order_tags_pkey PRIMARY KEY (order_id, tag_id),
    CONSTRAINT order_tags_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT order_tags_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE
);
CREATE INDEX idx_order_tags_tag_id ON order_tags (tag_id);
