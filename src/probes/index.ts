import { seen } from "../model/seen.ts";
import { lookAtBinaries } from "./binaries.ts";
import { lookAtContainerEndpoint } from "./container-endpoint.ts";
import { lookAtEnvironment } from "./environment.ts";
import { lookAtFiles, readFile } from "./files.ts";
import { lookAtKeyFiles } from "./key-files.ts";
import { lookAtHardware, lookAtMachine } from "./machine.ts";
import { lookAtMetadataAddress } from "./metadata.ts";
import { lookAtNamedPaths } from "./named-paths.ts";
import type { Probes } from "./probe.ts";
import { lookAtProfiles } from "./profiles.ts";
import { lookAtPrograms } from "./programs.ts";
import { lookAtServerPort } from "./server-port.ts";
import { lookForServerless } from "./serverless.ts";
import { lookAtShared } from "./shared.ts";
import { lookAtSsoCache } from "./sso-cache.ts";
import { startupFiles } from "./startup-files.ts";
import { lookAtVault } from "./vault.ts";
import { lookAtVaultItems } from "./vault-items.ts";
import { lookAtWindowsHomes } from "./windows-homes.ts";

/** Every fact and the probe that gives it, in the order in which they start: what takes the kernel its time comes first. */
export const probes: Probes = {
  serverPort: { asks: "nothing", ofMachine: true, after: [], look: lookAtServerPort },
  files: {
    asks: "nothing",
    ofMachine: false,
    after: [],
    look: lookAtFiles,
  },
  config: {
    asks: "nothing",
    ofMachine: false,
    after: ["files"],
    look: (system, scope, { files }) =>
      files!.known ? readFile(system, "config", files!.value.config, scope.config) : files!,
  },
  credentials: {
    asks: "nothing",
    ofMachine: false,
    after: ["files"],
    look: (system, scope, { files }) =>
      files!.known ? readFile(system, "credentials", files!.value.credentials, scope.credentials) : files!,
  },
  profiles: {
    asks: "nothing",
    ofMachine: false,
    after: ["config", "credentials", "vault"],
    look: (system, scope, facts) => lookAtProfiles(scope, scope.filesOnly ? {} : system.environment, facts),
  },
  environment: { asks: "nothing", ofMachine: true, inFilesAlone: new Map(), after: [], look: lookAtEnvironment },
  startup: {
    asks: "nothing",
    ofMachine: true,
    inFilesAlone: [],
    after: [],
    look: async (system) =>
      startupFiles(system).length > 0 ? (await import("./startup.ts")).lookAtStartup(system) : seen([]),
  },
  metadata: { asks: "nothing", ofMachine: true, after: [], look: lookAtMetadataAddress },
  programs: { asks: "nothing", ofMachine: true, after: [], look: lookAtPrograms },
  vault: { asks: "nothing", ofMachine: true, after: [], look: lookAtVault },
  machine: { asks: "nothing", ofMachine: true, after: [], look: lookAtMachine },
  named: { asks: "nothing", ofMachine: true, after: ["config", "profiles"], look: lookAtNamedPaths },
  sso: { asks: "nothing", ofMachine: true, after: ["profiles"], look: lookAtSsoCache },
  binaries: {
    asks: "nothing",
    ofMachine: true,
    after: ["programs"],
    look: (system, _, facts) => lookAtBinaries(system, facts),
  },
  endpoint: { asks: "nothing", ofMachine: true, after: [], look: lookAtContainerEndpoint },
  windows: {
    asks: "nothing",
    ofMachine: true,
    after: ["machine"],
    look: (system, _, facts) => lookAtWindowsHomes(system, facts),
  },
  vaultItems: {
    asks: "nothing",
    ofMachine: true,
    after: ["vault"],
    look: (system, _, facts) => lookAtVaultItems(system, facts),
  },
  hardware: { asks: "nothing", ofMachine: true, after: [], look: lookAtHardware },
  serverless: { asks: "nothing", ofMachine: true, after: [], look: lookForServerless },
  keyFiles: { asks: "nothing", ofMachine: true, after: [], look: lookAtKeyFiles },
  keyring: {
    asks: "unlock",
    ofMachine: true,
    after: [],
    look: async (system) => (await import("./keyring.ts")).lookAtKeyring(system),
  },
  store: {
    asks: "nothing",
    ofMachine: true,
    after: ["vault"],
    look: async (...what) => (await import("./store.ts")).lookAtStore(...what),
  },
  metadataServer: {
    asks: "run",
    ofMachine: true,
    after: ["metadata"],
    look: async (system, _, facts) => (await import("./metadata-server.ts")).lookAtMetadataServer(system, facts),
  },
  versions: {
    asks: "run",
    ofMachine: true,
    after: [],
    look: async (system) => (await import("./versions.ts")).lookAtVersions(system),
  },
  policies: { asks: "nothing", ofMachine: false, after: [], look: (_, scope) => seen(scope.policies ?? []) },
  shared: { asks: "nothing", ofMachine: false, after: [], look: lookAtShared },
  clock: { asks: "nothing", ofMachine: false, after: [], look: (system) => seen(system.now()) },
  online: {
    asks: "network",
    ofMachine: true,
    after: ["files"],
    look: async (...what) => (await import("./online.ts")).lookOnline(...what),
  },
};
