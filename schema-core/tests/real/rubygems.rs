// The schema of RubyGems.org, retold as models from its public DDL: names, types, keys, indexes and checks, nothing else.
// Source: https://github.com/rubygems/rubygems.org (MIT)
// at commit 3c8ea0d4cbe85bd2a2bb5d22486247656a3dfb6c (2026-08-22), db/schema.rb applied to PostgreSQL 15 and read back from the catalogue.
// Not a program: `tests/real.rs` reads it and counts what the rules say. See docs/real-schemas.md.

#[derive(Table)]
#[table(name = "admin_github_users")]
#[unique(github_id)]
pub struct AdminGithubUser {
    pub id: i64,
    pub avatar_url: Option<String>,
    pub created_at: NaiveDateTime,
    pub github_id: Option<String>,
    #[column(type = "JSON")]
    pub info_data: Option<Value>,
    pub is_admin: Option<bool>,
    pub login: Option<String>,
    pub oauth_token: Option<String>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "api_key_rubygem_scopes")]
#[index(api_key_id, name = "index_api_key_rubygem_scopes_on_api_key_id")]
pub struct ApiKeyRubygemScope {
    pub id: i64,
    #[references(ApiKey, table = "api_keys")]
    pub api_key_id: i64,
    pub created_at: NaiveDateTime,
    pub ownership_id: i64,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "api_keys")]
#[check("owner_id IS NOT NULL")]
#[check("owner_type IS NOT NULL")]
#[check("scopes IS NOT NULL")]
#[unique(hashed_key)]
#[index(name ops("gin_trgm_ops"), using = gin, where = "(owner_type) = 'User'", name = "index_api_keys_on_name_trigram_for_users")]
#[index(owner_type, owner_id, name = "index_api_keys_on_owner")]
pub struct ApiKey {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub expires_at: Option<NaiveDateTime>,
    pub hashed_key: String,
    pub last_accessed_at: Option<NaiveDateTime>,
    #[column(default = "false")]
    pub mfa: bool,
    pub name: String,
    pub owner_id: Option<i64>,
    pub owner_type: Option<String>,
    pub scopes: Option<Vec<String>>,
    pub soft_deleted_at: Option<NaiveDateTime>,
    pub soft_deleted_rubygem_name: Option<String>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "attestations")]
#[index(version_id, name = "index_attestations_on_version_id")]
pub struct Attestation {
    pub id: i64,
    pub body: Option<Value>,
    pub created_at: NaiveDateTime,
    pub media_type: Option<String>,
    pub updated_at: NaiveDateTime,
    #[references(Version, table = "versions")]
    pub version_id: i64,
}

#[derive(Table)]
#[table(name = "audits")]
#[index(admin_github_user_id, name = "index_audits_on_admin_github_user_id")]
#[index(auditable_type, auditable_id, name = "index_audits_on_auditable")]
pub struct Audit {
    pub id: i64,
    pub action: String,
    #[references(AdminGithubUser, table = "admin_github_users")]
    pub admin_github_user_id: i64,
    pub auditable_id: i64,
    pub auditable_type: String,
    pub audited_changes: Option<String>,
    pub comment: Option<String>,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "blazer_audits")]
#[index(query_id, name = "index_blazer_audits_on_query_id")]
#[index(user_id, name = "index_blazer_audits_on_user_id")]
pub struct BlazerAudit {
    pub id: i64,
    pub created_at: Option<NaiveDateTime>,
    pub data_source: Option<String>,
    pub query_id: Option<i64>,
    pub statement: Option<String>,
    pub user_id: Option<i64>,
}

#[derive(Table)]
#[table(name = "blazer_checks")]
#[index(creator_id, name = "index_blazer_checks_on_creator_id")]
#[index(query_id, name = "index_blazer_checks_on_query_id")]
pub struct BlazerCheck {
    pub id: i64,
    pub check_type: Option<String>,
    pub created_at: NaiveDateTime,
    pub creator_id: Option<i64>,
    pub emails: Option<String>,
    pub last_run_at: Option<NaiveDateTime>,
    pub message: Option<String>,
    pub query_id: Option<i64>,
    pub schedule: Option<String>,
    pub slack_channels: Option<String>,
    pub state: Option<String>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "blazer_dashboard_queries")]
#[index(dashboard_id, name = "index_blazer_dashboard_queries_on_dashboard_id")]
#[index(query_id, name = "index_blazer_dashboard_queries_on_query_id")]
pub struct BlazerDashboardQuery {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub dashboard_id: Option<i64>,
    pub position: Option<i32>,
    pub query_id: Option<i64>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "blazer_dashboards")]
#[index(creator_id, name = "index_blazer_dashboards_on_creator_id")]
pub struct BlazerDashboard {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub creator_id: Option<i64>,
    pub name: Option<String>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "blazer_queries")]
