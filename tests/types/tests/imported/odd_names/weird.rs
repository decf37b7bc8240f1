use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(allow(standard_columns, reason = "TODO: as the database has it"))]
pub struct Weird {
    pub id: Uuid,
    #[column(default = "'a-b'")]
    pub w: Option<WeirdKind>,
    #[column(type = "weird[]", default = "'{}'")]
    pub ws: Option<Vec<String>>,
}

#[derive(Clone, Copy, Debug, Enumeration, PartialEq, Eq)]
#[enumeration(storage = native, name = "weird")]
pub enum WeirdKind {
    #[enumeration(value = "a-b")]
    AB,
    #[enumeration(value = "a_b")]
    AB2,
    #[enumeration(value = "A B")]
    AB3,
    #[enumeration(value = "1")]
    V1,
    #[enumeration(value = "%")]
    V,
    #[enumeration(value = "self")]
    SelfValue,
    #[enumeration(value = "Self")]
    SelfValue2,
    #[enumeration(value = "")]
    V2,
}
