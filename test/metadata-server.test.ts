import { assert, describe, test } from "vitest";
import type { MetadataAddress } from "../src/model/facts.ts";
import { seen, unseen } from "../src/model/seen.ts";
import { lookAtMetadataServer, recognised } from "../src/probes/metadata-server.ts";
import { METADATA_ADDRESS } from "../src/system/addresses.ts";
import type { Heard } from "../src/system/system.ts";
import { fakeSystem } from "./fake-system.ts";

const heard = (status: number, headers: Readonly<Record<string, string>>, body = ""): Heard => ({
  ended: true,
  status,
  headers: new Map(Object.entries(headers)),
  body,
});

describe("who answers at the metadata address is known by the answer", () => {
  test.each<[what: string, answer: Heard, kind: string, name: string]>([
    ["ours", heard(401, { server: "aws-vault-doctor" }), "ours", "aws-vault-doctor's EC2 server"],
    ["aws-vault", heard(200, {}, "aws-vault"), "aws-vault", "aws-vault's EC2 server"],
    ["a machine of EC2 that wants a token", heard(401, { server: "EC2ws" }), "ec2", "the metadata service of EC2"],
    ["one that does not", heard(200, { server: "EC2ws" }, "i-0123456789abcdef0"), "ec2", "the metadata service of EC2"],
    ["an imitation", heard(200, {}, "i-1234567890abcdef0\n"), "ec2", "a metadata service like EC2's"],
    [
      "Google's",
      heard(404, { "metadata-flavor": "Google", server: "Metadata Server for VM" }),
      "other",
      "the metadata service of Google Cloud",
    ],
    ["Azure's", heard(400, { server: "IMDS/150.870.65.1854" }), "other", "the metadata service of Azure"],
    [
      "Azure's, without a name",
      heard(400, {}, '{"error":"Bad request. Required metadata header not specified"}'),
      "other",
      "the metadata service of Azure",
    ],
    ["IIS", heard(404, { server: "Microsoft-IIS/10.0" }), "other", "IIS, the web server of Windows"],
    ["Windows itself", heard(503, { server: "Microsoft-HTTPAPI/2.0" }), "other", "IIS, the web server of Windows"],
    [
      "a guest network",
      heard(302, { server: "nginx", location: "http://login.example.com/" }),
      "other",
      "a gateway that sends elsewhere, to http://login.example.com/, as VPNs and guest networks do",
    ],
    ["a proxy", heard(502, { via: "1.1 zscaler" }), "other", "a proxy (1.1 zscaler), as VPNs have them"],
    ["a web server", heard(404, { server: "nginx/1.25" }), "other", "a web server that calls itself 'nginx/1.25'"],
    ["one without a name", heard(200, {}, "<html>"), "other", "a web server that says no name and answers 200"],
    [
      "one with a name that draws on the terminal",
      heard(200, { server: `\x1b]0;evil\x07${"x".repeat(99)}` }),
      "other",
      `a web server that calls itself ']0;evil${"x".repeat(53)}'`,
    ],
    [
      "nobody who speaks",
      { ended: false, trouble: "gave no answer within 1 s" },
      "silent",
      "a program that gave no answer within 1 s",
    ],
  ])("%s", (_, answer, kind, name) => {
    assert.deepEqual(recognised(answer), { kind, name } as ReturnType<typeof recognised>);
  });
});

describe("it is asked", () => {
  const at = (alias: boolean, listens: boolean): MetadataAddress => ({
    alias: alias ? { name: "lo", loopback: true } : undefined,
    listeners: listens
      ? [{ address: METADATA_ADDRESS, port: 80, owner: 0, process: unseen("not-here", "somebody else's") }]
      : [],
    bridges: [],
  });
  const asked = async (metadata: MetadataAddress): Promise<string[]> => {
    const questions: string[] = [];
    const system = fakeSystem();
    const network = {
      ...system.network,
      ask: async (address: string, port: number, target: string): Promise<Heard> => {
        questions.push(`${address}:${port}${target}`);
        return heard(200, {}, "aws-vault");
      },
    };
    await lookAtMetadataServer({ ...system, network }, { metadata: seen(metadata) });
    return questions;
  };

  test("for the machine's name alone", async () => {
    assert.deepEqual(await asked(at(true, true)), ["169.254.169.254:80/latest/meta-data/instance-id/"]);
  });

  test.each([
    [false, false],
    [false, true],
    [true, false],
  ])("not at all where the question would leave this machine, or nobody listens (%j, %j)", async (alias, listens) => {
    assert.deepEqual(await asked(at(alias, listens)), []);
  });
});
