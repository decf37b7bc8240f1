// The schema of Lemmy, retold as models from its public DDL: names, types, keys, indexes and checks, nothing else.
// Source: https://github.com/LemmyNet/lemmy
// at commit 439734dd638a2c06a2f907beab7dcf4646e88f86 (2026-08-12), its migrations applied to PostgreSQL 15 and read back from the catalogue.
// Not a program: `tests/real.rs` reads it and counts what the rules say. See docs/real-schemas.md.

#[derive(Enumeration)]
#[enumeration(storage = native, name = "actor_type_enum")]
pub enum ActorTypeEnum {
    #[enumeration(value = "site")]
    Site,
    #[enumeration(value = "community")]
    Community,
    #[enumeration(value = "person")]
    Person,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "comment_sort_type_enum")]
pub enum CommentSortTypeEnum {
    #[enumeration(value = "Hot")]
    Hot,
    #[enumeration(value = "Top")]
    Top,
    #[enumeration(value = "New")]
    New,
    #[enumeration(value = "Old")]
    Old,
    #[enumeration(value = "Controversial")]
    Controversial,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "community_follower_state")]
pub enum CommunityFollowerState {
    #[enumeration(value = "Accepted")]
    Accepted,
    #[enumeration(value = "Pending")]
    Pending,
    #[enumeration(value = "ApprovalRequired")]
    ApprovalRequired,
    #[enumeration(value = "Denied")]
    Denied,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "community_notifications_mode_enum")]
pub enum CommunityNotificationsModeEnum {
    #[enumeration(value = "AllPostsAndComments")]
    AllPostsAndComments,
    #[enumeration(value = "AllPosts")]
    AllPosts,
    #[enumeration(value = "RepliesAndMentions")]
    RepliesAndMentions,
    #[enumeration(value = "Mute")]
    Mute,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "community_visibility")]
pub enum CommunityVisibility {
    #[enumeration(value = "Public")]
    Public,
    #[enumeration(value = "LocalOnlyPublic")]
    LocalOnlyPublic,
    #[enumeration(value = "LocalOnlyPrivate")]
    LocalOnlyPrivate,
    #[enumeration(value = "Private")]
    Private,
    #[enumeration(value = "Unlisted")]
    Unlisted,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "federation_mode_enum")]
pub enum FederationModeEnum {
    #[enumeration(value = "All")]
    All,
    #[enumeration(value = "Local")]
    Local,
    #[enumeration(value = "Disable")]
    Disable,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "image_mode_enum")]
pub enum ImageModeEnum {
    #[enumeration(value = "None")]
    None,
    #[enumeration(value = "StoreLinkPreviews")]
    StoreLinkPreviews,
    #[enumeration(value = "ProxyAllImages")]
    ProxyAllImages,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "listing_type_enum")]
pub enum ListingTypeEnum {
    #[enumeration(value = "All")]
    All,
    #[enumeration(value = "Local")]
    Local,
    #[enumeration(value = "Subscribed")]
    Subscribed,
    #[enumeration(value = "ModeratorView")]
    ModeratorView,
    #[enumeration(value = "Suggested")]
    Suggested,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "modlog_kind")]
pub enum ModlogKind {
    #[enumeration(value = "AdminAdd")]
    AdminAdd,
    #[enumeration(value = "AdminBan")]
    AdminBan,
    #[enumeration(value = "AdminAllowInstance")]
    AdminAllowInstance,
    #[enumeration(value = "AdminBlockInstance")]
    AdminBlockInstance,
    #[enumeration(value = "AdminPurgeComment")]
    AdminPurgeComment,
    #[enumeration(value = "AdminPurgeCommunity")]
    AdminPurgeCommunity,
    #[enumeration(value = "AdminPurgePerson")]
    AdminPurgePerson,
    #[enumeration(value = "AdminPurgePost")]
    AdminPurgePost,
    #[enumeration(value = "ModAddToCommunity")]
    ModAddToCommunity,
    #[enumeration(value = "ModBanFromCommunity")]
    ModBanFromCommunity,
    #[enumeration(value = "ModFeaturePostCommunity")]
    ModFeaturePostCommunity,
    #[enumeration(value = "AdminFeaturePostSite")]
    AdminFeaturePostSite,
    #[enumeration(value = "ModChangeCommunityVisibility")]
    ModChangeCommunityVisibility,
    #[enumeration(value = "ModLockPost")]
    ModLockPost,
    #[enumeration(value = "ModRemoveComment")]
    ModRemoveComment,
    #[enumeration(value = "AdminRemoveCommunity")]
    AdminRemoveCommunity,
    #[enumeration(value = "ModRemovePost")]
    ModRemovePost,
    #[enumeration(value = "ModTransferCommunity")]
    ModTransferCommunity,
    #[enumeration(value = "ModLockComment")]
    ModLockComment,
    #[enumeration(value = "ModWarnComment")]
    ModWarnComment,
    #[enumeration(value = "ModWarnPost")]
    ModWarnPost,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "notification_type_enum")]
pub enum NotificationTypeEnum {
    #[enumeration(value = "Mention")]
    Mention,
    #[enumeration(value = "Reply")]
    Reply,
    #[enumeration(value = "Subscribed")]
    Subscribed,
    #[enumeration(value = "PrivateMessage")]
    PrivateMessage,
    #[enumeration(value = "ModAction")]
    ModAction,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "post_listing_mode_enum")]
pub enum PostListingModeEnum {
    #[enumeration(value = "List")]
    List,
    #[enumeration(value = "Card")]
    Card,
    #[enumeration(value = "SmallCard")]
    SmallCard,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "post_notifications_mode_enum")]
pub enum PostNotificationsModeEnum {
    #[enumeration(value = "AllComments")]
    AllComments,
    #[enumeration(value = "RepliesAndMentions")]
    RepliesAndMentions,
    #[enumeration(value = "Mute")]
    Mute,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "post_sort_type_enum")]
pub enum PostSortTypeEnum {
    #[enumeration(value = "Active")]
    Active,
    #[enumeration(value = "Hot")]
    Hot,
    #[enumeration(value = "New")]
    New,
    #[enumeration(value = "Old")]
    Old,
    #[enumeration(value = "Top")]
    Top,
    #[enumeration(value = "MostComments")]
    MostComments,
    #[enumeration(value = "NewComments")]
    NewComments,
    #[enumeration(value = "Controversial")]
    Controversial,
    #[enumeration(value = "Scaled")]
    Scaled,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "registration_mode_enum")]
pub enum RegistrationModeEnum {
    #[enumeration(value = "Closed")]
    Closed,
    #[enumeration(value = "RequireApplication")]
    RequireApplication,
    #[enumeration(value = "Open")]
    Open,
    #[enumeration(value = "RequireInvitation")]
    RequireInvitation,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "tag_color_enum")]
pub enum TagColorEnum {
    #[enumeration(value = "color01")]
    Color01,
    #[enumeration(value = "color02")]
    Color02,
    #[enumeration(value = "color03")]
    Color03,
    #[enumeration(value = "color04")]
    Color04,
    #[enumeration(value = "color05")]
    Color05,
    #[enumeration(value = "color06")]
    Color06,
    #[enumeration(value = "color07")]
    Color07,
    #[enumeration(value = "color08")]
    Color08,
    #[enumeration(value = "color09")]
    Color09,
    #[enumeration(value = "color10")]
    Color10,
}

#[derive(Enumeration)]
#[enumeration(storage = native, name = "vote_show_enum")]
pub enum VoteShowEnum {
    #[enumeration(value = "Show")]
    Show,
    #[enumeration(value = "ShowForOthers")]
    ShowForOthers,
    #[enumeration(value = "Hide")]
    Hide,
}

#[derive(Table)]
#[table(name = "comment")]
#[unique(ap_id)]
#[index(community_id, name = "idx_comment_community")]
#[index(content ops("gin_trgm_ops"), using = gin, name = "idx_comment_content_trigram")]
#[index(controversy_rank desc, name = "idx_comment_controversy")]
#[index(creator_id, name = "idx_comment_creator")]
#[index(hot_rank desc, score desc, name = "idx_comment_hot")]
#[index(language_id, name = "idx_comment_language")]
#[index(published_at, where = "hot_rank <> (0)::double precision", name = "idx_comment_nonzero_hotrank")]
#[index(post_id, name = "idx_comment_post")]
#[index(published_at desc, name = "idx_comment_published")]
#[index(score desc, name = "idx_comment_score")]
#[index(path, using = gist, name = "idx_path_gist")]
pub struct Comment {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub creator_id: i32,
    #[references(Post, table = "post", on_delete = cascade)]
    pub post_id: i32,
    pub content: String,
    #[column(default = "false")]
    pub removed: bool,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    #[column(default = "false")]
    pub deleted: bool,
    #[column(type = "VARCHAR(255)")]
    pub ap_id: String,
    #[column(default = "true")]
    pub local: bool,
    #[column(type = "LTREE", default = "'0'")]
    pub path: Ltree,
    #[column(default = "false")]
    pub distinguished: bool,
    #[references(Language, table = "language")]
    #[column(default = "0")]
    pub language_id: i32,
    #[column(default = "0")]
    pub score: i32,
    #[column(default = "0")]
    pub upvotes: i32,
    #[column(default = "0")]
    pub downvotes: i32,
    #[column(default = "0")]
    pub child_count: i32,
    #[column(default = "0.0001")]
    pub hot_rank: f32,
    #[column(default = "0")]
    pub controversy_rank: f32,
    #[column(default = "0")]
    pub report_count: i16,
    #[column(default = "0")]
    pub unresolved_report_count: i16,
    #[column(default = "false")]
    pub federation_pending: bool,
    #[column(default = "false")]
    pub locked: bool,
    #[references(Community, table = "community", on_delete = cascade)]
    pub community_id: i32,
}

