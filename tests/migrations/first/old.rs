use tablewright::prelude::*;
