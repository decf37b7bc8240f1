-- 001_create_shop, up: creates the tables audit_logs, order_items, orders, products, user_sessions
--   and users.
-- Why: the first migration; nothing of this exists yet.
-- Phase: expand.
-- Locks: none that anyone waits for, since every table is new.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE products (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    price NUMERIC(12, 2) NOT NULL,
    attributes JSONB NOT NULL,
    stock BIGINT NOT NULL DEFAULT 0,
    is_active BOOLEAN NOT NULL DEFAULT true,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT products_sku_unique UNIQUE (sku),
    CONSTRAINT products_sku_check CHECK (sku = upper(sku)),
    CONSTRAINT products_name_check CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT products_price_check CHECK (price >= 0),
    CONSTRAINT products_stock_check CHECK (stock >= 0)
);
CREATE INDEX idx_products_lower_name ON products (lower(name)) WHERE is_active;
CREATE INDEX idx_products_attributes ON products USING gin (attributes);
COMMENT ON TABLE products IS 'Something that can be bought.';
COMMENT ON COLUMN products.id IS 'The key.';
COMMENT ON COLUMN products.sku IS 'The number of the article, as it stands on the shelf.';
COMMENT ON COLUMN products.name IS 'What the customer reads.';
COMMENT ON COLUMN products.description IS 'The text below the name; NULL where nobody wrote one.';
COMMENT ON COLUMN products.price IS 'What one piece costs today. Orders keep the price of their day.';
COMMENT ON COLUMN products.attributes IS 'What one can filter by.';
COMMENT ON COLUMN products.stock IS 'How many pieces are in the warehouse.';
COMMENT ON COLUMN products.is_active IS 'Whether it can be bought now.';
COMMENT ON COLUMN products.created_at IS 'When the row came.';
COMMENT ON COLUMN products.updated_at IS 'When it last changed.';

CREATE TABLE users (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    email TEXT NOT NULL,
    display_name TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'active',
    email_verified_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    deleted_at TIMESTAMPTZ,
    CONSTRAINT users_status_check CHECK (status IN ('active', 'suspended')),
    CONSTRAINT users_email_check CHECK (email = lower(email) AND email LIKE '%_@_%'),
    CONSTRAINT users_display_name_check CHECK (length(display_name) BETWEEN 1 AND 200)
);
CREATE UNIQUE INDEX users_email_unique ON users (email) WHERE deleted_at IS NULL;
COMMENT ON TABLE users IS 'A customer. A deleted customer stays until it is purged, because orders name it.';
COMMENT ON COLUMN users.id IS 'The key.';
COMMENT ON COLUMN users.email IS 'The address that the customer signs in with, in lower case.';
COMMENT ON COLUMN users.display_name IS 'How the customer wants to be called.';
COMMENT ON COLUMN users.status IS 'Whether the customer may sign in and buy.';
COMMENT ON COLUMN users.email_verified_at IS 'When the address was confirmed; NULL until then.';
COMMENT ON COLUMN users.created_at IS 'When the row came.';
COMMENT ON COLUMN users.updated_at IS 'When it last changed.';
COMMENT ON COLUMN users.deleted_at IS 'When it was deleted; NULL while it lives.';

CREATE TABLE audit_logs (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    actor_user_id UUID,
    entity TEXT NOT NULL,
    entity_id UUID NOT NULL,
    old_values JSONB,
    new_values JSONB,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT audit_logs_actor_user_id_fkey FOREIGN KEY (actor_user_id) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT audit_logs_entity_check CHECK (entity IN ('user', 'product', 'order')),
    CONSTRAINT audit_logs_old_values_new_values_check CHECK (old_values IS NOT NULL OR new_values IS NOT NULL)
);
CREATE INDEX idx_audit_logs_entity_id_created_at_id ON audit_logs (entity_id, created_at DESC, id DESC);
CREATE INDEX idx_audit_logs_actor_user_id_created_at_id ON audit_logs (actor_user_id, created_at DESC, id DESC);
COMMENT ON TABLE audit_logs IS 'A change that somebody made. Entries are never changed themselves.';
COMMENT ON COLUMN audit_logs.id IS 'The key.';
COMMENT ON COLUMN audit_logs.actor_user_id IS 'Who made the change; NULL for the program itself, and for a customer that was purged.';
COMMENT ON COLUMN audit_logs.entity IS 'What was changed.';
COMMENT ON COLUMN audit_logs.entity_id IS 'Which one of them.';
COMMENT ON COLUMN audit_logs.old_values IS 'The columns that changed, as they were; NULL for a new row.';
COMMENT ON COLUMN audit_logs.new_values IS 'The columns that changed, as they are; NULL for a deleted row.';
COMMENT ON COLUMN audit_logs.created_at IS 'When it was changed.';

