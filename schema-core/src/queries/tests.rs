use super::*;
use crate::config::Profile;
use crate::parse;
use crate::sql::{bulk, dml};

/// A model `Order` with these attributes and its columns, as the derive reads it.
fn model(settings: &str, attributes: &str) -> Table {
    let source = format!(
        "#[derive(Table)] #[table(soft_delete)] {attributes}
         struct Order {{
             id: Uuid,
             #[column(unique)] number: String,
             #[references(User, on_delete = restrict)] user_id: Uuid,
             #[references(Shop, on_delete = restrict)] shop_id: Uuid,
             status: OrderStatus,
             is_gift: bool,
             total: i64,
             ordered_at: DateTime<Utc>,
             shipped_at: Option<DateTime<Utc>>,
             carrier: Option<String>,
             created_at: DateTime<Utc>,
             updated_at: DateTime<Utc>,
             deleted_at: Option<DateTime<Utc>>,
         }}"
    );
    let item: syn::ItemStruct = syn::parse_str(&source).unwrap();
    let parsed = parse::table(&item.into(), &crate::config::example(settings));
    let errors: Vec<String> = parsed.errors.iter().map(crate::diagnostic::Diagnostic::text).collect();
    assert!(errors.is_empty(), "{attributes}: {errors:?}");
    parsed.model.unwrap().table
}

fn sql(attributes: &str) -> String {
    let table = model("", attributes);
    let text = statement(&Resolved::new(&table, &table.queries[0]));
    text.replace(&quote_all(&table), "*")
}

fn quote_all(table: &Table) -> String {
    table.columns.iter().map(|column| quote(&column.name)).collect::<Vec<_>>().join(", ")
}

#[test]
fn each_shape_has_its_statement() {
    for (attribute, expected) in [
        ("one(number), one", "SELECT * FROM orders WHERE number = $1 AND deleted_at IS NULL"),
        (
            "latest(user_id), order(ordered_at desc), optional",
            "SELECT * FROM orders WHERE user_id = $1 AND deleted_at IS NULL ORDER BY ordered_at DESC LIMIT 1",
        ),
        (
            "x(user_id in user_ids, total >= least, total < most), all(limit)",
            "SELECT * FROM orders WHERE user_id = ANY ($1) AND total >= $2 AND total < $3 AND deleted_at IS NULL LIMIT $4",
        ),
        (
            "x(user_id, status = Shipped, is_gift = false, total = 7), all(5), include_deleted",
            "SELECT * FROM orders WHERE user_id = $1 AND status = 'shipped' AND NOT is_gift AND total = 7 LIMIT 5",
        ),
        (
            "x(user_id), where = \"total > 5 OR is_gift\", count",
            "SELECT count(*) FROM orders WHERE user_id = $1 AND (total > 5 OR is_gift) AND deleted_at IS NULL",
        ),
        ("x(user_id), exists", "SELECT EXISTS (SELECT 1 FROM orders WHERE user_id = $1 AND deleted_at IS NULL)"),
        (
            "x(user_id), update(status = Shipped, shipped_at = \"now()\", total)",
            "UPDATE orders SET status = 'shipped', shipped_at = now(), total = $2, updated_at = now() WHERE user_id = $1 AND deleted_at IS NULL",
        ),
        (
            "x(user_id), delete",
            "UPDATE orders SET deleted_at = now(), updated_at = now() WHERE user_id = $1 AND deleted_at IS NULL",
        ),
        ("x(user_id), delete, include_deleted", "DELETE FROM orders WHERE user_id = $1"),
        (
            "x(user_id), delete, batch(100)",
            "UPDATE orders SET deleted_at = now(), updated_at = now() WHERE id = ANY (ARRAY(SELECT id FROM orders WHERE user_id = $1 AND deleted_at IS NULL LIMIT 100 FOR NO KEY UPDATE))",
        ),
        (
            "x(user_id, ordered_at < before), order(ordered_at), include_deleted, delete, batch(limit)",
            "DELETE FROM orders WHERE id = ANY (ARRAY(SELECT id FROM orders WHERE user_id = $1 AND ordered_at < $2 ORDER BY ordered_at LIMIT $3 FOR UPDATE))",
        ),
        // A row that is shipped is not met again, and one with another carrier is.
        (
            "x(status = Paid), update(status = Shipped, carrier), batch(9)",
            "UPDATE orders SET status = 'shipped', carrier = $1, updated_at = now() WHERE id = ANY (ARRAY(SELECT id FROM orders WHERE status = 'paid' AND deleted_at IS NULL LIMIT 9 FOR NO KEY UPDATE))",
        ),
        (
            "x(user_id, ordered_at < before), update(carrier), batch(9)",
            "WITH picked AS MATERIALIZED (SELECT ordered_at AS picked_1, id AS picked_2 FROM orders WHERE user_id = $1 AND ordered_at < $2 AND deleted_at IS NULL ORDER BY ordered_at, id LIMIT $4 FOR NO KEY UPDATE), \
             changed AS (UPDATE orders SET carrier = $3, updated_at = now() WHERE orders.id = ANY (ARRAY(SELECT picked_2 FROM picked))) \
             SELECT picked_1, picked_2, (SELECT count(*) FROM picked) FROM picked ORDER BY picked_1 DESC, picked_2 DESC LIMIT 1",
        ),
        (
            "x(status = Pending), order(ordered_at), claim(10), columns(id, number)",
            "SELECT id, number FROM orders WHERE status = 'pending' AND deleted_at IS NULL ORDER BY ordered_at LIMIT 10 FOR UPDATE SKIP LOCKED",
        ),
        (
            "x(user_id), order(shipped_at desc, id), all(3)",
            "SELECT * FROM orders WHERE user_id = $1 AND deleted_at IS NULL ORDER BY shipped_at DESC NULLS FIRST, id LIMIT 3",
        ),
        // What has one value anyway is not an order, and after the key there is nothing to order.
        (
            "x(user_id), order(user_id, id, total), all(3)",
            "SELECT * FROM orders WHERE user_id = $1 AND deleted_at IS NULL ORDER BY id LIMIT 3",
        ),
        (
            "x, order(ordered_at desc), page, columns(number)",
            "SELECT number, ordered_at, id FROM orders WHERE deleted_at IS NULL ORDER BY ordered_at DESC, id DESC LIMIT $1",
        ),
    ] {
        assert_eq!(sql(&format!("#[query({attribute})]")), expected);
    }
}

