import awsDefaultProfileConflict from "./environment/aws-default-profile-conflict.ts";
import awsProfileEmpty from "./environment/aws-profile-empty.ts";
import awsProfileNotFound from "./environment/aws-profile-not-found.ts";
import awsProfileWithoutAnyFile from "./environment/aws-profile-without-any-file.ts";
import caBundleNotFound from "./environment/ca-bundle-not-found.ts";
import clockSkew from "./environment/clock-skew.ts";
import configFileEnvMissingFile from "./environment/config-file-env-missing-file.ts";
import emptyCredentialEnv from "./environment/empty-credential-env.ts";
import endpointUrlOverride from "./environment/endpoint-url-override.ts";
import misspeltEnvName from "./environment/misspelt-env-name.ts";
import pagerMissing from "./environment/pager-missing.ts";
import regionEnvOverridesProfile from "./environment/region-env-overrides-profile.ts";
import regionVariablesDiffer from "./environment/region-variables-differ.ts";
import relocatedFilesIgnoredByTool from "./environment/relocated-files-ignored-by-tool.ts";
import sdkLoadConfigBadValue from "./environment/sdk-load-config-bad-value.ts";
import sdkLoadConfigNotSet from "./environment/sdk-load-config-not-set.ts";
import sdkLoadConfigSet from "./environment/sdk-load-config-set.ts";
import sdkLoadConfigWithoutFile from "./environment/sdk-load-config-without-file.ts";
import sharedCredentialsFileSet from "./environment/shared-credentials-file-set.ts";
import staticKeysExported from "./environment/static-keys-exported.ts";
import staticKeysInShellRc from "./environment/static-keys-in-shell-rc.ts";
import staticKeysOverrideProfile from "./environment/static-keys-override-profile.ts";
import sudoChangesHome from "./environment/sudo-changes-home.ts";
import toolConflictingEnv from "./environment/tool-conflicting-env.ts";
import unexpandedTildeOrVariable from "./environment/unexpanded-tilde-or-variable.ts";
import webIdentityEnvOverridesProfile from "./environment/web-identity-env-overrides-profile.ts";
import cliPluginPathInvalid from "./files/cli-plugin-path-invalid.ts";
import colonDelimiter from "./files/colon-delimiter.ts";
import commentMarkInValue from "./files/comment-mark-in-value.ts";
import crlfWithOldTools from "./files/crlf-with-old-tools.ts";
import danglingSymlink from "./files/dangling-symlink.ts";
import duplicateKey from "./files/duplicate-key.ts";
import duplicateSection from "./files/duplicate-section.ts";
import fileHasBom from "./files/file-has-bom.ts";
import fileIsDirectory from "./files/file-is-directory.ts";
import fileIsUtf16 from "./files/file-is-utf16.ts";
import fileNotReadable from "./files/file-not-readable.ts";
import filesTooOpen from "./files/files-too-open.ts";
import hashInStartUrl from "./files/hash-in-start-url.ts";
import indentedComment from "./files/indented-comment.ts";
import indentedHeader from "./files/indented-header.ts";
import indentedProperty from "./files/indented-property.ts";
import inlineCommentInValue from "./files/inline-comment-in-value.ts";
import junkAfterSectionHeader from "./files/junk-after-section-header.ts";
import loneCarriageReturn from "./files/lone-carriage-return.ts";
import missingSectionHeader from "./files/missing-section-header.ts";
import multiLineValue from "./files/multi-line-value.ts";
import nestedBlockNotIndented from "./files/nested-block-not-indented.ts";
import percentInterpolation from "./files/percent-interpolation.ts";
import quotedValue from "./files/quoted-value.ts";
import unparsableLine from "./files/unparsable-line.ts";
import unusualBlank from "./files/unusual-blank.ts";
import uppercaseFileKeys from "./files/uppercase-file-keys.ts";
import whitespaceOnlyLines from "./files/whitespace-only-lines.ts";
import credentialWrongShape from "./keys/credential-wrong-shape.ts";
import emptyCredentialValue from "./keys/empty-credential-value.ts";
import keysInBothFiles from "./keys/keys-in-both-files.ts";
import nonAsciiInCredentials from "./keys/non-ascii-in-credentials.ts";
import partialCredentials from "./keys/partial-credentials.ts";
import secretInWrongField from "./keys/secret-in-wrong-field.ts";
import sessionTokenWithLongTermKey from "./keys/session-token-with-long-term-key.ts";
import staticKeysInPlainText from "./keys/static-keys-in-plain-text.ts";
import staticKeysShadowDynamicSource from "./keys/static-keys-shadow-dynamic-source.ts";
import temporaryKeyWithoutSessionToken from "./keys/temporary-key-without-session-token.ts";
import whitespaceInCredential from "./keys/whitespace-in-credential.ts";
import containerCredentialsBadHost from "./metadata/container-credentials-bad-host.ts";
import loopbackAliasMissing from "./metadata/loopback-alias-missing.ts";
import metadataAddressBusy from "./metadata/metadata-address-busy.ts";
import metadataAliasLeftOver from "./metadata/metadata-alias-left-over.ts";
import proxyCapturesMetadata from "./metadata/proxy-captures-metadata.ts";
import serverPortBusy from "./metadata/server-port-busy.ts";
import availabilityZoneAsRegion from "./profiles/availability-zone-as-region.ts";
import bothParentAndSourceProfile from "./profiles/both-parent-and-source-profile.ts";
import capitalDefaultSection from "./profiles/capital-default-section.ts";
import configMissingProfilePrefix from "./profiles/config-missing-profile-prefix.ts";
import conflictingCredentialTypes from "./profiles/conflicting-credential-types.ts";
import credentialProcessBadOutput from "./profiles/credential-process-bad-output.ts";
import credentialProcessBadQuoting from "./profiles/credential-process-bad-quoting.ts";
import credentialProcessNeedsPrompt from "./profiles/credential-process-needs-prompt.ts";
import credentialProcessNotFound from "./profiles/credential-process-not-found.ts";
import credentialsHasProfilePrefix from "./profiles/credentials-has-profile-prefix.ts";
import defaultProfile from "./profiles/default-profile.ts";
import defaultProfileHasPrefix from "./profiles/default-profile-has-prefix.ts";
import defaultSettingsLeakInAwsVault from "./profiles/default-settings-leak-in-aws-vault.ts";
import dottedProfileName from "./profiles/dotted-profile-name.ts";
import headerSpelling from "./profiles/header-spelling.ts";
import invalidOutputFormat from "./profiles/invalid-output-format.ts";
import misspeltKeyName from "./profiles/misspelt-key-name.ts";
import noCredentialsResolvedImdsFallback from "./profiles/no-credentials-resolved-imds-fallback.ts";
import noUsableDefaultProfile from "./profiles/no-usable-default-profile.ts";
import profileHeaderWithoutName from "./profiles/profile-header-without-name.ts";
import profileNameBadCharacters from "./profiles/profile-name-bad-characters.ts";
import profileNameNeedsQuotes from "./profiles/profile-name-needs-quotes.ts";
import profileWithoutRegion from "./profiles/profile-without-region.ts";
import sourceProfileLoop from "./profiles/source-profile-loop.ts";
import sourceProfileNotFound from "./profiles/source-profile-not-found.ts";
import unknownRegion from "./profiles/unknown-region.ts";
import accountIdNot12Digits from "./roles/account-id-not-12-digits.ts";
import credentialSourceAndSourceProfile from "./roles/credential-source-and-source-profile.ts";
import credentialSourceEnvironmentLimits from "./roles/credential-source-environment-limits.ts";
import credentialSourceInvalid from "./roles/credential-source-invalid.ts";
import credentialSourceWithoutRoleArn from "./roles/credential-source-without-role-arn.ts";
import durationOverRoleMaximum from "./roles/duration-over-role-maximum.ts";
import durationSecondsIgnored from "./roles/duration-seconds-ignored.ts";
import durationSecondsNotANumber from "./roles/duration-seconds-not-a-number.ts";
import durationTooLongForCachedMfa from "./roles/duration-too-long-for-cached-mfa.ts";
import iamCallsNeedMfaSession from "./roles/iam-calls-need-mfa-session.ts";
import invalidRoleSessionName from "./roles/invalid-role-session-name.ts";
import legacyStsEndpoint from "./roles/legacy-sts-endpoint.ts";
import malformedMfaSerial from "./roles/malformed-mfa-serial.ts";
import malformedRoleArn from "./roles/malformed-role-arn.ts";
import mfaProcessNotUsed from "./roles/mfa-process-not-used.ts";
import mfaSerialIsU2f from "./roles/mfa-serial-is-u2f.ts";
import mfaSerialMissing from "./roles/mfa-serial-missing.ts";
import mfaSerialNotInherited from "./roles/mfa-serial-not-inherited.ts";
import mfaSerialNotMfaArn from "./roles/mfa-serial-not-mfa-arn.ts";
import partitionMismatch from "./roles/partition-mismatch.ts";
import roleArnWithoutSource from "./roles/role-arn-without-source.ts";
import roleChainingOver1h from "./roles/role-chaining-over-1h.ts";
import sourceProfileWithoutRoleArn from "./roles/source-profile-without-role-arn.ts";
import webIdentityTokenUnreadable from "./roles/web-identity-token-unreadable.ts";
import webIdentityTokenWithoutRole from "./roles/web-identity-token-without-role.ts";
import ssoInCredentialsFile from "./sso/sso-in-credentials-file.ts";
import ssoInlineConflictsWithSession from "./sso/sso-inline-conflicts-with-session.ts";
import ssoNoRefreshScope from "./sso/sso-no-refresh-scope.ts";
import ssoNotLoggedIn from "./sso/sso-not-logged-in.ts";
import ssoProfileIncomplete from "./sso/sso-profile-incomplete.ts";
import ssoRoleAssumedAgain from "./sso/sso-role-assumed-again.ts";
import ssoRoleNameIsIamRole from "./sso/sso-role-name-is-iam-role.ts";
import ssoSessionNotFound from "./sso/sso-session-not-found.ts";
import ssoStartUrlMalformed from "./sso/sso-start-url-malformed.ts";
import ssoStartUrlNotIdentityCenter from "./sso/sso-start-url-not-identity-center.ts";
import ssoStartUrlVariants from "./sso/sso-start-url-variants.ts";
import ssoTokenCacheCorrupt from "./sso/sso-token-cache-corrupt.ts";
import ssoTokenExpired from "./sso/sso-token-expired.ts";
import awsAliasWrapsAwsVault from "./vault/aws-alias-wraps-aws-vault.ts";
import awsVaultEnvLeftOver from "./vault/aws-vault-env-left-over.ts";
import backendChangesByItself from "./vault/backend-changes-by-itself.ts";
import credentialProcessRecursion from "./vault/credential-process-recursion.ts";
import execSessionExpired from "./vault/exec-session-expired.ts";
import gopassIncompatible from "./vault/gopass-incompatible.ts";
import gpgTtyNotSet from "./vault/gpg-tty-not-set.ts";
import keyringBackendUnavailable from "./vault/keyring-backend-unavailable.ts";
import passNotInitialised from "./vault/pass-not-initialised.ts";
import profileFlagInsideExecShell from "./vault/profile-flag-inside-exec-shell.ts";
import promptDriverUnavailable from "./vault/prompt-driver-unavailable.ts";
import serverFlagWithJson from "./vault/server-flag-with-json.ts";
import shellHelperAliasMissing from "./vault/shell-helper-alias-missing.ts";
import storedKeyHidesSso from "./vault/stored-key-hides-sso.ts";
import ttlWithoutUnit from "./vault/ttl-without-unit.ts";

