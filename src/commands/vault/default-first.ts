import { readOpenly } from "../../awsconfig/document.ts";
import type { FilePlace } from "../../model/place.ts";
import type { Route } from "../../model/route.ts";
import type { Tool } from "../../model/tool.ts";
import { routes } from "../../routes/route.ts";
import type { System } from "../../system/system.ts";
import { tried } from "../../system/tried.ts";
import { filesFor } from "./config.ts";

/**
 * Where [default] leads the AWS CLI or the SDKs to credentials. A served command is told no profile, so that they look there
 * first, and never ask the server.
 */
export function defaultComesFirst(system: System): FilePlace | undefined {
  return inTool("cli", system) ?? inTool("sdk", system);
}

/** What cannot be read gives nobody credentials. */
const inTool = (tool: Tool, system: System): FilePlace | undefined =>
  tried(() => {
    const reading = filesFor(tool, system)(readOpenly);
    const route = routes(reading, { stored: undefined, seesCredentials: true }).get("default");
    return route === undefined ? undefined : placeOf(route);
  });

/** A role that is assumed from the container's or the instance's credentials is one from the server's. */
function placeOf(route: Route): FilePlace | undefined {
  if (!route.found) return undefined;
  const { hop, from } = route;
  if (from !== undefined && placeOf(from) === undefined) return undefined;
  return hop.kind === "named-source" || hop.kind === "stored" ? undefined : hop.by.nameAt;
}
