/** Where something is. A finding always has a place; a place never holds a secret. */
export type Place = FilePlace | EnvironmentPlace | NetworkPlace | VaultPlace | ProgramPlace | SystemPlace;

/** A stretch of a file, or the file as a whole when it has no span. */
export interface FilePlace {
  readonly kind: "file";
  readonly path: string;
  readonly span?: Span;
}

/** Lines and columns count from 1, in UTF-16 units; `start` and `end` are offsets in the decoded text, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface EnvironmentPlace {
  readonly kind: "environment";
  readonly variable: string;
}

export interface NetworkPlace {
  readonly kind: "network";
  /** `address:port`, such as `169.254.169.254:80`. */
  readonly address: string;
  readonly process?: string;
}

export interface VaultPlace {
  readonly kind: "vault";
  readonly item: string;
}

export interface ProgramPlace {
  readonly kind: "program";
  readonly program: string;
}

export interface SystemPlace {
  readonly kind: "system";
  readonly system: "clock" | "keychain" | "home";
}