#[derive(Table)]
#[table(name = "comment_actions")]
#[table(primary_key(person_id, comment_id))]
#[table(junction)]
#[check("(voted_at IS NULL) = (vote_is_upvote IS NULL)")]
#[index(comment_id, name = "idx_comment_actions_comment")]
#[index(comment_id, vote_is_upvote, person_id, where = "vote_is_upvote IS NOT NULL", name = "idx_comment_actions_like_score")]
#[index(person_id, comment_id, where = "(voted_at IS NOT NULL) OR (vote_is_upvote IS NOT NULL)", name = "idx_comment_actions_liked_not_null")]
#[index(person_id, name = "idx_comment_actions_person")]
#[index(person_id, comment_id, where = "saved_at IS NOT NULL", name = "idx_comment_actions_saved_not_null")]
#[index(voted_at, where = "voted_at IS NOT NULL", name = "idx_comment_actions_voted_at")]
pub struct CommentAction {
    pub voted_at: Option<DateTime<Utc>>,
    pub saved_at: Option<DateTime<Utc>>,
    #[references(Person, table = "person", on_delete = cascade)]
    pub person_id: i32,
    #[references(Comment, table = "comment", on_delete = cascade)]
    pub comment_id: i32,
    pub vote_is_upvote: Option<bool>,
}

#[derive(Table)]
#[table(name = "comment_report")]
#[unique(comment_id, creator_id)]
#[index(creator_id, name = "idx_comment_report_creator")]
#[index(published_at desc, name = "idx_comment_report_published")]
#[index(resolver_id, name = "idx_comment_report_resolver")]
pub struct CommentReport {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub creator_id: i32,
    #[references(Comment, table = "comment", on_delete = cascade)]
    pub comment_id: i32,
    pub original_comment_text: String,
    pub reason: String,
    #[column(default = "false")]
    pub resolved: bool,
    #[references(Person, table = "person", on_delete = cascade)]
    pub resolver_id: Option<i32>,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    #[column(default = "false")]
    pub violates_instance_rules: bool,
    pub conclusion: Option<String>,
}

#[derive(Table)]
#[table(name = "community")]
#[unique(featured_url)]
#[unique(moderators_url)]
#[unique(ap_id)]
#[index(comments desc, id desc, name = "idx_community_comments")]
#[unique(followers_url)]
#[index(hot_rank desc, id desc, name = "idx_community_hot")]
#[index(instance_id, name = "idx_community_instance")]
#[index("lower(ap_id)", unique, name = "idx_community_lower_actor_id")]
#[index("lower(name)" desc, id desc, name = "idx_community_lower_name")]
#[index(published_at, where = "hot_rank <> (0)::double precision", name = "idx_community_nonzero_hotrank")]
#[index(posts desc, id desc, name = "idx_community_posts")]
#[index(published_at desc, id desc, name = "idx_community_published")]
#[index(random_number, include(local, nsfw), where = "NOT (deleted OR removed OR (visibility = 'Private'::community_visibility) OR (visibility = 'Unlisted'::community_visibility))", name = "idx_community_random_number")]
#[index(subscribers desc, id desc, name = "idx_community_subscribers")]
#[index(subscribers_local desc, id desc, name = "idx_community_subscribers_local")]
#[index(title desc, id desc, name = "idx_community_title")]
#[index(name ops("gin_trgm_ops"), title ops("gin_trgm_ops"), summary ops("gin_trgm_ops"), sidebar ops("gin_trgm_ops"), using = gin, name = "idx_community_trigram")]
#[index(users_active_day desc, id desc, name = "idx_community_users_active_day")]
#[index(users_active_half_year desc, id desc, name = "idx_community_users_active_half_year")]
#[index(users_active_month desc, id desc, name = "idx_community_users_active_month")]
#[index(users_active_week desc, id desc, name = "idx_community_users_active_week")]
pub struct Community {
    #[column(identity = by_default)]
    pub id: i32,
    #[column(type = "VARCHAR(255)")]
    pub name: String,
    #[column(type = "VARCHAR(50)")]
    pub title: Option<String>,
    pub sidebar: Option<String>,
    #[column(default = "false")]
    pub removed: bool,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    #[column(default = "false")]
    pub deleted: bool,
    #[column(default = "false")]
    pub nsfw: bool,
    #[column(type = "VARCHAR(255)", default = "generate_unique_changeme()")]
    pub ap_id: String,
    #[column(default = "true")]
    pub local: bool,
    pub private_key: Option<String>,
    pub public_key: String,
    #[column(default = "now()")]
    pub last_refreshed_at: DateTime<Utc>,
    pub icon: Option<String>,
    pub banner: Option<String>,
    #[column(type = "VARCHAR(255)", default = "generate_unique_changeme()")]
    pub followers_url: Option<String>,
    #[column(type = "VARCHAR(255)", default = "generate_unique_changeme()")]
    pub inbox_url: String,
    #[column(default = "false")]
    pub posting_restricted_to_mods: bool,
    #[references(Instance, table = "instance", on_delete = cascade)]
    pub instance_id: i32,
    #[column(type = "VARCHAR(255)")]
    pub moderators_url: Option<String>,
    #[column(type = "VARCHAR(255)")]
    pub featured_url: Option<String>,
    #[column(default = "'Public'")]
    pub visibility: CommunityVisibility,
    #[column(type = "VARCHAR(150)")]
    pub summary: Option<String>,
    #[column(default = "random_smallint()")]
    pub random_number: i16,
    #[column(default = "0")]
    pub subscribers: i32,
    #[column(default = "0")]
    pub posts: i32,
    #[column(default = "0")]
    pub comments: i32,
    #[column(default = "0")]
    pub users_active_day: i32,
    #[column(default = "0")]
    pub users_active_week: i32,
    #[column(default = "0")]
    pub users_active_month: i32,
    #[column(default = "0")]
    pub users_active_half_year: i32,
    #[column(default = "0.0001")]
    pub hot_rank: f32,
    #[column(default = "0")]
    pub subscribers_local: i32,
    #[column(default = "0")]
    pub interactions_month: i32,
    #[column(default = "0")]
    pub report_count: i16,
    #[column(default = "0")]
    pub unresolved_report_count: i16,
    #[column(default = "false")]
    pub local_removed: bool,
}

#[derive(Table)]
#[table(name = "community_actions")]
#[table(primary_key(person_id, community_id))]
#[table(junction)]
#[check("((followed_at IS NULL) = (follow_state IS NULL)) AND (NOT ((followed_at IS NULL) AND (follow_approver_id IS NOT NULL)))")]
#[check("NOT ((received_ban_at IS NULL) AND (ban_expires_at IS NOT NULL))")]
#[index(became_moderator_at, where = "became_moderator_at IS NOT NULL", name = "idx_community_actions_became_moderator")]
#[index(person_id, community_id, where = "became_moderator_at IS NOT NULL", name = "idx_community_actions_became_moderator_not_null")]
#[index(person_id, community_id, where = "blocked_at IS NOT NULL", name = "idx_community_actions_blocked_not_null")]
#[index(community_id, name = "idx_community_actions_community")]
#[index(follow_approver_id, name = "idx_community_actions_follow_approver")]
#[index(followed_at, where = "followed_at IS NOT NULL", name = "idx_community_actions_followed")]
#[index(person_id, community_id, where = "(followed_at IS NOT NULL) OR (follow_state IS NOT NULL)", name = "idx_community_actions_followed_not_null")]
#[index(person_id, name = "idx_community_actions_person")]
#[index(person_id, community_id, where = "received_ban_at IS NOT NULL", name = "idx_community_actions_received_ban_not_null")]
pub struct CommunityAction {
    pub followed_at: Option<DateTime<Utc>>,
    pub blocked_at: Option<DateTime<Utc>>,
    pub became_moderator_at: Option<DateTime<Utc>>,
    pub received_ban_at: Option<DateTime<Utc>>,
    pub ban_expires_at: Option<DateTime<Utc>>,
    #[references(Person, table = "person", on_delete = cascade)]
    pub person_id: i32,
    #[references(Community, table = "community", on_delete = cascade)]
    pub community_id: i32,
    pub follow_state: Option<CommunityFollowerState>,
    #[references(Person, table = "person", on_delete = cascade)]
    pub follow_approver_id: Option<i32>,
    pub notifications: Option<CommunityNotificationsModeEnum>,
    pub follow_activity_id: Option<String>,
}

