#!/usr/bin/env node
const { main, thisMachine } = require("../dist/main.cjs");

main(process.argv.slice(2), thisMachine(`${__dirname}/..`)).then((code) => {
  process.exitCode = code;
});