#[index(creator_id, name = "index_blazer_queries_on_creator_id")]
pub struct BlazerQuery {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub creator_id: Option<i64>,
    pub data_source: Option<String>,
    pub description: Option<String>,
    pub name: Option<String>,
    pub statement: Option<String>,
    pub status: Option<String>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "blocked_email_domains")]
#[unique(domain)]
#[index(source, name = "index_blocked_email_domains_on_source")]
pub struct BlockedEmailDomain {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub domain: String,
    pub notes: Option<String>,
    #[column(default = "0")]
    pub source: i32,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "deletions")]
#[index(user_id, name = "index_deletions_on_user_id")]
#[index(version_id, name = "index_deletions_on_version_id")]
pub struct Deletion {
    #[column(identity = by_default)]
    pub id: i32,
    pub created_at: NaiveDateTime,
    pub number: Option<String>,
    pub platform: Option<String>,
    pub rubygem: Option<String>,
    pub updated_at: NaiveDateTime,
    pub user_id: Option<i32>,
    pub version_id: Option<i64>,
}

#[derive(Table)]
#[table(name = "dependencies")]
#[index(rubygem_id, name = "index_dependencies_on_rubygem_id")]
#[index(unresolved_name, name = "index_dependencies_on_unresolved_name")]
#[index(version_id, name = "index_dependencies_on_version_id")]
pub struct Dependency {
    #[column(identity = by_default)]
    pub id: i32,
    pub created_at: Option<NaiveDateTime>,
    pub requirements: Option<String>,
    pub rubygem_id: Option<i32>,
    pub scope: Option<String>,
    pub unresolved_name: Option<String>,
    pub updated_at: Option<NaiveDateTime>,
    pub version_id: Option<i32>,
}

#[derive(Table)]
#[table(name = "email_domain_allowlists")]
#[unique(domain)]
pub struct EmailDomainAllowlist {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub domain: String,
    pub notes: Option<String>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "events_organization_events")]
#[index(geoip_info_id, name = "index_events_organization_events_on_geoip_info_id")]
#[index(ip_address_id, name = "index_events_organization_events_on_ip_address_id")]
#[index(organization_id, name = "index_events_organization_events_on_organization_id")]
#[index(tag, name = "index_events_organization_events_on_tag")]
pub struct EventsOrganizationEvent {
    pub id: i64,
    pub additional: Option<Value>,
    pub created_at: NaiveDateTime,
    #[references(GeoipInfo, table = "geoip_infos")]
    pub geoip_info_id: Option<i64>,
    #[references(IpAddress, table = "ip_addresses")]
    pub ip_address_id: Option<i64>,
    #[references(Organization, table = "organizations")]
    pub organization_id: i64,
    pub tag: String,
    pub trace_id: Option<String>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "events_rubygem_events")]
#[index(geoip_info_id, name = "index_events_rubygem_events_on_geoip_info_id")]
#[index(ip_address_id, name = "index_events_rubygem_events_on_ip_address_id")]
#[index(rubygem_id, name = "index_events_rubygem_events_on_rubygem_id")]
#[index(tag, name = "index_events_rubygem_events_on_tag")]
pub struct EventsRubygemEvent {
    pub id: i64,
    pub additional: Option<Value>,
    pub created_at: NaiveDateTime,
    #[references(GeoipInfo, table = "geoip_infos")]
    pub geoip_info_id: Option<i64>,
    #[references(IpAddress, table = "ip_addresses")]
    pub ip_address_id: Option<i64>,
    #[references(Rubygem, table = "rubygems")]
    pub rubygem_id: i64,
    pub tag: String,
    pub trace_id: Option<String>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "events_user_events")]
#[index(geoip_info_id, name = "index_events_user_events_on_geoip_info_id")]
#[index(ip_address_id, name = "index_events_user_events_on_ip_address_id")]
#[index(tag, name = "index_events_user_events_on_tag")]
#[index(user_id, name = "index_events_user_events_on_user_id")]
pub struct EventsUserEvent {
    pub id: i64,
    pub additional: Option<Value>,
    pub created_at: NaiveDateTime,
    #[references(GeoipInfo, table = "geoip_infos")]
    pub geoip_info_id: Option<i64>,
    #[references(IpAddress, table = "ip_addresses")]
    pub ip_address_id: Option<i64>,
    pub tag: String,
    pub trace_id: Option<String>,
    pub updated_at: NaiveDateTime,
    #[references(User, table = "users")]
    pub user_id: i64,
}

#[derive(Table)]
#[table(name = "flipper_features")]
#[unique(key)]
pub struct FlipperFeature {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub key: String,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "flipper_gates")]
#[unique(feature_key, key, value)]
pub struct FlipperGate {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub feature_key: String,
    pub key: String,
    pub updated_at: NaiveDateTime,
    pub value: Option<String>,
}

