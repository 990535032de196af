import { visibility } from "./awsconfig/settings.ts";
import { isKnownSetting, KNOWN_SETTINGS } from "./awsconfig/sight.ts";
import { SEVERITIES } from "./model/finding.ts";
import type { FilePlace } from "./model/place.ts";
import type { Demand, DemandedSetting, Policy } from "./model/policy.ts";
import { didYouMean } from "./nearest.ts";

/** How the file that a policy stands in tells where something is, and what is wrong with it. */
export interface PolicySource {
  /** Of a key such as `policy.production.mfa`. */
  place(key: string): FilePlace;
  trouble(key: string, message: string): never;
}

const KEYS = [
  "profiles",
  "mfa",
  "max-duration",
  "accounts",
  "regions",
  "sso-start-url",
  "require",
  "forbid",
  "severity",
];

/** The sections `[policy.name]` of the preferences, as ini reads them. */
export function policiesIn(content: unknown, source: PolicySource): Policy[] {
  if (content === undefined) return [];
  if (!isSection(content)) return source.trouble("policy", "a policy is a section with a name: [policy.name]");
  return Object.entries(content).map(([name, section]) =>
    isSection(section)
      ? policy(name, section, source)
      : source.trouble(`policy.${name}`, `a policy has a name: write [policy.name] above '${name}'`),
  );
}

const isSection = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function policy(name: string, section: Readonly<Record<string, unknown>>, source: PolicySource): Policy {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(section)) {
    const place = `policy.${name}.${key}`;
    if (!KEYS.includes(key)) source.trouble(place, `a policy has no '${key}'${didYouMean(key, KEYS)}`);
    if (typeof value !== "string" || value === "") source.trouble(place, `'${key}' takes a value`);
    else texts.set(key, value);
  }
  const severity = texts.get("severity") ?? "error";
  const known = SEVERITIES.find((one) => one === severity);
  if (known === undefined)
    return source.trouble(`policy.${name}.severity`, `'${severity}' is no severity: write error, warning or info`);
  const demands = [...texts].flatMap(([key, text]) => demand(`policy.${name}.${key}`, key, text, source) ?? []);
  if (demands.length === 0) source.trouble(`policy.${name}`, `the policy '${name}' demands nothing`);
  return { name, profiles: list(texts.get("profiles") ?? "*"), severity: known, demands };
}

/** Undefined for a key that demands nothing. */
function demand(place: string, key: string, text: string, source: PolicySource): Demand | undefined {
  const at = source.place(place);
  switch (key) {
    case "mfa":
      return text === "required" ? { at, kind: "mfa" } : source.trouble(place, `'mfa' is required, and not '${text}'`);
    case "max-duration":
      return { at, kind: "max-duration", seconds: secondsOf(place, text, source) };
    case "accounts": {
      const accounts = list(text);
      const wrong = accounts.find((one) => !/^\d{12}$/.test(one));
      if (wrong !== undefined) source.trouble(place, `'${wrong}' is no account id, which has twelve digits`);
      return { at, kind: "accounts", accounts };
    }
    case "regions":
      return { at, kind: "regions", regions: list(text) };
    case "sso-start-url":
      return /^https:\/\/\S+$/.test(text)
        ? { at, kind: "sso-start-url", url: text }
        : source.trouble(place, `'${text}' is no address of a portal: write https://…`);
    case "require":
    case "forbid":
      return { at, kind: key, settings: list(text).map((one) => setting(place, one, source)) };
    default:
      return undefined;
  }
}

const list = (text: string): string[] =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");

function secondsOf(place: string, text: string, source: PolicySource): number {
  const [, hours = "0", minutes = "0", seconds = "0"] =
    /^(?=\d)(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,7})s?)?$/.exec(text) ?? [];
  const all = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return all > 0 ? all : source.trouble(place, `'${text}' is no duration: write 1h, 90m or a number of seconds`);
}

function setting(place: string, text: string, source: PolicySource): DemandedSetting {
  const cut = text.indexOf("=");
  const name = (cut < 0 ? text : text.slice(0, cut)).trim().toLowerCase();
  if (!/^[a-z0-9_]+$/.test(name)) source.trouble(place, `'${name}' is no name of a setting`);
  if (cut >= 0 && visibility(name) !== "public")
    source.trouble(place, `the value of '${name}' is never looked at: demand the setting alone`);
  if (!isKnownSetting(name))
    source.trouble(place, `no tool knows a setting '${name}'${didYouMean(name, KNOWN_SETTINGS)}`);
  return { name, value: cut < 0 ? undefined : text.slice(cut + 1).trim() };
}
