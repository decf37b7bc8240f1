-- Up: creates the tables customers, domains, invoices and tenants.
-- Why: the first migration; nothing of this exists yet.
-- Phase: expand.
-- Locks: none that anyone waits for, since every table is new.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE tenants (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
COMMENT ON TABLE tenants IS 'Who rents the service.';
COMMENT ON COLUMN tenants.id IS 'The key.';
COMMENT ON COLUMN tenants.name IS 'What the tenant is called.';
COMMENT ON COLUMN tenants.created_at IS 'When the row came.';
COMMENT ON COLUMN tenants.updated_at IS 'When it last changed.';

CREATE TABLE customers (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id UUID NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT customers_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
    CONSTRAINT customers_tenant_id_email_unique UNIQUE (tenant_id, email),
    CONSTRAINT customers_tenant_id_id_unique UNIQUE (tenant_id, id)
);
CREATE INDEX idx_customers_tenant_id_name_id ON customers (tenant_id, name, id);
CREATE POLICY customers_tenant ON customers
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::UUID)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::UUID);
ALTER TABLE customers
    ENABLE ROW LEVEL SECURITY;
ALTER TABLE customers
    FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE customers IS 'Somebody to whom a tenant sends invoices.';
COMMENT ON COLUMN customers.id IS 'The key.';
COMMENT ON COLUMN customers.tenant_id IS 'Whose customer this is.';
COMMENT ON COLUMN customers.email IS 'Where invoices go.';
COMMENT ON COLUMN customers.name IS 'What the customer is called.';
COMMENT ON COLUMN customers.created_at IS 'When the row came.';
COMMENT ON COLUMN customers.updated_at IS 'When it last changed.';

CREATE TABLE domains (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id UUID NOT NULL,
    host TEXT NOT NULL,
    greeting TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT domains_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
    CONSTRAINT domains_host_unique UNIQUE (host)
);
CREATE INDEX idx_domains_tenant_id ON domains (tenant_id);
CREATE POLICY domains_tenant ON domains
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::UUID)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::UUID);
ALTER TABLE domains
    ENABLE ROW LEVEL SECURITY;
ALTER TABLE domains
    FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE domains IS 'A host name at which a tenant''s pages are found.';
COMMENT ON COLUMN domains.id IS 'The key.';
COMMENT ON COLUMN domains.tenant_id IS 'Whose host name it is.';
COMMENT ON COLUMN domains.host IS 'The name.';
COMMENT ON COLUMN domains.greeting IS 'What the visitor reads first.';
COMMENT ON COLUMN domains.created_at IS 'When the row came.';
COMMENT ON COLUMN domains.updated_at IS 'When it last changed.';

CREATE TABLE invoices (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id UUID NOT NULL,
    customer_id UUID NOT NULL,
    number BIGINT NOT NULL,
    idempotency_key UUID NOT NULL,
    total_amount NUMERIC(12, 2) NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    paid_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    deleted_at TIMESTAMPTZ,
    CONSTRAINT invoices_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
    CONSTRAINT invoices_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id) ON DELETE RESTRICT,
    CONSTRAINT invoices_total_amount_check CHECK (total_amount >= 0)
);
CREATE UNIQUE INDEX invoices_tenant_id_number_unique ON invoices (tenant_id, number) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX invoices_tenant_id_idempotency_key_unique ON invoices (tenant_id, idempotency_key) WHERE deleted_at IS NULL;
CREATE INDEX idx_invoices_tenant_id_issued_at_id ON invoices (tenant_id, issued_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX idx_invoices_tenant_id_customer_id_issued_at_id ON invoices (tenant_id, customer_id, issued_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX idx_invoices_tenant_id ON invoices (tenant_id);
CREATE INDEX idx_invoices_tenant_id_customer_id ON invoices (tenant_id, customer_id);
CREATE POLICY invoices_tenant ON invoices
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::UUID)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::UUID);
ALTER TABLE invoices
    ENABLE ROW LEVEL SECURITY;
ALTER TABLE invoices
    FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE invoices IS 'An invoice. Its customer is one of the same tenant: the foreign key has both columns.';
COMMENT ON COLUMN invoices.id IS 'The key.';
COMMENT ON COLUMN invoices.tenant_id IS 'Whose invoice it is.';
COMMENT ON COLUMN invoices.customer_id IS 'Who pays it.';
COMMENT ON COLUMN invoices.number IS 'The number that the customer sees.';
COMMENT ON COLUMN invoices.idempotency_key IS 'The request that made it: sent twice, it makes one invoice.';
COMMENT ON COLUMN invoices.total_amount IS 'What is to be paid.';
COMMENT ON COLUMN invoices.issued_at IS 'When it was sent.';
COMMENT ON COLUMN invoices.paid_at IS 'When it was paid; NULL until then.';
COMMENT ON COLUMN invoices.created_at IS 'When the row came.';
COMMENT ON COLUMN invoices.updated_at IS 'When it last changed.';
COMMENT ON COLUMN invoices.deleted_at IS 'When it was deleted; NULL while it lives.';