#[derive(Table)]
#[table(name = "gem_downloads")]
#[index(count, name = "index_gem_downloads_on_count")]
#[unique(rubygem_id, version_id)]
#[index(version_id, rubygem_id, count, name = "index_gem_downloads_on_version_id_and_rubygem_id_and_count")]
pub struct GemDownload {
    #[column(identity = by_default)]
    pub id: i32,
    pub count: Option<i64>,
    pub rubygem_id: i32,
    pub version_id: i32,
}

#[derive(Table)]
#[table(name = "gem_name_reservations")]
#[unique(name)]
pub struct GemNameReservation {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub name: String,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "gem_typo_exceptions")]
pub struct GemTypoException {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub info: Option<String>,
    pub name: Option<String>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "geoip_infos")]
#[unique(continent_code, country_code, country_code3, country_name, region, city)]
pub struct GeoipInfo {
    pub id: i64,
    pub city: Option<String>,
    #[column(type = "VARCHAR(2)")]
    pub continent_code: Option<String>,
    #[column(type = "VARCHAR(2)")]
    pub country_code: Option<String>,
    #[column(type = "VARCHAR(3)")]
    pub country_code3: Option<String>,
    pub country_name: Option<String>,
    pub created_at: NaiveDateTime,
    pub region: Option<String>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "good_job_batches")]
pub struct GoodJobBatch {
    #[column(default = "gen_random_uuid()")]
    pub id: Uuid,
    pub callback_priority: Option<i32>,
    pub callback_queue_name: Option<String>,
    pub created_at: NaiveDateTime,
    pub description: Option<String>,
    pub discarded_at: Option<NaiveDateTime>,
    pub enqueued_at: Option<NaiveDateTime>,
    pub finished_at: Option<NaiveDateTime>,
    pub on_discard: Option<String>,
    pub on_finish: Option<String>,
    pub on_success: Option<String>,
    pub serialized_properties: Option<Value>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "good_job_executions")]
#[index(active_job_id, created_at, name = "index_good_job_executions_on_active_job_id_and_created_at")]
#[index(process_id, created_at, name = "index_good_job_executions_on_process_id_and_created_at")]
pub struct GoodJobExecution {
    #[column(default = "gen_random_uuid()")]
    pub id: Uuid,
    pub active_job_id: Uuid,
    pub created_at: NaiveDateTime,
    pub error: Option<String>,
    pub error_backtrace: Option<Vec<String>>,
    pub error_event: Option<i32>,
    pub finished_at: Option<NaiveDateTime>,
    pub job_class: Option<String>,
    pub process_id: Option<Uuid>,
    pub queue_name: Option<String>,
    pub scheduled_at: Option<NaiveDateTime>,
    pub serialized_params: Option<Value>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "good_job_processes")]
pub struct GoodJobProcess {
    #[column(default = "gen_random_uuid()")]
    pub id: Uuid,
    pub created_at: NaiveDateTime,
    pub lock_type: Option<i32>,
    pub state: Option<Value>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "good_job_settings")]
#[unique(key)]
pub struct GoodJobSetting {
    #[column(default = "gen_random_uuid()")]
    pub id: Uuid,
    pub created_at: NaiveDateTime,
    pub key: Option<String>,
    pub updated_at: NaiveDateTime,
    pub value: Option<Value>,
}

