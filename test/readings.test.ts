import * as fc from "fast-check";
import { assert, describe, expect, test } from "vitest";
import { Document } from "../src/awsconfig/document.ts";
import { decode } from "../src/awsconfig/encoding.ts";
import { parse } from "../src/awsconfig/parse.ts";
import { namesWith, profilesWith, read, settings, sourceNames } from "../src/awsconfig/profiles.ts";
import type { Reading, Setting } from "../src/model/reading.ts";
import { TOOLS, type Tool } from "../src/model/tool.ts";
import { cost } from "./cost.ts";

/**
 * What is told of a reading: `a: region=x, output=json<default> | sso-session s: sso_region=y`. Angle brackets name the
 * layer that a setting comes from when it is not the profile's own section of the config file; braces hold a block;
 * ⏎ and ⇥ stand for a line end and a tab.
 */
function tell({ refused, profiles, ssoSessions, services }: Reading): string {
  if (refused.length > 0)
    return refused
      .map(({ at, cause }) => `refuses ${at.path}${at.span ? `:${at.span.line}` : ""}, ${cause}`)
      .join(" | ");
  const told: string[] = [];
  const say = (name: string, all: Iterable<string>): void => {
    const said = [...all].join(", ");
    told.push(said === "" ? `${name}:` : `${name}: ${said}`);
  };
  for (const [name, profile] of profiles) {
    const all = [...settings(profile).values()];
    say(
      name,
      all.map(({ setting, layer }) => (layer.kind === "config" ? one(setting) : `${one(setting)}<${layer.kind}>`)),
    );
  }
  for (const [name, section] of ssoSessions) say(`sso-session ${name}`, [...section.all()].map(one));
  for (const [name, section] of services) say(`services ${name}`, [...section.all()].map(one));
  return told.join(" | ") || "nothing";
}

const one = ({ name, value, nested }: Setting): string =>
  nested === undefined
    ? `${name}=${value.replaceAll("\n", "⏎").replaceAll("\t", "⇥")}`
    : `${name}={${[...nested].map(([key, inner]) => `${key}=${inner}`).join(", ")}}`;

/** Unmasked, so that the values in the tables can be read. */
function plainDocument(file: "config" | "credentials", content: string | Uint8Array): Document {
  const { text, encoding, hasBom } = decode(typeof content === "string" ? new TextEncoder().encode(content) : content);
  return new Document(file, file, encoding, hasBom, text, parse(text), new Map());
}

type Files = { readonly config: string | Uint8Array; readonly credentials?: string };
const readAs = (tool: Tool, { config, credentials = "" }: Files): Reading =>
  read(tool, plainDocument("config", config), plainDocument("credentials", credentials));

const READERS: Readonly<Record<string, readonly Tool[]>> = {
  cli: ["cli"],
  sdk: ["sdk"],
  fork: ["aws-vault-byteness"],
  original: ["aws-vault-99designs"],
  vaults: ["aws-vault-byteness", "aws-vault-99designs"],
  all: TOOLS,
};

/** The behaviour, the config file or both files, and what each reader sees. */
type Row = readonly [string, string | Files, Readonly<Record<string, string>>];