/** Every rule, by category and then by id. */
export const rules = [
  accountIdNot12Digits,
  availabilityZoneAsRegion,
  awsAliasWrapsAwsVault,
  awsDefaultProfileConflict,
  awsProfileEmpty,
  awsProfileNotFound,
  awsProfileWithoutAnyFile,
  awsVaultEnvLeftOver,
  backendChangesByItself,
  bothParentAndSourceProfile,
  caBundleNotFound,
  capitalDefaultSection,
  cliPluginPathInvalid,
  clockSkew,
  colonDelimiter,
  commentMarkInValue,
  configFileEnvMissingFile,
  configMissingProfilePrefix,
  conflictingCredentialTypes,
  containerCredentialsBadHost,
  credentialProcessBadOutput,
  credentialProcessBadQuoting,
  credentialProcessNeedsPrompt,
  credentialProcessNotFound,
  credentialProcessRecursion,
  credentialSourceAndSourceProfile,
  credentialSourceEnvironmentLimits,
  credentialSourceInvalid,
  credentialSourceWithoutRoleArn,
  credentialWrongShape,
  credentialsHasProfilePrefix,
  crlfWithOldTools,
  danglingSymlink,
  defaultProfile,
  defaultProfileHasPrefix,
  defaultSettingsLeakInAwsVault,
  dottedProfileName,
  duplicateKey,
  duplicateSection,
  durationOverRoleMaximum,
  durationSecondsIgnored,
  durationSecondsNotANumber,
  durationTooLongForCachedMfa,
  emptyCredentialEnv,
  emptyCredentialValue,
  endpointUrlOverride,
  execSessionExpired,
  fileHasBom,
  fileIsDirectory,
  fileIsUtf16,
  fileNotReadable,
  filesTooOpen,
  gopassIncompatible,
  gpgTtyNotSet,
  hashInStartUrl,
  headerSpelling,
  iamCallsNeedMfaSession,
  indentedComment,
  indentedHeader,
  indentedProperty,
  inlineCommentInValue,
  invalidOutputFormat,
  invalidRoleSessionName,
  junkAfterSectionHeader,
  keyringBackendUnavailable,
  keysInBothFiles,
  legacyStsEndpoint,
  loneCarriageReturn,
  loopbackAliasMissing,
  malformedMfaSerial,
  malformedRoleArn,
  metadataAddressBusy,
  metadataAliasLeftOver,
  mfaProcessNotUsed,
  mfaSerialIsU2f,
  mfaSerialMissing,
  mfaSerialNotInherited,
  mfaSerialNotMfaArn,
  missingSectionHeader,
  misspeltEnvName,
  misspeltKeyName,
  multiLineValue,
  nestedBlockNotIndented,
  noCredentialsResolvedImdsFallback,
  noUsableDefaultProfile,
  nonAsciiInCredentials,
  pagerMissing,
  partialCredentials,
  partitionMismatch,
  passNotInitialised,
  percentInterpolation,
  profileFlagInsideExecShell,
  profileHeaderWithoutName,
  profileNameBadCharacters,
  profileNameNeedsQuotes,
  profileWithoutRegion,
  promptDriverUnavailable,
  proxyCapturesMetadata,
  quotedValue,
  regionEnvOverridesProfile,
  regionVariablesDiffer,
  relocatedFilesIgnoredByTool,
  roleArnWithoutSource,
  roleChainingOver1h,
  sdkLoadConfigBadValue,
  sdkLoadConfigNotSet,
  sdkLoadConfigSet,
  sdkLoadConfigWithoutFile,
  secretInWrongField,
  serverFlagWithJson,
  serverPortBusy,
  sessionTokenWithLongTermKey,
  sharedCredentialsFileSet,
  shellHelperAliasMissing,
  sourceProfileLoop,
  sourceProfileNotFound,
  sourceProfileWithoutRoleArn,
  ssoInCredentialsFile,
  ssoInlineConflictsWithSession,
  ssoNoRefreshScope,
  ssoNotLoggedIn,
  ssoProfileIncomplete,
  ssoRoleAssumedAgain,
  ssoRoleNameIsIamRole,
  ssoSessionNotFound,
  ssoStartUrlMalformed,
  ssoStartUrlNotIdentityCenter,
  ssoStartUrlVariants,
  ssoTokenCacheCorrupt,
  ssoTokenExpired,
  staticKeysExported,
  staticKeysInPlainText,
  staticKeysInShellRc,
  staticKeysOverrideProfile,
  staticKeysShadowDynamicSource,
  storedKeyHidesSso,
  sudoChangesHome,
  temporaryKeyWithoutSessionToken,
  toolConflictingEnv,
  ttlWithoutUnit,
  unexpandedTildeOrVariable,
  unknownRegion,
  unparsableLine,
  unusualBlank,
  uppercaseFileKeys,
  webIdentityEnvOverridesProfile,
  webIdentityTokenUnreadable,
  webIdentityTokenWithoutRole,
  whitespaceInCredential,
  whitespaceOnlyLines,
];