#[test]
fn a_changed_row_is_met_again_unless_it_cannot_be() {
    let goes_on = |attribute: &str| {
        let table = model("", &format!("#[query({attribute}, batch(5))]"));
        Resolved::new(&table, &table.queries[0]).batches().unwrap()
    };
    for attribute in [
        "x(user_id), delete",
        "x(status = Paid), update(status = Shipped)",
        "x(is_gift = true), update(is_gift = false)",
        "x(total = 7), update(total = 8)",
        "x, where = \"carrier IN ('a', 'b')\", update(carrier = \"'c'\")",
        "x, where = \"carrier <> 'c'\", update(carrier = \"'c'\")",
        "x, where = \"shipped_at IS NULL\", update(shipped_at = \"now()\")",
        "x, where = \"carrier IS NULL\", update(carrier = \"'c'\")",
    ] {
        assert_eq!(goes_on(attribute), Batches::Again, "{attribute}");
    }
    for attribute in [
        "x(user_id), update(carrier)",
        "x(status = Paid), update(status = Paid)",
        "x(status = Paid), update(status)",
        "x, where = \"carrier IN ('a', 'b')\", update(carrier = \"'b'\")",
        "x, where = \"carrier = 'a' OR total = 1\", update(carrier = \"'b'\")",
        "x, where = \"carrier <> 'c'\", update(carrier = \"'d'\")",
        "x, where = \"carrier IS NULL\", update(carrier)",
        "x, where = \"carrier IS NULL\", update(carrier = \"NULL\")",
        "x, where = \"total = '7'\", update(total = \"'07'\")",
    ] {
        assert_eq!(goes_on(attribute), Batches::Behind, "{attribute}");
    }
}