#[derive(Table)]
#[table(name = "good_jobs")]
#[index(priority, created_at, where = "finished_at IS NULL", name = "index_good_job_jobs_for_candidate_lookup")]
#[index(finished_at, where = "(retried_good_job_id IS NULL) AND (finished_at IS NOT NULL)", name = "index_good_jobs_jobs_on_finished_at")]
#[index(priority, created_at, where = "finished_at IS NULL", name = "index_good_jobs_jobs_on_priority_created_at_when_unfinished")]
#[index(active_job_id, created_at, name = "index_good_jobs_on_active_job_id_and_created_at")]
#[index(batch_callback_id, where = "batch_callback_id IS NOT NULL", name = "index_good_jobs_on_batch_callback_id")]
#[index(batch_id, where = "batch_id IS NOT NULL", name = "index_good_jobs_on_batch_id")]
#[index(concurrency_key, where = "finished_at IS NULL", name = "index_good_jobs_on_concurrency_key_when_unfinished")]
#[index(cron_key, created_at, where = "cron_key IS NOT NULL", name = "index_good_jobs_on_cron_key_and_created_at_cond")]
#[unique(cron_key, cron_at, where = "cron_key IS NOT NULL")]
#[index(labels, using = gin, where = "labels IS NOT NULL", name = "index_good_jobs_on_labels")]
#[index(locked_by_id, where = "locked_by_id IS NOT NULL", name = "index_good_jobs_on_locked_by_id")]
#[index(priority, scheduled_at, where = "(finished_at IS NULL) AND (locked_by_id IS NULL)", name = "index_good_jobs_on_priority_scheduled_at_unfinished_unlocked")]
#[index(queue_name, priority, created_at, where = "finished_at IS NULL", name = "index_good_jobs_on_queue_dequeue_ordered")]
#[index(queue_name, scheduled_at, where = "finished_at IS NULL", name = "index_good_jobs_on_queue_name_and_scheduled_at")]
#[index(scheduled_at, where = "finished_at IS NULL", name = "index_good_jobs_on_scheduled_at")]
pub struct GoodJob {
    #[column(default = "gen_random_uuid()")]
    pub id: Uuid,
    pub active_job_id: Option<Uuid>,
    pub batch_callback_id: Option<Uuid>,
    pub batch_id: Option<Uuid>,
    pub concurrency_key: Option<String>,
    pub created_at: NaiveDateTime,
    pub cron_at: Option<NaiveDateTime>,
    pub cron_key: Option<String>,
    pub error: Option<String>,
    pub error_event: Option<i32>,
    pub executions_count: Option<i32>,
    pub finished_at: Option<NaiveDateTime>,
    pub is_discrete: Option<bool>,
    pub job_class: Option<String>,
    pub labels: Option<Vec<String>>,
    pub locked_at: Option<NaiveDateTime>,
    pub locked_by_id: Option<Uuid>,
    pub performed_at: Option<NaiveDateTime>,
    pub priority: Option<i32>,
    pub queue_name: Option<String>,
    pub retried_good_job_id: Option<Uuid>,
    pub scheduled_at: Option<NaiveDateTime>,
    pub serialized_params: Option<Value>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "ip_addresses")]
#[index(geoip_info_id, name = "index_ip_addresses_on_geoip_info_id")]
#[unique(hashed_ip_address)]
#[unique(ip_address)]
pub struct IpAddress {
    pub id: i64,
    pub created_at: NaiveDateTime,
    #[references(GeoipInfo, table = "geoip_infos")]
    pub geoip_info_id: Option<i64>,
    pub hashed_ip_address: String,
    pub ip_address: IpNetwork,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "link_verifications")]
#[index(linkable_type, linkable_id, name = "index_link_verifications_on_linkable")]
#[index(linkable_id, linkable_type, uri, name = "index_link_verifications_on_linkable_and_uri")]
pub struct LinkVerification {
    pub id: i64,
    pub created_at: NaiveDateTime,
    #[column(default = "0")]
    pub failures_since_last_verification: Option<i32>,
    pub last_failure_at: Option<NaiveDateTime>,
    pub last_verified_at: Option<NaiveDateTime>,
    pub linkable_id: i64,
    pub linkable_type: String,
    pub updated_at: NaiveDateTime,
    pub uri: String,
}

#[derive(Table)]
#[table(name = "linksets")]
#[index(rubygem_id, name = "index_linksets_on_rubygem_id")]
pub struct Linkset {
    #[column(identity = by_default)]
    pub id: i32,
    pub bugs: Option<String>,
    pub code: Option<String>,
    pub created_at: Option<NaiveDateTime>,
    pub docs: Option<String>,
    pub home: Option<String>,
    pub mail: Option<String>,
    #[references(Rubygem, table = "rubygems")]
    pub rubygem_id: Option<i32>,
    pub updated_at: Option<NaiveDateTime>,
    pub wiki: Option<String>,
}

#[derive(Table)]
#[table(name = "log_tickets")]
#[unique(directory, key)]
pub struct LogTicket {
    #[column(identity = by_default)]
    pub id: i32,
    #[column(default = "0")]
    pub backend: Option<i32>,
    pub created_at: NaiveDateTime,
    pub directory: Option<String>,
    pub key: Option<String>,
    pub processed_count: Option<i32>,
    pub status: Option<String>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "maintenance_tasks_runs")]
#[index(task_name, status, created_at desc, name = "index_maintenance_tasks_runs")]
pub struct MaintenanceTasksRun {
    pub id: i64,
    pub arguments: Option<String>,
    pub backtrace: Option<String>,
    pub created_at: NaiveDateTime,
    pub cursor: Option<String>,
    pub ended_at: Option<NaiveDateTime>,
    pub error_class: Option<String>,
    pub error_message: Option<String>,
    pub job_id: Option<String>,
    #[column(default = "0")]
    pub lock_version: i32,
    pub metadata: Option<String>,
    pub started_at: Option<NaiveDateTime>,
    #[column(default = "'enqueued'")]
    pub status: String,
    pub task_name: String,
    #[column(default = "0")]
    pub tick_count: i64,
    pub tick_total: Option<i64>,
    #[column(default = "0.0")]
    pub time_running: f64,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "memberships")]