const READINGS: readonly (readonly [string, readonly Row[]])[] = [
  [
    "remarks",
    [
      ["after a space", "[profile a]\nregion = x # y\n", { cli: "a: region=x # y", "sdk vaults": "a: region=x" }],
      [
        "with a semicolon after a space",
        "[profile a]\nregion = x ; y\n",
        { cli: "a: region=x ; y", "sdk vaults": "a: region=x" },
      ],
      [
        "after a tab",
        "[profile a]\nregion = x\t# y\n",
        { "cli fork": "a: region=x⇥# y", "sdk original": "a: region=x" },
      ],
      [
        "after no blank",
        "[profile a]\nregion = x#y\noutput = j;k\n",
        { "cli sdk fork": "a: region=x#y, output=j;k", original: "a: region=x, output=j" },
      ],
      [
        "as the whole value",
        "[profile a]\nregion = # y\noutput = json\n",
        { "cli fork": "a: region=# y, output=json", "sdk original": "a: region=, output=json" },
      ],
      [
        "right after the equals sign",
        "[profile a]\nregion =#y\n",
        { "cli sdk fork": "a: region=#y", original: "a: region=" },
      ],
      [
        "two in a value",
        "[profile a]\nregion = x ; y # z\n",
        { cli: "a: region=x ; y # z", "sdk original": "a: region=x", fork: "a: region=x ; y" },
      ],
      ["on their own line", "# one\n[profile a]\n; two\nregion = x\n#three\n", { all: "a: region=x" }],
      [
        "indented, on their own line",
        "[profile a]\nregion = x\n  # y\noutput = json\n",
        { "cli vaults": "a: region=x, output=json", sdk: "a: region=x⏎# y, output=json" },
      ],
      [
        "indented, below a header",
        "[profile a]\n  # y\nregion = x\n",
        { "cli vaults": "a: region=x", sdk: "refuses config:2, indented" },
      ],
      ["of another language", "[profile a]\n// y\n", { all: "refuses config:2, line" }],
    ],
  ],
  [
    "quotes and escapes",
    [
      ["double quotes", '[profile a]\nregion = "x"\n', { "cli sdk": 'a: region="x"', vaults: "a: region=x" }],
      ["single quotes", "[profile a]\nregion = 'x'\n", { "cli sdk": "a: region='x'", vaults: "a: region=x" }],
      ["quotes that hold nothing", '[profile a]\nregion = ""\n', { "cli sdk": 'a: region=""', vaults: "a: region=" }],
      [
        "quotes around a remark",
        '[profile a]\noutput = "x # y"\n',
        { cli: 'a: output="x # y"', "sdk vaults": 'a: output="x' },
      ],
      [
        "a remark after quotes",
        '[profile a]\nregion = "x" # y\n',
        { cli: 'a: region="x" # y', sdk: 'a: region="x"', vaults: "a: region=x" },
      ],
      ["a quote without an end", '[profile a]\nregion = "x\noutput = json\n', { all: 'a: region="x, output=json' }],
      [
        "quotes around a part",
        '[profile a]\ncredential_process = "/my tool" --flag\n',
        { all: 'a: credential_process="/my tool" --flag' },
      ],
      [
        "two quoted words",
        '[profile a]\ncredential_process = "one" "two"\n',
        { all: 'a: credential_process="one" "two"' },
      ],
      [
        "a backslash at the end",
        "[profile a]\ncredential_process = tool \\\nregion = x\noutput = json\n",
        {
          "cli sdk": "a: credential_process=tool \\, region=x, output=json",
          vaults: "a: credential_process=tool region = x, output=json",
        },
      ],
      [
        "a backslash at the end of the section",
        "[profile a]\nregion = x\\\n[profile b]\noutput = json\n",
        { "cli sdk": "a: region=x\\ | b: output=json", vaults: "a: region=x[profile b], output=json" },
      ],
      [
        "a backslash at the end of the file",
        "[profile a]\nregion = x\\",
        { "cli sdk": "a: region=x\\", vaults: "a: region=x" },
      ],
      [
        "two backslashes at the end",
        "[profile a]\nregion = x\\\\\noutput = json\n",
        { "cli sdk": "a: region=x\\\\, output=json", vaults: "a: region=x\\output = json" },
      ],
      ["a backslash inside", "[profile a]\nca_bundle = C:\\new\\x.pem\n", { all: "a: ca_bundle=C:\\new\\x.pem" }],
      [
        "backticks",
        "[profile a]\nregion = `x # y`\n",
        { cli: "a: region=`x # y`", sdk: "a: region=`x", vaults: "a: region=x # y" },
      ],
      [
        "backticks over two lines",
        "[profile a]\nregion = `x = 1\ny = 2`\noutput = json\n",
        { "cli sdk": "a: region=`x = 1, y=2`, output=json", vaults: "a: region=x = 1⏎y = 2, output=json" },
      ],
      [
        "a backtick without an end",
        "[profile a]\nregion = `x\noutput = json\n",
        { "cli sdk": "a: region=`x, output=json", vaults: "refuses config:2, line" },
      ],
      [
        "three quotes",
        '[profile a]\nregion = """x # y"""\n',
        { cli: 'a: region="""x # y"""', sdk: 'a: region="""x', vaults: "a: region=x # y" },
      ],
      [
        "three quotes over two lines",
        '[profile a]\nregion = """x = 1\ny = 2"""\noutput = json\n',
        { "cli sdk": 'a: region="""x = 1, y=2""", output=json', vaults: "a: region=x = 1⏎y = 2, output=json" },
      ],
      [
        "the name of another setting",
        "[profile a]\nregion = x\noutput = %(region)s-%(Region)s\n",
        { "cli sdk": "a: region=x, output=%(region)s-%(Region)s", vaults: "a: region=x, output=x-x" },
      ],
      [
        "the name of a setting further down",
        "[profile a]\noutput = %(region)s\nregion = x\n",
        { "cli sdk": "a: output=%(region)s, region=x", vaults: "a: output=x, region=x" },
      ],
      [
        "the name of no setting",
        "[profile a]\noutput = %(nowhere)s-%(region)s\nregion = x\n",
        { all: "a: output=%(nowhere)s-%(region)s, region=x" },
      ],
      ["its own name", "[profile a]\noutput = %(output)s\n", { all: "a: output=%(output)s" }],
      ["a lone percent sign", "[profile a]\noutput = 50%\n", { all: "a: output=50%" }],
      [
        "a dollar sign",
        "[profile a]\nregion = $REGION\noutput = ${x}-$&\n",
        { all: "a: region=$REGION, output=${x}-$&" },
      ],
      [
        "%(name)s that stands for a dollar sign",
        "[profile a]\nregion = $&\noutput = %(region)s\n",
        { "cli sdk": "a: region=$&, output=%(region)s", vaults: "a: region=$&, output=$&" },
      ],
    ],
  ],
  [
    "names and delimiters",
    [
      ["a colon", "[profile a]\nregion: x\n", { "cli vaults": "a: region=x", sdk: "refuses config:2, line" }],
      ["a colon before an equals sign", "[profile a]\na:b = c\n", { "cli vaults": "a: a=b = c", sdk: "a: a:b=c" }],
      ["an equals sign before a colon", "[profile a]\nrole_arn = arn:aws:x\n", { all: "a: role_arn=arn:aws:x" }],
      ["no blanks", "[profile a]\nregion=x\n", { all: "a: region=x" }],
      ["tabs around", "[profile a]\nregion\t=\tx\t\n", { all: "a: region=x" }],
      ["two equals signs", "[profile a]\nregion = =x=\n", { all: "a: region==x=" }],
      ["upper-case names", "[profile a]\nREGION = x\nOutput = JSON\n", { all: "a: region=x, output=JSON" }],
      [
        "a name with a blank",
        "[profile a]\nmy region = x\noutput = json\n",
        { "cli vaults": "a: my region=x, output=json", sdk: "a: output=json" },
      ],
      ["a name with an accent", "[profile a]\nrégion = x\n", { "cli vaults": "a: région=x", sdk: "a:" }],
      ["no name", "[profile a]\n= x\n", { all: "refuses config:2, line" }],
      ["no value", "[profile a]\nregion =\noutput = json\n", { all: "a: region=, output=json" }],
      ["no delimiter", "[profile a]\nregion\n", { all: "refuses config:2, line" }],
      ["a bracket in the name", "[profile a]\n[b = c\n", { cli: "a: [b=c", "sdk vaults": "refuses config:2, header" }],
      [
        "the name of something every object has",
        "[profile __proto__]\nregion = x\n[profile constructor]\n__proto__ = y\nconstructor = z\n",
        { all: "__proto__: region=x | constructor: __proto__=y, constructor=z" },
      ],
    ],
  ],
  [
    "twins",
    [
      [
        "two settings of one name",
        "[profile a]\nregion = x\nregion = y\n",
        { cli: "refuses config:3, twin-setting", "sdk vaults": "a: region=y" },
      ],
      [
        "two settings of one name, in another case",
        "[profile a]\nregion = x\nREGION = y\n",
        { cli: "refuses config:3, twin-setting", "sdk vaults": "a: region=y" },
      ],
      [
        "two settings of one name, far apart",
        "[profile a]\nregion = x\noutput = json\nregion = y\n",
        { cli: "refuses config:4, twin-setting", "sdk vaults": "a: region=y, output=json" },
      ],
      [
        "two sections of one name",
        "[profile a]\nregion = x\noutput = json\n[profile b]\n[profile a]\nregion = y\n",
        { cli: "refuses config:5, twin-section", "sdk vaults": "a: region=y, output=json | b:" },
      ],
      [
        "two sections of one name, written in two ways",
        "[profile a]\nregion = x\n[profile  a]\noutput = json\n",
        { cli: "a: output=json", sdk: "a: region=x, output=json", vaults: "a: region=x |  a: output=json" },
      ],
      [
        "two sections of one name, quoted and not",
        "[profile a]\nregion = x\n[profile 'a']\noutput = json\n",
        { cli: "a: output=json", sdk: "a: region=x", vaults: "a: region=x | 'a': output=json" },
      ],
      [
        "two blocks of one name",
        "[profile a]\ns3 =\n  max_queue_size = 1\ns3 =\n  max_bandwidth = 2\n",
        {
          cli: "refuses config:4, twin-setting",
          sdk: "a: s3={max_bandwidth=2}",
          vaults: "a: s3={max_queue_size=1, max_bandwidth=2}",
        },
      ],
      [
        "two [DEFAULT]",
        "[DEFAULT]\nregion = x\n[DEFAULT]\noutput = json\n[profile a]\n",
        { cli: "a: region=x, output=json", "sdk vaults": "a:" },
      ],
    ],
  ],
  [
    "indented lines",
    [
      [
        "the first setting",
        "[profile a]\n  region = x\noutput = json\n",
        { "cli vaults": "a: region=x, output=json", sdk: "refuses config:2, indented" },
      ],
      [
        "all settings alike",
        "[profile a]\n  region = x\n  output = json\n",
        { "cli vaults": "a: region=x, output=json", sdk: "refuses config:2, indented" },
      ],
      [
        "a setting further in than the one above",
        "[profile a]\nregion = x\n  output = json\n",
        { "cli sdk": "a: region=x⏎output = json", vaults: "a: region=x, output=json" },
      ],
      [
        "a setting further out than the one above",
        "[profile a]\n    region = x\n  output = json\n",
        { "cli vaults": "a: region=x, output=json", sdk: "refuses config:2, indented" },
      ],
      [
        "words below a value",
        "[profile a]\nregion = x\n  more\noutput = json\n",
        { "cli sdk": "a: region=x⏎more, output=json", vaults: "refuses config:3, line" },
      ],
      [
        "words below a value and a blank line",
        "[profile a]\nregion = x\n\n  more\n",
        { cli: "a: region=x⏎⏎more", sdk: "a: region=x⏎more", vaults: "refuses config:4, line" },
      ],
      [
        "a header",
        "  [profile a]\nregion = x\n",
        { "cli vaults": "a: region=x", sdk: "refuses config:1, above-headers" },
      ],
      [
        "a header below a value",
        "[profile a]\nregion = x\n  [profile b]\noutput = json\n",
        { "cli sdk": "a: region=x⏎[profile b], output=json", vaults: "a: region=x | b: output=json" },
      ],
      [
        "a block",
        "[profile a]\ns3 =\n  max_queue_size = 1\n  addressing_style = path\nregion = x\n",
        { all: "a: s3={max_queue_size=1, addressing_style=path}, region=x" },
      ],
      ["a block indented with a tab", "[profile a]\ns3=\n\tmax_queue_size = 1\n", { all: "a: s3={max_queue_size=1}" }],
      [
        "a block with a blank line and a remark",
        "[profile a]\ns3 =\n  max_queue_size = 1\n\n# remark\n  addressing_style = path\n",
        { all: "a: s3={max_queue_size=1, addressing_style=path}" },
      ],
      [
        "a block with an indented remark",
        "[profile a]\ns3 =\n  max_queue_size = 1\n  # a = b\n",
        { "cli sdk": "a: s3={max_queue_size=1}", vaults: "a: s3={max_queue_size=1, # a=b}" },
      ],
      [
        "a block with a line that is no setting",
        "[profile a]\ns3 =\n  max_queue_size\n",
        { cli: "refuses config:2, line", sdk: "refuses config:3, indented", vaults: "a: s3={}" },
      ],
      [
        "a block below a remark as value",
        "[profile a]\ns3 = # y\n  max_queue_size = 1\n",
        {
          cli: "a: s3=# y⏎max_queue_size = 1",
          "sdk original": "a: s3={max_queue_size=1}",
          fork: "a: s3=# y, max_queue_size=1",
        },
      ],
      [
        "a block in a block",
        "[profile a]\ns3 =\n  more =\n    max_queue_size = 1\n",
        { all: "a: s3={more=, max_queue_size=1}" },
      ],
      [
        "a block whose setting stands outside, too",
        "[profile a]\nregion = x\ns3 =\n  region = y\n",
        { all: "a: region=x, s3={region=y}" },
      ],
      [
        "an empty setting at the end of a section",
        "[profile a]\ns3 =\n[profile b]\n  region = x\n",
        { "cli vaults": "a: s3= | b: region=x", sdk: "refuses config:4, indented" },
      ],
    ],
  ],
  [
    "headers",
    [
      [
        "a remark behind",
        "[profile a] # y\nregion = x\n[profile b];y\noutput = json\n",
        { all: "a: region=x | b: output=json" },
      ],
      [
        "a remark with a bracket behind",
        "[profile a] # [y]\nregion = x\n",
        { cli: "nothing", sdk: "a: region=x", vaults: "a] # [y: region=x" },
      ],
      ["words behind", "[profile a] y\nregion = x\n", { "cli vaults": "a: region=x", sdk: "refuses config:1, header" }],
      ["blanks behind", "[profile a]  \nregion = x\n", { all: "a: region=x" }],
      ["blanks inside, at the ends", "[ profile a ]\nregion = x\n", { "cli vaults": "nothing", sdk: "a: region=x" }],
      ["blanks after the name", "[profile a ]\nregion = x\n", { "cli sdk": "a: region=x", vaults: "a : region=x" }],
      ["two blanks inside", "[profile  a]\nregion = x\n", { "cli sdk": "a: region=x", vaults: " a: region=x" }],
      ["a tab inside", "[profile\ta]\nregion = x\n", { "cli sdk": "a: region=x", vaults: "nothing" }],
      [
        "single quotes",
        "[profile 'a b']\nregion = x\n",
        { cli: "a b: region=x", sdk: "nothing", vaults: "'a b': region=x" },
      ],
      ["double quotes", '[profile "a"]\nregion = x\n', { cli: "a: region=x", sdk: "nothing", vaults: '"a": region=x' }],
      ["quotes without an end", "[profile 'a]\nregion = x\n", { "cli sdk": "nothing", vaults: "'a: region=x" }],
      ["a blank in the name", "[profile a b]\nregion = x\n", { "cli sdk": "nothing", vaults: "a b: region=x" }],
      [
        "a backslash in the name",
        "[profile A\\b]\nregion = x\n",
        { cli: "Ab: region=x", sdk: "nothing", vaults: "A\\b: region=x" },
      ],
      [
        "a hash in the name",
        "[profile a#b]\nregion = x\n",
        { "cli vaults": "a#b: region=x", sdk: "refuses config:1, header" },
      ],
      ["an accent in the name", "[profile é]\nregion = x\n", { "cli vaults": "é: region=x", sdk: "nothing" }],
      ["brackets in the name", "[profile [a]]\nregion = x\n", { "cli vaults": "[a]: region=x", sdk: "nothing" }],
      [
        "no name",
        "[profile]\nregion = x\n[profile ]\noutput = json\n",
        { "cli sdk": "nothing", vaults: ": output=json" },
      ],
      [
        "no end",
        "[profile a]\nregion = x\n[profile b\noutput = json\n",
        { cli: "refuses config:3, line", "sdk vaults": "refuses config:3, header" },
      ],
      ["no prefix", "[a]\nregion = x\n[profile b]\noutput = json\n", { all: "b: output=json" }],
      ["a prefix in upper case", "[Profile a]\nregion = x\n", { all: "nothing" }],
      ["a prefix grown together with the name", "[profilea]\nregion = x\n", { all: "nothing" }],
      ["a prefix of nobody's", "[plugins]\na = b\n[toplevel a]\nregion = x\n", { all: "nothing" }],
      [
        "[default] with a prefix",
        "[profile default]\nregion = x\n",
        { "cli sdk": "default: region=x", vaults: "nothing" },
      ],
      [
        "[default], then [profile default]",
        "[default]\nregion = x\noutput = json\n[profile default]\nregion = y\n",
        { "cli sdk": "default: region=y", vaults: "default: region=x, output=json" },
      ],
      [
        "[profile default], then [default]",
        "[profile default]\nregion = y\n[default]\nregion = x\noutput = json\n",
        { "cli vaults": "default: region=x, output=json", sdk: "default: region=y" },
      ],
      [
        "[DEFAULT]",
        "[DEFAULT]\nregion = x\noutput = json\n[profile a]\nregion = y\n",
        { cli: "a: region=y, output=json", "sdk vaults": "a: region=y" },
      ],
      [
        "[DEFAULT] at the end",
        "[profile a]\nregion = y\n[DEFAULT]\nregion = x\noutput = json\n",
        { cli: "a: region=y, output=json", "sdk vaults": "a: region=y" },
      ],
      ["[Default]", "[Default]\nregion = x\n", { all: "nothing" }],
      [
        "sso-session and services",
        "[profile a]\nsso_session = s\nservices = v\n[sso-session s]\nsso_region = x\n[services v]\ns3 =\n  endpoint_url = http://localhost:1\n",
        {
          "cli sdk":
            "a: sso_session=s, services=v | sso-session s: sso_region=x | services v: s3={endpoint_url=http://localhost:1}",
          vaults: "a: sso_session=s, services=v | sso-session s: sso_region=x",
        },
      ],
      [
        "an sso-session twice",
        "[sso-session s]\nsso_region = x\n[sso-session s]\nsso_region = y\n",
        { cli: "refuses config:3, twin-section", "sdk vaults": "sso-session s: sso_region=y" },
      ],
      [
        "an sso-session and a profile of one name",
        "[sso-session s]\nsso_region = x\n[profile s]\nregion = y\n",
        { all: "s: region=y | sso-session s: sso_region=x" },
      ],
      [
        "a quoted sso-session",
        "[sso-session 's']\nsso_region = x\n",
        { cli: "sso-session s: sso_region=x", sdk: "nothing", vaults: "sso-session 's': sso_region=x" },
      ],
    ],
  ],
  [
    "bytes and line ends",
    [
      ["nothing", "", { all: "nothing" }],
      ["blank lines", "\n \n\t\n", { all: "nothing" }],
      [
        "lines above the first header",
        "region = x\n[profile a]\n",
        { "cli sdk": "refuses config:1, above-headers", vaults: "a:" },
      ],
      [
        "words above the first header",
        "junk\n[profile a]\n",
        { "cli sdk": "refuses config:1, above-headers", vaults: "refuses config:1, line" },
      ],
      [
        "a byte order mark",
        "\ufeff[profile a]\nregion = x\n",
        { "cli sdk": "refuses config:1, byte-order-mark", vaults: "a: region=x" },
      ],
      [
        "carriage return and line feed",
        "[profile a]\r\nregion = x\r\n\r\ns3 =\r\n  max_queue_size = 1\r\n",
        { all: "a: region=x, s3={max_queue_size=1}" },
      ],
      [
        "carriage returns alone",
        "[profile a]\rregion = x\r",
        { cli: "a: region=x", sdk: "refuses config:1, header", vaults: "a:" },
      ],
      [
        "a carriage return inside a value",
        "[profile a]\nregion = x\routput = json\n",
        { cli: "a: region=x, output=json", "sdk vaults": "a: region=x\routput = json" },
      ],
      ["NUL in a value", "[profile a]\nregion = x\u0000y\n", { all: "a: region=x\u0000y" }],
      ["no line end at the end", "[profile a]\nregion = x", { all: "a: region=x" }],
    ],
  ],
  [
    "two files",
    [
      [
        "a profile in each",
        { config: "[profile a]\nregion = x\n", credentials: "[b]\nregion = y\n" },
        { "cli sdk": "a: region=x | b: region=y<credentials>", vaults: "a: region=x" },
      ],
      [
        "one profile in both",
        { config: "[profile a]\nregion = x\noutput = json\n", credentials: "[a]\nregion = y\n" },
        { "cli sdk": "a: region=y<credentials>, output=json", vaults: "a: region=x, output=json" },
      ],
      [
        "[default] in both",
        { config: "[default]\nregion = x\n", credentials: "[default]\noutput = json\n" },
        { "cli sdk": "default: output=json<credentials>, region=x", vaults: "default: region=x" },
      ],
      [
        "a prefix in the credentials file",
        { config: "", credentials: "[profile a]\nregion = y\n" },
        { cli: "profile a: region=y<credentials>", "sdk vaults": "nothing" },
      ],
      [
        "an sso-session in the credentials file",
        { config: "[profile a]\nregion = x\n", credentials: "[sso-session s]\nsso_region = y\n" },
        { cli: "a: region=x | sso-session s: sso_region=y<credentials>", "sdk vaults": "a: region=x" },
      ],
      [
        "a credentials file that nobody can read",
        { config: "[profile a]\nregion = x\n", credentials: "junk\n" },
        { "cli sdk": "refuses credentials:1, above-headers", vaults: "a: region=x" },
      ],
      [
        "both files bad",
        { config: "junk\n", credentials: "[a\n" },
        {
          cli: "refuses config:1, above-headers | refuses credentials:1, above-headers",
          sdk: "refuses config:1, above-headers | refuses credentials:1, header",
          vaults: "refuses config:1, line",
        },
      ],
      [
        "twins across the two files",
        { config: "[profile a]\nregion = x\n", credentials: "[a]\nregion = y\n[b]\n[b]\n" },
        { cli: "refuses credentials:4, twin-section", sdk: "a: region=y<credentials> | b:", vaults: "a: region=x" },
      ],
      [
        "[DEFAULT] in the credentials file",
        { config: "[profile a]\nregion = x\n", credentials: "[DEFAULT]\noutput = json\n[b]\n" },
        {
          cli: "a: region=x | b: output=json<credentials>",
          sdk: "a: region=x | DEFAULT: output=json<credentials> | b:",
          vaults: "a: region=x",
        },
      ],
      [
        "a name with a blank in the credentials file",
        { config: "", credentials: "[a b]\nregion = y\n" },
        { cli: "a b: region=y<credentials>", "sdk vaults": "nothing" },
      ],
      [
        "a remark after a value in the credentials file",
        { config: "", credentials: "[a]\nregion = y # z\n" },
        { cli: "a: region=y # z<credentials>", sdk: "a: region=y<credentials>", vaults: "nothing" },
      ],
      [
        "quotes in a name of the credentials file",
        { config: "", credentials: "['a']\nregion = y\n" },
        { cli: "'a': region=y<credentials>", "sdk vaults": "nothing" },
      ],
    ],
  ],
  [
    "what a profile takes over",
    [
      [
        "from [default]",
        "[default]\nregion = x\nmfa_serial = m\n[profile a]\nregion = y\n",
        {
          "cli sdk": "default: region=x, mfa_serial=m | a: region=y",
          vaults: "default: region=x, mfa_serial=m | a: region=y, mfa_serial=m<default>",
        },
      ],
      [
        "from no [profile default]",
        "[profile default]\nregion = x\n[profile a]\n",
        { "cli sdk": "default: region=x | a:", vaults: "a:" },
      ],
      [
        "from include_profile",
        "[profile a]\ninclude_profile = b\nregion = x\n[profile b]\nregion = y\noutput = json\n",
        {
          "cli sdk": "a: include_profile=b, region=x | b: region=y, output=json",
          vaults: "a: include_profile=b, region=x, output=json<include_profile> | b: region=y, output=json",
        },
      ],
      [
        "along a chain of include_profile",
        "[default]\nmfa_serial = m\n[profile a]\ninclude_profile = b\n[profile b]\ninclude_profile = c\noutput = json\n[profile c]\nregion = z\noutput = text\n",
        {
          "cli sdk":
            "default: mfa_serial=m | a: include_profile=b | b: include_profile=c, output=json | c: region=z, output=text",
          vaults:
            "default: mfa_serial=m | a: include_profile=b, output=json<include_profile>, region=z<include_profile>, mfa_serial=m<default> | b: include_profile=c, output=json, region=z<include_profile>, mfa_serial=m<default> | c: region=z, output=text, mfa_serial=m<default>",
        },
      ],
      [
        "around a circle of include_profile",
        "[profile a]\ninclude_profile = b\n[profile b]\ninclude_profile = a\nregion = y\n",
        {
          "cli sdk": "a: include_profile=b | b: include_profile=a, region=y",
          vaults: "a: include_profile=b, region=y<include_profile> | b: include_profile=a, region=y",
        },
      ],
      [
        "from itself by include_profile",
        "[profile a]\ninclude_profile = a\nregion = x\n",
        { all: "a: include_profile=a, region=x" },
      ],
      [
        "from an include_profile that is not there",
        "[default]\nregion = x\n[profile a]\ninclude_profile = nowhere\n",
        {
          "cli sdk": "default: region=x | a: include_profile=nowhere",
          vaults: "default: region=x | a: include_profile=nowhere, region=x<default>",
        },
      ],
      [
        "from an include_profile of [default]",
        "[default]\ninclude_profile = b\nregion = x\n[profile a]\n[profile b]\noutput = json\n",
        {
          "cli sdk": "default: include_profile=b, region=x | a: | b: output=json",
          vaults:
            "default: include_profile=b, region=x, output=json<include_profile> | a: include_profile=b<default>, region=x<default>, output=json<include_profile> | b: output=json, include_profile=b<default>, region=x<default>",
        },
      ],
      [
        "by an include_profile that says nothing",
        "[default]\nregion = x\n[profile a]\ninclude_profile =\n",
        {
          "cli sdk": "default: region=x | a: include_profile=",
          vaults: "default: region=x | a: include_profile=, region=x<default>",
        },
      ],
      [
        "from the name before the dot",
        "[profile a]\nregion = x\noutput = json\n[profile a.b]\nregion = y\n",
        {
          "cli sdk": "a: region=x, output=json | a.b: region=y",
          vaults: "a: region=x, output=json | a.b: region=y, output=json<parent>",
        },
      ],
      [
        "from every name before a dot",
        "[profile a]\nregion = x\nmfa_serial = m\n[profile a.b]\nregion = y\n[profile a.b.c]\noutput = json\n",
        {
          "cli sdk": "a: region=x, mfa_serial=m | a.b: region=y | a.b.c: output=json",
          vaults:
            "a: region=x, mfa_serial=m | a.b: region=y, mfa_serial=m<parent> | a.b.c: output=json, region=y<parent>, mfa_serial=m<parent>",
        },
      ],
      [
        "from a name before the dot that stands further down",
        "[profile a.b]\noutput = json\n[profile a]\nregion = x\n",
        { "cli sdk": "a.b: output=json | a: region=x", vaults: "a.b: output=json, region=x<parent> | a: region=x" },
      ],
      [
        "by names of a parent's parent alone",
        "[profile a]\nregion = x\n[profile a.b.c]\noutput = json\n",
        { "cli sdk": "a: region=x | a.b.c: output=json", vaults: "a: region=x | a.b.c: output=json, region=x<parent>" },
      ],
      [
        "by source_profile",
        "[profile a]\nsource_profile = b\n[profile b]\nregion = y\n",
        { all: "a: source_profile=b | b: region=y" },
      ],
    ],
  ],
];

