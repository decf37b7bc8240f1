use super::*;
use crate::parse;
use crate::schema::Schema;

/// Reads the items of an example as the scan would, and gives what they break. Whatever they break has a place: no
/// rule reports a place that the source map does not know.
fn broken_with(source: &str, profile: &Profile) -> Vec<Diagnostic> {
    let file = syn::parse_file(source).unwrap_or_else(|error| panic!("{error} in {source}"));
    let mut together = Schema::default();
    let mut found = Vec::new();
    let mut maps = BTreeMap::new();
    for item in file.items {
        match item {
            syn::Item::Struct(item) => {
                let parsed = parse::table(&item.into(), profile);
                assert!(
                    parsed.errors.is_empty(),
                    "{:?}",
                    parsed.errors.iter().map(Diagnostic::text).collect::<Vec<_>>()
                );
                let model = parsed.model.unwrap_or_else(|| panic!("no model in {source}"));
                found.extend(table(&model.table, profile));
                maps.insert(model.table.name.clone(), model.map);
                together.tables.insert(model.table.name.clone(), model.table);
            }
            syn::Item::Enum(item) => {
                let model = parse::enumeration(&item.into()).model.unwrap();
                together.enumerations.insert(model.ident.to_string(), model.enumeration);
            }
            _ => {}
        }
    }
    crate::schema::add_tenant_keys(&mut together);
    for column in together.tables.values_mut().flat_map(|table| &mut table.columns) {
        if let SqlType::Rust(name) = &column.sql_type
            && let Some(enumeration) = together.enumerations.get(name)
        {
            column.sql_type = SqlType::Text;
            column.enumeration = Some(enumeration.name.clone());
        }
    }
    let enumerations = std::mem::take(&mut together.enumerations).into_values();
    together.enumerations = enumerations.map(|enumeration| (enumeration.name.clone(), enumeration)).collect();
    found.extend(schema(&together, profile));
    for found in &found {
        let places = [Some(&found.at), found.second.as_ref().map(|it| &it.0), found.fix.as_ref().map(|it| &it.at)];
        for place in places.into_iter().flatten() {
            let map: Option<&crate::attribute::SourceMap> = maps.get(place.item());
            assert!(map.is_some_and(|map| map.knows(place)), "{}: no tokens are at {place}: {source}", found.rule);
        }
    }
    found
}

/// The same for an example of a rule: a rule of one table is shown without the tables around it.
fn broken(source: &str, rule: &Rule) -> Vec<Diagnostic> {
    let profile = crate::config::example(rule.settings);
    let found = broken_with(source, &profile);
    let lone = !matches!(rule.check, RuleCheck::Schema(_));
    found.into_iter().filter(|found| !(lone && found.rule == "foreign_key_target" && rule.id != found.rule)).collect()
}

#[test]
fn the_bad_example_breaks_its_rule_once_and_no_other() {
    for rule in RULES {
        let found: Vec<_> = broken(rule.bad, rule).iter().map(|found| (found.rule, found.text())).collect();
        assert!(matches!(found.as_slice(), [(id, _)] if *id == rule.id), "{}: {found:#?}", rule.id);
    }
}

#[test]
fn the_good_example_breaks_nothing() {
    for rule in RULES {
        let found: Vec<_> = broken(rule.good, rule).iter().map(Diagnostic::text).collect();
        assert!(found.is_empty(), "{}: {found:#?}", rule.id);
    }
}

#[test]
fn every_rule_is_registered_under_its_file_s_name() {
    let mut ids: Vec<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    assert!(ids.is_sorted());
    let known: Vec<(&str, bool)> = RULES.iter().map(|rule| (rule.id, rule.waivable)).collect();
    assert_eq!(known, crate::ids::RULES);
    // What is not a rule's file.
    ids.extend(["docs", "facts", "mod", "tests", "waiver"].map(str::to_owned));
    ids.sort();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(files, ids);
}

