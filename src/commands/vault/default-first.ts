import { readOpenly } from "../../awsconfig/document.ts";
import { locations } from "../../awsconfig/locations.ts";
import { read } from "../../awsconfig/profiles.ts";
import type { FilePlace } from "../../model/place.ts";
import type { Route } from "../../model/route.ts";
import type { Tool } from "../../model/tool.ts";
import { FILE_BYTES_MAX } from "../../probes/files.ts";
import { routes } from "../../routes/route.ts";
import type { System } from "../../system/system.ts";
import { tried } from "../../system/tried.ts";

/**
 * Where [default] leads the AWS CLI or the SDKs to credentials. A served command is told no profile, so that they look there
 * first, and never ask the server.
 */
export function defaultComesFirst(system: System): FilePlace | undefined {
  return inTool("cli", system) ?? inTool("sdk", system);
}

function inTool(tool: Tool, { environment, files, machine }: System): FilePlace | undefined {
  const at = locations(tool, environment, machine.home, machine.folder);
  const document = (kind: "config" | "credentials") => {
    const { path } = at[kind];
    return readOpenly(
      path,
      kind,
      files.follow(path) === undefined ? new Uint8Array() : files.read(path, FILE_BYTES_MAX),
    );
  };
  // What cannot be read gives nobody credentials.
  return tried(() => {
    const reading = read(tool, document("config"), document("credentials"));
    const route = routes(reading, { stored: undefined, seesCredentials: true }).get("default");
    return route === undefined ? undefined : placeOf(route);
  });
}

/** A role that is assumed from the container's or the instance's credentials is one from the server's. */
function placeOf(route: Route): FilePlace | undefined {
  if (!route.found) return undefined;
  const { hop, from } = route;
  if (from !== undefined && placeOf(from) === undefined) return undefined;
  return hop.kind === "named-source" || hop.kind === "stored" ? undefined : hop.by.nameAt;
}
