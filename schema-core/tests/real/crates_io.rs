// The schema of crates.io, retold as models from its public DDL: names, types, keys, indexes and checks, nothing else.
// Source: https://github.com/rust-lang/crates.io (MIT OR Apache-2.0)
// at commit 57fa000662f511321daa61e6769f190ea0e80771 (2026-08-21), its migrations applied to PostgreSQL 15 and read back from the catalogue.
// Not a program: `tests/real.rs` reads it and counts what the rules say. See docs/real-schemas.md.

#[derive(Table)]
#[table(name = "api_tokens")]
#[unique(token)]
pub struct ApiToken {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(User, table = "users")]
    pub user_id: i32,
    pub token: Vec<u8>,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
    #[column(default = "false")]
    pub revoked: bool,
    pub crate_scopes: Option<Vec<String>>,
    pub endpoint_scopes: Option<Vec<String>>,
    pub expired_at: Option<DateTime<Utc>>,
    pub expiry_notification_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = "background_jobs")]
#[index(priority desc, id, name = "background_jobs_priority_id_index")]
pub struct BackgroundJob {
    pub id: i64,
    pub job_type: String,
    pub data: Value,
    #[column(default = "0")]
    pub retries: i32,
    #[column(default = "'1970-01-01 00:00:00'")]
    pub last_retry: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    #[column(default = "0")]
    pub priority: i16,
}

#[derive(Table)]
#[table(name = "categories")]
#[unique(category)]
#[unique(slug)]
#[index(path, using = gist, name = "path_gist_categories_idx")]
pub struct Category {
    #[column(identity = by_default)]
    pub id: i32,
    pub category: String,
    pub slug: String,
    #[column(default = "''")]
    pub description: String,
    #[column(default = "0")]
    pub crates_cnt: i32,
    pub created_at: DateTime<Utc>,
    #[column(type = "LTREE")]
    pub path: Ltree,
}

#[derive(Table)]
#[table(name = "cloudfront_invalidation_queue")]
#[index(created_at, name = "idx_cloudfront_invalidation_queue_created_at")]
pub struct CloudfrontInvalidationQueue {
    pub id: i64,
    pub path: String,
    pub created_at: DateTime<Utc>,
    #[column(default = "'index'")]
    pub distribution: String,
}

#[derive(Table)]
#[table(name = "crate_downloads")]
#[index(downloads desc, crate_id desc, name = "crate_downloads_downloads_crate_id_index")]
pub struct CrateDownload {
    #[references(Crate, table = "crates", on_delete = cascade)]
    #[column(primary_key)]
    pub crate_id: i32,
    #[column(default = "0")]
    pub downloads: i64,
}

#[derive(Table)]
#[table(name = "crate_owner_invitations")]
#[table(primary_key(invited_user_id, crate_id))]
#[table(junction)]
pub struct CrateOwnerInvitation {
    #[references(User, table = "users", on_delete = cascade)]
    pub invited_user_id: i32,
    #[references(User, table = "users", on_delete = cascade)]
    pub invited_by_user_id: i32,
    #[references(Crate, table = "crates", on_delete = cascade)]
    pub crate_id: i32,
    pub created_at: DateTime<Utc>,
    #[column(default = "random_string(26)")]
    pub token: String,
    pub expires_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "crate_owners")]
#[table(primary_key(crate_id, owner_id, owner_kind))]
#[unique(crate_id, owner_id, owner_kind, where = "NOT deleted")]
pub struct CrateOwner {
    #[references(Crate, table = "crates", on_delete = cascade)]
    pub crate_id: i32,
    pub owner_id: i32,
    pub created_at: DateTime<Utc>,
    #[references(User, table = "users")]
    pub created_by: Option<i32>,
    #[column(default = "false")]
    pub deleted: bool,
    pub updated_at: DateTime<Utc>,
    pub owner_kind: i32,
}

