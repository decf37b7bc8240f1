//! Names with keywords, a composite key, a model that a macro writes.
#![allow(dead_code)]

use tablewright::prelude::*;

#[derive(Table)]
struct Author {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
struct Book {
    id: Uuid,
    #[column(name = "genre")]
    r#type: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(junction)]
#[index(book_id, author_id)]
struct BookAuthor {
    #[references(Author, on_delete = cascade)]
    author_id: Uuid,
    #[references(Book, on_delete = cascade)]
    book_id: Uuid,
    created_at: DateTime<Utc>,
}

mod reviews {
    use tablewright::prelude::*;

    /// References a composite key, by a path.
    #[derive(Table)]
    #[foreign_key(author_id, book_id, references = super::BookAuthor(author_id, book_id), on_delete = cascade)]
    struct Review {
        id: Uuid,
        author_id: Uuid,
        book_id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

macro_rules! model {
    ($name:ident, $key:ty, $field:ident: $type:ty) => {
        #[derive(Table)]
        struct $name {
            id: $key,
            $field: $type,
            created_at: DateTime<Utc>,
            updated_at: DateTime<Utc>,
        }
    };
}

model!(Magazine, Uuid, title: Option<String>);

fn main() {}
