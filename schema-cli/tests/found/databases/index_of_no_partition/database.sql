CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY, happened timestamptz NOT NULL, v bigint, PRIMARY KEY (id, happened)) PARTITION BY RANGE (happened);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX events_v ON ONLY events (v);