#[derive(Table)]
#[table(name = "community_community_follow")]
#[table(primary_key(community_id, target_id))]
#[table(junction)]
#[index(target_id, name = "idx_community_community_follow_target")]
pub struct CommunityCommunityFollow {
    #[references(Community, table = "community", on_delete = cascade)]
    pub target_id: i32,
    #[references(Community, table = "community", on_delete = cascade)]
    pub community_id: i32,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "community_language")]
#[table(primary_key(community_id, language_id))]
#[table(junction)]
#[index(language_id, name = "idx_community_language_language")]
pub struct CommunityLanguage {
    #[references(Community, table = "community", on_delete = cascade)]
    pub community_id: i32,
    #[references(Language, table = "language", on_delete = cascade)]
    pub language_id: i32,
}

#[derive(Table)]
#[table(name = "community_report")]
#[unique(community_id, creator_id)]
#[index(creator_id, name = "idx_community_report_creator")]
#[index(published_at desc, name = "idx_community_report_published")]
#[index(resolver_id, name = "idx_community_report_resolver")]
pub struct CommunityReport {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub creator_id: i32,
    #[references(Community, table = "community", on_delete = cascade)]
    pub community_id: i32,
    pub original_community_name: String,
    pub original_community_title: Option<String>,
    pub original_community_summary: Option<String>,
    pub original_community_sidebar: Option<String>,
    pub original_community_icon: Option<String>,
    pub original_community_banner: Option<String>,
    pub reason: String,
    #[column(default = "false")]
    pub resolved: bool,
    #[references(Person, table = "person", on_delete = cascade)]
    pub resolver_id: Option<i32>,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    pub conclusion: Option<String>,
}

#[derive(Table)]
#[table(name = "community_tag")]
#[index(community_id, name = "idx_tag_community")]
#[unique(ap_id)]
pub struct CommunityTag {
    #[column(identity = by_default)]
    pub id: i32,
    pub ap_id: String,
    #[column(type = "VARCHAR(255)")]
    pub name: String,
    #[column(type = "VARCHAR(255)")]
    pub display_name: Option<String>,
    #[column(type = "VARCHAR(150)")]
    pub summary: Option<String>,
    #[references(Community, table = "community", on_delete = cascade)]
    pub community_id: i32,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    #[column(default = "false")]
    pub deleted: bool,
    #[column(default = "'color01'")]
    pub color: TagColorEnum,
}

#[derive(Table)]
#[table(name = "custom_emoji")]
#[unique(image_url)]
#[unique(shortcode)]
#[index(id, category, name = "idx_custom_emoji_category")]
pub struct CustomEmoji {
    #[column(identity = by_default)]
    pub id: i32,
    #[column(type = "VARCHAR(128)")]
    pub shortcode: String,
    pub image_url: String,
    pub alt_text: String,
    pub category: String,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = "custom_emoji_keyword")]
#[table(primary_key(custom_emoji_id, keyword))]
pub struct CustomEmojiKeyword {
    #[references(CustomEmoji, table = "custom_emoji", on_delete = cascade)]
    pub custom_emoji_id: i32,
    #[column(type = "VARCHAR(128)")]
    pub keyword: String,
}

#[derive(Table)]
#[table(name = "email_verification")]
#[index(local_user_id, name = "idx_email_verification_user")]
pub struct EmailVerification {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(LocalUser, table = "local_user", on_delete = cascade)]
    pub local_user_id: i32,
    pub email: String,
    pub verification_token: String,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "federation_allowlist")]
pub struct FederationAllowlist {
    #[references(Instance, table = "instance", on_delete = cascade)]
    #[column(primary_key)]
    pub instance_id: i32,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = "federation_blocklist")]
pub struct FederationBlocklist {
    #[references(Instance, table = "instance", on_delete = cascade)]
    #[column(primary_key)]
    pub instance_id: i32,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    pub expires_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = "federation_queue_state")]
pub struct FederationQueueState {
    #[references(Instance, table = "instance")]
    #[column(primary_key)]
    pub instance_id: i32,
    pub last_successful_id: Option<i64>,
    pub fail_count: i32,
    pub last_retry_at: Option<DateTime<Utc>>,
    pub last_successful_published_time_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = "image_details")]
pub struct ImageDetail {
    #[column(primary_key)]
    pub link: String,
    pub width: i32,
    pub height: i32,
    pub content_type: String,
    #[column(type = "VARCHAR(50)")]
    pub blurhash: Option<String>,
}

#[derive(Table)]
#[table(name = "instance")]
#[unique(domain)]
pub struct Instance {
    #[column(identity = by_default)]
    pub id: i32,
    #[column(type = "VARCHAR(255)")]
    pub domain: String,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    #[column(type = "VARCHAR(255)")]
    pub software: Option<String>,
    #[column(type = "VARCHAR(255)")]
    pub version: Option<String>,
}

#[derive(Table)]
#[table(name = "instance_actions")]
#[table(primary_key(person_id, instance_id))]
#[table(junction)]
#[index(person_id, instance_id, where = "blocked_communities_at IS NOT NULL", name = "idx_instance_actions_blocked_not_null")]
#[index(instance_id, name = "idx_instance_actions_instance")]
#[index(person_id, name = "idx_instance_actions_person")]
pub struct InstanceAction {
    pub blocked_communities_at: Option<DateTime<Utc>>,
    #[references(Person, table = "person", on_delete = cascade)]
    pub person_id: i32,
    #[references(Instance, table = "instance", on_delete = cascade)]
    pub instance_id: i32,
    pub received_ban_at: Option<DateTime<Utc>>,
    pub ban_expires_at: Option<DateTime<Utc>>,
    pub blocked_persons_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = "language")]
pub struct Language {
    #[column(identity = by_default)]
    pub id: i32,
    #[column(type = "VARCHAR(3)")]
    pub code: String,
    pub name: String,
}

#[derive(Table)]
#[table(name = "local_image")]
#[index(person_id, name = "idx_image_upload_person_id")]
#[index(thumbnail_for_post_id, name = "idx_local_image_thumbnail_post")]
pub struct LocalImage {
    #[column(primary_key)]
    pub pictrs_alias: String,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    #[references(Person, table = "person", on_delete = cascade)]
    pub person_id: Option<i32>,
    #[references(Post, table = "post", on_delete = cascade)]
    pub thumbnail_for_post_id: Option<i32>,
}

#[derive(Table)]
#[table(name = "local_site")]
#[index(suggested_multi_community_id, name = "idx_local_site_suggested_communities")]
#[index(system_account, name = "idx_local_site_system_account")]
#[unique(site_id)]
pub struct LocalSite {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Site, table = "site", on_delete = cascade)]
    pub site_id: i32,
    #[column(default = "false")]
    pub site_setup: bool,
    #[column(default = "false")]
    pub community_creation_admin_only: bool,
    #[column(default = "false")]
    pub email_verification_required: bool,
    #[column(default = "'to verify that you are human, please explain why you want to create an account on this site'")]
    pub application_question: Option<String>,
    #[column(default = "false")]
    pub private_instance: bool,
    #[column(default = "'browser'")]
    pub default_theme: String,
    #[column(default = "'Local'")]
    pub default_post_listing_type: ListingTypeEnum,
    pub legal_information: Option<String>,
    #[column(default = "false")]
    pub application_email_admins: bool,
    pub slur_filter_regex: Option<String>,
    #[column(default = "true")]
    pub federation_enabled: bool,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    #[column(default = "'RequireApplication'")]
    pub registration_mode: RegistrationModeEnum,
    #[column(default = "false")]
    pub reports_email_admins: bool,
    #[column(default = "true")]
    pub federation_signed_fetch: bool,
    #[column(default = "'List'")]
    pub default_post_listing_mode: PostListingModeEnum,
    #[column(default = "'Active'")]
    pub default_post_sort_type: PostSortTypeEnum,
    #[column(default = "'Hot'")]
    pub default_comment_sort_type: CommentSortTypeEnum,
    #[column(default = "true")]
    pub oauth_registration: bool,
    #[column(default = "'All'")]
    pub post_upvotes: FederationModeEnum,
    #[column(default = "'All'")]
    pub post_downvotes: FederationModeEnum,
    #[column(default = "'All'")]
    pub comment_upvotes: FederationModeEnum,
    #[column(default = "'All'")]
    pub comment_downvotes: FederationModeEnum,
    pub default_post_time_range_seconds: Option<i32>,
    #[column(default = "false")]
    pub nsfw_content_disallowed: bool,
    #[column(default = "1")]
    pub users: i32,
    #[column(default = "0")]
    pub posts: i32,
    #[column(default = "0")]
    pub comments: i32,
    #[column(default = "0")]
    pub communities: i32,
    #[column(default = "0")]
    pub users_active_day: i32,
    #[column(default = "0")]
    pub users_active_week: i32,
    #[column(default = "0")]
    pub users_active_month: i32,
    #[column(default = "0")]
    pub users_active_half_year: i32,
    #[column(default = "false")]
    pub email_notifications_disabled: bool,
    #[references(MultiCommunity, table = "multi_community", on_delete = cascade)]
    pub suggested_multi_community_id: Option<i32>,
    #[references(Person, table = "person", on_delete = cascade)]
    pub system_account: i32,
    #[column(default = "20")]
    pub default_items_per_page: i32,
    #[column(default = "'ProxyAllImages'")]
    pub image_mode: ImageModeEnum,
    pub image_proxy_bypass_domains: Option<String>,
    #[column(default = "30")]
    pub image_upload_timeout_seconds: i32,
    #[column(default = "512")]
    pub image_max_thumbnail_size: i32,
    #[column(default = "512")]
    pub image_max_avatar_size: i32,
    #[column(default = "1024")]
    pub image_max_banner_size: i32,
    #[column(default = "1024")]
    pub image_max_upload_size: i32,
    #[column(default = "true")]
    pub image_allow_video_uploads: bool,
    #[column(default = "false")]
    pub image_upload_disabled: bool,
    #[column(default = "10")]
    pub max_invites_per_user_allowed: i32,
}

