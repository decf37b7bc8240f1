#![allow(dead_code)]
use tablewright::prelude::*;

#[derive(SqlType)]
struct Named {
    text: String,
}

#[derive(SqlType)]
struct Two(String, String);

#[derive(SqlType)]
struct Nullable(Option<String>);

#[derive(SqlType)]
struct Unsigned(u64);

#[derive(SqlType)]
enum NotAStruct {
    A,
}

fn main() {}