#[index(invited_by_id, name = "index_memberships_on_invited_by_id")]
#[index(organization_id, name = "index_memberships_on_organization_id")]
#[index(user_id, name = "index_memberships_on_user_id")]
#[unique(user_id, organization_id)]
pub struct Membership {
    pub id: i64,
    pub confirmed_at: Option<NaiveDateTime>,
    pub created_at: NaiveDateTime,
    pub invitation_expires_at: Option<NaiveDateTime>,
    pub invited_by_id: Option<i64>,
    #[references(Organization, table = "organizations")]
    pub organization_id: i64,
    #[column(default = "50")]
    pub role: i32,
    pub updated_at: NaiveDateTime,
    #[references(User, table = "users")]
    pub user_id: i64,
}

#[derive(Table)]
#[table(name = "oidc_api_key_roles")]
#[index(oidc_provider_id, name = "index_oidc_api_key_roles_on_oidc_provider_id")]
#[unique(token)]
#[index(user_id, name = "index_oidc_api_key_roles_on_user_id")]
pub struct OidcApiKeyRole {
    pub id: i64,
    pub access_policy: Value,
    pub api_key_permissions: Value,
    pub created_at: NaiveDateTime,
    pub deleted_at: Option<NaiveDateTime>,
    pub name: String,
    #[references(OidcProvider, table = "oidc_providers")]
    pub oidc_provider_id: i64,
    #[column(type = "VARCHAR(32)")]
    pub token: String,
    pub updated_at: NaiveDateTime,
    #[references(User, table = "users")]
    pub user_id: i64,
}

#[derive(Table)]
#[table(name = "oidc_id_tokens")]
#[index(api_key_id, name = "index_oidc_id_tokens_on_api_key_id")]
#[index(oidc_api_key_role_id, name = "index_oidc_id_tokens_on_oidc_api_key_role_id")]
pub struct OidcIdToken {
    pub id: i64,
    #[references(ApiKey, table = "api_keys")]
    pub api_key_id: Option<i64>,
    pub created_at: NaiveDateTime,
    pub jwt: Value,
    #[references(OidcApiKeyRole, table = "oidc_api_key_roles")]
    pub oidc_api_key_role_id: i64,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "oidc_pending_trusted_publishers")]
#[index(trusted_publisher_type, trusted_publisher_id, name = "index_oidc_pending_trusted_publishers_on_trusted_publisher")]
#[index(user_id, name = "index_oidc_pending_trusted_publishers_on_user_id")]
pub struct OidcPendingTrustedPublisher {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
    pub rubygem_name: Option<String>,
    pub trusted_publisher_id: i64,
    pub trusted_publisher_type: String,
    pub updated_at: NaiveDateTime,
    #[references(User, table = "users")]
    pub user_id: i64,
}

#[derive(Table)]
#[table(name = "oidc_providers")]
#[unique(issuer)]
pub struct OidcProvider {
    pub id: i64,
    pub configuration: Option<Value>,
    pub configuration_updated_at: Option<NaiveDateTime>,
    pub created_at: NaiveDateTime,
    pub issuer: Option<String>,
    pub jwks: Option<Value>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "oidc_rubygem_trusted_publishers")]
#[index(trusted_publisher_type, trusted_publisher_id, name = "index_oidc_rubygem_trusted_publishers_on_trusted_publisher")]
#[unique(rubygem_id, trusted_publisher_id, trusted_publisher_type)]
pub struct OidcRubygemTrustedPublisher {
    pub id: i64,
    pub created_at: NaiveDateTime,
    #[references(Rubygem, table = "rubygems")]
    pub rubygem_id: i64,
    pub trusted_publisher_id: i64,
    pub trusted_publisher_type: String,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "oidc_trusted_publisher_github_actions")]
#[unique(repository_owner, repository_name, repository_owner_id, workflow_filename, environment, workflow_repository_owner, workflow_repository_name)]
pub struct OidcTrustedPublisherGithubAction {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub environment: Option<String>,
    pub repository_name: String,
    pub repository_owner: String,
    pub repository_owner_id: String,
    pub updated_at: NaiveDateTime,
    pub workflow_filename: String,
    pub workflow_repository_name: Option<String>,
    pub workflow_repository_owner: Option<String>,
}

#[derive(Table)]
#[table(name = "organization_invites")]
#[index(invitable_type, invitable_id, name = "index_organization_invites_on_invitable")]
#[index(invitable_type, invitable_id, name = "index_organization_invites_on_invitable_type_and_invitable_id")]
#[index(user_id, name = "index_organization_invites_on_user_id")]
pub struct OrganizationInvite {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub invitable_id: i64,
    pub invitable_type: String,
    pub role: Option<String>,
    pub updated_at: NaiveDateTime,
    #[references(User, table = "users")]
    pub user_id: i64,
}

