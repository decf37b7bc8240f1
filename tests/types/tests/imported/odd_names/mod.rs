//! The tables of a database, as `cargo schema import` found them.
//!
//! What the database has and these models do not say; the baseline makes what of it can be spelled:
//! - column boxes.b: `String` only stands in for box; give the field a type that reads it
//! - column boxes.p: `String` only stands in for point; give the field a type that reads it
//! - column logs.b: `String` only stands in for "char"; give the field a type that reads it
//! - column logs.num: `String` only stands in for numeric(3,-2); give the field a type that reads it
//! - column logs.o: `String` only stands in for oid; give the field a type that reads it
//! - column weirds.ws: `String` only stands in for weird[]; give the field a type that reads it
//! - table logs: has policies and no FORCE ROW LEVEL SECURITY: the owner reads and writes everything
//! - column kids_of.id: is inherited
//! - column kids_of.x: is inherited
//! - constraint codes_code_key of codes: UNIQUE (code) DEFERRABLE
//! - constraint uses_tenant_code_fkey of uses: FOREIGN KEY (tenant, code) REFERENCES codes(tenant, code) ON UPDATE CASCADE ON DELETE SET NULL (code…
//! - trigger logs_stmt of logs: CREATE TRIGGER logs_stmt AFTER INSERT ON public.logs REFERENCING NEW TABLE AS nt FOR EACH STATEMENT …
//! - inheritance of kids_of: INHERITS (?)
//! - in the models, the column 2fa_tokens.id has the default gen_random_uuid(), it had none
//! - in the models, the column boxes.id has the default gen_random_uuid(), it had none
//! - in the models, the column codes.id has the default gen_random_uuid(), it had none
//! - in the models, the column jsons.id has the default gen_random_uuid(), it had none
//! - in the models, the primary key of kids_of is (id)
//! - in the models, the column options.id has the default gen_random_uuid(), it had none
//! - in the models, the column results.id has the default gen_random_uuid(), it had none
//! - in the models, the column strings.id has the default gen_random_uuid(), it had none
//! - in the models, the column tz.id has the default gen_random_uuid(), it had none
//! - in the models, the column uses.id has the default gen_random_uuid(), it had none
//! - in the models, the column vecs.id has the default gen_random_uuid(), it had none
//! - in the models, the column weirds.id has the default gen_random_uuid(), it had none

mod box_model;
mod code;
mod json;
mod kids_of;
mod log;
mod option;
mod parents_of;
mod result;
mod room;
mod string;
mod t_2fa_token_model;
mod tz;
mod use_model;
mod user;
mod user_;
mod user__;
mod uuid;
mod vec;
mod weird;

pub use box_model::BoxRecord;
pub use code::Code;
pub use json::JsonRecord;
pub use kids_of::KidsOf;
pub use log::Log;
pub use option::OptionRecord;
pub use parents_of::ParentsOf;
pub use result::ResultRecord;
pub use room::Room;
pub use string::StringRecord;
pub use t_2fa_token_model::T2faToken;
pub use tz::Tz;
pub use use_model::Use;
pub use user::User;
pub use user_::UserRecord;
pub use user__::UserRecord2;
pub use uuid::UuidRecord;
pub use vec::VecRecord;
pub use weird::{Weird, WeirdKind};
