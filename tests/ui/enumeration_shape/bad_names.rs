//! The names of a native type and of its values are kept whole.
#![allow(dead_code)]
use tablewright::prelude::*;

#[derive(Enumeration)]
#[enumeration(storage = native, name = "the_reason_for_which_the_provider_of_the_payment_has_refused_it_now")]
enum Reason {
    #[enumeration(value = "the card was refused by the bank that issued it, for a reason it keeps")]
    Card,
}

#[derive(Enumeration)]
#[enumeration(name = "")]
enum Empty {
    A,
}

fn main() {}