#[derive(Table)]
#[table(name = "organization_onboarding_invites")]
#[index(organization_onboarding_id, name = "idx_on_organization_onboarding_id_e5b08868fb")]
#[index(user_id, name = "index_organization_onboarding_invites_on_user_id")]
pub struct OrganizationOnboardingInvite {
    pub id: i64,
    pub created_at: NaiveDateTime,
    #[references(OrganizationOnboarding, table = "organization_onboardings")]
    pub organization_onboarding_id: i64,
    pub role: Option<String>,
    pub updated_at: NaiveDateTime,
    #[references(User, table = "users")]
    pub user_id: i64,
}

#[derive(Table)]
#[table(name = "organization_onboardings")]
pub struct OrganizationOnboarding {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub created_by_id: i32,
    pub error: Option<String>,
    pub onboarded_at: Option<NaiveDateTime>,
    pub onboarded_organization_id: Option<i32>,
    pub organization_handle: String,
    pub organization_name: String,
    #[column(default = "'{}'")]
    pub rubygems: Option<Vec<i32>>,
    pub status: String,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "organizations")]
#[index("lower(handle)", unique, name = "index_organizations_on_lower_handle")]
pub struct Organization {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub deleted_at: Option<NaiveDateTime>,
    #[column(type = "VARCHAR(40)")]
    pub handle: Option<String>,
    #[column(type = "VARCHAR(255)")]
    pub name: Option<String>,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "ownership_calls")]
#[index(rubygem_id, name = "index_ownership_calls_on_rubygem_id")]
#[index(user_id, name = "index_ownership_calls_on_user_id")]
pub struct OwnershipCall {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub note: Option<String>,
    #[references(Rubygem, table = "rubygems")]
    pub rubygem_id: Option<i64>,
    #[column(default = "true")]
    pub status: bool,
    pub updated_at: NaiveDateTime,
    #[references(User, table = "users")]
    pub user_id: Option<i64>,
}

#[derive(Table)]
#[table(name = "ownership_requests")]
#[index(ownership_call_id, name = "index_ownership_requests_on_ownership_call_id")]
#[index(rubygem_id, name = "index_ownership_requests_on_rubygem_id")]
#[index(user_id, name = "index_ownership_requests_on_user_id")]
pub struct OwnershipRequest {
    pub id: i64,
    #[references(User, table = "users")]
    pub approver_id: Option<i32>,
    pub created_at: NaiveDateTime,
    pub note: Option<String>,
    #[references(OwnershipCall, table = "ownership_calls")]
    pub ownership_call_id: Option<i64>,
    #[references(Rubygem, table = "rubygems")]
    pub rubygem_id: Option<i64>,
    #[column(default = "0")]
    pub status: i32,
    pub updated_at: NaiveDateTime,
    #[references(User, table = "users")]
    pub user_id: Option<i64>,
}

#[derive(Table)]
#[table(name = "ownerships")]
#[index(rubygem_id, name = "index_ownerships_on_rubygem_id")]
#[unique(user_id, rubygem_id)]
pub struct Ownership {
    #[column(identity = by_default)]
    pub id: i32,
    pub authorizer_id: Option<i32>,
    pub confirmed_at: Option<NaiveDateTime>,
    pub created_at: Option<NaiveDateTime>,
    #[column(default = "true")]
    pub owner_notifier: bool,
    #[column(default = "true")]
    pub ownership_request_notifier: bool,
    #[column(default = "true")]
    pub push_notifier: bool,
    #[column(default = "70")]
    pub role: i32,
    pub rubygem_id: Option<i32>,
    pub token: Option<String>,
    pub token_expires_at: Option<NaiveDateTime>,
    pub updated_at: Option<NaiveDateTime>,
    #[references(User, table = "users", on_delete = cascade)]
    pub user_id: Option<i32>,
}

#[derive(Table)]
#[table(name = "rubygem_transfers")]
#[index(created_by_id, name = "index_rubygem_transfers_on_created_by_id")]
#[index(organization_id, name = "index_rubygem_transfers_on_organization_id")]
pub struct RubygemTransfer {
    pub id: i64,
    pub completed_at: Option<NaiveDateTime>,
    pub created_at: NaiveDateTime,
    #[references(User, table = "users")]
    pub created_by_id: i64,
    pub error: Option<String>,
    #[references(Organization, table = "organizations")]
    pub organization_id: Option<i64>,
    #[column(default = "'{}'")]
    pub rubygems: Option<Vec<i32>>,
    #[column(default = "'pending'")]
    pub status: String,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "rubygems")]
