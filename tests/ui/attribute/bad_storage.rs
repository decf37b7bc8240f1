use tablewright::prelude::*;

#[derive(Table)]
#[table(storage(filfactor = 80, vacuum_truncate = 7, autovacuum_vacuum_scale_factor = "2 %", parallel_workers))]
#[index(name, with(fillfactor = 5, fillfactor = 90, pages_per_range = 32))]
struct Page {
    id: Uuid,
    name: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(partition_by = "RANGE (id)", unlogged)]
struct Visit {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
