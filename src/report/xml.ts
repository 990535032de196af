import { printable } from "./printable.ts";

/** An element of XML; an attribute without a value is left out. Texts may be anything, and end no element. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly content?: string | readonly Element[];
}

export const document = (root: Element): string => `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, "")}`;

function element({ name, attributes, content = [] }: Element, indent: string): string {
  const own = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([attribute, value]) => ` ${attribute}="${escaped(String(value))}"`);
  const start = `${indent}<${name}${own.join("")}`;
  if (typeof content === "string") return `${start}>${content.split("\n").map(escaped).join("\n")}</${name}>\n`;
  if (content.length === 0) return `${start}/>\n`;
  return `${start}>\n${content.map((one) => element(one, `${indent}  `)).join("")}${indent}</${name}>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** The runners of builds take orders from a log, where `##[` is one. */
const escaped = (text: string): string =>
  printable(text)
    .replace(/[&<>"']/g, (mark) => ENTITIES[mark]!)
    .replace(/##(?=\w*\[)/g, "#&#35;");
