//! The tables of a database, as `cargo schema import` found them.
//!
//! What the database has and these models do not say; the baseline makes what of it can be spelled:
//! - column User.mail: `String` only stands in for email_address; give the field a type that reads it
//! - column User.moods: `String` only stands in for mood[]; give the field a type that reads it
//! - column ranges.b: `String` only stands in for bit(3); give the field a type that reads it
//! - column ranges.m: `String` only stands in for money; give the field a type that reads it
//! - column ranges.mac: `String` only stands in for macaddr; give the field a type that reads it
//! - column ranges.ts: `String` only stands in for tsvector; give the field a type that reads it
//! - column ranges.tz: `String` only stands in for time with time zone; give the field a type that reads it
//! - column ranges.x: `String` only stands in for xml; give the field a type that reads it
//! - constraint children_pb_pa_fkey of children: FOREIGN KEY (pb, pa) REFERENCES parents(b, a) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL DEFERR…
//! - constraint x_pos of nv: NOT VALID
//! - sequence children.id: INCREMENT 5
//! - sequence children.id: START 100
//! - sequence shared_seq: AS bigint START 1000 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE
//! - view v_users: SELECT "User".id, "User"."firstName" FROM "User";
//! - domain email_address: text CONSTRAINT email_address_check CHECK ((VALUE ~ '@'::text))
//! - schema billing: is not read; it has 1 tables and views, fingerprint 833e80b6
//! - in the models, the column User.firstName has another comment
//! - in the models, the index u_coll is gone
//! - in the models, the table User has another comment

mod child;
mod event;
mod facility_group_stat;
mod no_pk;
mod nv;
mod parent;
mod range;
mod user;

pub use child::Child;
pub use event::Event;
pub use facility_group_stat::FacilityGroupStat;
pub use no_pk::NoPk;
pub use nv::Nv;
pub use parent::Parent;
pub use range::Range;
use tablewright::prelude::*;
pub use user::{MixedCase, User};

#[derive(Clone, Copy, Debug, Enumeration, PartialEq, Eq)]
#[enumeration(storage = native)]
pub enum Mood {
    Happy,
    #[enumeration(value = "it's ok")]
    ItSOk,
    #[enumeration(value = "very-sad")]
    VerySad,
    #[enumeration(value = "")]
    V,
    #[enumeration(value = "2nd")]
    V2nd,
}