#[derive(Table)]
#[table(name = "local_site_rate_limit")]
pub struct LocalSiteRateLimit {
    #[references(LocalSite, table = "local_site", on_delete = cascade)]
    #[column(primary_key)]
    pub local_site_id: i32,
    #[column(default = "180")]
    pub message_max_requests: i32,
    #[column(default = "60")]
    pub message_interval_seconds: i32,
    #[column(default = "6")]
    pub post_max_requests: i32,
    #[column(default = "600")]
    pub post_interval_seconds: i32,
    #[column(default = "10")]
    pub register_max_requests: i32,
    #[column(default = "3600")]
    pub register_interval_seconds: i32,
    #[column(default = "6")]
    pub image_max_requests: i32,
    #[column(default = "3600")]
    pub image_interval_seconds: i32,
    #[column(default = "6")]
    pub comment_max_requests: i32,
    #[column(default = "600")]
    pub comment_interval_seconds: i32,
    #[column(default = "60")]
    pub search_max_requests: i32,
    #[column(default = "600")]
    pub search_interval_seconds: i32,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    #[column(default = "3")]
    pub import_user_settings_max_requests: i32,
    #[column(default = "86400")]
    pub import_user_settings_interval_seconds: i32,
}

#[derive(Table)]
#[table(name = "local_site_url_blocklist")]
#[unique(url)]
pub struct LocalSiteUrlBlocklist {
    #[column(identity = by_default)]
    pub id: i32,
    pub url: String,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = "local_user")]
#[index(invited_by_local_user_id, name = "idx_local_user_invited_by_local_user_id")]
#[unique(email)]
#[unique(person_id)]
pub struct LocalUser {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub person_id: i32,
    pub password_encrypted: Option<String>,
    pub email: Option<String>,
    #[column(default = "false")]
    pub show_nsfw: bool,
    #[column(default = "'browser'")]
    pub theme: String,
    #[column(default = "'Active'")]
    pub default_post_sort_type: PostSortTypeEnum,
    #[column(default = "'Local'")]
    pub default_listing_type: ListingTypeEnum,
    #[column(type = "VARCHAR(20)", default = "'browser'")]
    pub interface_language: String,
    #[column(default = "true")]
    pub show_avatars: bool,
    #[column(default = "false")]
    pub send_notifications_to_email: bool,
    #[column(default = "true")]
    pub show_bot_accounts: bool,
    #[column(default = "true")]
    pub show_read_posts: bool,
    #[column(default = "false")]
    pub email_verified: bool,
    #[column(default = "false")]
    pub accepted_application: bool,
    pub totp_2fa_secret: Option<String>,
    #[column(default = "false")]
    pub open_links_in_new_tab: bool,
    #[column(default = "true")]
    pub blur_nsfw: bool,
    #[column(default = "false")]
    pub infinite_scroll_enabled: bool,
    #[column(default = "false")]
    pub admin: bool,
    #[column(default = "'List'")]
    pub post_listing_mode: PostListingModeEnum,
    #[column(default = "false")]
    pub totp_2fa_enabled: bool,
    #[column(default = "true")]
    pub animated_images_enabled: bool,
    #[column(default = "false")]
    pub collapse_bot_comments: bool,
    #[column(default = "now() - (random() * '1 year'::interval)")]
    pub last_donation_notification_at: DateTime<Utc>,
    #[column(default = "true")]
    pub private_messages_enabled: bool,
    #[column(default = "'Hot'")]
    pub default_comment_sort_type: CommentSortTypeEnum,
    #[column(default = "false")]
    pub auto_mark_fetched_posts_as_read: bool,
    #[column(default = "false")]
    pub hide_posts_with_media: bool,
    pub default_post_time_range_seconds: Option<i32>,
    #[column(default = "false")]
    pub show_score: bool,
    #[column(default = "true")]
    pub show_upvotes: bool,
    #[column(default = "'Show'")]
    pub show_downvotes: VoteShowEnum,
    #[column(default = "false")]
    pub show_upvote_percentage: bool,
    #[column(default = "true")]
    pub show_person_votes: bool,
    #[column(default = "20")]
    pub default_items_per_page: i32,
    #[references(LocalUser, table = "local_user", on_delete = set_null)]
    pub invited_by_local_user_id: Option<i32>,
    #[column(default = "true")]
    pub show_media: bool,
}

#[derive(Table)]
#[table(name = "local_user_invite")]
#[index(local_user_id, name = "idx_local_user_invite_local_user_id")]
#[unique(token)]
pub struct LocalUserInvite {
    #[column(identity = by_default)]
    pub id: i32,
    pub token: String,
    #[references(LocalUser, table = "local_user", on_delete = cascade)]
    pub local_user_id: i32,
    pub max_uses: Option<i32>,
    #[column(default = "0")]
    pub uses_count: i32,
    pub expires_at: Option<DateTime<Utc>>,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "local_user_keyword_block")]
#[table(primary_key(local_user_id, keyword))]
pub struct LocalUserKeywordBlock {
    #[references(LocalUser, table = "local_user", on_delete = cascade)]
    pub local_user_id: i32,
    #[column(type = "VARCHAR(50)")]
    pub keyword: String,
}

#[derive(Table)]
#[table(name = "local_user_language")]
#[table(primary_key(local_user_id, language_id))]
#[table(junction)]
#[index(language_id, name = "idx_local_user_language_language")]
pub struct LocalUserLanguage {
    #[references(LocalUser, table = "local_user", on_delete = cascade)]
    pub local_user_id: i32,
    #[references(Language, table = "language", on_delete = cascade)]
    pub language_id: i32,
}

#[derive(Table)]
#[table(name = "login_token")]
#[index(user_id, token, name = "idx_login_token_user_token")]
pub struct LoginToken {
    #[column(primary_key)]
    pub token: String,
    #[references(LocalUser, table = "local_user", on_delete = cascade)]
    pub user_id: i32,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub ip: Option<String>,
    pub user_agent: Option<String>,
}

