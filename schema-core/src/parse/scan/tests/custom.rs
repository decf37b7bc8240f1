use super::*;

fn with_sql(files: &[(&str, &str)]) -> (Crate, Profile) {
    let folder = library(&format!("{}{}", model("Order"), model("User")));
    for (name, text) in files {
        folder.write(&format!("sql/{name}"), text.as_bytes());
    }
    (folder, Profile { sql: Some("sql".to_owned()), ..Profile::default() })
}

fn errors(files: &[(&str, &str)]) -> Vec<String> {
    let (folder, profile) = with_sql(files);
    match scan(folder.path(), &profile) {
        Ok(scan) => panic!("no error, but {:?}", scan.schema.customs),
        Err(failure) => folder.texts(&failure.reports),
    }
}

#[test]
fn a_folder_of_sql_is_part_of_the_schema() {
    let (folder, profile) = with_sql(&[
        (
            "order_totals.up.sql",
            "-- What a customer spent.\n-- after: orders, users\nCREATE VIEW order_totals AS\n    SELECT 1;\r\n\n",
        ),
        ("order_totals.down.sql", "DROP VIEW order_totals"),
        ("big.up.sql", "-- no-transaction\n-- after: order_totals\nCREATE INDEX CONCURRENTLY x ON y (z);"),
        ("big.down.sql", "DROP INDEX CONCURRENTLY x;"),
        ("notes.md", "no SQL"),
    ]);
    let scan = scan(folder.path(), &profile).unwrap_or_else(|failure| panic!("{:?}", folder.texts(&failure.reports)));
    let totals = &scan.schema.customs["order_totals"];
    assert_eq!(totals.up, "-- What a customer spent.\nCREATE VIEW order_totals AS\n    SELECT 1;");
    assert_eq!(totals.down, "DROP VIEW order_totals;");
    assert_eq!((totals.after.as_slice(), totals.alone), (&["orders".to_owned(), "users".to_owned()][..], false));
    assert!(scan.schema.customs["big"].alone);
    assert_eq!(scan.files.iter().filter(|file| file.extension().is_some_and(|end| end == "sql")).count(), 4);
    let found = crate::diff::differences(&crate::schema::Schema::default(), &scan.schema);
    assert!(found.iter().any(|found| found.text() == "the custom SQL order_totals is new"), "{found:?}");
    // Without the key the folder is no one's business.
    assert!(folder.scan().is_ok_and(|scan| scan.schema.customs.is_empty()));
}

#[test]
fn sql_that_cannot_be_ordered_or_taken_back_is_an_error() {
    assert_eq!(
        errors(&[
            ("Totals.up.sql", "SELECT 1;"),
            ("a.up.sql", "-- after: b\nSELECT 1;"),
            ("a.down.sql", "SELECT 1;"),
            ("b.up.sql", "-- after: a, order\nSELECT 1;"),
            ("b.down.sql", "SELECT 1;"),
            ("c.up.sql", "SELECT 1;"),
            ("empty.up.sql", "-- nothing\n"),
            ("empty.down.sql", "SELECT 1;"),
            ("users.up.sql", "SELECT 1;"),
            ("users.down.sql", "SELECT 1;"),
        ]),
        [
            "sql/a.up.sql:1:11 [b] custom_sql: a: `a` and `b` wait for each other (take one of the two names out)",
            "sql/b.up.sql:1:11 [a] custom_sql: b: `b` and `a` wait for each other (take one of the two names out)",
            "sql/b.up.sql:1:14 [order] custom_sql: b: there is neither a table nor custom SQL `order` (did you mean `orders`?)",
            "sql/c.up.sql custom_sql: there is a way up and no way down: c.down.sql is missing (write c.down.sql next to it)",
            "sql/empty.up.sql custom_sql: the file has no statement (write what makes it, or what takes it away)",
            "sql/users.up.sql custom_sql: `users` is the name of a table (give the two files another name)",
            "sql/Totals.up.sql custom_sql: `Totals.up.sql` is not a name of custom SQL: it takes a-z, 0-9 and _, and ends in `.up.sql` or \
             `.down.sql` (name it like order_totals.up.sql)",
        ]
    );
    let (folder, _) = with_sql(&[]);
    let profile = Profile { sql: Some("nowhere".to_owned()), ..Profile::default() };
    assert!(scan(folder.path(), &profile).is_err());
}
