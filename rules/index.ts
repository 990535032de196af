import accountIdNot12Digits from "./account-id-not-12-digits.ts";
import availabilityZoneAsRegion from "./availability-zone-as-region.ts";
import awsProfileNotFound from "./aws-profile-not-found.ts";
import bothParentAndSourceProfile from "./both-parent-and-source-profile.ts";
import capitalDefaultSection from "./capital-default-section.ts";
import colonDelimiter from "./colon-delimiter.ts";
import commentMarkInValue from "./comment-mark-in-value.ts";
import configMissingProfilePrefix from "./config-missing-profile-prefix.ts";
import credentialSourceAndSourceProfile from "./credential-source-and-source-profile.ts";
import credentialSourceEnvironmentLimits from "./credential-source-environment-limits.ts";
import credentialSourceInvalid from "./credential-source-invalid.ts";
import credentialSourceWithoutRoleArn from "./credential-source-without-role-arn.ts";
import credentialsHasProfilePrefix from "./credentials-has-profile-prefix.ts";
import defaultProfile from "./default-profile.ts";
import defaultProfileHasPrefix from "./default-profile-has-prefix.ts";
import dottedProfileName from "./dotted-profile-name.ts";
import duplicateKey from "./duplicate-key.ts";
import duplicateSection from "./duplicate-section.ts";
import durationOverRoleMaximum from "./duration-over-role-maximum.ts";
import durationSecondsIgnored from "./duration-seconds-ignored.ts";
import durationSecondsNotANumber from "./duration-seconds-not-a-number.ts";
import durationTooLongForCachedMfa from "./duration-too-long-for-cached-mfa.ts";
import fileHasBom from "./file-has-bom.ts";
import fileIsUtf16 from "./file-is-utf16.ts";
import filesTooOpen from "./files-too-open.ts";
import hashInStartUrl from "./hash-in-start-url.ts";
import headerSpelling from "./header-spelling.ts";
import indentedComment from "./indented-comment.ts";
import indentedHeader from "./indented-header.ts";
import indentedProperty from "./indented-property.ts";
import inlineCommentInValue from "./inline-comment-in-value.ts";
import invalidOutputFormat from "./invalid-output-format.ts";
import invalidRoleSessionName from "./invalid-role-session-name.ts";
import junkAfterSectionHeader from "./junk-after-section-header.ts";
import legacyStsEndpoint from "./legacy-sts-endpoint.ts";
import loneCarriageReturn from "./lone-carriage-return.ts";
import malformedMfaSerial from "./malformed-mfa-serial.ts";
import malformedRoleArn from "./malformed-role-arn.ts";
import metadataAddressBusy from "./metadata-address-busy.ts";
import metadataAliasLeftOver from "./metadata-alias-left-over.ts";
import mfaSerialIsU2f from "./mfa-serial-is-u2f.ts";
import mfaSerialMissing from "./mfa-serial-missing.ts";
import mfaSerialNotInherited from "./mfa-serial-not-inherited.ts";
import mfaSerialNotMfaArn from "./mfa-serial-not-mfa-arn.ts";
import missingSectionHeader from "./missing-section-header.ts";
import misspeltKeyName from "./misspelt-key-name.ts";
import multiLineValue from "./multi-line-value.ts";
import nestedBlockNotIndented from "./nested-block-not-indented.ts";
import partitionMismatch from "./partition-mismatch.ts";
import percentInterpolation from "./percent-interpolation.ts";
import profileHeaderWithoutName from "./profile-header-without-name.ts";
import profileNameBadCharacters from "./profile-name-bad-characters.ts";
import profileNameNeedsQuotes from "./profile-name-needs-quotes.ts";
import quotedValue from "./quoted-value.ts";
import roleArnWithoutSource from "./role-arn-without-source.ts";
import roleChainingOver1h from "./role-chaining-over-1h.ts";
import sdkLoadConfigSet from "./sdk-load-config-set.ts";
import serverPortBusy from "./server-port-busy.ts";
import sharedCredentialsFileSet from "./shared-credentials-file-set.ts";
import sourceProfileLoop from "./source-profile-loop.ts";
import sourceProfileNotFound from "./source-profile-not-found.ts";
import sourceProfileWithoutRoleArn from "./source-profile-without-role-arn.ts";
import ssoInCredentialsFile from "./sso-in-credentials-file.ts";
import ssoInlineConflictsWithSession from "./sso-inline-conflicts-with-session.ts";
import ssoNoRefreshScope from "./sso-no-refresh-scope.ts";
import ssoProfileIncomplete from "./sso-profile-incomplete.ts";
import ssoRoleAssumedAgain from "./sso-role-assumed-again.ts";
import ssoRoleNameIsIamRole from "./sso-role-name-is-iam-role.ts";
import ssoSessionNotFound from "./sso-session-not-found.ts";
import ssoStartUrlMalformed from "./sso-start-url-malformed.ts";
import ssoStartUrlNotIdentityCenter from "./sso-start-url-not-identity-center.ts";
import ssoStartUrlVariants from "./sso-start-url-variants.ts";
import staticKeysExported from "./static-keys-exported.ts";
import staticKeysInPlainText from "./static-keys-in-plain-text.ts";
import staticKeysInShellRc from "./static-keys-in-shell-rc.ts";
import staticKeysOverrideProfile from "./static-keys-override-profile.ts";
import unknownRegion from "./unknown-region.ts";
import unparsableLine from "./unparsable-line.ts";
import unusualBlank from "./unusual-blank.ts";
import uppercaseFileKeys from "./uppercase-file-keys.ts";
import webIdentityTokenWithoutRole from "./web-identity-token-without-role.ts";

