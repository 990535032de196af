import accountIdNot12Digits from "./account-id-not-12-digits.ts";
import availabilityZoneAsRegion from "./availability-zone-as-region.ts";
import awsAliasWrapsAwsVault from "./aws-alias-wraps-aws-vault.ts";
import awsDefaultProfileConflict from "./aws-default-profile-conflict.ts";
import awsProfileEmpty from "./aws-profile-empty.ts";
import awsProfileNotFound from "./aws-profile-not-found.ts";
import awsProfileWithoutAnyFile from "./aws-profile-without-any-file.ts";
import awsVaultEnvLeftOver from "./aws-vault-env-left-over.ts";
import backendChangesByItself from "./backend-changes-by-itself.ts";
import bothParentAndSourceProfile from "./both-parent-and-source-profile.ts";
import caBundleNotFound from "./ca-bundle-not-found.ts";
import capitalDefaultSection from "./capital-default-section.ts";
import cliPluginPathInvalid from "./cli-plugin-path-invalid.ts";
import clockSkew from "./clock-skew.ts";
import colonDelimiter from "./colon-delimiter.ts";
import commentMarkInValue from "./comment-mark-in-value.ts";
import configFileEnvMissingFile from "./config-file-env-missing-file.ts";
import configMissingProfilePrefix from "./config-missing-profile-prefix.ts";
import conflictingCredentialTypes from "./conflicting-credential-types.ts";
import containerCredentialsBadHost from "./container-credentials-bad-host.ts";
import credentialProcessBadOutput from "./credential-process-bad-output.ts";
import credentialProcessBadQuoting from "./credential-process-bad-quoting.ts";
import credentialProcessNeedsPrompt from "./credential-process-needs-prompt.ts";
import credentialProcessNotFound from "./credential-process-not-found.ts";
import credentialProcessRecursion from "./credential-process-recursion.ts";
import credentialSourceAndSourceProfile from "./credential-source-and-source-profile.ts";
import credentialSourceEnvironmentLimits from "./credential-source-environment-limits.ts";
import credentialSourceInvalid from "./credential-source-invalid.ts";
import credentialSourceWithoutRoleArn from "./credential-source-without-role-arn.ts";
import credentialWrongShape from "./credential-wrong-shape.ts";
import credentialsHasProfilePrefix from "./credentials-has-profile-prefix.ts";
import crlfWithOldTools from "./crlf-with-old-tools.ts";
import danglingSymlink from "./dangling-symlink.ts";
import defaultProfile from "./default-profile.ts";
import defaultProfileHasPrefix from "./default-profile-has-prefix.ts";
import defaultSettingsLeakInAwsVault from "./default-settings-leak-in-aws-vault.ts";
import dottedProfileName from "./dotted-profile-name.ts";
import duplicateKey from "./duplicate-key.ts";
import duplicateSection from "./duplicate-section.ts";
import durationOverRoleMaximum from "./duration-over-role-maximum.ts";
import durationSecondsIgnored from "./duration-seconds-ignored.ts";
import durationSecondsNotANumber from "./duration-seconds-not-a-number.ts";
import durationTooLongForCachedMfa from "./duration-too-long-for-cached-mfa.ts";
import emptyCredentialEnv from "./empty-credential-env.ts";
import emptyCredentialValue from "./empty-credential-value.ts";
import endpointUrlOverride from "./endpoint-url-override.ts";
import execSessionExpired from "./exec-session-expired.ts";
import fileHasBom from "./file-has-bom.ts";
import fileIsDirectory from "./file-is-directory.ts";
import fileIsUtf16 from "./file-is-utf16.ts";
import fileNotReadable from "./file-not-readable.ts";
import filesTooOpen from "./files-too-open.ts";
import gopassIncompatible from "./gopass-incompatible.ts";
import gpgTtyNotSet from "./gpg-tty-not-set.ts";
import hashInStartUrl from "./hash-in-start-url.ts";
import headerSpelling from "./header-spelling.ts";
import iamCallsNeedMfaSession from "./iam-calls-need-mfa-session.ts";
import indentedComment from "./indented-comment.ts";
import indentedHeader from "./indented-header.ts";
import indentedProperty from "./indented-property.ts";
import inlineCommentInValue from "./inline-comment-in-value.ts";
import invalidOutputFormat from "./invalid-output-format.ts";
import invalidRoleSessionName from "./invalid-role-session-name.ts";
import junkAfterSectionHeader from "./junk-after-section-header.ts";
import keyringBackendUnavailable from "./keyring-backend-unavailable.ts";
import keysInBothFiles from "./keys-in-both-files.ts";
import legacyStsEndpoint from "./legacy-sts-endpoint.ts";
import loneCarriageReturn from "./lone-carriage-return.ts";
import loopbackAliasMissing from "./loopback-alias-missing.ts";
import malformedMfaSerial from "./malformed-mfa-serial.ts";
import malformedRoleArn from "./malformed-role-arn.ts";
import metadataAddressBusy from "./metadata-address-busy.ts";
import metadataAliasLeftOver from "./metadata-alias-left-over.ts";
import mfaProcessNotUsed from "./mfa-process-not-used.ts";
import mfaSerialIsU2f from "./mfa-serial-is-u2f.ts";
import mfaSerialMissing from "./mfa-serial-missing.ts";
import mfaSerialNotInherited from "./mfa-serial-not-inherited.ts";
import mfaSerialNotMfaArn from "./mfa-serial-not-mfa-arn.ts";
import missingSectionHeader from "./missing-section-header.ts";
import misspeltEnvName from "./misspelt-env-name.ts";
import misspeltKeyName from "./misspelt-key-name.ts";
import multiLineValue from "./multi-line-value.ts";
import nestedBlockNotIndented from "./nested-block-not-indented.ts";
import noCredentialsResolvedImdsFallback from "./no-credentials-resolved-imds-fallback.ts";
import noUsableDefaultProfile from "./no-usable-default-profile.ts";
import nonAsciiInCredentials from "./non-ascii-in-credentials.ts";
import pagerMissing from "./pager-missing.ts";
import partialCredentials from "./partial-credentials.ts";
import partitionMismatch from "./partition-mismatch.ts";
import passNotInitialised from "./pass-not-initialised.ts";
import percentInterpolation from "./percent-interpolation.ts";
import profileFlagInsideExecShell from "./profile-flag-inside-exec-shell.ts";
import profileHeaderWithoutName from "./profile-header-without-name.ts";
import profileNameBadCharacters from "./profile-name-bad-characters.ts";
import profileNameNeedsQuotes from "./profile-name-needs-quotes.ts";
import profileWithoutRegion from "./profile-without-region.ts";
import promptDriverUnavailable from "./prompt-driver-unavailable.ts";
import proxyCapturesMetadata from "./proxy-captures-metadata.ts";
import quotedValue from "./quoted-value.ts";
import regionEnvOverridesProfile from "./region-env-overrides-profile.ts";
import regionVariablesDiffer from "./region-variables-differ.ts";
import relocatedFilesIgnoredByTool from "./relocated-files-ignored-by-tool.ts";
import roleArnWithoutSource from "./role-arn-without-source.ts";
import roleChainingOver1h from "./role-chaining-over-1h.ts";
import sdkLoadConfigBadValue from "./sdk-load-config-bad-value.ts";
import sdkLoadConfigNotSet from "./sdk-load-config-not-set.ts";
import sdkLoadConfigSet from "./sdk-load-config-set.ts";
import sdkLoadConfigWithoutFile from "./sdk-load-config-without-file.ts";
import secretInWrongField from "./secret-in-wrong-field.ts";
import serverFlagWithJson from "./server-flag-with-json.ts";
import serverPortBusy from "./server-port-busy.ts";
import sessionTokenWithLongTermKey from "./session-token-with-long-term-key.ts";
import sharedCredentialsFileSet from "./shared-credentials-file-set.ts";
import shellHelperAliasMissing from "./shell-helper-alias-missing.ts";
import sourceProfileLoop from "./source-profile-loop.ts";
import sourceProfileNotFound from "./source-profile-not-found.ts";
import sourceProfileWithoutRoleArn from "./source-profile-without-role-arn.ts";
import ssoInCredentialsFile from "./sso-in-credentials-file.ts";
import ssoInlineConflictsWithSession from "./sso-inline-conflicts-with-session.ts";
import ssoNoRefreshScope from "./sso-no-refresh-scope.ts";
import ssoNotLoggedIn from "./sso-not-logged-in.ts";
import ssoProfileIncomplete from "./sso-profile-incomplete.ts";
import ssoRoleAssumedAgain from "./sso-role-assumed-again.ts";
import ssoRoleNameIsIamRole from "./sso-role-name-is-iam-role.ts";
import ssoSessionNotFound from "./sso-session-not-found.ts";
import ssoStartUrlMalformed from "./sso-start-url-malformed.ts";
import ssoStartUrlNotIdentityCenter from "./sso-start-url-not-identity-center.ts";
import ssoStartUrlVariants from "./sso-start-url-variants.ts";
import ssoTokenCacheCorrupt from "./sso-token-cache-corrupt.ts";
import ssoTokenExpired from "./sso-token-expired.ts";
import staticKeysExported from "./static-keys-exported.ts";
import staticKeysInPlainText from "./static-keys-in-plain-text.ts";
import staticKeysInShellRc from "./static-keys-in-shell-rc.ts";
import staticKeysOverrideProfile from "./static-keys-override-profile.ts";
import staticKeysShadowDynamicSource from "./static-keys-shadow-dynamic-source.ts";
import storedKeyHidesSso from "./stored-key-hides-sso.ts";
import sudoChangesHome from "./sudo-changes-home.ts";
import temporaryKeyWithoutSessionToken from "./temporary-key-without-session-token.ts";
import toolConflictingEnv from "./tool-conflicting-env.ts";
import ttlWithoutUnit from "./ttl-without-unit.ts";
import unexpandedTildeOrVariable from "./unexpanded-tilde-or-variable.ts";
import unknownRegion from "./unknown-region.ts";
import unparsableLine from "./unparsable-line.ts";
import unusualBlank from "./unusual-blank.ts";
import uppercaseFileKeys from "./uppercase-file-keys.ts";
import webIdentityEnvOverridesProfile from "./web-identity-env-overrides-profile.ts";
import webIdentityTokenUnreadable from "./web-identity-token-unreadable.ts";
import webIdentityTokenWithoutRole from "./web-identity-token-without-role.ts";
import whitespaceInCredential from "./whitespace-in-credential.ts";
import whitespaceOnlyLines from "./whitespace-only-lines.ts";

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