function allReadersSee(files: string | Files, expected: Readonly<Record<string, string>>): void {
  const seen: Partial<Record<Tool, string>> = {};
  const wanted: Partial<Record<Tool, string>> = {};
  for (const [readers, told] of Object.entries(expected)) {
    for (const tool of readers.split(" ").flatMap((reader) => READERS[reader]!)) {
      wanted[tool] = told;
      seen[tool] = tell(readAs(tool, typeof files === "string" ? { config: files } : files));
    }
  }
  assert.sameMembers(Object.keys(wanted), [...TOOLS], "the row speaks for every reader");
  expect(seen).toEqual(wanted);
}

describe.each(READINGS)("%s", (_, rows) => {
  test.each(rows)("%s", (__, files, expected) => allReadersSee(files, expected));
});

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const notUtf8 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16 = (text: string): Uint8Array =>
  Uint8Array.from(
    Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0)).flatMap((code) => [code & 0xff, code >> 8]),
  );

describe("a file that is not UTF-8", () => {
  test.each<Row>([
    [
      "Latin-1",
      { config: notUtf8("[profile a]\n# José\nregion = x\n") },
      { cli: "refuses config, encoding", sdk: "nothing", vaults: "a: region=x" },
    ],
    [
      "what is not UTF-8 is a replacement character for aws-vault",
      { config: notUtf8("[profile a]\nregion = é\n") },
      { cli: "refuses config, encoding", sdk: "nothing", vaults: "a: region=\ufffd" },
    ],
    [
      "Latin-1 and UTF-8 in one file",
      {
        config: new Uint8Array([...utf8("[profile a]\nregion = é"), 0xe9, 0xa0, ...utf8("\u00a0\noutput = \u00a0é\n")]),
      },
      { cli: "refuses config, encoding", sdk: "nothing", vaults: "a: region=é\ufffd\ufffd, output=é" },
    ],
    [
      "UTF-8 with a byte order mark, and Latin-1 in it",
      { config: notUtf8("\xef\xbb\xbf[profile a]\nregion = \xe9\n") },
      { cli: "refuses config, encoding", sdk: "nothing", vaults: "a: region=\ufffd" },
    ],
    [
      "half of what is UTF-16, and its byte order mark",
      { config: notUtf8("\xff\xfe[profile a]\nregion = x\n") },
      { cli: "refuses config, encoding", sdk: "nothing", vaults: "a: region=x" },
    ],
    [
      "UTF-16",
      { config: utf16("[profile a]\nregion = x\n") },
      { cli: "refuses config, encoding", sdk: "nothing", vaults: "refuses config, encoding" },
    ],
    [
      "UTF-16, and one line of it",
      { config: utf16("[profile a]") },
      { cli: "refuses config, encoding", "sdk vaults": "nothing" },
    ],
  ])("%s", (_, files, expected) => allReadersSee(files, expected));
});