#[derive(Table)]
#[table(name = "modlog")]
#[check("((kind = 'AdminAdd'::modlog_kind) AND (num_nonnulls(target_person_id, target_instance_id) = 2) AND (num_nonnulls(target_community_id, target_post_id, target_comment_id) = 0)) OR ((kind = 'AdminBan'::modlog_kind) AND (num_nonnulls(target_person_id, target_instance_id) = 2) AND (num_nonnulls(target_community_id, target_post_id, target_comment_id) = 0)) OR ((kind = 'ModRemovePost'::modlog_kind) AND (num_nonnulls(target_post_id, target_community_id, target_person_id) = 3) AND (num_nonnulls(target_instance_id, target_comment_id) = 0)) OR ((kind = 'ModRemoveComment'::modlog_kind) AND (num_nonnulls(target_comment_id, target_person_id, target_post_id, target_community_id) = 4) AND (num_nonnulls(target_instance_id) = 0)) OR ((kind = 'ModLockComment'::modlog_kind) AND (num_nonnulls(target_comment_id, target_person_id, target_post_id, target_community_id) = 4) AND (num_nonnulls(target_instance_id) = 0)) OR ((kind = 'ModWarnComment'::modlog_kind) AND (num_nonnulls(target_comment_id, target_person_id, target_post_id, target_community_id) = 4) AND (num_nonnulls(target_instance_id) = 0)) OR ((kind = 'ModLockPost'::modlog_kind) AND (num_nonnulls(target_post_id, target_person_id, target_community_id) = 3) AND (num_nonnulls(target_instance_id, target_comment_id) = 0)) OR ((kind = 'ModWarnPost'::modlog_kind) AND (num_nonnulls(target_post_id, target_person_id, target_community_id) = 3) AND (num_nonnulls(target_instance_id, target_comment_id) = 0)) OR ((kind = 'AdminRemoveCommunity'::modlog_kind) AND (num_nonnulls(target_community_id, target_instance_id) = 2) AND (num_nonnulls(target_post_id, target_comment_id) = 0)) OR ((kind = 'ModChangeCommunityVisibility'::modlog_kind) AND (num_nonnulls(target_community_id) = 1) AND (num_nonnulls(target_post_id, target_instance_id, target_person_id, target_comment_id) = 0)) OR ((kind = 'ModBanFromCommunity'::modlog_kind) AND (num_nonnulls(target_community_id, target_person_id) = 2) AND (num_nonnulls(target_post_id, target_instance_id, target_comment_id) = 0)) OR ((kind = 'ModAddToCommunity'::modlog_kind) AND (num_nonnulls(target_community_id, target_person_id) = 2) AND (num_nonnulls(target_post_id, target_instance_id, target_comment_id) = 0)) OR ((kind = 'ModTransferCommunity'::modlog_kind) AND (num_nonnulls(target_community_id, target_person_id) = 2) AND (num_nonnulls(target_post_id, target_instance_id, target_comment_id) = 0)) OR ((kind = 'AdminAllowInstance'::modlog_kind) AND (num_nonnulls(target_instance_id) = 1) AND (num_nonnulls(target_post_id, target_person_id, target_community_id, target_comment_id) = 0)) OR ((kind = 'AdminBlockInstance'::modlog_kind) AND (num_nonnulls(target_instance_id) = 1) AND (num_nonnulls(target_post_id, target_person_id, target_community_id, target_comment_id) = 0)) OR ((kind = 'AdminPurgeComment'::modlog_kind) AND (num_nonnulls(target_post_id, target_person_id, target_community_id) = 3) AND (num_nonnulls(target_instance_id, target_comment_id) = 0)) OR ((kind = 'AdminPurgePost'::modlog_kind) AND (num_nonnulls(target_community_id) = 1) AND (num_nonnulls(target_post_id, target_person_id, target_instance_id, target_comment_id) = 0)) OR ((kind = 'AdminPurgeCommunity'::modlog_kind) AND (num_nonnulls(target_post_id, target_person_id, target_community_id, target_instance_id, target_comment_id) = 0)) OR ((kind = 'AdminPurgePerson'::modlog_kind) AND (num_nonnulls(target_post_id, target_person_id, target_community_id, target_instance_id, target_comment_id) = 0)) OR ((kind = 'ModFeaturePostCommunity'::modlog_kind) AND (num_nonnulls(target_post_id, target_community_id) = 2) AND (num_nonnulls(target_instance_id, target_person_id, target_comment_id) = 0)) OR ((kind = 'AdminFeaturePostSite'::modlog_kind) AND (num_nonnulls(target_post_id, target_community_id, target_instance_id) = 3) AND (num_nonnulls(target_person_id, target_comment_id) = 0))")]
#[index(bulk_action_parent_id, name = "idx_modlog_bulk_action_parent_id")]
#[index(kind, name = "idx_modlog_kind")]
#[index(mod_id, name = "idx_modlog_mod")]
#[index(published_at desc, id desc, name = "idx_modlog_published_id")]
#[index(published_at desc, id desc, bulk_action_parent_id, name = "idx_modlog_published_id_bulk_action_parent")]
#[index(target_comment_id, where = "target_comment_id IS NOT NULL", name = "idx_modlog_target_comment")]
#[index(target_community_id, where = "target_community_id IS NOT NULL", name = "idx_modlog_target_community")]
#[index(target_instance_id, where = "target_instance_id IS NOT NULL", name = "idx_modlog_target_instance")]
#[index(target_person_id, where = "target_person_id IS NOT NULL", name = "idx_modlog_target_person")]
#[index(target_post_id, where = "target_post_id IS NOT NULL", name = "idx_modlog_target_post")]
pub struct Modlog {
    #[column(identity = by_default)]
    pub id: i32,
    pub kind: ModlogKind,
    pub is_revert: bool,
    #[references(Person, table = "person", on_delete = cascade)]
    pub mod_id: i32,
    pub reason: Option<String>,
    #[references(Person, table = "person", on_delete = cascade)]
    pub target_person_id: Option<i32>,
    #[references(Community, table = "community", on_delete = cascade)]
    pub target_community_id: Option<i32>,
    #[references(Post, table = "post", on_delete = cascade)]
    pub target_post_id: Option<i32>,
    #[references(Comment, table = "comment", on_delete = cascade)]
    pub target_comment_id: Option<i32>,
    #[references(Instance, table = "instance", on_delete = cascade)]
    pub target_instance_id: Option<i32>,
    pub expires_at: Option<DateTime<Utc>>,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    #[references(Modlog, table = "modlog", on_delete = cascade)]
    pub bulk_action_parent_id: Option<i32>,
    #[column(default = "0")]
    pub child_count: i32,
}

#[derive(Table)]
#[table(name = "multi_community")]
#[index(ap_id, name = "idx_multi_community_ap_id")]
#[index(communities desc, id desc, name = "idx_multi_community_communities")]
#[index(instance_id, name = "idx_multi_community_instance")]
#[index("lower(ap_id)", unique, name = "idx_multi_community_lower_actor_id")]
#[index("lower(name)" desc, id desc, name = "idx_multi_community_lower_name")]
#[index(published_at desc, id desc, name = "idx_multi_community_published")]
#[index(local, where = "local AND (NOT deleted)", name = "idx_multi_community_read_from_name")]
#[index(subscribers desc, id desc, name = "idx_multi_community_subscribers")]
#[index(subscribers_local desc, id desc, name = "idx_multi_community_subscribers_local")]
#[index(name ops("gin_trgm_ops"), title ops("gin_trgm_ops"), summary ops("gin_trgm_ops"), sidebar ops("gin_trgm_ops"), using = gin, name = "idx_multi_community_trigram")]
#[index(creator_id, name = "idx_multi_creator_id")]
#[unique(ap_id)]
pub struct MultiCommunity {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub creator_id: i32,
    #[references(Instance, table = "instance", on_delete = cascade)]
    pub instance_id: i32,
    #[column(type = "VARCHAR(255)")]
    pub name: String,
    #[column(type = "VARCHAR(255)")]
    pub title: Option<String>,
    #[column(type = "VARCHAR(255)")]
    pub summary: Option<String>,
    #[column(default = "true")]
    pub local: bool,
    #[column(default = "false")]
    pub deleted: bool,
    #[column(default = "generate_unique_changeme()")]
    pub ap_id: String,
    pub public_key: String,
    pub private_key: Option<String>,
    #[column(default = "generate_unique_changeme()")]
    pub inbox_url: String,
    #[column(default = "now()")]
    pub last_refreshed_at: DateTime<Utc>,
    #[column(default = "generate_unique_changeme()")]
    pub following_url: String,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    #[column(default = "0")]
    pub subscribers: i32,
    #[column(default = "0")]
    pub subscribers_local: i32,
    #[column(default = "0")]
    pub communities: i32,
    pub sidebar: Option<String>,
}

#[derive(Table)]
#[table(name = "multi_community_entry")]
#[table(primary_key(multi_community_id, community_id))]
#[table(junction)]
#[index(community_id, name = "idx_multi_community_entry_community_id")]
pub struct MultiCommunityEntry {
    #[references(MultiCommunity, table = "multi_community", on_delete = cascade)]
    pub multi_community_id: i32,
    #[references(Community, table = "community", on_delete = cascade)]
    pub community_id: i32,
}

#[derive(Table)]
#[table(name = "multi_community_follow")]
#[table(primary_key(person_id, multi_community_id))]
#[table(junction)]
#[index(multi_community_id, name = "idx_multi_community_follow_multi_id")]
pub struct MultiCommunityFollow {
    #[references(MultiCommunity, table = "multi_community", on_delete = cascade)]
    pub multi_community_id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub person_id: i32,
    pub follow_state: CommunityFollowerState,
}

