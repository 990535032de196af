/**
 * One full reading of a large config file, by us or by the JavaScript SDK's loader, in a process of its own: prints the
 * time in ms and how far the memory grew at most, in MiB. Every setting of every profile is looked at in the end.
 */
import { readFileSync } from "node:fs";
import { loadSharedConfigFiles } from "@smithy/shared-ini-file-loader";
import { readDocument } from "../../src/awsconfig/document.ts";
import { read } from "../../src/awsconfig/profiles.ts";

const [who, path] = process.argv.slice(2) as [string, string];

const readers: Record<string, () => Promise<number> | number> = {
  ours() {
    const config = readDocument(path, "config", readFileSync(path));
    const none = readDocument("", "credentials", new Uint8Array());
    let characters = 0;
    for (const profile of read("sdk", config, none).profiles.values())
      for (const { section } of profile.layers) for (const { value } of section.all()) characters += value.length;
    return characters;
  },
  async theirs() {
    const { configFile } = await loadSharedConfigFiles({ configFilepath: path, filepath: "/dev/null" });
    let characters = 0;
    for (const profile of Object.values(configFile))
      for (const value of Object.values(profile)) characters += value!.length;
    return characters;
  },
};

const before = process.memoryUsage.rss();
const started = performance.now();
const characters = await readers[who]!();
const took = performance.now() - started;
const grown = process.resourceUsage().maxRSS * 1024 - before;
console.log(JSON.stringify({ took, grown: grown / 2 ** 20, characters }));