#[index("regexp_replace(upper(name), '[_-]', '', 'g')", name = "dashunderscore_typos_idx")]
#[index(indexed, name = "index_rubygems_on_indexed")]
#[unique(name)]
#[index(organization_id, name = "index_rubygems_on_organization_id")]
#[index("upper(name)" ops("varchar_pattern_ops"), name = "index_rubygems_upcase")]
pub struct Rubygem {
    #[column(identity = by_default)]
    pub id: i32,
    pub created_at: Option<NaiveDateTime>,
    #[column(default = "false")]
    pub indexed: bool,
    pub name: Option<String>,
    #[references(Organization, table = "organizations", on_delete = set_null)]
    pub organization_id: Option<i64>,
    pub updated_at: Option<NaiveDateTime>,
}

#[derive(Table)]
#[table(name = "sendgrid_events")]
#[index(email, name = "index_sendgrid_events_on_email")]
#[unique(sendgrid_id)]
pub struct SendgridEvent {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub email: Option<String>,
    pub event_type: Option<String>,
    pub occurred_at: Option<NaiveDateTime>,
    pub payload: Value,
    pub sendgrid_id: String,
    pub status: String,
    pub updated_at: NaiveDateTime,
}

#[derive(Table)]
#[table(name = "subscriptions")]
#[index(rubygem_id, name = "index_subscriptions_on_rubygem_id")]
#[index(user_id, name = "index_subscriptions_on_user_id")]
pub struct Subscription {
    #[column(identity = by_default)]
    pub id: i32,
    pub created_at: Option<NaiveDateTime>,
    pub rubygem_id: Option<i32>,
    pub updated_at: Option<NaiveDateTime>,
    pub user_id: Option<i32>,
}

#[derive(Table)]
#[table(name = "users")]
#[index(blocked_email ops("gin_trgm_ops"), using = gin, where = "blocked_email IS NOT NULL", name = "index_users_on_blocked_email_trigram")]
#[index(email, name = "index_users_on_email")]
#[index(email ops("gin_trgm_ops"), using = gin, name = "index_users_on_email_trigram")]
#[index(handle, name = "index_users_on_handle")]
#[index(handle ops("gin_trgm_ops"), using = gin, name = "index_users_on_handle_trigram")]
#[index(id, confirmation_token, name = "index_users_on_id_and_confirmation_token")]
#[index(id, token, name = "index_users_on_id_and_token")]
#[index("lower(email)" ops("varchar_pattern_ops"), name = "index_users_on_lower_email")]
#[unique(password_reset_token_digest)]
#[index(id, where = "policies_acknowledged_at IS NULL", name = "index_users_on_policies_not_acknowledged")]
#[index(remember_token, name = "index_users_on_remember_token")]
#[index(token, name = "index_users_on_token")]
#[unique(webauthn_id)]
pub struct User {
    #[column(identity = by_default)]
    pub id: i32,
    pub api_key: Option<String>,
    pub blocked_email: Option<String>,
    #[column(type = "VARCHAR(128)")]
    pub confirmation_token: Option<String>,
    pub created_at: Option<NaiveDateTime>,
    pub deleted_at: Option<NaiveDateTime>,
    pub email: Option<String>,
    #[column(default = "false")]
    pub email_confirmed: bool,
    pub email_reset: Option<bool>,
    #[column(type = "VARCHAR(128)")]
    pub encrypted_password: Option<String>,
    pub full_name: Option<String>,
    pub handle: Option<String>,
    #[column(default = "true")]
    pub hide_email: Option<bool>,
    #[column(default = "0")]
    pub mail_fails: Option<i32>,
    #[column(default = "'{}'")]
    pub mfa_hashed_recovery_codes: Option<Vec<String>>,
    #[column(default = "0")]
    pub mfa_level: Option<i32>,
    pub password_reset_token_digest: Option<String>,
    pub password_reset_token_expires_at: Option<NaiveDateTime>,
    pub policies_acknowledged_at: Option<NaiveDateTime>,
    #[column(default = "false")]
    pub public_email: bool,
    #[column(type = "VARCHAR(128)")]
    pub remember_token: Option<String>,
    pub remember_token_expires_at: Option<NaiveDateTime>,
    #[column(type = "VARCHAR(128)")]
    pub salt: Option<String>,
    #[column(type = "VARCHAR(128)")]
    pub token: Option<String>,
    pub token_expires_at: Option<NaiveDateTime>,
    pub totp_seed: Option<String>,
    pub twitter_username: Option<String>,
    pub unconfirmed_email: Option<String>,
    pub updated_at: Option<NaiveDateTime>,
    pub webauthn_id: Option<String>,
}