CREATE TABLE orders (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    order_number TEXT NOT NULL,
    user_id UUID NOT NULL,
    status TEXT NOT NULL DEFAULT 'pending',
    total_amount NUMERIC(12, 2) NOT NULL,
    shipping_address JSONB NOT NULL,
    ordered_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    shipped_at TIMESTAMPTZ,
    cancelled_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    deleted_at TIMESTAMPTZ,
    CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT,
    CONSTRAINT orders_status_check CHECK (status IN ('pending', 'paid', 'shipped', 'cancelled')),
    CONSTRAINT orders_total_amount_check CHECK (total_amount >= 0),
    CONSTRAINT orders_cancelled_at_shipped_at_check CHECK (cancelled_at IS NULL OR shipped_at IS NULL)
);
CREATE UNIQUE INDEX orders_order_number_unique ON orders (order_number) WHERE deleted_at IS NULL;
CREATE INDEX idx_orders_user_id_ordered_at_id ON orders (user_id, ordered_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX idx_orders_ordered_at_id ON orders (ordered_at, id) WHERE shipped_at IS NULL AND deleted_at IS NULL;
CREATE INDEX idx_orders_user_id ON orders (user_id);
COMMENT ON TABLE orders IS 'A customer''s order.';
COMMENT ON COLUMN orders.id IS 'The key.';
COMMENT ON COLUMN orders.order_number IS 'The number that the customer knows.';
COMMENT ON COLUMN orders.user_id IS 'Who ordered.';
COMMENT ON COLUMN orders.status IS 'How far it is.';
COMMENT ON COLUMN orders.total_amount IS 'The sum of the items, when it was ordered.';
COMMENT ON COLUMN orders.shipping_address IS 'Where it goes. A copy: the customer may move.';
COMMENT ON COLUMN orders.ordered_at IS 'When the customer pressed the button.';
COMMENT ON COLUMN orders.shipped_at IS 'When it left the warehouse; NULL until then.';
COMMENT ON COLUMN orders.cancelled_at IS 'When it was called off; NULL while it stands.';
COMMENT ON COLUMN orders.created_at IS 'When the row came.';
COMMENT ON COLUMN orders.updated_at IS 'When it last changed.';
COMMENT ON COLUMN orders.deleted_at IS 'When it was deleted; NULL while it lives.';

CREATE TABLE order_items (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    order_id UUID NOT NULL,
    product_id UUID NOT NULL,
    quantity INTEGER NOT NULL,
    unit_price NUMERIC(12, 2) NOT NULL,
    line_amount NUMERIC(14, 2) NOT NULL GENERATED ALWAYS AS (unit_price * quantity) STORED,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT order_items_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT,
    CONSTRAINT order_items_product_id_fkey FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE RESTRICT,
    CONSTRAINT order_items_order_id_product_id_unique UNIQUE (order_id, product_id),
    CONSTRAINT order_items_quantity_check CHECK (quantity > 0),
    CONSTRAINT order_items_unit_price_check CHECK (unit_price >= 0)
);
CREATE INDEX idx_order_items_order_id_id ON order_items (order_id, id);
CREATE INDEX idx_order_items_product_id_created_at_id ON order_items (product_id, created_at DESC, id DESC);
COMMENT ON TABLE order_items IS 'A line of an order.';
COMMENT ON COLUMN order_items.id IS 'The key.';
COMMENT ON COLUMN order_items.order_id IS 'The order that it is a line of.';
COMMENT ON COLUMN order_items.product_id IS 'What was ordered.';
COMMENT ON COLUMN order_items.quantity IS 'How many pieces.';
COMMENT ON COLUMN order_items.unit_price IS 'What one piece cost when it was ordered.';
COMMENT ON COLUMN order_items.line_amount IS 'What the line costs. The server computes it.';
COMMENT ON COLUMN order_items.created_at IS 'When the row came.';
COMMENT ON COLUMN order_items.updated_at IS 'When it last changed.';

CREATE TABLE user_sessions (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    ip_address INET,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT user_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT,
    CONSTRAINT user_sessions_token_hash_unique UNIQUE (token_hash),
    CONSTRAINT user_sessions_expires_at_created_at_check CHECK (expires_at > created_at)
);
CREATE INDEX idx_user_sessions_user_id_created_at_id ON user_sessions (user_id, created_at DESC, id DESC);
CREATE INDEX idx_user_sessions_expires_at ON user_sessions (expires_at) WHERE revoked_at IS NULL;
COMMENT ON TABLE user_sessions IS 'A sign-in, on one device.';
COMMENT ON COLUMN user_sessions.id IS 'The key.';
COMMENT ON COLUMN user_sessions.user_id IS 'Who signed in.';
COMMENT ON COLUMN user_sessions.token_hash IS 'The hash of the token that the device holds. The token itself is never stored.';
COMMENT ON COLUMN user_sessions.ip_address IS 'Where the sign-in came from; NULL where a proxy hid it.';
COMMENT ON COLUMN user_sessions.expires_at IS 'When the session ends by itself.';
COMMENT ON COLUMN user_sessions.revoked_at IS 'When it was ended before that; NULL while it counts.';
COMMENT ON COLUMN user_sessions.created_at IS 'When the row came.';
COMMENT ON COLUMN user_sessions.updated_at IS 'When it last changed.';