#[derive(Table)]
#[table(name = "crates")]
#[index(created_at, name = "index_crate_created_at")]
#[index(updated_at, name = "index_crate_updated_at")]
#[index("canon_crate_name(name)", unique, name = "index_crates_name")]
#[index(name, name = "index_crates_name_ordering")]
#[index(textsearchable_index_col, using = gin, name = "index_crates_name_search")]
#[index("canon_crate_name(name)" ops("gin_trgm_ops"), using = gin, name = "index_crates_name_tgrm")]
pub struct Crate {
    #[column(identity = by_default)]
    pub id: i32,
    pub name: String,
    pub updated_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub description: Option<String>,
    pub homepage: Option<String>,
    pub documentation: Option<String>,
    pub readme: Option<String>,
    #[column(type = "TSVECTOR")]
    pub textsearchable_index_col: Tsvector,
    pub repository: Option<String>,
    pub max_upload_size: Option<i32>,
    pub max_features: Option<i16>,
    #[column(default = "false")]
    pub trustpub_only: bool,
}

#[derive(Table)]
#[table(name = "crates_categories")]
#[table(primary_key(crate_id, category_id))]
#[table(junction)]
#[index(category_id, name = "index_crates_categories_category_id")]
#[index(crate_id, name = "index_crates_categories_crate_id")]
pub struct CratesCategory {
    #[references(Crate, table = "crates", on_delete = cascade)]
    pub crate_id: i32,
    #[references(Category, table = "categories", on_delete = cascade)]
    pub category_id: i32,
}

#[derive(Table)]
#[table(name = "crates_keywords")]
#[table(primary_key(crate_id, keyword_id))]
#[table(junction)]
#[index(crate_id, name = "index_crates_keywords_crate_id")]
#[index(keyword_id, name = "index_crates_keywords_keyword_id")]
pub struct CratesKeyword {
    #[references(Crate, table = "crates", on_delete = cascade)]
    pub crate_id: i32,
    #[references(Keyword, table = "keywords")]
    pub keyword_id: i32,
}

#[derive(Table)]
#[table(name = "default_versions")]
#[unique(version_id)]
pub struct DefaultVersion {
    #[references(Crate, table = "crates", on_delete = cascade)]
    #[column(primary_key)]
    pub crate_id: i32,
    #[references(Version, table = "versions")]
    pub version_id: i32,
    pub num_versions: Option<i32>,
}

#[derive(Table)]
#[table(name = "deleted_crates")]
#[index("canon_crate_name(name)", name = "deleted_crates_canon_crate_name_index")]
pub struct DeletedCrate {
    #[column(identity = by_default)]
    pub id: i32,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub deleted_at: DateTime<Utc>,
    #[references(User, table = "users", on_delete = set_null)]
    pub deleted_by: Option<i32>,
    pub message: Option<String>,
    pub available_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "dependencies")]
#[index(crate_id, version_id, name = "dependencies_crate_id_version_id_idx")]
#[index(crate_id, name = "index_dependencies_crate_id")]
#[index(version_id, name = "index_dependencies_version_id")]
pub struct Dependency {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Version, table = "versions", on_delete = cascade)]
    pub version_id: i32,
    #[references(Crate, table = "crates", on_delete = cascade)]
    pub crate_id: i32,
    pub req: String,
    pub optional: bool,
    pub default_features: bool,
    pub features: Vec<String>,
    pub target: Option<String>,
    #[column(default = "0")]
    pub kind: i32,
    pub explicit_name: Option<String>,
}

#[derive(Table)]
#[table(name = "emails")]
#[unique(user_id)]
pub struct Email {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(User, table = "users")]
    pub user_id: i32,
    pub email: String,
    #[column(default = "false")]
    pub verified: bool,
    #[column(default = "random_string(26)")]
    pub token: String,
    pub token_generated_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = "follows")]
#[table(primary_key(user_id, crate_id))]
#[table(junction)]
pub struct Follow {
    #[references(User, table = "users")]
    pub user_id: i32,
    #[references(Crate, table = "crates", on_delete = cascade)]
    pub crate_id: i32,
}

#[derive(Table)]
#[table(name = "keywords")]
#[index(crates_cnt, name = "index_keywords_crates_cnt")]
#[index(keyword, name = "index_keywords_keyword")]
#[index("lower(keyword)", name = "index_keywords_lower_keyword")]
#[unique(keyword)]
pub struct Keyword {
    #[column(identity = by_default)]
    pub id: i32,
    pub keyword: String,
    #[column(default = "0")]
    pub crates_cnt: i32,
    pub created_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "metadata")]
pub struct Metadata {
    #[column(primary_key)]
    pub total_downloads: i64,
}

