#![allow(dead_code)]
use tablewright::prelude::*;

#[derive(Table)]
struct Tuple(Uuid, String);

#[derive(Table)]
struct Unit;

#[derive(Table)]
enum Choice {
    A,
    B,
}

#[derive(Table)]
union Either {
    a: i64,
    b: f64,
}

#[derive(Table)]
struct Generic<T> {
    id: Uuid,
    value: T,
}

#[derive(Table)]
struct Borrowed<'a> {
    id: Uuid,
    name: &'a str,
}

fn main() {}
