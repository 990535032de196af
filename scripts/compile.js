// Does what most runs do, with the built program on a home of the fixtures, and keeps what V8 made of its text: bin/compiled.js
// starts from there.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, "..");
const folder = join(root, "dist/compiled", `${process.version}-${process.arch}`);
const scripts = new Map();

const { extensions } = require;
extensions[".cjs"] = (module, filename) => {
  const script = new Script(module.constructor.wrap(readFileSync(filename, "utf8")), { filename });
  scripts.set(basename(filename), script);
  script.runInThisContext()(module.exports, (id) => module.require(id), module, filename, dirname(filename));
};

const { main, thisMachine } = require("../dist/main.cjs");
for (const words of [[], ["check", "--format", "json"], ["vault", "list"], ["--version"]])
  await main(words, thisMachine(root));

// After the runs, so that the functions that they called are among it.
mkdirSync(folder, { recursive: true });
for (const [name, script] of scripts) writeFileSync(join(folder, `${name}.v8`), script.createCachedData());
process.exit(0);