describe("odd lines", () => {
  test.each<Row>([
    [
      "[] is no header for the AWS CLI: it is a line of the section above, without a delimiter",
      "[profile a]\nregion = x\n[]\n",
      { cli: "refuses config:3, line", sdk: "a: region=x", vaults: "refuses config:3, header" },
    ],
    [
      "[] = y is a setting of the section above for the AWS CLI",
      "[profile a]\nregion = x\n[] = y\n",
      { cli: "a: region=x, []=y", sdk: "refuses config:3, header", vaults: "refuses config:3, header" },
    ],
    [
      "blocks of one name add up for aws-vault also when something stands between them",
      "[profile a]\ns3 =\n  a = 1\nregion = x\ns3 =\n  b = 2\n",
      { cli: "refuses config:5, twin-setting", sdk: "a: s3={b=2}, region=x", vaults: "a: s3={a=1, b=2}, region=x" },
    ],
    [
      "a byte order mark inside a file is no blank, and part of the name",
      "[profile a]\n\ufeffregion = x\n",
      { cli: "a: \ufeffregion=x", sdk: "a:", vaults: "a: \ufeffregion=x" },
    ],
    [
      "a file separator is a blank for the AWS CLI",
      "[profile a]\nregion = x\x1c\n",
      { cli: "a: region=x", "sdk vaults": "a: region=x\x1c" },
    ],
    [
      "two settings of one name in two [DEFAULT] sections are twins for the AWS CLI",
      "[DEFAULT]\nregion = x\n[DEFAULT]\nregion = y\n[profile a]\n",
      { cli: "refuses config:4, twin-setting", "sdk vaults": "a:" },
    ],
    [
      "a file separator at the start of a line is an indent for the AWS CLI",
      "[profile a]\nregion = x\n\x1cmore\n",
      { cli: "a: region=x⏎more", "sdk vaults": "refuses config:3, line" },
    ],
    [
      "a form feed before a name is no indent for the SDKs: it is part of a name that they pass over",
      "[profile a]\n\fregion = x\noutput = json\n",
      { "cli vaults": "a: region=x, output=json", sdk: "a: output=json" },
    ],
    [
      "a line of a form feed is no blank line for the SDKs",
      "[profile a]\nregion = x\n\f\n",
      { "cli vaults": "a: region=x", sdk: "refuses config:3, line" },
    ],
    [
      "a no-break space behind a value stays with the SDKs",
      "[profile a]\nregion = x\u00a0\n",
      { "cli vaults": "a: region=x", sdk: "a: region=x\u00a0" },
    ],
    [
      "a form feed behind a header is more than a remark to the SDKs",
      "[profile a]\f\nregion = x\n",
      { "cli vaults": "a: region=x", sdk: "refuses config:1, header" },
    ],
    [
      "a byte order mark behind a header is a word like any other",
      "[profile a]\ufeff\nregion = x\n",
      { "cli vaults": "a: region=x", sdk: "refuses config:1, header" },
    ],
    [
      "a byte order mark on a line of its own is no blank line",
      "[profile a]\nregion = x\n\ufeff\n",
      { all: "refuses config:3, line" },
    ],
    [
      "a remark before the equals sign takes it away from the SDKs",
      "[profile a]\nregion #= x\n",
      { "cli vaults": "a: region #=x", sdk: "refuses config:2, line" },
    ],
    [
      "a remark in a block takes the equals sign away, too",
      "[profile a]\ns3 =\n  a #= b\n",
      { "cli vaults": "a: s3={a #=b}", sdk: "refuses config:3, indented" },
    ],
    [
      "a line in a block wants a name from the SDKs alone",
      "[profile a]\ns3 =\n  = b\n",
      { "cli vaults": "a: s3={=b}", sdk: "refuses config:3, indented" },
    ],
    [
      "a form feed and a remark behind it",
      "[profile a]\nregion = x\f# y\n",
      { "cli fork": "a: region=x\f# y", sdk: "a: region=x\f", original: "a: region=x" },
    ],
    [
      "a name in a block that is no identifier",
      "[profile a]\ns3 =\n  a b = c\n  d = e\n",
      { "cli vaults": "a: s3={a b=c, d=e}", sdk: "a: s3={d=e}" },
    ],
    [
      "a vertical tab or a line separator ends a line of a block for the AWS CLI",
      "[profile a]\ns3 =\n  a = b\vc = d\u2028e = f\n",
      { cli: "a: s3={a=b, c=d, e=f}", "sdk vaults": "a: s3={a=b\vc = d\u2028e = f}" },
    ],
    [
      "what follows such a line end must be a setting",
      "[profile a]\ns3 =\n  a = b\vc\n",
      { cli: "refuses config:2, line", "sdk vaults": "a: s3={a=b\vc}" },
    ],
    [
      "a block without a delimiter in [DEFAULT] is refused where somebody has it",
      "[DEFAULT]\ns3 =\n  a\n[profile a]\n",
      { cli: "refuses config:2, line", sdk: "refuses config:3, indented", vaults: "a:" },
    ],
    [
      "a block without a delimiter in [DEFAULT] that nobody has",
      "[DEFAULT]\ns3 =\n  a\n[profile a]\ns3 = x\n",
      { cli: "a: s3=x", sdk: "refuses config:3, indented", vaults: "a: s3=x" },
    ],
    [
      "a second [DEFAULT] goes on where the first one stopped",
      "[DEFAULT]\nregion = x\n[profile a]\n[DEFAULT]\noutput = json\n",
      { cli: "a: region=x, output=json", "sdk vaults": "a:" },
    ],
    [
      "quotes around a name fall away for aws-vault",
      '[profile a]\n"region" = x\n`out=put`: json\n"""a"b"""=c\n',
      {
        cli: 'a: "region"=x, `out=put`: json, """a"b"""=c',
        sdk: "a:",
        vaults: 'a: region=x, out=put=json, a"b=c',
      },
    ],
    [
      "a quoted name without an end",
      '[profile a]\n"region = x\n',
      { cli: 'a: "region=x', sdk: "a:", vaults: "refuses config:2, line" },
    ],
    [
      "a quoted name that says nothing",
      '[profile a]\n"" = x\n',
      { cli: 'a: ""=x', sdk: "a:", vaults: "refuses config:2, line" },
    ],
    [
      "a setting named '-' is numbered by aws-vault, from one in each section",
      "[profile a]\n- = x\nregion = y\n- = z\n[profile b]\n- = x\n",
      {
        cli: "refuses config:4, twin-setting",
        sdk: "a: -=z, region=y | b: -=x",
        vaults: "a: #1=x, region=y, #2=z | b: #1=x",
      },
    ],
    [
      "a setting named '-' may have no block in aws-vault",
      "[profile a]\n- =\n  b = c\n",
      { "cli sdk": "a: -={b=c}", vaults: "refuses config:3, indented" },
    ],
    [
      "three quotes and a line end are the start of a text for aws-vault, without a line end they are none",
      '[profile a]\nregion = """\nx"""\noutput = """',
      { "cli sdk": "refuses config:3, line", vaults: 'a: region=⏎x, output="""' },
    ],
    [
      "line ends in a quoted text stay as they are",
      "[profile a]\r\nregion = `x\r\ny = `\r\n",
      { "cli sdk": "a: region=`x, y=`", vaults: "a: region=x\r⏎y = " },
    ],
    [
      "a backslash and a blank line leave a setting without a value, which a block may follow",
      "[profile a]\nregion = \\\n\n  b = c\n",
      { cli: "a: region=\\⏎⏎b = c", sdk: "a: region=\\⏎b = c", vaults: "a: region={b=c}" },
    ],
    [
      "a form feed is no indent of a block for aws-vault",
      "[profile a]\ns3 =\n\fb = c\n",
      { cli: "a: s3={b=c}", sdk: "a: s3=", vaults: "a: s3=, b=c" },
    ],
    [
      "letters that have no simple lower case",
      "[profile a]\nΑΣ = x\nİ = y\n\u212a = z\n",
      { cli: "a: ας=x, i̇=y, k=z", sdk: "a:", vaults: "a: ασ=x, i=y, k=z" },
    ],
    [
      "a sso-session named default is no [profile default]",
      "[default]\nregion = x\n[sso-session default]\nsso_region = y\n",
      { all: "default: region=x | sso-session default: sso_region=y" },
    ],
    [
      "a no-break space around a name is trimmed by the SDKs, but divides nothing",
      "[profile \u00a0a]\nregion = x\n[profile\u00a0b]\nregion = y\n",
      { "cli vaults": "\u00a0a: region=x", sdk: "a: region=x" },
    ],
    [
      "what stands above the first header, and in [DEFAULT], can be asked for by name in aws-vault",
      "region = x\n[profile a]\nregion = %(region)s\noutput = %(color)s\n[DEFAULT]\ncolor = red\n",
      { "cli sdk": "refuses config:1, above-headers", vaults: "a: region=x, output=red" },
    ],
    [
      "what stands above in the name's dots can be asked for, too",
      "[profile a]\nregion = x\n[profile a.b]\noutput = %(region)s\n",
      { "cli sdk": "a: region=x | a.b: output=%(region)s", vaults: "a: region=x | a.b: output=x, region=x<parent>" },
    ],
    [
      "a setting does not stand for itself within its own value",
      "[profile a]\nregion = x%(region)s\noutput = %(region)s\n",
      {
        "cli sdk": "a: region=x%(region)s, output=%(region)s",
        vaults: "a: region=x%(region)s, output=" + "x".repeat(99) + "%(region)s",
      },
    ],
    [
      "the first name that stands for nothing ends it all",
      "[profile a]\nregion = x\noutput = %(%(region)s-%(region)s\n",
      { all: "a: region=x, output=%(%(region)s-%(region)s" },
    ],
    [
      "what stands above [profile default.a] is [profile default]",
      "[default]\nregion = x\n[profile default]\noutput = json\n[profile default.a]\n",
      {
        cli: "default: output=json | default.a:",
        sdk: "default: output=json | default.a:",
        vaults: "default: region=x | default.a: output=json<parent>, region=x<default>",
      },
    ],
    [
      "an sso-session takes over what stands above it in aws-vault",
      "[sso-session a.b.c]\nx = %(y)s\n[sso-session a]\ny = 1\nz = 2\n[sso-session a.b]\ny = 3\n",
      {
        "cli sdk": "sso-session a.b.c: x=%(y)s | sso-session a: y=1, z=2 | sso-session a.b: y=3",
        vaults: "sso-session a.b.c: x=3, y=3, z=2 | sso-session a: y=1, z=2 | sso-session a.b: y=3, z=2",
      },
    ],
    [
      "a block of aws-vault outlives a value of its name",
      "[profile a]\ns3 =\n  a = 1\ns3 = x\n[profile a]\ns3 =\n  b = 2\n",
      { cli: "refuses config:4, twin-setting", sdk: "a: s3={b=2}", vaults: "a: s3={a=1, b=2}" },
    ],
  ])("%s", (_, files, expected) => allReadersSee(files, expected));
});