#[derive(Table)]
#[table(name = "notification")]
#[check("(((kind = 'Mention'::notification_type_enum) OR (kind = 'Reply'::notification_type_enum)) AND (num_nonnulls(post_id, comment_id, community_id) >= 2)) OR ((kind = 'PrivateMessage'::notification_type_enum) AND (num_nonnulls(private_message_id) = 1)) OR ((kind = 'Subscribed'::notification_type_enum) AND (num_nonnulls(post_id) = 1)) OR ((kind = 'ModAction'::notification_type_enum) AND (num_nonnulls(modlog_id, post_id, comment_id, community_id, instance_id) >= 2))")]
#[index(comment_id, name = "idx_notification_comment")]
#[index(community_id, name = "idx_notification_community")]
#[index(creator_id, name = "idx_notification_creator")]
#[index(instance_id, name = "idx_notification_instance")]
#[index(modlog_id, where = "modlog_id IS NOT NULL", name = "idx_notification_modlog_id")]
#[index(post_id, where = "post_id IS NOT NULL", name = "idx_notification_post")]
#[index(private_message_id, where = "private_message_id IS NOT NULL", name = "idx_notification_private_message")]
#[index(published_at desc, name = "idx_notification_published")]
#[index(published_at desc, id desc, recipient_id, name = "idx_notification_published_id_recipient")]
#[index(recipient_id, name = "idx_notification_recipient")]
#[index(recipient_id, published_at, name = "idx_notification_recipient_published")]
#[index(read, name = "idx_notification_unread")]
pub struct Notification {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub recipient_id: i32,
    #[references(Comment, table = "comment", on_delete = cascade)]
    pub comment_id: Option<i32>,
    #[column(default = "false")]
    pub read: bool,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub kind: NotificationTypeEnum,
    #[references(Post, table = "post", on_delete = cascade)]
    pub post_id: Option<i32>,
    #[references(PrivateMessage, table = "private_message", on_delete = cascade)]
    pub private_message_id: Option<i32>,
    #[references(Modlog, table = "modlog", on_delete = cascade)]
    pub modlog_id: Option<i32>,
    #[references(Person, table = "person", on_delete = cascade)]
    pub creator_id: i32,
    #[references(Instance, table = "instance", on_delete = cascade)]
    pub instance_id: Option<i32>,
    #[references(Community, table = "community", on_delete = cascade)]
    pub community_id: Option<i32>,
}

#[derive(Table)]
#[table(name = "oauth_account")]
#[table(primary_key(oauth_provider_id, local_user_id))]
#[table(junction)]
#[index(local_user_id, name = "idx_oauth_account_user")]
#[unique(oauth_provider_id, oauth_user_id)]
pub struct OauthAccount {
    #[references(LocalUser, table = "local_user", on_delete = cascade)]
    pub local_user_id: i32,
    #[references(OauthProvider, table = "oauth_provider", on_delete = restrict)]
    pub oauth_provider_id: i32,
    pub oauth_user_id: String,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = "oauth_provider")]
#[unique(client_id)]
pub struct OauthProvider {
    #[column(identity = by_default)]
    pub id: i32,
    pub display_name: String,
    pub issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub userinfo_endpoint: String,
    pub id_claim: String,
    pub client_id: String,
    pub client_secret: String,
    pub scopes: String,
    #[column(default = "true")]
    pub auto_verify_email: bool,
    #[column(default = "false")]
    pub account_linking_enabled: bool,
    #[column(default = "true")]
    pub enabled: bool,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    #[column(default = "false")]
    pub use_pkce: bool,
}

#[derive(Table)]
#[table(name = "password_reset_request")]
#[index(local_user_id, name = "idx_password_reset_request_user")]
pub struct PasswordResetRequest {
    #[column(identity = by_default)]
    pub id: i32,
    pub token: String,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    #[references(LocalUser, table = "local_user", on_delete = cascade)]
    pub local_user_id: i32,
}

#[derive(Table)]
#[table(name = "person")]
#[unique(ap_id)]
#[index(comment_score desc, name = "idx_person_comment_score")]
#[index(instance_id, name = "idx_person_instance")]
#[index(local desc, instance_id, name = "idx_person_local_instance")]
#[index("lower(ap_id)", unique, name = "idx_person_lower_actor_id")]
#[index("lower(name)", name = "idx_person_lower_name")]
#[index(post_score desc, name = "idx_person_post_score")]
#[index(published_at desc, name = "idx_person_published")]
#[index(name ops("gin_trgm_ops"), display_name ops("gin_trgm_ops"), bio ops("gin_trgm_ops"), using = gin, name = "idx_person_trigram")]
#[unique(name, instance_id)]
pub struct Person {
    #[column(identity = by_default)]
    pub id: i32,
    #[column(type = "VARCHAR(255)")]
    pub name: String,
    #[column(type = "VARCHAR(50)")]
    pub display_name: Option<String>,
    pub avatar: Option<String>,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    #[column(type = "VARCHAR(255)", default = "generate_unique_changeme()")]
    pub ap_id: String,
    pub bio: Option<String>,
    #[column(default = "true")]
    pub local: bool,
    pub private_key: Option<String>,
    pub public_key: String,
    #[column(default = "now()")]
    pub last_refreshed_at: DateTime<Utc>,
    pub banner: Option<String>,
    #[column(default = "false")]
    pub deleted: bool,
    #[column(type = "VARCHAR(255)", default = "generate_unique_changeme()")]
    pub inbox_url: String,
    pub matrix_user_id: Option<String>,
    #[column(default = "false")]
    pub bot_account: bool,
    #[references(Instance, table = "instance", on_delete = cascade)]
    pub instance_id: i32,
    #[column(default = "0")]
    pub post_count: i32,
    #[column(default = "0")]
    pub post_score: i32,
    #[column(default = "0")]
    pub comment_count: i32,
    #[column(default = "0")]
    pub comment_score: i32,
}

#[derive(Table)]
#[table(name = "person_actions")]
#[table(primary_key(person_id, target_id))]
#[table(junction)]
#[check("(followed_at IS NULL) = (follow_pending IS NULL)")]
#[index(person_id, target_id, where = "blocked_at IS NOT NULL", name = "idx_person_actions_blocked_not_null")]
#[index(person_id, target_id, where = "(followed_at IS NOT NULL) OR (follow_pending IS NOT NULL)", name = "idx_person_actions_followed_not_null")]
#[index(person_id, name = "idx_person_actions_person")]
#[index(target_id, name = "idx_person_actions_target")]
pub struct PersonAction {
    pub followed_at: Option<DateTime<Utc>>,
    pub blocked_at: Option<DateTime<Utc>>,
    #[references(Person, table = "person", on_delete = cascade)]
    pub person_id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub target_id: i32,
    pub follow_pending: Option<bool>,
    pub noted_at: Option<DateTime<Utc>>,
    pub note: Option<String>,
    pub voted_at: Option<DateTime<Utc>>,
    pub upvotes: Option<i32>,
    pub downvotes: Option<i32>,
}

#[derive(Table)]
#[table(name = "person_content_combined")]
#[index(comment_id, name = "idx_person_content_combined_comment")]
#[index(community_id, name = "idx_person_content_combined_community")]
#[index(creator_id, published_at desc, id desc, name = "idx_person_content_combined_creator_published")]
#[index(post_id, name = "idx_person_content_combined_post")]
pub struct PersonContentCombined {
    pub published_at: DateTime<Utc>,
    #[references(Person, table = "person", on_delete = cascade)]
    pub creator_id: i32,
    #[references(Post, table = "post", on_delete = cascade)]
    pub post_id: i32,
    #[references(Comment, table = "comment", on_delete = cascade)]
    pub comment_id: Option<i32>,
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Community, table = "community", on_delete = cascade)]
    pub community_id: i32,
}

#[derive(Table)]
#[table(name = "person_liked_combined")]
#[index(comment_id, where = "comment_id IS NOT NULL", name = "idx_person_liked_combined_comment")]
#[index(community_id, name = "idx_person_liked_combined_community")]
#[index(creator_id, name = "idx_person_liked_combined_creator")]
#[index(person_id, name = "idx_person_liked_combined_person")]
#[index(person_id, voted_at desc, id desc, name = "idx_person_liked_combined_person_voted_at")]
#[index(post_id, where = "post_id IS NOT NULL", name = "idx_person_liked_combined_post")]
#[unique(person_id, comment_id, post_id, nulls_not_distinct)]
pub struct PersonLikedCombined {
    pub voted_at: DateTime<Utc>,
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub person_id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub creator_id: i32,
    #[references(Post, table = "post", on_delete = cascade)]
    pub post_id: i32,
    #[references(Comment, table = "comment", on_delete = cascade)]
    pub comment_id: Option<i32>,
    pub vote_is_upvote: bool,
    #[references(Community, table = "community", on_delete = cascade)]
    pub community_id: i32,
}