#[derive(Table)]
#[table(name = "oauth_github")]
#[index(user_id, name = "index_oauth_github_user_id")]
pub struct OauthGithub {
    #[column(primary_key)]
    pub account_id: i64,
    #[references(User, table = "users", on_delete = cascade)]
    pub user_id: i32,
    pub encrypted_token: Vec<u8>,
    pub login: String,
    pub avatar: Option<String>,
    #[column(default = "'1970-01-01 00:00:00+00'")]
    pub last_sync: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "processed_log_files")]
pub struct ProcessedLogFile {
    #[column(primary_key)]
    pub path: String,
    #[column(default = "now()")]
    pub time: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "publish_limit_buckets")]
#[table(primary_key(user_id, action))]
pub struct PublishLimitBucket {
    #[references(User, table = "users")]
    pub user_id: i32,
    pub tokens: i32,
    #[column(default = "CURRENT_TIMESTAMP")]
    pub last_refill: DateTime<Utc>,
    #[column(default = "0")]
    pub action: i32,
}

#[derive(Table)]
#[table(name = "publish_rate_overrides")]
#[table(primary_key(user_id, action))]
pub struct PublishRateOverride {
    #[references(User, table = "users")]
    pub user_id: i32,
    pub burst: i32,
    pub expires_at: Option<DateTime<Utc>>,
    #[column(default = "0")]
    pub action: i32,
}

#[derive(Table)]
#[table(name = "readme_renderings")]
pub struct ReadmeRendering {
    #[references(Version, table = "versions", on_delete = cascade)]
    #[column(primary_key)]
    pub version_id: i32,
    #[column(default = "CURRENT_TIMESTAMP")]
    pub rendered_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "reserved_crate_names")]
pub struct ReservedCrateName {
    #[column(primary_key)]
    pub name: String,
}

#[derive(Table)]
#[table(name = "reserved_usernames")]
#[index("canon_username(username)", unique, name = "idx_reserved_usernames_canon_username")]
pub struct ReservedUsername {
    #[column(primary_key)]
    pub username: String,
}

#[derive(Table)]
#[table(name = "reverse_dependencies")]
#[table(primary_key(target_crate_id, dependent_crate_id))]
#[table(junction)]
#[index(dependent_crate_id, name = "reverse_dependencies_dependent_crate_id_idx")]
#[index(target_crate_id, dependent_downloads desc, dependent_crate_id desc, name = "reverse_dependencies_serve_idx")]
#[index(version_id, name = "reverse_dependencies_version_id_idx")]
pub struct ReverseDependency {
    #[references(Crate, table = "crates", on_delete = cascade)]
    pub target_crate_id: i32,
    #[references(Crate, table = "crates", on_delete = cascade)]
    pub dependent_crate_id: i32,
    #[references(Version, table = "versions", on_delete = cascade)]
    pub version_id: i32,
    pub dependency_id: i32,
    #[column(default = "0")]
    pub dependent_downloads: i64,
}

#[derive(Table)]
#[table(name = "teams")]
#[check("(login) = lower((login))")]
#[unique(github_id)]
#[unique(login)]
pub struct Team {
    #[column(identity = by_default)]
    pub id: i32,
    pub login: String,
    pub github_id: i32,
    pub name: Option<String>,
    pub avatar: Option<String>,
    pub org_id: i32,
}

#[derive(Table)]
#[table(name = "trustpub_configs_github")]
#[index("lower(repository_owner)", "lower(repository_name)", name = "idx_trustpub_configs_github_repo")]
pub struct TrustpubConfigsGithub {
    #[column(identity = by_default)]
    pub id: i32,
    pub created_at: DateTime<Utc>,
    #[references(Crate, table = "crates", on_delete = cascade)]
    pub crate_id: i32,
    pub repository_owner: String,
    pub repository_owner_id: i32,
    pub repository_name: String,
    pub workflow_filename: String,
    pub environment: Option<String>,
}

#[derive(Table)]
#[table(name = "trustpub_configs_gitlab")]
pub struct TrustpubConfigsGitlab {
    #[column(identity = by_default)]
    pub id: i32,
    pub created_at: DateTime<Utc>,
    #[references(Crate, table = "crates", on_delete = cascade)]
    pub crate_id: i32,
    pub namespace: String,
    pub namespace_id: Option<String>,
    pub project: String,
    pub workflow_filepath: String,
    pub environment: Option<String>,
}