/// The ranges that each statement reads, and their order: `total = $1 AND id > $2 | total < $1 ORDER BY total DESC, id`.
fn page_conditions(attribute: &str) -> (Vec<String>, Vec<String>) {
    let table = model("", &format!("#[query({attribute}, page)]"));
    let pages = pages(&Resolved::new(&table, &table.queries[0]));
    let condition = |sql: String| {
        let (order, _) = sql.split_once(" ORDER BY ").unwrap().1.split_once(" LIMIT ").unwrap();
        let ranges = sql.split(" UNION ALL ").map(|part| {
            let behind = part.split_once("deleted_at IS NULL AND ").map_or(part, |(_, rest)| rest);
            behind.split_once(" ORDER BY ").unwrap().0
        });
        format!("{} ORDER BY {order}", ranges.collect::<Vec<_>>().join(" | "))
    };
    (pages.after.into_iter().map(condition).collect(), pages.before.into_iter().map(condition).collect())
}

#[test]
fn a_page_goes_on_behind_its_row() {
    let (after, before) = page_conditions("x(user_id), order(ordered_at desc)");
    assert_eq!(after, ["(ordered_at, id) < ($2::TIMESTAMPTZ, $3::UUID) ORDER BY ordered_at DESC, id DESC"]);
    assert_eq!(before, ["(ordered_at, id) > ($2::TIMESTAMPTZ, $3::UUID) ORDER BY ordered_at, id"]);

    let (after, before) = page_conditions("x, order(total desc, id)");
    assert_eq!(after, ["total = $1::BIGINT AND id > $2::UUID | total < $1::BIGINT ORDER BY total DESC, id"]);
    assert_eq!(before, ["total = $1::BIGINT AND id < $2::UUID | total > $1::BIGINT ORDER BY total, id DESC"]);

    // A unique key leaves no tie: the primary key is not needed.
    let (after, _) = page_conditions("x(user_id), order(number)");
    assert_eq!(after, ["number > $2::TEXT ORDER BY number"]);
}

#[test]
fn several_ranges_are_merged() {
    let table = model("", "#[query(x(user_id), order(total desc, id), page, columns(number))]");
    assert_eq!(
        pages(&Resolved::new(&table, &table.queries[0])).after,
        [
            "(SELECT number, total, id FROM orders WHERE user_id = $1 AND deleted_at IS NULL AND total = $2::BIGINT AND id > $3::UUID ORDER BY total DESC, id LIMIT $4) \
          UNION ALL (SELECT number, total, id FROM orders WHERE user_id = $1 AND deleted_at IS NULL AND total < $2::BIGINT ORDER BY total DESC, id LIMIT $4) \
          ORDER BY total DESC, id LIMIT $4"
        ]
    );
}

#[test]
fn nulls_have_a_place_in_the_order_of_pages() {
    let (after, before) = page_conditions("x, order(shipped_at desc)");
    assert_eq!(
        after,
        [
            "(shipped_at, id) < ($1::TIMESTAMPTZ, $2::UUID) ORDER BY shipped_at DESC NULLS FIRST, id DESC",
            "shipped_at IS NULL AND id < $1::UUID | shipped_at IS NOT NULL ORDER BY shipped_at DESC NULLS FIRST, id DESC",
        ]
    );
    assert_eq!(
        before,
        [
            "(shipped_at, id) > ($1::TIMESTAMPTZ, $2::UUID) | shipped_at IS NULL ORDER BY shipped_at NULLS LAST, id",
            "shipped_at IS NULL AND id > $1::UUID ORDER BY shipped_at NULLS LAST, id",
        ]
    );
    // Where the conditions leave no NULL, there is one statement; the order still says where they would be, as the
    // index does.
    let (after, _) = page_conditions("x(shipped_at >= since), order(shipped_at desc)");
    assert_eq!(after, ["(shipped_at, id) < ($2::TIMESTAMPTZ, $3::UUID) ORDER BY shipped_at DESC NULLS FIRST, id DESC"]);
}

