import type { Tool } from "../model/tool.ts";

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
  readonly delimiters: "=" | "=:";
  /** Where in a value a remark may start. */
  readonly remark: "nowhere" | "after a blank" | "after a space" | "anywhere";
  readonly quotes: "kept" | "stripped";
  readonly indented: "continues or starts anew" | "must continue" | "nests or starts anew";
  /** A backslash at the end of a value, a backtick or three quotes at its start take in more lines; `%(name)s` is expanded. */
  readonly goStrings: boolean;
  /** Two sections or settings of one name. */
  readonly twins: "file refused" | "merged";
  readonly afterHeader: "anything" | "remark only";
  readonly aboveFirstHeader: "refused" | "ignored";
  /** Setting names with other characters than these are passed over. */
  readonly settingNames: RegExp;
}

const ANY = /[^]/;
/** What the cross-SDK specification takes for a name. */
export const IDENTIFIER = /^[A-Za-z0-9_\-./%@:+]+$/;

const go: Omit<Manners, "tool" | "remark"> = {
  readsCredentials: false,
  bom: "skipped",
  notUtf8: "replaced",
  loneReturn: "is text",
  delimiters: "=:",
  quotes: "stripped",
  indented: "nests or starts anew",
  goStrings: true,
  twins: "merged",
  afterHeader: "anything",
  aboveFirstHeader: "ignored",
  settingNames: ANY,
};

export const MANNERS: Readonly<Record<Tool, Manners>> = {
  cli: {
    tool: "cli",
    readsCredentials: true,
    bom: "refused",
    notUtf8: "file refused",
    loneReturn: "ends a line",
    delimiters: "=:",
    remark: "nowhere",
    quotes: "kept",
    indented: "continues or starts anew",
    goStrings: false,
    twins: "file refused",
    afterHeader: "anything",
    aboveFirstHeader: "refused",
    settingNames: ANY,
  },
  sdk: {
    tool: "sdk",
    readsCredentials: true,
    bom: "refused",
    notUtf8: "file ignored",
    loneReturn: "is text",
    delimiters: "=",
    remark: "after a blank",
    quotes: "kept",
    indented: "must continue",
    goStrings: false,
    twins: "merged",
    afterHeader: "remark only",
    aboveFirstHeader: "refused",
    settingNames: IDENTIFIER,
  },
  "aws-vault-byteness": { ...go, tool: "aws-vault-byteness", remark: "after a space" },
  "aws-vault-99designs": { ...go, tool: "aws-vault-99designs", remark: "anywhere" },
};