#[derive(Table)]
#[table(name = "trustpub_tokens")]
#[unique(hashed_token)]
pub struct TrustpubToken {
    pub id: i64,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub hashed_token: Vec<u8>,
    pub crate_ids: Vec<i32>,
    pub trustpub_data: Option<Value>,
}

#[derive(Table)]
#[table(name = "trustpub_used_jtis")]
#[unique(jti)]
pub struct TrustpubUsedJtis {
    pub id: i64,
    pub jti: String,
    #[column(default = "now()")]
    pub used_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "users")]
#[index("canon_username(username)", name = "index_users_canon_username")]
#[index("lower(gh_login)", name = "lower_gh_login")]
#[unique(gh_id, where = "gh_id > 0")]
pub struct User {
    #[column(identity = by_default)]
    pub id: i32,
    pub gh_login: String,
    pub name: Option<String>,
    pub gh_id: i32,
    pub account_lock_reason: Option<String>,
    pub account_lock_until: Option<DateTime<Utc>>,
    #[column(default = "false")]
    pub is_admin: bool,
    #[column(default = "true")]
    pub publish_notifications: bool,
    pub username: String,
    pub created_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = "version_downloads")]
#[table(primary_key(version_id, date))]
#[index(date, using = brin, name = "index_version_downloads_date")]
#[index(processed, where = "NOT processed", name = "index_version_downloads_not_processed")]
pub struct VersionDownload {
    #[references(Version, table = "versions", on_delete = cascade)]
    pub version_id: i32,
    #[column(default = "1")]
    pub downloads: i32,
    #[column(default = "0")]
    pub counted: i32,
    #[column(default = "CURRENT_DATE")]
    pub date: NaiveDate,
    #[column(default = "false")]
    pub processed: bool,
}

#[derive(Table)]
#[table(name = "version_owner_actions")]
#[index(version_id, name = "index_version_owner_actions_by_version_id")]
pub struct VersionOwnerAction {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Version, table = "versions", on_delete = cascade)]
    pub version_id: i32,
    #[references(User, table = "users")]
    pub user_id: i32,
    #[references(ApiToken, table = "api_tokens")]
    pub api_token_id: Option<i32>,
    pub action: i32,
    #[column(default = "now()")]
    pub time: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "versions")]
#[check("char_length((num)) <= 150")]
#[check("octet_length(tar_sha256) = 32")]
#[check("octet_length(zip_json_sha256) = 32")]
#[check("octet_length(zip_sha256) = 32")]
#[unique(crate_id, num)]
#[unique(crate_id, num_no_build)]
#[index(id, where = "yanked", name = "versions_id_yanked_idx")]
pub struct Version {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Crate, table = "crates", on_delete = cascade)]
    pub crate_id: i32,
    pub num: String,
    pub updated_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    #[column(default = "0")]
    pub downloads: i32,
    #[column(default = "'{}'")]
    pub features: Value,
    #[column(default = "false")]
    pub yanked: bool,
    pub license: Option<String>,
    pub crate_size: i32,
    #[references(User, table = "users")]
    pub published_by: Option<i32>,
    pub links: Option<String>,
    pub rust_version: Option<String>,
    pub has_lib: Option<bool>,
    pub bin_names: Option<Vec<String>>,
    pub yank_message: Option<String>,
    pub num_no_build: String,
    pub edition: Option<String>,
    pub description: Option<String>,
    pub homepage: Option<String>,
    pub documentation: Option<String>,
    pub repository: Option<String>,
    #[column(default = "ARRAY[]")]
    pub categories: Vec<String>,
    #[column(default = "ARRAY[]")]
    pub keywords: Vec<String>,
    pub linecounts: Option<Value>,
    pub trustpub_data: Option<Value>,
    pub lib_name: Option<String>,
    pub semver_ord_v2: Vec<u8>,
    pub tar_sha256: Vec<u8>,
    pub zip_sha256: Option<Vec<u8>>,
    pub zip_json_sha256: Option<Vec<u8>>,
}

#[derive(Table)]
#[table(name = "versions_published_by")]
pub struct VersionsPublishedBy {
    #[references(Version, table = "versions", on_delete = cascade)]
    #[column(primary_key)]
    pub version_id: i32,
    pub email: String,
}