describe("files without an odd line, which are read without an object for each profile", () => {
  const OWN_NAMES = ["default", "a", "b", "c", "d.e"];
  const SETTINGS = ["region", "role_arn", "source_profile", "mfa_serial"];
  const section = fc.record({
    name: fc.constantFrom(...OWN_NAMES),
    set: fc.subarray(SETTINGS),
    value: fc.constantFrom("a", "b", "x"),
  });
  const sections = fc.uniqueArray(section, { selector: ({ name }) => name });
  type Written = typeof sections extends fc.Arbitrary<infer All> ? All : never;
  const written = (all: Written, file: "config" | "credentials"): string =>
    all
      .map(({ name, set, value }) => {
        const header = file === "config" && name !== "default" ? `profile ${name}` : name;
        return `[${header}]\n${set.map((setting) => `${setting} = ${value}\n`).join("")}`;
      })
      .join("");

  test.each(TOOLS)("%s: they say the same as with one beside them", (tool) => {
    fc.assert(
      fc.property(sections, sections, (inConfig, inCredentials) => {
        const config = written(inConfig, "config");
        const credentials = written(inCredentials, "credentials");
        const plain = readAs(tool, { config, credentials });
        const odd = readAs(tool, { config: `${config}[sso-session odd]\nSSO_Region = x\n`, credentials });
        expect(tell({ ...plain, ssoSessions: new Map() })).toBe(tell({ ...odd, ssoSessions: new Map() }));
        expect(plain.profiles.size).toBe(odd.profiles.size);
        expect([...plain.profiles.keys()]).toEqual([...odd.profiles.keys()]);
        for (const name of OWN_NAMES) expect(plain.profiles.has(name)).toBe(odd.profiles.has(name));
        const found = (reading: Reading, name: string, without?: string) =>
          profilesWith(reading, name, without).map((profile) => [profile.name, profile.get(name)!.value]);
        for (const name of SETTINGS) {
          expect(found(plain, name)).toEqual(found(odd, name));
          for (const other of SETTINGS) expect(found(plain, name, other)).toEqual(found(odd, name, other));
        }
        expect(namesWith(plain, ".")).toEqual(namesWith(odd, "."));
        const sources = [...plain.profiles.values()].flatMap((profile) => profile.get("source_profile")?.value ?? []);
        expect([...sourceNames(plain)]).toEqual(expect.arrayContaining(sources));
      }),
    );
  });
});

