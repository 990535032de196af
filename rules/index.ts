import awsProfileNotFound from "./aws-profile-not-found.ts";
import configMissingProfilePrefix from "./config-missing-profile-prefix.ts";
import credentialsHasProfilePrefix from "./credentials-has-profile-prefix.ts";
import defaultProfile from "./default-profile.ts";
import defaultProfileHasPrefix from "./default-profile-has-prefix.ts";
import duplicateKey from "./duplicate-key.ts";
import duplicateSection from "./duplicate-section.ts";
import filesTooOpen from "./files-too-open.ts";
import metadataAddressBusy from "./metadata-address-busy.ts";
import metadataAliasLeftOver from "./metadata-alias-left-over.ts";
import mfaSerialMissing from "./mfa-serial-missing.ts";
import mfaSerialNotInherited from "./mfa-serial-not-inherited.ts";
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

/** Every rule, by category and then by id. */
export const rules = [
  awsProfileNotFound,
  configMissingProfilePrefix,
  credentialsHasProfilePrefix,
  defaultProfile,
  defaultProfileHasPrefix,
  duplicateKey,
  duplicateSection,
  filesTooOpen,
  metadataAddressBusy,
  metadataAliasLeftOver,
  mfaSerialMissing,
  mfaSerialNotInherited,
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
];