#[test]
fn the_tenant_comes_first() {
    let table = model("tenant = \"shop_id\"", "#[query(x(user_id), count)] #[query(y(user_id, shop_id), count)]");
    let texts: Vec<String> = table.queries.iter().map(|query| statement(&Resolved::new(&table, query))).collect();
    assert!(texts[0].contains("WHERE shop_id = $1 AND user_id = $2 AND"), "{}", texts[0]);
    assert!(texts[1].contains("WHERE user_id = $1 AND shop_id = $2 AND"), "{}", texts[1]);
}

#[test]
fn a_key_without_the_tenant_is_looked_up_behind_it() {
    let table = model("tenant = \"shop_id\"", "");
    let number = ["number".to_owned()];
    let find = dml::find_by(&table, &dml::scoped(&table, &number), None);
    assert!(find.ends_with(" WHERE shop_id = $1 AND number = $2"), "{find}");
    let upsert = dml::upsert(&table, &number, None);
    assert!(upsert.contains(" WHERE orders.shop_id = EXCLUDED.shop_id RETURNING "), "{upsert}");
    let [update, _] = bulk::upsert_many(&table, &number, None);
    let update = format!("{:?}", update.pieces());
    let both = " WHERE orders.shop_id = new_rows.new_shop_id AND orders.number = new_rows.new_number";
    assert!(update.contains(both), "{update}");
    let key = ["shop_id".to_owned(), "number".to_owned()];
    assert!(!dml::upsert(&table, &key, None).contains(" WHERE "), "the tenant is in the key");
    assert!(!dml::upsert(&model("", ""), &number, None).contains(" WHERE "));
}

fn verdict(attributes: &str) -> Result<String, Missing> {
    let table = model("", attributes);
    match coverage(&table, &table.queries[0]) {
        Coverage::Served(serving) => Ok(serving[0].index.name.clone()),
        Coverage::Missing(missing) => Err(missing),
    }
}

#[test]
fn what_an_index_serves_is_served() {
    for (index, query) in [
        ("user_id, ordered_at desc, id desc", "x(user_id), order(ordered_at desc), page"),
        ("user_id, ordered_at, id", "x(user_id), order(ordered_at desc), page"),
        ("user_id, ordered_at, id desc", "x(user_id), order(ordered_at desc, id), page"),
        ("user_id, total, ordered_at", "x(total, user_id), order(ordered_at), all(9)"),
        ("user_id, ordered_at", "x(user_id, ordered_at >= since, ordered_at < until), order(ordered_at desc), all(9)"),
        ("user_id, ordered_at", "x(user_id in ids), order(user_id, ordered_at), all(9)"),
        ("shop_id, user_id", "x(user_id in ids, shop_id), all(9)"),
        ("user_id, id, where = \"status = 'shipped'\"", "x(user_id, status = Shipped), page"),
        ("user_id, id, where = \"status <> 'paid'\"", "x(user_id, status = Shipped), page"),
        (
            "total, id, where = \"shipped_at IS NOT NULL\"",
            "x(shipped_at >= a), where = \"shipped_at IS NOT NULL\", unindexed(reason = \"x\"), count",
        ),
        ("user_id, id, where = \"carrier IS NOT NULL\"", "x(user_id, carrier), unindexed(reason = \"x\"), count"),
        ("id, where = \"shipped_at IS NULL\"", "x, where = \"shipped_at IS NULL\", count"),
        ("user_id, shipped_at, id", "x(user_id), order(shipped_at desc), page"),
        ("user_id, shipped_at nulls_first, id", "x(user_id), order(shipped_at nulls_first), page"),
        ("is_gift desc, ordered_at, id", "x(is_gift = true), order(ordered_at), page"),
        ("user_id, total, using = btree, include(number)", "x(user_id, total), columns(number), all(1)"),
    ] {
        let result = verdict(&format!("#[index({index})] #[query({query})]"));
        let excused = query.contains("unindexed");
        assert_eq!(result.is_ok(), !excused, "{index} / {query}: {result:?}");
    }
}