#[derive(Table)]
#[table(name = "versions")]
#[unique(canonical_number, rubygem_id, platform, ruby_abi, where = "ruby_abi IS NOT NULL")]
#[unique(canonical_number, rubygem_id, platform, where = "ruby_abi IS NULL")]
#[unique(rubygem_id, number, platform, ruby_abi, where = "ruby_abi IS NOT NULL")]
#[unique(rubygem_id, number, platform, where = "ruby_abi IS NULL")]
#[index(built_at, name = "index_versions_on_built_at")]
#[unique(canonical_number, rubygem_id, platform, name = "index_versions_on_canonical_number_and_rubygem_id_and_platform")]
#[index(created_at, name = "index_versions_on_created_at")]
#[index(full_name, name = "index_versions_on_full_name")]
#[index(indexed, yanked_at, name = "index_versions_on_indexed_and_yanked_at")]
#[index("lower(full_name)", name = "index_versions_on_lower_full_name")]
#[index("lower(gem_full_name)", name = "index_versions_on_lower_gem_full_name")]
#[index(number, name = "index_versions_on_number")]
#[index(position, rubygem_id, name = "index_versions_on_position_and_rubygem_id")]
#[index(prerelease, name = "index_versions_on_prerelease")]
#[index(pusher_api_key_id, name = "index_versions_on_pusher_api_key_id")]
#[index(pusher_id, name = "index_versions_on_pusher_id")]
#[unique(rubygem_id, number, platform, name = "index_versions_on_rubygem_id_and_number_and_platform")]
#[index(rubygem_id, position, created_at desc, where = "indexed = true", name = "index_versions_on_rubygem_id_and_position_and_created_at")]
pub struct Version {
    #[column(identity = by_default)]
    pub id: i32,
    pub authors: Option<String>,
    pub built_at: Option<NaiveDateTime>,
    pub canonical_number: Option<String>,
    pub cert_chain: Option<String>,
    pub created_at: Option<NaiveDateTime>,
    pub description: Option<String>,
    pub full_name: Option<String>,
    pub gem_full_name: Option<String>,
    pub gem_platform: Option<String>,
    #[column(default = "true")]
    pub indexed: Option<bool>,
    pub info_checksum_v2: Option<String>,
    pub latest: Option<bool>,
    pub licenses: Option<String>,
    #[column(type = "HSTORE")]
    pub metadata: Hstore,
    pub number: Option<String>,
    pub platform: Option<String>,
    pub position: Option<i32>,
    pub prerelease: Option<bool>,
    #[references(ApiKey, table = "api_keys")]
    pub pusher_api_key_id: Option<i64>,
    pub pusher_id: Option<i64>,
    pub required_ruby_version: Option<String>,
    #[column(type = "VARCHAR(255)")]
    pub required_rubygems_version: Option<String>,
    pub requirements: Option<String>,
    pub ruby_abi: Option<String>,
    #[references(Rubygem, table = "rubygems")]
    pub rubygem_id: Option<i32>,
    pub sha256: Option<String>,
    pub size: Option<i32>,
    #[column(type = "VARCHAR(44)")]
    pub spec_sha256: Option<String>,
    pub summary: Option<String>,
    pub updated_at: Option<NaiveDateTime>,
    pub yanked_at: Option<NaiveDateTime>,
    pub yanked_info_checksum_v2: Option<String>,
}

#[derive(Table)]
#[table(name = "web_hooks")]
#[index(user_id, rubygem_id, name = "index_web_hooks_on_user_id_and_rubygem_id")]
pub struct WebHook {
    #[column(identity = by_default)]
    pub id: i32,
    pub created_at: Option<NaiveDateTime>,
    pub disabled_at: Option<NaiveDateTime>,
    pub disabled_reason: Option<String>,
    #[column(default = "0")]
    pub failure_count: Option<i32>,
    #[column(default = "0")]
    pub failures_since_last_success: Option<i32>,
    pub last_failure: Option<NaiveDateTime>,
    pub last_success: Option<NaiveDateTime>,
    pub rubygem_id: Option<i32>,
    #[column(default = "0")]
    pub successes_since_last_failure: Option<i32>,
    pub updated_at: Option<NaiveDateTime>,
    pub url: Option<String>,
    #[references(User, table = "users")]
    pub user_id: Option<i32>,
}

#[derive(Table)]
#[table(name = "webauthn_credentials")]
#[unique(external_id)]
#[index(user_id, name = "index_webauthn_credentials_on_user_id")]
pub struct WebauthnCredential {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub external_id: String,
    pub nickname: String,
    pub public_key: String,
    #[column(default = "0")]
    pub sign_count: i64,
    pub updated_at: NaiveDateTime,
    #[references(User, table = "users")]
    pub user_id: i64,
}

#[derive(Table)]
#[table(name = "webauthn_verifications")]
#[unique(user_id)]
pub struct WebauthnVerification {
    pub id: i64,
    pub created_at: NaiveDateTime,
    pub otp: Option<String>,
    pub otp_expires_at: Option<NaiveDateTime>,
    #[column(type = "VARCHAR(128)")]
    pub path_token: Option<String>,
    pub path_token_expires_at: Option<NaiveDateTime>,
    pub updated_at: NaiveDateTime,
    #[references(User, table = "users")]
    pub user_id: i64,
}
