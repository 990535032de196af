import type { Draft } from "./draft.ts";

/** The reports for other programs. Each is loaded when somebody asks for it. */
export const FORMATS = {
  concise: async () => (await import("./concise.ts")).concise,
  "json-lines": async () => (await import("./json-lines.ts")).jsonLines,
  sarif: async () => (await import("./sarif.ts")).sarif,
  junit: async () => (await import("./junit.ts")).junit,
  github: async () => (await import("./github.ts")).github,
  gitlab: async () => (await import("./gitlab.ts")).gitlab,
  checkstyle: async () => (await import("./checkstyle.ts")).checkstyle,
  rdjson: async () => (await import("./rdjson.ts")).rdjson,
  markdown: async () => (await import("./markdown.ts")).markdown,
} satisfies Readonly<Record<string, () => Promise<(draft: Draft) => string>>>;

/** In the order of the help. */
export const FORMAT_NAMES = ["human", "json", ...(Object.keys(FORMATS) as (keyof typeof FORMATS)[])] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];