#[test]
fn what_no_index_serves_is_not() {
    for (index, query) in [
        ("user_id, ordered_at desc", "x(user_id), order(ordered_at desc), page"),
        ("user_id, ordered_at desc, id", "x(user_id), order(ordered_at desc), page"),
        ("user_id, ordered_at nulls_first, id", "x(user_id), order(ordered_at), page"),
        ("ordered_at, total", "x(total), all(9)"),
        ("carrier, total", "x(carrier, ordered_at >= since), all(9)"),
        ("carrier, total, ordered_at", "x(carrier, ordered_at >= since), all(9)"),
        ("total, user_id, ordered_at", "x(total in totals, user_id), order(ordered_at), all(9)"),
        ("user_id, id, where = \"status = 'paid'\"", "x(user_id, status = Shipped), page"),
        ("user_id, id, where = \"status = 'shipped'\"", "x(user_id, status), page"),
        ("total, id", "x, where = \"carrier = 'dhl'\", order(total), page"),
        ("total ops(\"int8_ops\"), id", "x(total), page"),
        ("total, using = brin", "x(total), count"),
        ("total, using = hash", "x(total >= least), count"),
        ("total, id", "x, count"),
    ] {
        let result = verdict(&format!("#[index({index})] #[query({query})]"));
        assert!(result.is_err(), "{index} / {query}: {result:?}");
    }
}

#[test]
fn the_line_names_the_index_that_serves() {
    for (attributes, closest, line) in [
        (
            "#[query(x(user_id), order(ordered_at desc), page)]",
            "idx_orders_user_id",
            "#[index(user_id, ordered_at desc, id desc)]",
        ),
        ("#[query(x(status, carrier), page)]", "", "#[index(carrier, status, id)]"),
        (
            "#[query(x(carrier, status = Shipped), order(total), all(9))]",
            "",
            "#[index(carrier, total, where = \"status = 'shipped'\")]",
        ),
        ("#[query(x, where = \"shipped_at IS NULL\", count)]", "", "#[index(id, where = \"shipped_at IS NULL\")]"),
        ("#[query(x(carrier), include_deleted, count)]", "", "#[index(carrier, include_deleted)]"),
        (
            "#[index(carrier)] #[query(x(carrier), where = \"total > 5 OR is_gift\", order(total nulls_first), all(5))]",
            "idx_orders_carrier",
            "#[index(carrier, total nulls_first, where = \"(total > 5 OR is_gift)\")]",
        ),
        (
            "#[index(carrier, total, include(number))] #[query(x(carrier), order(total, ordered_at), columns(shipped_at), all(5))]",
            "idx_orders_carrier_total",
            "#[index(carrier, total, ordered_at, include(shipped_at, number))]",
        ),
    ] {
        let missing = verdict(attributes).unwrap_err();
        assert_eq!(missing.closest.map(|(index, _)| index).unwrap_or_default(), closest, "{attributes}");
        assert_eq!(missing.line.map(|(line, _)| line).as_deref(), Some(line), "{attributes}");
    }
}

#[test]
fn the_index_alone_answers_what_it_holds() {
    for (attributes, expected) in [
        ("#[index(user_id, total)] #[query(x(user_id), order(total), columns(total), all(9))]", true),
        ("#[index(user_id, total, include(number))] #[query(x(user_id), order(total), columns(number), all(9))]", true),
        ("#[index(user_id, total)] #[query(x(user_id), order(total), columns(number), all(9))]", false),
        ("#[index(user_id, total)] #[query(x(user_id), count)]", true),
        // The index of the foreign key covers deleted rows, so the rows are looked at.
        ("#[query(x(user_id), count)]", false),
        ("#[index(user_id, total)] #[query(x(user_id), where = \"carrier = 'dhl'\", count)]", false),
        (
            "#[index(user_id, where = \"carrier = 'dhl'\")] #[query(x(user_id), where = \"carrier = 'dhl'\", count)]",
            true,
        ),
    ] {
        let table = model("", attributes);
        let Coverage::Served(serving) = coverage(&table, &table.queries[0]) else { panic!("{attributes}") };
        assert_eq!(serving[0].index_only, expected, "{attributes}: {}", serving[0].index.name);
    }
}

