import type { MetadataServer } from "../model/facts.ts";
import { type Seen, seen } from "../model/seen.ts";
import { METADATA_ADDRESS, METADATA_PORT } from "../system/addresses.ts";
import type { Heard, System } from "../system/system.ts";
import type { SeenFacts } from "./probe.ts";

/** Who of this machine answers at the metadata address. It is asked for the name of the machine, and for no credentials. */
export async function lookAtMetadataServer(
  system: System,
  { metadata }: SeenFacts,
): Promise<Seen<MetadataServer | undefined>> {
  if (!metadata!.known) return metadata!;
  // On a machine that has not the address itself, the question would leave it.
  const { alias, listeners } = metadata!.value;
  if (alias === undefined || listeners.length === 0) return seen(undefined);
  return seen(await askMetadataServer(system, DEADLINE_MS));
}

/** As SDKs wait for an answer. */
const DEADLINE_MS = 1000;
const QUESTION = "/latest/meta-data/instance-id/";
const ANSWER_BYTES_MAX = 4096;

/** Puts the question, and knows who it is by the shape of the answer. */
export async function askMetadataServer(system: System, milliseconds: number): Promise<MetadataServer> {
  const limits = { milliseconds, bytes: ANSWER_BYTES_MAX };
  return recognised(await system.network.ask(METADATA_ADDRESS, METADATA_PORT, QUESTION, limits));
}

type Answer = Extract<Heard, { readonly ended: true }>;

interface Shape extends Omit<MetadataServer, "name"> {
  readonly name: string | ((answer: Answer) => string);
  readonly fits: (answer: Answer) => boolean;
}

const serverIs = (pattern: RegExp) => (answer: Answer) => pattern.test(answer.headers.get("server") ?? "");

/** The first that fits. What hands out credentials comes first. */
const SHAPES: readonly Shape[] = [
  { kind: "ours", name: "aws-vault-doctor's EC2 server", fits: serverIs(/^aws-vault-doctor\b/) },
  { kind: "aws-vault", name: "aws-vault's EC2 server", fits: ({ body }) => body.trim() === "aws-vault" },
  { kind: "ec2", name: "the metadata service of EC2", fits: serverIs(/^EC2ws\b/i) },
  {
    kind: "ec2",
    name: "a metadata service like EC2's",
    fits: ({ status, body }) => status === 200 && /^i-[0-9a-f]{8,17}\s*$/.test(body),
  },
  {
    kind: "other",
    name: "the metadata service of Google Cloud",
    fits: ({ headers }) => headers.has("metadata-flavor"),
  },
  {
    kind: "other",
    name: "the metadata service of Azure",
    fits: (answer) => serverIs(/^IMDS\b/)(answer) || /required metadata header/i.test(answer.body),
  },
  { kind: "other", name: "IIS, the web server of Windows", fits: serverIs(/^Microsoft-(?:IIS|HTTPAPI)\b/i) },
  {
    kind: "other",
    name: ({ headers }) =>
      `a gateway that sends elsewhere, to ${plain(headers.get("location")!)}, as VPNs and guest networks do`,
    fits: ({ status, headers }) => status >= 300 && status < 400 && /^https?:/i.test(headers.get("location") ?? ""),
  },
  {
    kind: "other",
    name: ({ headers }) => `a proxy (${plain(headers.get("via")!)}), as VPNs have them`,
    fits: ({ headers }) => headers.has("via"),
  },
  {
    kind: "other",
    name: ({ headers }) => `a web server that calls itself '${plain(headers.get("server")!)}'`,
    fits: ({ headers }) => headers.has("server"),
  },
  { kind: "other", name: ({ status }) => `a web server that says no name and answers ${status}`, fits: () => true },
];

/** Says who gives such an answer. */
export function recognised(heard: Heard): MetadataServer {
  if (!heard.ended) return { kind: "silent", name: `a program that ${heard.trouble}` };
  const { kind, name } = SHAPES.find(({ fits }) => fits(heard))!;
  return { kind, name: typeof name === "string" ? name : name(heard) };
}

const NAME_LENGTH_MAX = 60;

/** As much of what a stranger says as fits into a line. */
const plain = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, "").slice(0, NAME_LENGTH_MAX);
