#!/usr/bin/env node
const { main } = require("../dist/main.cjs");
const { thisMachine } = require("../dist/node.cjs");

main(process.argv.slice(2), thisMachine(`${__dirname}/..`)).then((code) => {
  process.exitCode = code;
});
