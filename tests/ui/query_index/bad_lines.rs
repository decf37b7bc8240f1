//! Queries that no index serves. `good_lines.rs` is this program with the line that each message prints.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;

/// How far it is.
#[derive(Enumeration, Clone, Copy)]
enum Phase {
    Waiting,
    Begun,
}

#[derive(Table)]
struct User {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(by_name(name), page)]
struct AlphaVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(by_name(name), order(seen_at desc), page)]
struct BravoVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[index(name)]
#[query(by_name(name), order(seen_at desc), page)]
struct CharlieVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[index(name, seen_at desc)]
#[query(by_name(name), order(seen_at desc), page)]
struct DeltaVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[index(name, seen_at desc, id)]
#[query(by_name(name), order(seen_at desc), page)]
struct EchoVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[index(name, seen_at)]
#[query(by_name(name), order(seen_at desc, weight), all(50))]
struct FoxtrotVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[index(weight, name)]
#[query(by_name(name), count)]
struct GolfVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(of_user(user_id), order(seen_at), page)]
struct HotelVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(of_users(user_id in user_ids), order(user_id, seen_at), all(limit))]
struct IndiaVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(open, where = "left_at IS NULL", order(seen_at), page)]
struct JulietVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[index(seen_at, id)]
#[query(open, where = "left_at IS NULL", order(seen_at), page)]
struct KiloVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[index(name, id, where = "weight > 10")]
#[query(heavy(name), where = "weight > 5", page)]
struct LimaVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(between(name, seen_at >= since, seen_at < until), order(seen_at desc), all(100))]
struct MikeVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(lighter(weight < most), count)]
struct NovemberVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(of_phase(phase), order(seen_at), page)]
struct OscarVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(begun(name, phase = Begun), exists)]
struct PapaVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(begun_of(user_id, phase = Begun), order(weight desc), optional)]
struct QuebecVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(flagged(is_flagged), order(seen_at), page)]
struct RomeoVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(flagged(is_flagged = true), order(seen_at), page)]
struct SierraVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(by_leaving(name), order(left_at desc nulls_last), page)]
struct TangoVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(heaviest, order(weight desc, name), page)]
struct UniformVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(names_of_user(user_id, weight), order(name), all(100), columns(name, seen_at))]
struct VictorVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(forget(seen_at < before), delete)]
struct WhiskeyVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(flag(name, weight > least), update(is_flagged = true))]
struct XrayVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[query(next(phase = Waiting), order(seen_at), claim(10))]
struct YankeeVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(soft_delete)]
#[query(by_name(name), page)]
struct ZuluVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    deleted_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(soft_delete)]
#[query(all_by_name(name), include_deleted, count)]
struct UltraVisit {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    name: String,
    phase: Phase,
    weight: i64,
    is_flagged: bool,
    seen_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    deleted_at: Option<DateTime<Utc>>,
}

fn main() {}
