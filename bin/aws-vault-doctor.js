#!/usr/bin/env node
require("./compiled.js").useWhatIsCompiled();
const { main, thisMachine } = require("../dist/main.cjs");

// All is written by then, and nothing that is left open is to keep the person waiting.
main(process.argv.slice(2), thisMachine(`${__dirname}/..`)).then((code) => process.exit(code));
