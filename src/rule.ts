/** All that a rule may know. */
import type { FactName } from "./model/facts.ts";
import type { Rule } from "./model/rule.ts";

export { namesWith, profilesBySource, profilesWith, settings, sourceNames } from "./awsconfig/profiles.ts";
export { IDENTITY_SETTINGS, S3_SETTINGS } from "./awsconfig/settings.ts";
export { isCommand, isKnownSetting, isMasked, KNOWN_SETTINGS } from "./awsconfig/sight.ts";
export { UNSEEN } from "./awsconfig/traits.ts";
export { KEY_VARIABLES, KNOWN_VARIABLES } from "./awsconfig/variables.ts";
export type { AwsDocument, RawSection } from "./model/document.ts";
export type { Environment, Facts, Listener, Profiles, StartupFile, Statement, Variable } from "./model/facts.ts";
export type { Finding, Related } from "./model/finding.ts";
export type { Fix, Step } from "./model/fix.ts";
export type { FilePlace, Span } from "./model/place.ts";
export type { Demand, DemandedSetting, Policy } from "./model/policy.ts";
export type { Layer, Profile, Reading, Section, Setting, Traits } from "./model/reading.ts";
export { hops, type Route, type Routes } from "./model/route.ts";
export type { RuleCard, RuleEntry } from "./model/rule.ts";
export { AWS_VAULT, isAwsVault, type Tool } from "./model/tool.ts";
export { didYouMean, nearest } from "./nearest.ts";
export { appending, exporting, readByShell } from "./rule/appending.ts";
export { programOf, type VaultCommand, vaultCommand } from "./rule/commands.ts";
export { goSeconds, inWords } from "./rule/durations.ts";
export {
  commentOut,
  deleting,
  edit,
  endOf,
  lineEndOf,
  newSection,
  part,
  startOf,
  stretch,
  within,
} from "./rule/fixes.ts";
export { matches } from "./rule/glob.ts";
export { heldAddress, holder, isAwsVaultProcess } from "./rule/listeners.ts";
export {
  BLOCKS,
  dedented,
  hasReturnInside,
  hasTwoBytes,
  type IndentedLine,
  indentedLines,
  isGarbled,
  isPlainName,
  nameIn,
  type OddSection,
  oddSections,
  partsOf,
  type StrangeHeader,
  settingLines,
  strangeHeaders,
  valuesOf,
} from "./rule/odd.ts";
export { allProfiles, dependents, ownSection, profilesOf, rolesWithoutMfa } from "./rule/profiles.ts";
export {
  activeProfiles,
  between,
  hasPlaceholder,
  isForeign,
  lineOf,
  lostBecause,
  neighbour,
  ownSetting,
  plainReading,
  type SettingLine,
  settingsNamed,
  signOns,
  tell,
  wrongSettings,
} from "./rule/settings.ts";
export {
  commentingOut,
  differing,
  exportedAt,
  exportedHere,
  exportsOf,
  isLive,
  isSet,
  sightings,
  valueIn,
  variable,
  whereSet,
} from "./rule/startup.ts";
export { firstOf, isOlder } from "./rule/versions.ts";
export { inSome, list, someOf, suffering, tellValues, toolNames, toolsDo } from "./rule/words.ts";

/** A rule whose `check` gets exactly the facts named in `needs`. */
export const rule = <const Needs extends FactName>(definition: Rule<Needs>): Rule => definition;