/** Every rule, by category and then by id. */
export const rules = [
  accountIdNot12Digits,
  availabilityZoneAsRegion,
  awsProfileNotFound,
  bothParentAndSourceProfile,
  capitalDefaultSection,
  colonDelimiter,
  commentMarkInValue,
  configMissingProfilePrefix,
  credentialSourceAndSourceProfile,
  credentialSourceEnvironmentLimits,
  credentialSourceInvalid,
  credentialSourceWithoutRoleArn,
  credentialsHasProfilePrefix,
  defaultProfile,
  defaultProfileHasPrefix,
  dottedProfileName,
  duplicateKey,
  duplicateSection,
  durationOverRoleMaximum,
  durationSecondsIgnored,
  durationSecondsNotANumber,
  durationTooLongForCachedMfa,
  fileHasBom,
  fileIsUtf16,
  filesTooOpen,
  hashInStartUrl,
  headerSpelling,
  indentedComment,
  indentedHeader,
  indentedProperty,
  inlineCommentInValue,
  invalidOutputFormat,
  invalidRoleSessionName,
  junkAfterSectionHeader,
  legacyStsEndpoint,
  loneCarriageReturn,
  malformedMfaSerial,
  malformedRoleArn,
  metadataAddressBusy,
  metadataAliasLeftOver,
  mfaSerialIsU2f,
  mfaSerialMissing,
  mfaSerialNotInherited,
  mfaSerialNotMfaArn,
  missingSectionHeader,
  misspeltKeyName,
  multiLineValue,
  nestedBlockNotIndented,
  partitionMismatch,
  percentInterpolation,
  profileHeaderWithoutName,
  profileNameBadCharacters,
  profileNameNeedsQuotes,
  quotedValue,
  roleArnWithoutSource,
  roleChainingOver1h,
  sdkLoadConfigSet,
  serverPortBusy,
  sharedCredentialsFileSet,
  sourceProfileLoop,
  sourceProfileNotFound,
  sourceProfileWithoutRoleArn,
  ssoInCredentialsFile,
  ssoInlineConflictsWithSession,
  ssoNoRefreshScope,
  ssoProfileIncomplete,
  ssoRoleAssumedAgain,
  ssoRoleNameIsIamRole,
  ssoSessionNotFound,
  ssoStartUrlMalformed,
  ssoStartUrlNotIdentityCenter,
  ssoStartUrlVariants,
  staticKeysExported,
  staticKeysInPlainText,
  staticKeysInShellRc,
  staticKeysOverrideProfile,
  unknownRegion,
  unparsableLine,
  unusualBlank,
  uppercaseFileKeys,
  webIdentityTokenWithoutRole,
];
