//! `bad_lines.rs` with the line that each message prints: written by a test.
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
#[index(name, id)]
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
#[index(name, seen_at desc, id desc)]
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
#[index(name, seen_at desc, id desc)]
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
#[index(name, seen_at desc, id desc)]
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
#[index(name, seen_at desc, id desc, name = "idx_echo_visits_by_name")]
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
#[index(name, seen_at desc, weight)]
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
#[index(name)]
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
#[index(user_id, seen_at, id)]
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
#[index(user_id, seen_at)]
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
#[index(seen_at, id, where = "left_at IS NULL")]
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
#[index(seen_at, id, where = "left_at IS NULL", name = "idx_kilo_visits_open")]
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
#[index(name, id, where = "weight > 5", name = "idx_lima_visits_heavy")]
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
#[index(name, seen_at desc)]
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
#[index(weight)]
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
#[index(phase, seen_at, id)]
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
#[index(name, where = "phase = 'begun'")]
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
#[index(user_id, weight desc, where = "phase = 'begun'")]
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
#[index(is_flagged, seen_at, id)]
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
#[index(seen_at, id, where = "is_flagged")]
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
#[index(name, left_at desc nulls_last, id desc)]
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
#[index(weight desc, name, id)]
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
#[index(user_id, weight, name, include(seen_at))]
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
#[index(seen_at)]
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
#[index(name, weight)]
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
#[index(seen_at, where = "phase = 'waiting'")]
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
#[index(name, id)]
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
#[index(name, include_deleted)]
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