#[test]
fn every_statement_is_listed_with_its_index_and_parameters() {
    let table = model(
        "",
        "#[index(user_id, shipped_at, id)] #[query(x(user_id, total >= least), unindexed(reason = \"x\"), all(limit))]
         #[query(recent(user_id), order(shipped_at), page)]",
    );
    let promises = promises(&table);
    for promise in &promises {
        let text = promise.sql.as_text().unwrap_or_default();
        let highest = (1..=40).rev().find(|number| text.contains(&format!("${number}"))).unwrap_or(0);
        assert_eq!(highest, promise.parameters.len(), "{}: {text}", promise.helper);
    }
    let of = |helper: &str| promises.iter().filter(|promise| promise.helper == helper).collect::<Vec<_>>();
    assert_eq!(of("find")[0].indexes, ["orders_pkey"]);
    assert_eq!(of("find_by_number")[0].indexes, ["orders_number_unique"]);
    assert!(of("x")[0].indexes.is_empty() && !of("x")[0].sort_forbidden);
    let parts: Vec<Part> = of("recent").iter().map(|promise| promise.part).collect();
    assert_eq!(parts, [Part::First, Part::After(0), Part::After(1), Part::Before(0), Part::Before(1)]);
    assert!(of("recent").iter().all(|promise| promise.indexes == ["idx_orders_user_id_shipped_at_id"]));
}

#[test]
fn a_profile_without_a_tenant_adds_none() {
    assert_eq!(Profile::default().tenant, None);
    assert!(model("", "#[query(x(user_id), count)]").queries[0].parameters.len() == 1);
}

#[test]
fn the_order_of_the_attributes_does_not_choose_the_index_of_a_list() {
    let lines = [
        "#[index(user_id, ordered_at desc, id desc)]",
        "#[index(user_id, created_at desc, id desc)]",
        "#[index(user_id, created_at, status, id)]",
    ];
    let listed = |order: [usize; 3]| {
        let attributes: Vec<&str> = order.iter().map(|line| lines[*line]).collect();
        lists::list_by(&model("", &attributes.join("\n")), &["user_id".to_owned()]).unwrap()
    };
    let first = listed([0, 1, 2]);
    assert_eq!(first.order, ["created_at", "id"]);
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert_eq!(listed(order), first, "{order:?}");
    }
}

#[test]
fn null_is_refused_with_what_is_then_taken() {
    let said = |query: &str| {
        let table = model("", &format!("#[index(status, id)]\n#[query({query})]"));
        let found = crate::rules::table(&table, &Profile::default());
        found.iter().find(|found| found.rule == "query").map(|found| found.help.clone().unwrap())
    };
    assert_eq!(said("x(status), update(carrier = NULL)").as_deref(), Some("carrier = \"NULL\""));
    assert_eq!(said("x(status), update(carrier = \"NULL\")"), None);
    assert_eq!(
        said("x(status, carrier = NULL), all(10)").as_deref(),
        Some("where = \"carrier IS NULL\" next to the conditions")
    );
    assert_eq!(said("x(status), where = \"carrier IS NULL\", all(10)"), None);
    assert_eq!(
        said("x(status), update(total = NULL)").as_deref(),
        Some("another value, or make the field an `Option`")
    );
}

#[test]
fn every_promised_statement_is_one_of_a_helper() {
    let attributes = "#[query(recent(user_id), order(ordered_at desc), page)] #[query(ship(user_id), update(carrier))] \
                      #[query(sweep(total < most), delete, batch(10))] #[index(user_id, ordered_at, id)] #[index(total)]";
    let table = model("", attributes);
    let all = helpers::helpers(&table);
    for promise in promises(&table) {
        let found = all.iter().find(|helper| (&helper.name, helper.part) == (&promise.helper, promise.part));
        let helper = found.unwrap_or_else(|| panic!("{promise:?}"));
        let types: Vec<SqlType> = helper.parameters.iter().map(|given| given.sql_type.clone()).collect();
        assert_eq!((&helper.sql, &types), (&promise.sql, &promise.parameters), "{}", helper.name);
    }
    for helper in &all {
        // The last parameter is the one of the highest number.
        let sql = helper.sql.as_text().unwrap_or_default();
        let last = helper.parameters.len();
        let has = |number: usize| sql.contains(&format!("${number}"));
        assert!(sql.is_empty() || (last == 0 || has(last)) && !has(last + 1), "{}: {sql}", helper.name);
    }
}
