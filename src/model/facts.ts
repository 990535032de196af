import type { AwsDocument } from "./document.ts";
import type { FilePlace, Place } from "./place.ts";
import type { Policy } from "./policy.ts";
import type { Reading, Traits } from "./reading.ts";
import type { Routes } from "./route.ts";
import type { Seen } from "./seen.ts";
import type { Tool } from "./tool.ts";
import type { CallerIdentity } from "./verified.ts";

/** All that was seen of a machine: frozen, and without a secret. Rules name the facts they need. */
export interface Facts {
  readonly files: AwsFiles;
  /** Paths of files that are judged by themselves, and that others see: those of a repository, for instance. */
  readonly shared: readonly string[];
  readonly policies: readonly Policy[];
  readonly config: AwsDocument;
  readonly credentials: AwsDocument;
  readonly profiles: Profiles;
  readonly environment: Environment;
  readonly startup: readonly StartupFile[];
  readonly metadata: MetadataAddress;
  readonly serverPort: Listeners;
  readonly metadataServer: MetadataServer | undefined;
  readonly programs: ReadonlyMap<string, string>;
  readonly vault: VaultFolder;
  readonly machine: Machine;
  readonly clock: Date;
  readonly named: NamedPaths;
  readonly sso: SsoCache;
  readonly versions: Versions;
  readonly binaries: Binaries;
  readonly endpoint: ContainerEndpoint | undefined;
  readonly windows: readonly WindowsHome[];
  readonly vaultItems: readonly VaultItem[];
  readonly hardware: Hardware;
  /** The Serverless Framework's file in the folder that one is in. */
  readonly serverless: string | undefined;
  /** Files with an access key, as the IAM console hands them out, where they may lie about. */
  readonly keyFiles: readonly KeyFile[];
  readonly keyring: Keyring;
  readonly store: VaultStore;
  readonly online: Online;
}
export type FactName = keyof Facts;

/** What AWS says of the keys that stand in the files and in the environment, and of the time. */
export interface Online {
  readonly keys: readonly AskedKey[];
  /** How far AWS's clock is ahead of the one here, in seconds. */
  readonly skewSeconds: number;
}

export interface AskedKey {
  /** Where its id stands. */
  readonly at: Place;
  /** In words, such as `the key of 'prod'`. */
  readonly name: string;
  readonly profiles: readonly string[];
  /** Whose it is; or why AWS does not take it, in AWS's code and words. */
  readonly answer:
    | { readonly isTaken: true; readonly identity: CallerIdentity }
    | { readonly isTaken: false; readonly code: string; readonly says: string };
  /** When it was made, where its owner may ask that. Undefined for sessions. */
  readonly created: Date | undefined;
}

export type FileState = "file" | "missing" | "dangling" | "directory" | "special" | "unreadable";

/** Where the two files stand and in what state, whether or not their text can be read. */
export interface AwsFiles {
  readonly config: AwsFile;
  readonly credentials: AwsFile;
  /** `~/.aws`, when it is there. */
  readonly folder: FolderFacts | undefined;
  /** Where `~/.aws` leads to, when it is a link to nothing. */
  readonly lostFolder: { readonly path: string; readonly linkTarget: string } | undefined;
}

export interface AwsFile {
  readonly path: string;
  readonly state: FileState;
  /** What chose the path, when it is not the default one: a flag, an argument or a variable. */
  readonly chosenBy: string | undefined;
  /** Permission bits, and the numeric user id, of what the path leads to. */
  readonly mode: number | undefined;
  readonly owner: number | undefined;
  readonly linkTarget: string | undefined;
  /** Why its text cannot be read. */
  readonly trouble: string | undefined;
}

export interface FolderFacts {
  readonly path: string;
  readonly mode: number;
  readonly owner: number;
}

