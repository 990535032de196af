/**
 * Clients of the JavaScript SDK, each asked twice, and between the two its clock is set forward: prints the access keys that
 * they got. The environments to ask in come by name as JSON; that all have asked once is a line of output, and the second time
 * comes when stdin ends.
 */
import { fromHttp } from "@aws-sdk/credential-provider-http";
import { defaultProvider } from "@aws-sdk/credential-provider-node";
import { fromContainerMetadata, fromInstanceMetadata } from "@smithy/credential-provider-imds";

type Client = () => Promise<{ readonly accessKeyId: string }>;
const [environments, minutes] = process.argv.slice(2) as [string, string];
const plain = { ...process.env };
const enter = (environment: Record<string, string>): void => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, plain, environment);
};

const all = Object.entries(JSON.parse(environments) as Record<string, Record<string, string>>).map(
  ([name, environment]) => {
    enter(environment);
    const isContainer = "AWS_CONTAINER_CREDENTIALS_FULL_URI" in environment;
    const clients: Record<string, Client> = {
      ...(isContainer ? { fromHttp: fromHttp() } : { fromInstanceMetadata: fromInstanceMetadata() }),
      // This one knows of no file.
      ...("AWS_CONTAINER_AUTHORIZATION_TOKEN" in environment ? { fromContainerMetadata: fromContainerMetadata() } : {}),
      "the usual chain": defaultProvider(),
    };
    return { name, environment, clients };
  },
);
const told: Record<string, Record<string, string[]>> = {};
async function ask(): Promise<void> {
  for (const { name, environment, clients } of all) {
    enter(environment);
    for (const [client, get] of Object.entries(clients))
      ((told[name] ??= {})[client] ??= []).push((await get()).accessKeyId);
  }
}
await ask();
console.log("asked");
await new Promise((resolve) => process.stdin.once("end", resolve).resume());
const clock = Date.now.bind(Date);
Date.now = () => clock() + Number(minutes) * 60_000;
await ask();
console.log(JSON.stringify(told));
