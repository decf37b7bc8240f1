//! A shop: what the tests of `cargo schema` read. It is never compiled.

pub mod models;

#[cfg(test)]
mod tests {
    #[derive(Table)]
    struct Probe {
        id: Uuid,
    }
}