/** The profiles as each tool that the user asked about reads them. */
export interface Profiles {
  readonly tools: readonly Tool[];
  readonly readings: ReadonlyMap<Tool, Reading>;
  /** Profile name to route, per tool. */
  readonly routes: ReadonlyMap<Tool, Routes>;
  /** The profile that the tool would use now, and what chose it (nothing: the name `default`). */
  readonly active: ReadonlyMap<Tool, ActiveProfile>;
}

export interface ActiveProfile {
  readonly name: string;
  readonly chosenBy: Place | undefined;
}

export interface Variable {
  readonly name: string;
  /** Masked where it is not known to be public. */
  readonly value: string;
  readonly hidden: Traits | undefined;
}

/** The variables that matter for AWS credentials, by name. */
export type Environment = ReadonlyMap<string, Variable>;

/** A shell start-up file, and what it does to variables and aliases. */
export interface StartupFile {
  readonly path: string;
  readonly shell: "bash" | "zsh" | "fish" | "sh";
  readonly statements: readonly Statement[];
  /** Where a variable that has a new name by now is read, or the new one; and functions called aws that start aws-vault. */
  readonly uses: readonly { readonly name: string; readonly at: FilePlace }[];
  readonly mode: number | undefined;
  /** Masked, for code frames. */
  readonly text: string;
}

export interface Statement {
  readonly kind: "export" | "set" | "unset" | "alias";
  readonly name: string;
  /** Masked where it is not known to be public. */
  readonly value: string;
  readonly hidden: Traits | undefined;
  /** The value comes out of a command or another variable. */
  readonly computed: boolean;
  /** Stands inside a function: it does not happen when the shell starts. */
  readonly inFunction: boolean;
  readonly nameAt: FilePlace;
  /** The whole statement on its line, from its first word on. */
  readonly at: FilePlace;
  /** Nothing else stands on its line, so the line can be commented out. */
  readonly alone: boolean;
}

export interface Listener {
  readonly address: string;
  readonly port: number;
  /** Numeric user id of the owner; undefined where the system does not tell. */
  readonly owner: number | undefined;
  /** Who it is, if that can be known: another user's process stays unnamed. */
  readonly process: Seen<Process>;
}

export interface Process {
  readonly pid: number;
  readonly name: string;
}

export type Listeners = readonly Listener[];

export interface MetadataAddress {
  /** The interface that carries 169.254.169.254, if one does. */
  readonly alias: { readonly name: string; readonly loopback: boolean } | undefined;
  readonly listeners: Listeners;
  /** The interfaces by which containers and virtual machines on this machine reach it. */
  readonly bridges: readonly string[];
}

/** Who answers at the metadata address of this machine, by the shape of the answer. */
export interface MetadataServer {
  /** `ours`, `aws-vault` and `ec2` hand out credentials; `silent` gives no answer that can be read. */
  readonly kind: "ours" | "aws-vault" | "ec2" | "other" | "silent";
  /** In words. */
  readonly name: string;
}

/** The file backend's folder, `~/.awsvault/keys` unless a variable moves it. No item is opened. */
export interface VaultFolder {
  readonly path: string;
  /** Where `profiles` have their keys: there, or in the password store where that is chosen. */
  readonly store: string;
  readonly mode: number | undefined;
  readonly owner: number | undefined;
  /** Profiles that have a stored key there. */
  readonly profiles: readonly string[];
  /** Files that others may read. */
  readonly open: readonly { readonly path: string; readonly mode: number }[];
}

/** One file of the file backend, by its name and its shape. */
export interface VaultItem {
  readonly path: string;
  /** The profile whose key or session it is; undefined for tokens of single sign-on. */
  readonly profile: string | undefined;
  readonly kind: "key" | "session" | "token";
  /** Whether it looks like what aws-vault writes. */
  readonly state: "sealed" | "empty" | "broken" | "foreign";
  /** Of a session: when it ends, in seconds since 1970. */
  readonly expires: number | undefined;
  /** When it was written, in milliseconds since 1970. */
  readonly modified: number;
}

export type PathState = "file" | "folder" | "missing" | "unreadable" | "other";