#[test]
fn waivers_are_held_to_account() {
    let source = |attribute: &str| {
        format!(
            "#[derive(Table)] #[table({attribute})] struct Event {{ id: Uuid, #[column(type = \"TIMESTAMP\")] \
             seen_at: NaiveDateTime, created_at: DateTime<Utc>, updated_at: DateTime<Utc> }}"
        )
    };
    let texts = |attribute: &str| {
        let found = broken(&source(attribute), &timestamptz::RULE);
        found.iter().map(|found| format!("{}: {}", found.rule, found.message)).collect::<Vec<_>>()
    };
    assert!(texts("allow(timestamptz, reason = \"as the device sends it\")").is_empty());
    assert_eq!(
        texts("allow(timestamptz, reason = \"as the device sends it\"), allow(table_name, reason = \"x\")"),
        ["waiver: nothing here breaks `table_name`"]
    );
    assert_eq!(texts("allow(timestampz, reason = \"x\")").last().unwrap(), "waiver: there is no rule `timestampz`");
    assert!(texts("allow(on_delete, reason = \"x\")").last().unwrap().contains("cannot be waived"));
}

/// The rule and the path of everything that is broken, by whatever rule.
fn all_broken(settings: &str, source: &str) -> Vec<String> {
    let profile = crate::config::example(settings);
    broken_with(source, &profile).iter().map(|found| format!("{} {}", found.rule, found.path)).collect()
}

/// A table `things` with these fields between its key and its timestamps, under these attributes.
fn thing(attributes: &str, fields: &str) -> String {
    format!(
        "#[derive(Table)] {attributes} struct Thing {{ id: Uuid, {fields} created_at: DateTime<Utc>, updated_at: DateTime<Utc> }}
         #[derive(Table)] struct User {{ id: Uuid, created_at: DateTime<Utc>, updated_at: DateTime<Utc> }}"
    )
}

#[test]
fn the_shop_breaks_nothing() {
    let source = include_str!("shop.rs");
    for settings in ["", crate::dialect::EVERY_TARGET] {
        let found: Vec<_> =
            broken_with(source, &crate::config::example(settings)).iter().map(Diagnostic::text).collect();
        assert!(found.is_empty(), "{settings}: {}", found.join("\n"));
    }
}