describe("the cost of reading", () => {
  test("a few hundred bytes of %(name)s do not grow into megabytes", () => {
    const levels = Array.from({ length: 5 }, (_, level) => `x${level + 1} = ${`%(x${level})s`.repeat(10)}\n`);
    const config = `[profile a]\nx0 = ${"y".repeat(10)}\n${levels.join("")}`;
    const { profiles } = readAs("aws-vault-byteness", { config });
    assert.isBelow(settings(profiles.get("a")!).get("x5")!.setting.value.length, 100_000);
  });

  test("a repeated block of any length is read", () => {
    const config = `[profile a]\ns3 =\n${" a = b\n".repeat(200_000)}s3 =\n`;
    assert.equal(tell(readAs("aws-vault-byteness", { config })), "a: s3={a=b}");
  });

  test.each<[string, Tool, string]>([
    ["blanks inside a value", "sdk", `[profile a]\nregion = 'b${" ".repeat(60_000)}c\n`],
    ["hashes before a carriage return in a header", "sdk", `[${"#".repeat(60_000)}\r]\n`],
    ["dots in a name", "aws-vault-byteness", `[profile ${".".repeat(60_000)}]\nregion = %(x)s\n[profile .]\n`],
    ["open variables", "aws-vault-byteness", `[profile a]\nregion = ${"%(".repeat(30_000)}\n`],
    ["quoted texts without an end", "aws-vault-99designs", `[profile a]\n${"region = `\n".repeat(6000)}`],
    ["backslashes at line ends", "aws-vault-99designs", `[profile a]\nregion = \\\n${"x\\\n".repeat(20_000)}`],
    ["lines that continue", "cli", `[profile a]\nregion = x\n${" y\n".repeat(20_000)}`],
    [
      "blocks of one name",
      "aws-vault-byteness",
      `[profile a]\n${Array.from({ length: 6000 }, (_, n) => `s3 =\n k${n} = v\n`).join("")}`,
    ],
    ["lines of a block", "cli", `[profile a]\ns3 =\n${" y = z\n".repeat(10_000)}`],
    [
      "a long chain of include_profile",
      "aws-vault-byteness",
      Array.from({ length: 3000 }, (_, n) => `[profile p${n}]\ninclude_profile = p${n + 1}\n`).join(""),
    ],
  ])("%s cost no more than their length", (_, tool, config) => {
    assert.isBelow(
      cost(() => readAs(tool, { config }), 400),
      500,
    );
  });
});

const NAMES = [
  "region",
  "output",
  "role_arn",
  "source_profile",
  "mfa_serial",
  "s3",
  "my-own.name_2",
  "include_profile",
];
const HEADERS = [
  "default",
  "profile a",
  "profile b",
  "profile a.b",
  "profile default",
  "sso-session a",
  "services a",
  "a",
];
const ordinaryLines = fc
  .uniqueArray(
    fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom("a", "b", "a.b", "", "x y", "arn:aws:iam::1:role/a")),
    {
      selector: ([name]) => name,
    },
  )
  .map((all) => all.map(([name, value]) => `${name} = ${value}`));