#[derive(Table)]
#[table(name = "person_saved_combined")]
#[index(comment_id, where = "comment_id IS NOT NULL", name = "idx_person_saved_combined_comment")]
#[index(community_id, name = "idx_person_saved_combined_community")]
#[index(creator_id, name = "idx_person_saved_combined_creator")]
#[index(person_id, name = "idx_person_saved_combined_person")]
#[index(person_id, saved_at desc, id desc, name = "idx_person_saved_combined_person_saved")]
#[index(post_id, where = "post_id IS NOT NULL", name = "idx_person_saved_combined_post")]
pub struct PersonSavedCombined {
    pub saved_at: DateTime<Utc>,
    #[references(Person, table = "person", on_delete = cascade)]
    pub person_id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub creator_id: i32,
    #[references(Post, table = "post", on_delete = cascade)]
    pub post_id: i32,
    #[references(Comment, table = "comment", on_delete = cascade)]
    pub comment_id: Option<i32>,
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Community, table = "community", on_delete = cascade)]
    pub community_id: i32,
}

#[derive(Table)]
#[table(name = "post")]
#[unique(ap_id)]
#[index(community_id, name = "idx_post_community")]
#[index(featured_local desc, hot_rank_active desc, published_at desc, id desc, community_id, name = "idx_post_community_active")]
#[index(featured_local desc, controversy_rank desc, id desc, community_id, name = "idx_post_community_controversy")]
#[index(featured_local desc, hot_rank desc, published_at desc, id desc, community_id, name = "idx_post_community_hot")]
#[index(featured_local desc, comments desc, published_at desc, id desc, community_id, name = "idx_post_community_most_comments")]
#[index(featured_local desc, "COALESCE(newest_comment_time_at, published_at)" desc, id desc, community_id, name = "idx_post_community_newest_comment_time")]
#[index(featured_local desc, "COALESCE(newest_comment_time_necro_at, published_at)" desc, id desc, community_id, name = "idx_post_community_newest_comment_time_necro")]
#[index(published_at desc, id desc, community_id, name = "idx_post_community_published")]
#[index(featured_local desc, scaled_rank desc, published_at desc, id desc, community_id, name = "idx_post_community_scaled")]
#[index(featured_local desc, score desc, published_at desc, id desc, community_id, name = "idx_post_community_score")]
#[index(creator_id, name = "idx_post_creator")]
#[index(featured_community desc, hot_rank_active desc, published_at desc, id desc, community_id, name = "idx_post_featured_community_active")]
#[index(featured_community desc, controversy_rank desc, id desc, community_id, name = "idx_post_featured_community_controversy")]
#[index(featured_community desc, hot_rank desc, published_at desc, id desc, community_id, name = "idx_post_featured_community_hot")]
#[index(featured_community desc, comments desc, published_at desc, id desc, community_id, name = "idx_post_featured_community_most_comments")]
#[index(featured_community desc, "COALESCE(newest_comment_time_at, published_at)" desc, id desc, community_id, name = "idx_post_featured_community_newest_comment_time")]
#[index(featured_community desc, "COALESCE(newest_comment_time_necro_at, published_at)" desc, id desc, community_id, name = "idx_post_featured_community_newest_comment_time_necr")]
#[index(featured_community desc, published_at desc, id desc, community_id, name = "idx_post_featured_community_published")]
#[index(featured_community desc, "reverse_timestamp_sort(published_at)" desc, id desc, community_id, name = "idx_post_featured_community_published_asc")]
#[index(featured_community desc, scaled_rank desc, published_at desc, id desc, community_id, name = "idx_post_featured_community_scaled")]
#[index(featured_community desc, score desc, published_at desc, id desc, community_id, name = "idx_post_featured_community_score")]
#[index(featured_local desc, hot_rank_active desc, published_at desc, id desc, name = "idx_post_featured_local_active")]
#[index(featured_local desc, controversy_rank desc, id desc, name = "idx_post_featured_local_controversy")]
#[index(featured_local desc, hot_rank desc, published_at desc, id desc, name = "idx_post_featured_local_hot")]
#[index(featured_local desc, comments desc, published_at desc, id desc, name = "idx_post_featured_local_most_comments")]
#[index(featured_local desc, "COALESCE(newest_comment_time_at, published_at)" desc, id desc, name = "idx_post_featured_local_newest_comment_time")]
#[index(featured_local desc, "COALESCE(newest_comment_time_necro_at, published_at)" desc, id desc, name = "idx_post_featured_local_newest_comment_time_necro")]
#[index(featured_local desc, published_at desc, id desc, name = "idx_post_featured_local_published")]
#[index(featured_local desc, scaled_rank desc, published_at desc, id desc, name = "idx_post_featured_local_scaled")]
#[index(featured_local desc, score desc, published_at desc, id desc, name = "idx_post_featured_local_score")]
#[index(language_id, name = "idx_post_language")]
#[index(published_at desc, where = "(hot_rank <> (0)::double precision) OR (hot_rank_active <> (0)::double precision)", name = "idx_post_nonzero_hotrank")]
#[index(published_at, name = "idx_post_published")]
#[index(scheduled_publish_time_at, name = "idx_post_scheduled_publish_time")]
#[index(name ops("gin_trgm_ops"), body ops("gin_trgm_ops"), alt_text ops("gin_trgm_ops"), using = gin, name = "idx_post_trigram")]
#[index(url, name = "idx_post_url")]
#[index(url_content_type ops("gin_trgm_ops"), using = gin, name = "idx_post_url_content_type")]
pub struct Post {
    #[column(identity = by_default)]
    pub id: i32,
    #[column(type = "VARCHAR(200)")]
    pub name: String,
    #[column(type = "VARCHAR(2000)")]
    pub url: Option<String>,
    pub body: Option<String>,
    #[references(Person, table = "person", on_delete = cascade)]
    pub creator_id: i32,
    #[references(Community, table = "community", on_delete = cascade)]
    pub community_id: i32,
    #[column(default = "false")]
    pub removed: bool,
    #[column(default = "false")]
    pub locked: bool,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    #[column(default = "false")]
    pub deleted: bool,
    #[column(default = "false")]
    pub nsfw: bool,
    pub embed_title: Option<String>,
    pub embed_description: Option<String>,
    pub thumbnail_url: Option<String>,
    #[column(type = "VARCHAR(255)")]
    pub ap_id: String,
    #[column(default = "true")]
    pub local: bool,
    pub embed_video_url: Option<String>,
    #[references(Language, table = "language")]
    #[column(default = "0")]
    pub language_id: i32,
    #[column(default = "false")]
    pub featured_community: bool,
    #[column(default = "false")]
    pub featured_local: bool,
    pub url_content_type: Option<String>,
    pub alt_text: Option<String>,
    pub scheduled_publish_time_at: Option<DateTime<Utc>>,
    pub newest_comment_time_necro_at: Option<DateTime<Utc>>,
    pub newest_comment_time_at: Option<DateTime<Utc>>,
    #[column(default = "0")]
    pub comments: i32,
    #[column(default = "0")]
    pub score: i32,
    #[column(default = "0")]
    pub upvotes: i32,
    #[column(default = "0")]
    pub downvotes: i32,
    #[column(default = "0.0001")]
    pub hot_rank: f32,
    #[column(default = "0.0001")]
    pub hot_rank_active: f32,
    #[column(default = "0")]
    pub controversy_rank: f32,
    #[column(default = "0.0001")]
    pub scaled_rank: f32,
    #[column(default = "0")]
    pub report_count: i16,
    #[column(default = "0")]
    pub unresolved_report_count: i16,
    #[column(default = "false")]
    pub federation_pending: bool,
    pub embed_video_width: Option<i32>,
    pub embed_video_height: Option<i32>,
}

#[derive(Table)]
#[table(name = "post_actions")]
#[table(primary_key(person_id, post_id))]
#[table(junction)]
#[check("(voted_at IS NULL) = (vote_is_upvote IS NULL)")]
#[check("(read_comments_at IS NULL) = (read_comments_amount IS NULL)")]
#[index(post_id, vote_is_upvote, person_id, where = "vote_is_upvote IS NOT NULL", name = "idx_post_actions_like_score")]
#[index(person_id, post_id, where = "(voted_at IS NOT NULL) OR (vote_is_upvote IS NOT NULL)", name = "idx_post_actions_liked_not_null")]
#[index(person_id, name = "idx_post_actions_person")]
#[index(person_id, hidden_at desc, post_id desc, where = "hidden_at IS NOT NULL", name = "idx_post_actions_person_hidden")]
#[index(person_id, read_at desc, post_id desc, where = "read_at IS NOT NULL", name = "idx_post_actions_person_read")]
#[index(post_id, name = "idx_post_actions_post")]
#[index(person_id, post_id, where = "(read_comments_at IS NOT NULL) OR (read_comments_amount IS NOT NULL)", name = "idx_post_actions_read_comments_not_null")]
#[index(person_id, post_id, where = "saved_at IS NOT NULL", name = "idx_post_actions_saved_not_null")]
#[index(voted_at, where = "voted_at IS NOT NULL", name = "idx_post_actions_voted_at")]
pub struct PostAction {
    pub read_at: Option<DateTime<Utc>>,
    pub read_comments_at: Option<DateTime<Utc>>,
    pub saved_at: Option<DateTime<Utc>>,
    pub voted_at: Option<DateTime<Utc>>,
    pub hidden_at: Option<DateTime<Utc>>,
    #[references(Person, table = "person", on_delete = cascade)]
    pub person_id: i32,
    #[references(Post, table = "post", on_delete = cascade)]
    pub post_id: i32,
    pub read_comments_amount: Option<i32>,
    pub vote_is_upvote: Option<bool>,
    pub notifications: Option<PostNotificationsModeEnum>,
}

