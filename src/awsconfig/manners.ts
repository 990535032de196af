import type { Tool } from "../model/tool.ts";
import { PYTHON_BLANKS, SPACE_AND_TAB, WHITE_SPACE } from "./blanks.ts";

/**
 * How a tool reads the two files: one small table of answers a tool. Measured on botocore 1.43 (the AWS CLI), the Rust
 * SDK (the cross-SDK specification), and gopkg.in/ini.v1 with the options of the two aws-vaults.
 */
export interface Manners {
  readonly tool: Tool;
  readonly readsCredentials: boolean;
  readonly bom: "refused" | "skipped";
  readonly notUtf8: "file refused" | "file ignored" | "replaced";
  /** What a carriage return does that ends no line of its own. */
  readonly loneReturn: "ends a line" | "is text";
  /** What is trimmed from lines, names and values. */
  readonly blanks: string;
  readonly delimiters: "=" | "=:";
  /** Where on a setting's line a remark may start. */
  readonly remark: "nowhere" | "after a blank" | "after a space in a value" | "anywhere in a value";
  readonly indented: "continues or starts anew" | "must continue" | "nests or starts anew";
  /** What ends a line in the block below a setting without a value. */
  readonly blockLineEnds: RegExp;
  readonly blockLineWithoutEquals: "refused" | "passed over";
  /** Names in such a block with other characters than these are passed over. */
  readonly blockNames: RegExp;
  /**
   * Quotes around a name or a value fall away; a backslash at the end of a value, a backtick or three quotes at its start
   * take in more lines; `%(name)s` is expanded; a setting named `-` is numbered.
   */
  readonly goStrings: boolean;
  /** Two sections or settings of one name. */
  readonly twins: "file refused" | "merged";
  readonly afterHeader: "anything" | "remark only";
  /** A line that starts with `[` and has no `]`. */
  readonly openHeader: "refused" | "is a setting";
  /** `[]` */
  readonly emptyHeader: "refused" | "is a setting" | "is a header";
  readonly aboveFirstHeader: "refused" | "belongs to [DEFAULT]";
  /** Setting names with other characters than these are passed over. */
  readonly settingNames: RegExp;
  readonly lowerCase: (name: string) => string;
}

const ANY = /(?:)/;
/** What the cross-SDK specification takes for a name. */
export const IDENTIFIER = /^[A-Za-z0-9_\-./%@:+]+$/;

const go: Omit<Manners, "tool" | "remark"> = {
  readsCredentials: false,
  bom: "skipped",
  notUtf8: "replaced",
  loneReturn: "is text",
  blanks: WHITE_SPACE,
  delimiters: "=:",
  indented: "nests or starts anew",
  blockLineEnds: /\n/,
  blockLineWithoutEquals: "passed over",
  blockNames: ANY,
  goStrings: true,
  twins: "merged",
  afterHeader: "anything",
  openHeader: "refused",
  emptyHeader: "refused",
  aboveFirstHeader: "belongs to [DEFAULT]",
  settingNames: ANY,
  lowerCase: lowerCaseOneByOne,
};

export const MANNERS: Readonly<Record<Tool, Manners>> = {
  cli: {
    tool: "cli",
    readsCredentials: true,
    bom: "refused",
    notUtf8: "file refused",
    loneReturn: "ends a line",
    blanks: PYTHON_BLANKS,
    delimiters: "=:",
    remark: "nowhere",
    indented: "continues or starts anew",
    blockLineEnds: /[\n\v\f\x1c-\x1e\u0085\u2028\u2029]/,
    blockLineWithoutEquals: "refused",
    blockNames: ANY,
    goStrings: false,
    twins: "file refused",
    afterHeader: "anything",
    openHeader: "is a setting",
    emptyHeader: "is a setting",
    aboveFirstHeader: "refused",
    settingNames: ANY,
    lowerCase: (name) => name.toLowerCase(),
  },
  sdk: {
    tool: "sdk",
    readsCredentials: true,
    bom: "refused",
    notUtf8: "file ignored",
    loneReturn: "is text",
    blanks: SPACE_AND_TAB,
    delimiters: "=",
    remark: "after a blank",
    indented: "must continue",
    blockLineEnds: /\n/,
    blockLineWithoutEquals: "passed over",
    blockNames: IDENTIFIER,
    goStrings: false,
    twins: "merged",
    afterHeader: "remark only",
    openHeader: "refused",
    emptyHeader: "is a header",
    aboveFirstHeader: "refused",
    settingNames: IDENTIFIER,
    lowerCase: (name) => name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
  },
  "aws-vault-byteness": { ...go, tool: "aws-vault-byteness", remark: "after a space in a value" },
  "aws-vault-99designs": { ...go, tool: "aws-vault-99designs", remark: "anywhere in a value" },
};

/** Go looks at no neighbours (so there is no final sigma), and one letter never becomes two. */
function lowerCaseOneByOne(name: string): string {
  return name.replace(/[^\0-\x7f]|[A-Z]+/gu, (letters) => (letters === "\u0130" ? "i" : letters.toLowerCase()));
}
