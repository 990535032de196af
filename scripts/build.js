// Builds src/ into dist/: CommonJS chunks, because Node starts them faster than ES modules, one for each part of the
// program that is loaded on its own. esbuild splits ES modules only, so it splits first, and each chunk is then turned.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { build, transform } from "esbuild";

const dist = join(import.meta.dirname, "..", "dist");

/** string-width compiles its Unicode tables when it is loaded, which costs 40 ms; plain ASCII does not need them. */
const lazyStringWidth = {
  name: "lazy-string-width",
  setup({ onResolve, onLoad }) {
    // Old packages take it by require, and then a function and not a module.
    onResolve({ filter: /^string-width$/ }, ({ importer, kind, resolveDir, pluginData }) =>
      pluginData === "real" || kind === "require-call"
        ? undefined
        : { path: join(resolveDir, "string-width"), namespace: "lazy-width", pluginData: { importer, resolveDir } },
    );
    onLoad({ filter: /.*/, namespace: "lazy-width" }, ({ pluginData: { importer } }) => {
      const real = createRequire(importer).resolve("string-width");
      return {
        contents: `
          let real;
          module.exports = function stringWidth(text, options) {
            if (typeof text !== "string") return 0;
            if (/^[\\x20-\\x7e]*$/.test(text)) return text.length;
            real ??= require(${JSON.stringify(real)});
            return (real.default ?? real)(text, options);
          };
          // For those that import it, and for those that require it.
          Object.assign(module.exports, { default: module.exports, __esModule: true });`,
        resolveDir: dirname(importer),
      };
    });
  },
};

/** These packages say that their unused parts may be left out, but in a place where esbuild does not look: 550 kB. */
const onlyUsedPrompts = {
  name: "only-used-prompts",
  setup(current) {
    current.onResolve({ filter: /^@inquirer\// }, async ({ path, pluginData, ...where }) =>
      pluginData === "again"
        ? undefined
        : { ...(await current.resolve(path, { ...where, pluginData: "again" })), sideEffects: false },
    );
  },
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
const { metafile } = await build({
  entryPoints: { main: "src/main.ts", node: "src/system/node.ts" },
  outdir: dist,
  outExtension: { ".js": ".cjs" },
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  minify: true,
  legalComments: "none",
  metafile: true,
  plugins: [lazyStringWidth, onlyUsedPrompts],
  logLevel: "warning",
});

for (const name of readdirSync(dist)) {
  const path = join(dist, name);
  const { code } = await transform(readFileSync(path, "utf8"), {
    format: "cjs",
    platform: "node",
    target: "node20.19",
    minify: true,
    lineLimit: 120,
    // Without this, import() would start Node's ES module loader, which costs 27 ms.
    supported: { "dynamic-import": false },
    define: { "import.meta.url": "__importMetaUrl", "import.meta.dirname": "__dirname" },
  });
  // Most chunks do not ask where they are, and to find out takes time.
  const url = 'const __importMetaUrl=require("node:url").pathToFileURL(__filename).href;\n';
  writeFileSync(path, code.includes("__importMetaUrl") ? url + code : code);
}
pack(withAllTheyNeed(["main.cjs", "node.cjs"]));
writeLicences(Object.keys(metafile.inputs));

/** The chunks that every run loads, as esbuild tells: those that are imported, and not on demand. */
function withAllTheyNeed(names) {
  const found = new Set(names);
  for (const name of found) {
    const output = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`/${name}`));
    for (const { path, kind, external } of output[1].imports)
      if (kind === "import-statement" && external !== true) found.add(basename(path));
  }
  return [...found];
}

/**
 * Puts chunks into one file, because to find and open one costs a third of a millisecond. What is loaded later may need
 * some of them, too, and must not get a second copy: in the place of each stays a line that leads to it.
 */
function pack(names) {
  // The brackets round a function let the engine compile it at once, instead of a first time to see where it ends.
  const modules = names.map(
    (name) => `${JSON.stringify(name)}:(function(exports,require,module){${readFileSync(join(dist, name), "utf8")}})`,
  );
  const loader = `const modules={${modules.join(",\n")}},loaded={};
const load=(name)=>{let module=loaded[name];
if(module===undefined){module=loaded[name]={exports:{}};modules[name](module.exports,resolve,module)}return module.exports};
const resolve=(id)=>id.slice(2) in modules?load(id.slice(2)):require(id);
module.exports=load;
`;
  writeFileSync(join(dist, "core.cjs"), loader);
  for (const name of names)
    writeFileSync(join(dist, name), `module.exports=require("./core.cjs")(${JSON.stringify(name)});\n`);
}

/** The licences of the packages that are bundled go with them. */
function writeLicences(inputs) {
  const folders = new Set(
    inputs.map((path) => /^(?:[a-z-]+:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean),
  );
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(join(folder, file), "utf8").trim() : ""}\n`;
  });
  writeFileSync(join(dist, "THIRD-PARTY-LICENSES.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
}