#[derive(Table)]
#[table(name = "post_community_tag")]
#[table(primary_key(post_id, community_tag_id))]
#[table(junction)]
#[index(community_tag_id, name = "idx_post_tag_tag")]
pub struct PostCommunityTag {
    #[references(Post, table = "post", on_delete = cascade)]
    pub post_id: i32,
    #[references(CommunityTag, table = "community_tag", on_delete = cascade)]
    pub community_tag_id: i32,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "post_report")]
#[index(creator_id, name = "idx_post_report_creator")]
#[index(published_at desc, name = "idx_post_report_published")]
#[index(resolver_id, name = "idx_post_report_resolver")]
#[unique(post_id, creator_id)]
pub struct PostReport {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub creator_id: i32,
    #[references(Post, table = "post", on_delete = cascade)]
    pub post_id: i32,
    #[column(type = "VARCHAR(200)")]
    pub original_post_name: String,
    pub original_post_url: Option<String>,
    pub original_post_body: Option<String>,
    pub reason: String,
    #[column(default = "false")]
    pub resolved: bool,
    #[references(Person, table = "person", on_delete = cascade)]
    pub resolver_id: Option<i32>,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    #[column(default = "false")]
    pub violates_instance_rules: bool,
    pub conclusion: Option<String>,
}

#[derive(Table)]
#[table(name = "previously_run_sql")]
pub struct PreviouslyRunSql {
    pub id: bool,
    pub content: String,
}

#[derive(Table)]
#[table(name = "private_message")]
#[unique(ap_id)]
#[index(creator_id, name = "idx_private_message_creator")]
#[index(recipient_id, name = "idx_private_message_recipient")]
pub struct PrivateMessage {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub creator_id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub recipient_id: i32,
    pub content: String,
    #[column(default = "false")]
    pub deleted: bool,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    #[column(type = "VARCHAR(255)")]
    pub ap_id: String,
    #[column(default = "true")]
    pub local: bool,
    #[column(default = "false")]
    pub removed: bool,
    #[column(default = "false")]
    pub deleted_by_recipient: bool,
}

#[derive(Table)]
#[table(name = "private_message_report")]
#[index(creator_id, name = "idx_private_message_report_creator")]
#[index(resolver_id, name = "idx_private_message_report_resolver")]
#[unique(private_message_id, creator_id)]
pub struct PrivateMessageReport {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub creator_id: i32,
    #[references(PrivateMessage, table = "private_message", on_delete = cascade)]
    pub private_message_id: i32,
    pub original_pm_text: String,
    pub reason: String,
    #[column(default = "false")]
    pub resolved: bool,
    #[references(Person, table = "person", on_delete = cascade)]
    pub resolver_id: Option<i32>,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    pub conclusion: Option<String>,
}

#[derive(Table)]
#[table(name = "received_activity")]
pub struct ReceivedActivity {
    #[column(primary_key)]
    pub ap_id: String,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "registration_application")]
#[index(admin_id, name = "idx_registration_application_admin")]
#[index(published_at desc, name = "idx_registration_application_published")]
#[index(updated_at desc, name = "idx_registration_application_updated")]
#[unique(local_user_id)]
pub struct RegistrationApplication {
    #[column(identity = by_default)]
    pub id: i32,
    #[references(LocalUser, table = "local_user", on_delete = cascade)]
    pub local_user_id: i32,
    pub answer: String,
    #[references(Person, table = "person", on_delete = cascade)]
    pub admin_id: Option<i32>,
    pub deny_reason: Option<String>,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = "remote_image")]
pub struct RemoteImage {
    #[column(primary_key)]
    pub link: String,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "report_combined")]
#[check("num_nonnulls(post_report_id, comment_report_id, private_message_report_id, community_report_id) = 1")]
#[index(comment_id, name = "idx_report_combined_comment")]
#[index(community_id, name = "idx_report_combined_community")]
#[index(item_creator_id, name = "idx_report_combined_item_creator")]
#[index(post_id, name = "idx_report_combined_post")]
#[index(private_message_id, name = "idx_report_combined_private_message")]
#[index(published_at desc, id desc, name = "idx_report_combined_published")]
#[index(resolved, published_at, id, name = "idx_report_combined_published_asc")]
#[index(report_creator_id, name = "idx_report_combined_report_creator")]
#[index(resolver_id, name = "idx_report_combined_resolver")]
#[unique(comment_report_id)]
#[unique(community_report_id)]
#[unique(post_report_id)]
#[unique(private_message_report_id)]
pub struct ReportCombined {
    #[column(identity = by_default)]
    pub id: i32,
    pub published_at: DateTime<Utc>,
    #[references(PostReport, table = "post_report", on_delete = cascade)]
    pub post_report_id: Option<i32>,
    #[references(CommentReport, table = "comment_report", on_delete = cascade)]
    pub comment_report_id: Option<i32>,
    #[references(PrivateMessageReport, table = "private_message_report", on_delete = cascade)]
    pub private_message_report_id: Option<i32>,
    #[references(CommunityReport, table = "community_report", on_delete = cascade)]
    pub community_report_id: Option<i32>,
    #[column(default = "false")]
    pub resolved: bool,
    #[references(Person, table = "person", on_delete = cascade)]
    pub item_creator_id: Option<i32>,
    #[references(Person, table = "person", on_delete = cascade)]
    pub report_creator_id: i32,
    #[references(Person, table = "person", on_delete = cascade)]
    pub resolver_id: Option<i32>,
    #[references(Post, table = "post", on_delete = cascade)]
    pub post_id: Option<i32>,
    #[references(Comment, table = "comment", on_delete = cascade)]
    pub comment_id: Option<i32>,
    #[references(Community, table = "community", on_delete = cascade)]
    pub community_id: Option<i32>,
    #[references(PrivateMessage, table = "private_message", on_delete = cascade)]
    pub private_message_id: Option<i32>,
}

#[derive(Table)]
#[table(name = "secret")]
pub struct Secret {
    #[column(identity = by_default)]
    pub id: i32,
    #[column(default = "gen_random_uuid()")]
    pub jwt_secret: String,
}

#[derive(Table)]
#[table(name = "sent_activity")]
#[unique(ap_id)]
pub struct SentActivity {
    pub id: i64,
    pub ap_id: String,
    #[column(type = "JSON")]
    pub data: Value,
    pub sensitive: bool,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub send_inboxes: Vec<String>,
    pub send_community_followers_of: Option<i32>,
    pub send_all_instances: bool,
    pub actor_type: ActorTypeEnum,
    pub actor_apub_id: Option<String>,
}

#[derive(Table)]
#[table(name = "site")]
#[unique(instance_id)]
#[unique(ap_id)]
pub struct Site {
    #[column(identity = by_default)]
    pub id: i32,
    #[column(type = "VARCHAR(20)")]
    pub name: String,
    pub sidebar: Option<String>,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
    pub icon: Option<String>,
    pub banner: Option<String>,
    #[column(type = "VARCHAR(150)")]
    pub summary: Option<String>,
    #[column(type = "VARCHAR(255)", default = "generate_unique_changeme()")]
    pub ap_id: String,
    #[column(default = "now()")]
    pub last_refreshed_at: DateTime<Utc>,
    #[column(type = "VARCHAR(255)", default = "generate_unique_changeme()")]
    pub inbox_url: String,
    pub private_key: Option<String>,
    #[column(default = "generate_unique_changeme()")]
    pub public_key: String,
    #[references(Instance, table = "instance", on_delete = cascade)]
    pub instance_id: i32,
    pub content_warning: Option<String>,
}

#[derive(Table)]
#[table(name = "site_language")]
#[table(primary_key(site_id, language_id))]
#[table(junction)]
#[index(language_id, name = "idx_site_language_language")]
pub struct SiteLanguage {
    #[references(Site, table = "site", on_delete = cascade)]
    pub site_id: i32,
    #[references(Language, table = "language", on_delete = cascade)]
    pub language_id: i32,
}

#[derive(Table)]
#[table(name = "tagline")]
#[index(published_at desc, id desc, name = "idx_tagline_published_id")]
pub struct Tagline {
    #[column(identity = by_default)]
    pub id: i32,
    pub content: String,
    #[column(default = "now()")]
    pub published_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
}
