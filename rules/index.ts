import awsProfileNotFound from "./aws-profile-not-found.ts";
import capitalDefaultSection from "./capital-default-section.ts";
import colonDelimiter from "./colon-delimiter.ts";
import commentMarkInValue from "./comment-mark-in-value.ts";
import configMissingProfilePrefix from "./config-missing-profile-prefix.ts";
import credentialsHasProfilePrefix from "./credentials-has-profile-prefix.ts";
import defaultProfile from "./default-profile.ts";
import defaultProfileHasPrefix from "./default-profile-has-prefix.ts";
import dottedProfileName from "./dotted-profile-name.ts";
import duplicateKey from "./duplicate-key.ts";
import duplicateSection from "./duplicate-section.ts";
import fileHasBom from "./file-has-bom.ts";
import fileIsUtf16 from "./file-is-utf16.ts";
import filesTooOpen from "./files-too-open.ts";
import hashInStartUrl from "./hash-in-start-url.ts";
import headerSpelling from "./header-spelling.ts";
import indentedComment from "./indented-comment.ts";
import indentedHeader from "./indented-header.ts";
import indentedProperty from "./indented-property.ts";
import inlineCommentInValue from "./inline-comment-in-value.ts";
import junkAfterSectionHeader from "./junk-after-section-header.ts";
import loneCarriageReturn from "./lone-carriage-return.ts";
import metadataAddressBusy from "./metadata-address-busy.ts";
import metadataAliasLeftOver from "./metadata-alias-left-over.ts";
import mfaSerialMissing from "./mfa-serial-missing.ts";
import mfaSerialNotInherited from "./mfa-serial-not-inherited.ts";
import missingSectionHeader from "./missing-section-header.ts";
import multiLineValue from "./multi-line-value.ts";
import nestedBlockNotIndented from "./nested-block-not-indented.ts";
import percentInterpolation from "./percent-interpolation.ts";
import profileHeaderWithoutName from "./profile-header-without-name.ts";
import profileNameBadCharacters from "./profile-name-bad-characters.ts";
import profileNameNeedsQuotes from "./profile-name-needs-quotes.ts";
import quotedValue from "./quoted-value.ts";
import roleArnWithoutSource from "./role-arn-without-source.ts";
import sdkLoadConfigSet from "./sdk-load-config-set.ts";
import serverPortBusy from "./server-port-busy.ts";
import sharedCredentialsFileSet from "./shared-credentials-file-set.ts";
import sourceProfileLoop from "./source-profile-loop.ts";
import sourceProfileNotFound from "./source-profile-not-found.ts";
import staticKeysExported from "./static-keys-exported.ts";
import staticKeysInPlainText from "./static-keys-in-plain-text.ts";
import staticKeysInShellRc from "./static-keys-in-shell-rc.ts";
import staticKeysOverrideProfile from "./static-keys-override-profile.ts";
import unparsableLine from "./unparsable-line.ts";
import unusualBlank from "./unusual-blank.ts";
import uppercaseFileKeys from "./uppercase-file-keys.ts";

/** Every rule, by category and then by id. */
export const rules = [
  awsProfileNotFound,
  capitalDefaultSection,
  colonDelimiter,
  commentMarkInValue,
  configMissingProfilePrefix,
  credentialsHasProfilePrefix,
  defaultProfile,
  defaultProfileHasPrefix,
  dottedProfileName,
  duplicateKey,
  duplicateSection,
  fileHasBom,
  fileIsUtf16,
  filesTooOpen,
  hashInStartUrl,
  headerSpelling,
  indentedComment,
  indentedHeader,
  indentedProperty,
  inlineCommentInValue,
  junkAfterSectionHeader,
  loneCarriageReturn,
  metadataAddressBusy,
  metadataAliasLeftOver,
  mfaSerialMissing,
  mfaSerialNotInherited,
  missingSectionHeader,
  multiLineValue,
  nestedBlockNotIndented,
  percentInterpolation,
  profileHeaderWithoutName,
  profileNameBadCharacters,
  profileNameNeedsQuotes,
  quotedValue,
  roleArnWithoutSource,
  sdkLoadConfigSet,
  serverPortBusy,
  sharedCredentialsFileSet,
  sourceProfileLoop,
  sourceProfileNotFound,
  staticKeysExported,
  staticKeysInPlainText,
  staticKeysInShellRc,
  staticKeysOverrideProfile,
  unparsableLine,
  unusualBlank,
  uppercaseFileKeys,
];
