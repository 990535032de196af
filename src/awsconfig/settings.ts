/**
 * The settings that AWS tools and aws-vault know, after the AWS SDKs and Tools Reference Guide
 * (https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html), the AWS CLI's configuration page
 * (https://docs.aws.amazon.com/cli/latest/topic/config-vars.html) and aws-vault's usage page.
 * A setting that is not in this table is masked in all output: it may be a misspelt secret.
 */
const PUBLIC = [
  "account_id_endpoint_mode",
  "api_versions",
  "auth_scheme_preference",
  "aws_account_id",
  "ca_bundle",
  "cli_auto_prompt",
  "cli_binary_format",
  "cli_follow_urlparam",
  "cli_help_output",
  "cli_history",
  "cli_legacy_plugin_path",
  "cli_pager",
  "cli_timestamp_format",
  "credential_source",
  "defaults_mode",
  "disable_request_compression",
  "duration_seconds",
  "ec2_metadata_service_endpoint",
  "ec2_metadata_service_endpoint_mode",
  "ec2_metadata_v1_disabled",
  "endpoint_discovery_enabled",
  "ignore_configured_endpoint_urls",
  "include_profile",
  "login_session",
  "max_attempts",
  "metadata_service_num_attempts",
  "metadata_service_timeout",
  "mfa_serial",
  "output",
  "parameter_validation",
  "parent_profile",
  "region",
  "request_checksum_calculation",
  "request_min_compression_size_bytes",
  "response_checksum_validation",
  "retry_mode",
  "role_arn",
  "role_session_name",
  "s3_disable_multiregion_access_points",
  "s3_us_east_1_regional_endpoint",
  "s3_use_arn_region",
  "sdk_ua_app_id",
  "services",
  "sigv4a_signing_region_set",
  "source_identity",
  "source_profile",
  "sso_account_id",
  "sso_region",
  "sso_registration_scopes",
  "sso_role_name",
  "sso_session",
  "sso_start_url",
  "sts_regional_endpoints",
  "tcp_keepalive",
  "transitive_session_tags",
  "use_dualstack_endpoint",
  "use_fips_endpoint",
  "user_agent_appid",
  "web_identity_token_file",
  // The parents of nested blocks.
  "s3",
  "s3api",
  "dynamodb",
  "ec2",
  "sts",
  "iam",
] as const;

/**
 * What stands in a nested block of S3.
 * https://docs.aws.amazon.com/cli/latest/topic/s3-config.html
 */
export const S3_SETTINGS: readonly string[] = [
  "addressing_style",
  "max_bandwidth",
  "max_concurrent_requests",
  "max_queue_size",
  "multipart_chunksize",
  "multipart_threshold",
  "payload_signing_enabled",
  "preferred_transfer_client",
  "signature_version",
  "target_bandwidth",
  "use_accelerate_endpoint",
];

/** Settings whose value is a command line: its first word is public, its arguments may hold a password. */
const COMMANDS = ["credential_process", "mfa_process", "web_identity_token_process"] as const;

const publicNames: ReadonlySet<string> = new Set([...PUBLIC, ...S3_SETTINGS]);
const commandNames: ReadonlySet<string> = new Set(COMMANDS);

/** Every setting that may stand at the margin of a profile or session, but for the secret ones. */
export const PROFILE_SETTINGS: readonly string[] = [...PUBLIC, ...COMMANDS];

/** How much of a setting's value may be shown. */
export function visibility(name: string): "public" | "first word" | "hidden" {
  if (publicNames.has(name)) return "public";
  return commandNames.has(name) ? "first word" : "hidden";
}

/** What gives a profile an identity, or decides one: aws-vault hands it on from `[default]` to every profile. */
export const IDENTITY_SETTINGS: readonly string[] = [
  "role_arn",
  "source_profile",
  "credential_source",
  "mfa_serial",
  "mfa_process",
  "external_id",
  "sso_session",
  "sso_start_url",
  "sso_account_id",
  "sso_role_name",
  "credential_process",
  "web_identity_token_file",
  "web_identity_token_process",
  "include_profile",
];