const ordinarySections = fc.array(
  fc.tuple(
    fc.constantFrom(...HEADERS),
    ordinaryLines,
    fc.constantFrom("", "# remark", "; remark"),
    fc.constantFrom("\n", "\r\n"),
  ),
  { maxLength: 6 },
);

type Sections = readonly (readonly [string, readonly string[], string, string])[];

/** `a.b` is as ordinary as can be, `a%b` makes its section odd; both are of one length, so every place must agree, too. */
const writtenWith = (harmless: "a.b" | "a%b", sections: Sections): string =>
  sections
    .map(([header, lines, last, end]) => [`[${header}]`, ...lines, `zz_odd = ${harmless}`, last, ""].join(end))
    .join("");

const saidBy = ({ name, value, nested, at, nameAt, linesAt }: Setting): unknown =>
  name === "zz_odd" ? { name, at, nameAt, linesAt } : { name, value, nested, at, nameAt, linesAt };

/** All that a reading says, but for the value of the harmless setting. */
function everything({ refused, profiles, ssoSessions, services }: Reading): unknown {
  const layers = [...profiles].map(([name, profile]) => [
    name,
    profile.layers.map(({ kind, section }) => [kind, section.header, section.headerAt, [...section.all()].map(saidBy)]),
  ]);
  const others = [...ssoSessions, ...services].map(([name, section]) => [name, [...section.all()].map(saidBy)]);
  const winners = [...profiles.values()].map((profile) =>
    NAMES.map((name) => settings(profile).get(name)?.setting.value),
  );
  return { refused, layers, others, winners };
}

test.each(TOOLS)("%s: sections that hold something odd are read like those that do not", (tool) => {
  fc.assert(
    fc.property(ordinarySections, ordinarySections, (config, credentials) => {
      const [ordinary, odd] = (["a.b", "a%b"] as const).map((harmless) => ({
        config: writtenWith(harmless, config),
        credentials: writtenWith(harmless, credentials),
      }));
      assert.isTrue(plainDocument("config", ordinary!.config).sections.every(({ isOdd }) => !isOdd));
      assert.isTrue(plainDocument("config", odd!.config).sections.every(({ isOdd }) => isOdd));
      expect(everything(readAs(tool, odd!))).toEqual(everything(readAs(tool, ordinary!)));
    }),
    { numRuns: 300 },
  );
});
