//! A name of any kind has 1 to 63 bytes.
#![allow(dead_code)]
use tablewright::prelude::*;

#[derive(Table)]
#[table(allow(constraint_name, unused_index, reason = "the names are what is tried"))]
#[index(label, name = "the_index_of_the_labels_that_the_provider_of_the_payment_gave_to_it")]
#[check("label <> ''", name = "")]
#[unique(label, name = "the_key_of_the_labels_that_the_provider_of_the_payment_gave_to_it_")]
#[trigger("BEFORE UPDATE", function = "", body = "BEGIN RETURN NEW; END")]
#[policy(the_policy_of_the_labels_that_the_provider_of_the_payment_gave_to_it, using = "true")]
struct Order {
    id: Uuid,
    #[column(collation = "", renamed_from = "the_label_that_the_provider_of_the_payment_gave_to_the_payer_of_it")]
    label: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
