#![allow(dead_code)]
use tablewright::prelude::*;

#[derive(Enumeration)]
enum Empty {}

#[derive(Enumeration)]
#[enumeration(storage = table)]
enum Carrying {
    Plain,
    Tuple(i64),
    #[enumeration(valu = "x")]
    Misspelt,
    #[enumeration(value = "plain")]
    Twice,
}

#[derive(Enumeration)]
struct NotAnEnum;

#[derive(Enumeration)]
enum Generic<T> {
    A(T),
}

fn main() {}
