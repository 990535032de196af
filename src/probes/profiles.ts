import type { Document } from "../awsconfig/document.ts";
import { read } from "../awsconfig/profiles.ts";
import type { ActiveProfile, Profiles } from "../model/facts.ts";
import type { Reading } from "../model/reading.ts";
import type { Routes } from "../model/route.ts";
import type { Scope } from "../model/scope.ts";
import { type Seen, seen } from "../model/seen.ts";
import type { Tool } from "../model/tool.ts";
import { activeProfile } from "../routes/active.ts";
import { routes } from "../routes/route.ts";
import { isPass } from "../vault/pass-names.ts";
import type { SeenFacts } from "./probe.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** The profiles, their routes and the active one, as each tool that the user asked about reads them. */
export function lookAtProfiles(scope: Scope, variables: Variables, facts: SeenFacts): Seen<Profiles> {
  const { vault } = facts;
  const config = facts.config!;
  const credentials = facts.credentials!;
  if (!config.known) return config;
  if (!credentials.known) return credentials;
  const readings = new Map<Tool, Reading>();
  const routesOfTools = new Map<Tool, Routes>();
  const active = new Map<Tool, ActiveProfile>();
  // The other backends cannot be listed without a prompt, so a key may be there.
  const backend = variables["AWS_VAULT_BACKEND"] ?? "";
  const listsAll = (backend === "file" || isPass(backend)) && vault?.known === true;
  const surroundings = {
    stored: listsAll ? new Set(vault.value.profiles) : undefined,
    seesCredentials: scope.credentials !== "none",
  };
  // The probes of the two files make no other kind of document.
  for (const tool of scope.tools) {
    const reading = read(tool, config.value as Document, credentials.value as Document);
    readings.set(tool, reading);
    routesOfTools.set(tool, routes(reading, surroundings));
    active.set(tool, activeProfile(tool, scope.profile, variables));
  }
  return seen({ tools: scope.tools, readings, routes: routesOfTools, active });
}