#[test]
fn what_is_right_is_left_alone() {
    for (settings, attributes, fields) in [
        // Amounts that are none, and amounts in cents.
        ("", "", "tax_rate: f64, total_seconds: f32, amount_cents: i64, price_score: f64, latitude: f64,"),
        // States of an address, types of files, others' words, unresolved types.
        (
            "",
            "",
            "state: String, city: String, content_type: String, status: ThingStatus, #[column(external = \"the bank\")] payment_state: String,",
        ),
        // Secrets that are none.
        (
            "",
            "",
            "token_hash: String, password_changed_at: Option<DateTime<Utc>>, token_count: i64, next_page_token: String, encrypted_password: String, api_key_digest: Vec<u8>,",
        ),
        // Personal data that is none.
        ("", "", "is_email_public: bool, email_domain: String, phone_model: String,"),
        // Numbers in names.
        (
            "",
            "",
            "address_line1: String, address_line2: Option<String>, sha1: String, sha256: String, x1: f64, x2: f64, p50: f64, p95: f64, s3_key: String,",
        ),
        // Validity, configured suffixes and prefixes.
        ("", "", "valid_from: DateTime<Utc>, valid_to: Option<DateTime<Utc>>,"),
        (
            "date_suffixes = [\"_on\", \"_date\"]\nboolean_prefixes = [\"is_\", \"has_\"]",
            "",
            "start_date: NaiveDate, has_children: bool,",
        ),
        // Self references, roles, composite keys, external identifiers.
        (
            "",
            "",
            "#[references(Thing, on_delete = cascade)] parent_id: Option<Uuid>, #[references(User, on_delete = restrict)] owner_user_id: Uuid,",
        ),
        (
            "",
            "",
            "#[column(external = \"the tracing system\")] request_id: String, is_by_id: bool, #[column(generated = \"payload->>'event_id'\")] event_id: String, payload: Json<P>,",
        ),
        // Documents.
        (
            "",
            "",
            "#[column(type = \"JSONB\")] settings: Settings, #[column(check = \"jsonb_typeof(extra) = 'object'\")] extra: Value,",
        ),
        // Integers that are small, and keys.
        ("", "", "#[column(small)] position: i16,"),
        // Indexes.
        (
            "",
            "#[index(seen_at desc, id desc)] #[index(user_id, seen_at)] #[index(is_open, where = \"seen_at IS NULL\")]",
            "seen_at: Option<DateTime<Utc>>, is_open: bool, #[references(User, on_delete = restrict)] user_id: Uuid,",
        ),
        (
            "",
            "#[index(seen_at, using = brin)] #[index(name ops(\"gin_trgm_ops\"), using = gin)] #[index(\"lower(name)\")]",
            "seen_at: DateTime<Utc>, name: String,",
        ),
        ("", "#[index(status, seen_at desc)]", "status: ThingStatus, seen_at: DateTime<Utc>,"),
        // A partial index next to a full one, and one that carries more.
        (
            "",
            "#[index(a, b)] #[index(a, where = \"b > 5\", name = \"idx_things_high\")] #[index(a, include(c))]",
            "a: i64, b: i64, c: i64,",
        ),
        ("", "#[exclude(room with \"=\", during with \"&&\")]", "room: String, during: PgRange<DateTime<Utc>>,"),
        // A tenant in another service.
        (
            "tenant = \"org_id\"",
            "#[unique(org_id, name)] #[index(org_id, seen_at)] #[index(tags, using = gin)]",
            "#[column(external = \"the accounts service\")] org_id: Uuid, name: String, tags: Vec<String>, seen_at: DateTime<Utc>,",
        ),
        // Within a tenant: the key that the reference needs is nobody's to write.
        (
            "tenant = \"org_id\"",
            "#[foreign_key(org_id, thing_id, references = Thing(org_id, id), on_delete = set_null)]",
            "#[column(external = \"the accounts service\")] org_id: Uuid, thing_id: Option<Uuid>,",
        ),
        ("", "", "#[column(default = \"'infinity'\")] score: f64, #[column(default = \"'infinity'\")] name: String,"),
    ] {
        let found = all_broken(settings, &thing(attributes, fields));
        let found: Vec<_> = found.into_iter().filter(|found| !found.ends_with(" users")).collect();
        assert!(found.is_empty(), "{attributes} {fields}: {found:?}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of data")]
fn what_is_wrong_is_found_once() {
    for (settings, attributes, fields, expected) in [
        ("", "", "#[column(type = \"MONEY\")] price: Decimal,", "money things.price"),
        ("", "", "weight: Decimal,", "money things.weight"),
        ("", "", "#[column(check = \"color IN ('red', 'blue')\")] color: String,", "enum things.color"),
        ("", "", "#[column(check = \"color = ANY (ARRAY['red'])\")] color: String,", "enum things.color"),
        ("", "", "client_secret: Option<String>,", "secret things.client_secret"),
        ("", "", "contact_email: String,", "pii things.contact_email"),
        ("", "", "phone_1: String, phone_2: String, phone_3: String,", "normal_form things.phone_1"),
        ("", "", "tag_ids: Vec<i64>,", "normal_form things.tag_ids"),
        ("", "#[index(\"payload->>'user_id'\")]", "payload: Json<P>,", "normal_form things"),
        (
            "",
            "",
            "commentable_type: CommentableType, commentable_id: Uuid,",
            "foreign_key_declared things.commentable_id",
        ),
        ("", "", "#[references(User, on_delete = restrict)] created_by: Uuid,", "foreign_key_name things.created_by"),
        ("", "", "#[references(User, on_delete = restrict)] id_of_user: Uuid,", "foreign_key_name things.id_of_user"),
        ("", "", "#[column(identity = always)] number: i32,", "integer_width things.number"),
        ("", "", "#[column(small)] number: i64,", "integer_width things.number"),
        ("", "", "#[column(type = \"CHAR(2)\")] country_code: String,", "text things.country_code"),
        ("", "", "#[column(type = \"BIGSERIAL\")] number: i64,", "primary_key things.number"),
        ("", "", "#[column(check = \"note IS NOT NULL\")] note: Option<String>,", "nullability things.note"),
        ("", "", "#[column(default = \"-1\", check = \"stock >= 0\")] stock: i64,", "default things.stock"),
        ("", "", "#[column(default = \"uuid_generate_v4()\")] key: Uuid,", "default things.key"),
        ("", "", "#[column(default = \"'infinity'\")] ends_at: DateTime<Utc>,", "default things.ends_at"),
        ("", "", "#[column(default = \"'-Infinity'::timestamptz\")] ends_at: DateTime<Utc>,", "default things.ends_at"),
        ("", "", "#[column(default = \"DATE 'infinity'\")] due_on: NaiveDate,", "default things.due_on"),
        ("", "", "#[column(backfill = \"'infinity'\")] due_on: NaiveDate,", "default things.due_on"),
        ("", "", "#[column(default = \"'24:00'\")] opens_at: NaiveTime,", "default things.opens_at"),
        ("", "", "#[column(default = \"'NaN'\", numeric(9, 2))] share: Decimal,", "default things.share"),
        ("", "", "#[column(default = \"0\", generated = \"1\")] number: i64,", "default things.number"),
        ("", "", "#[column(backfill = \"'x'\")] number: i64,", "default things.number"),
        ("", "#[index(is_open)]", "is_open: bool,", "index_order things"),
        ("", "#[index(seen_at, is_open)]", "is_open: bool, seen_at: DateTime<Utc>,", "index_order things"),
        ("", "#[index(id)]", "name: String,", "redundant_index things"),
        ("", "#[index(name)]", "#[column(unique)] name: String,", "redundant_index things"),
        (
            "",
            "#[index(name desc, seen_at)] #[index(name, seen_at desc, name = \"idx_things_late\")]",
            "name: String, seen_at: DateTime<Utc>,",
            "redundant_index things",
        ),
        ("", "#[unique(a, b)] #[unique(b, a)]", "a: i64, b: i64,", "redundant_index things"),
        ("max_indexes = 2", "#[index(a)] #[index(b)]", "a: i64, b: i64,", "redundant_index things"),
        ("", "#[index(a, b, using = hash)]", "a: i64, b: i64,", "index_kinds things"),
        ("", "#[index(a desc, using = brin)]", "a: i64,", "index_kinds things"),
        ("", "#[index(body, using = gin)]", "body: String,", "index_kinds things"),
        ("", "#[index(number, using = gin)]", "number: i64,", "index_kinds things"),
        (
            "",
            "#[index(embedding, using = hnsw)]",
            "#[column(type = \"VECTOR(3)\")] embedding: Vector,",
            "index_kinds things",
        ),
        ("", "#[index(name ops(\"gin_trgm_ops\"))]", "name: String,", "index_kinds things"),
        ("", "#[index(\"to_tsvector(name)\", using = gin)]", "name: String,", "index_expression things"),
        (
            "",
            "",
            "#[column(generated = \"number + 1\")] next: i64, #[column(generated = \"1\")] number: i64,",
            "generated things.next",
        ),
        ("", "#[index(a, name = \"by_a\")]", "a: i64,", "constraint_name things"),
        (
            "tenant = \"user_id\"",
            "",
            "#[references(User, on_delete = restrict)] user_id: Option<Uuid>,",
            "tenant things.user_id",
        ),
        ("tenant = \"user_id\"", "", "", "tenant things"),
        (
            "tenant = \"user_id\"",
            "#[index(a)]",
            "#[references(User, on_delete = restrict)] user_id: Uuid, a: i64,",
            "tenant things",
        ),
        (
            "tenant = \"org_id\"",
            "",
            "#[column(external = \"the accounts service\")] org_id: Uuid,
             #[references(Thing, on_delete = cascade)] thing_id: Uuid,",
            "tenant users tenant things.thing_id",
        ),
        (
            crate::dialect::EVERY_TARGET,
            "#[foreign_key(key, thing_id, references = Thing(key, id), on_delete = set_null)] #[unique(key, id)]",
            "key: Uuid, thing_id: Option<Uuid>,",
            "portable things",
        ),
        (crate::dialect::EVERY_TARGET, "#[unique(a, nulls_not_distinct)]", "a: Option<i64>,", "portable things.a"),
        (crate::dialect::EVERY_TARGET, "#[index(a nulls_last)]", "a: Option<i64>,", "portable things"),
        (crate::dialect::EVERY_TARGET, "#[index(a, using = brin)]", "a: i64,", "portable things"),
        (
            crate::dialect::EVERY_TARGET,
            "",
            "#[references(User, on_delete = restrict, deferrable)] user_id: Uuid,",
            "portable things.user_id",
        ),
        (
            crate::dialect::EVERY_TARGET,
            "#[check(\"NOT isempty(tstzrange(a, b))\")]",
            "a: i64, b: i64,",
            "portable things portable things",
        ),
    ] {
        let found = all_broken(settings, &thing(attributes, fields));
        assert_eq!(found.join(" "), expected, "{attributes} {fields}");
    }
}

#[test]
fn sequential_keys_are_for_one_node() {
    let source = "#[derive(Table)] struct Thing { id: i64, created_at: DateTime<Utc>, updated_at: DateTime<Utc> }";
    let bigint = "primary_key = \"bigint\"";
    assert!(all_broken(bigint, source).is_empty());
    assert_eq!(all_broken(&format!("{bigint}\n{}", crate::dialect::EVERY_TARGET), source), ["primary_key things.id"]);
}

#[test]
fn enumerations_lead_where_nothing_distinguishes_rows_better() {
    let source = |index: &str| {
        let fields = "status: Status, #[references(User, on_delete = restrict)] user_id: Uuid, seen_at: DateTime<Utc>,";
        format!("#[derive(Enumeration)] enum Status {{ A, B }} {}", thing(index, fields))
    };
    assert_eq!(all_broken("", &source("#[index(status, user_id)]")), ["index_order things"]);
    assert_eq!(all_broken("", &source("#[index(seen_at, status)]")), ["index_order things"]);
    assert!(all_broken("", &source("#[index(status, seen_at desc)]")).is_empty());
    assert!(all_broken("", &source("#[index(user_id, status)]")).is_empty());
    // A waiver of a rule that the table answers in part is used by either part.
    let waived = |index: &str| format!("{index} #[table(allow(index_order, reason = \"as the reports ask\"))]");
    assert!(all_broken("", &source(&waived("#[index(status, user_id)]"))).is_empty());
    assert!(all_broken("", &source(&waived("#[index(seen_at, user_id)]"))).is_empty());
    assert_eq!(all_broken("", &source(&waived("#[index(user_id, status)]"))), ["waiver things"]);
}

#[test]
fn a_waived_foreign_key_index_is_not_made() {
    let field = |attribute: &str| format!("#[references(User, on_delete = restrict)] {attribute} user_id: Uuid,");
    let waiver = "#[column(allow(foreign_key_index, reason = \"users are never deleted\"))]";
    assert!(all_broken("", &thing("", &field(waiver))).is_empty());
    assert!(all_broken("", &thing("", &field(""))).is_empty());
    assert_eq!(
        all_broken("foreign_key_index = \"declared\"", &thing("", &field(""))),
        ["foreign_key_index things.user_id"]
    );
}

#[test]
fn a_rule_that_is_switched_off_is_silent() {
    let settings = "[rules]\nboolean_prefix = { level = \"off\", reason = \"older tables\" }";
    assert!(all_broken(settings, &thing("", "open: bool,")).is_empty());
    let waived = thing("", "#[column(allow(boolean_prefix, reason = \"x\"))] open: bool,");
    assert_eq!(all_broken(settings, &waived), ["waiver things.open"]);
}

#[test]
fn a_struct_that_breaks_ten_rules_shows_ten_errors_at_ten_places() {
    let source = "#[derive(Table)] #[index(open)] struct Thing { id: Uuid, open: bool, price: f64, seen: DateTime<Utc>, #[column(type = \"VARCHAR(9)\")] \
                  name: String, count: i32, payload: Value, status: String, user_id: Uuid, password: String, updated_at: DateTime<Utc> }";
    let profile = Profile::default();
    let file: syn::ItemStruct = syn::parse_str(source).unwrap();
    let model = parse::table(&file.into(), &profile).model.unwrap();
    let found = table(&model.table, &profile);
    let rules: std::collections::BTreeSet<_> = found.iter().map(|found| found.rule).collect();
    let places: std::collections::BTreeSet<_> = found.iter().map(|found| found.at.to_string()).collect();
    assert_eq!((rules.len(), places.len(), found.len()), (11, 11, 11), "{found:#?}");
}

#[test]
fn messages_are_short() {
    for rule in RULES {
        for found in broken(rule.bad, rule) {
            let text = found.text();
            assert!(text.lines().count() <= 5, "{text}");
            assert!(found.help.is_some(), "{text}");
            assert!(text.lines().all(|line| line.chars().count() <= 180), "{text}");
        }
    }
}