/** What stands where the files and variables point to. */
export interface NamedPaths {
  /** Of tokens, certificates and the like, by the path as it is written. A path that only a shell would expand is left out. */
  readonly paths: ReadonlyMap<string, PathState>;
  /** Of commands, by their first word: whether there is a program to run. */
  readonly commands: ReadonlyMap<string, "program" | "missing" | "not-executable">;
  /** The certificates that settings and variables name, by the path as it is written. */
  readonly bundles: ReadonlyMap<string, Bundle>;
  /** The password store's `.gpg-id`. */
  readonly passStore: { readonly path: string; readonly state: PathState };
}

/** `~/.aws/sso/cache`: what it has tokens for and until when. Never a token. */
export interface SsoCache {
  readonly path: string;
  readonly isThere: boolean;
  /** By the name of the session, or the start URL of profiles without one: those that the two files name. */
  readonly sessions: ReadonlyMap<string, SsoToken | undefined>;
  readonly startUrls: ReadonlyMap<string, SsoToken | undefined>;
}

export interface SsoToken {
  readonly path: string;
  /** Undefined where it is no JSON, or says no time. */
  readonly expires: Date | undefined;
  /** It can be made new without a browser. */
  readonly canRefresh: boolean;
}

export interface Machine {
  readonly os: string;
  readonly wsl: boolean;
  readonly container: boolean;
  readonly user: number | undefined;
  readonly home: string;
}

/** By name, the programs that have it, in the order of PATH: the first one is run by whoever types the name. */
export type Versions = ReadonlyMap<string, readonly Installed[]>;

export interface Installed {
  readonly path: string;
  /** Such as `2.15.30`; undefined where it does not say. */
  readonly version: string | undefined;
  /** Why it said nothing. */
  readonly trouble: string | undefined;
}

/** What kind of file stands under the name of a program on PATH. */
export type Binaries = ReadonlyMap<string, Binary>;

export interface Binary {
  readonly path: string;
  /** `text`: it names no interpreter. */
  readonly kind: "program" | "script" | "text" | "empty" | "unknown";
}

/** Who answers at AWS_CONTAINER_CREDENTIALS_FULL_URI, where that is this machine. */
export interface ContainerEndpoint {
  readonly address: string;
  readonly isServed: boolean;
}

/** From inside of WSL: the `.aws` of a user of Windows. */
export interface WindowsHome {
  readonly path: string;
  /** Whether `~/.aws` is this very folder, or holds the same. */
  readonly isShared: boolean;
}

export interface KeyFile {
  readonly path: string;
  readonly hasBom: boolean;
  /** The titles of its columns. */
  readonly columns: readonly string[];
}

/** The store that the system keeps for aws-vault. */
export interface Keyring {
  readonly kind: "keychain" | "secret-service" | "none";
  /** Undefined where it does not say. */
  readonly isLocked: boolean | undefined;
  readonly isThere: boolean;
  /** macOS: after how many seconds it locks itself; undefined for never. */
  readonly locksAfter: number | undefined;
  readonly locksOnSleep: boolean;
}

/** Which store the vault takes in this session, and why. */
export interface VaultStore {
  /** By aws-vault's name; masked where it is not known to be public. */
  readonly backend: string;
  /** Where that is files: their folder. */
  readonly path: string | undefined;
  /** For people. */
  readonly why: string;
  /** AWS_VAULT_BACKEND names it. */
  readonly isChosen: boolean;
  /** The session's D-Bus, without which aws-vault has no `secret-service`; undefined where the store does not turn on it. */
  readonly session: { readonly hasBus: boolean; readonly keyringTrouble: string | undefined } | undefined;
}

export interface Bundle {
  readonly certificates: number;
  /** It has one of the authorities that AWS's own certificates come from. */
  readonly trustsAws: boolean;
}

export interface Hardware {
  /** A machine of EC2, as far as its firmware says. */
  readonly ec2: boolean;
  /** Who made it, by its firmware; undefined where that is not told. */
  readonly maker: string | undefined;
}
