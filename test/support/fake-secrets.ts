import { createCipheriv, createDecipheriv } from "node:crypto";
import { type Bus, type BusCall, BusTrouble } from "../../src/system/system.ts";
import { newPair } from "../../src/vault/secret-session.ts";

/** A keyring on a bus in memory: collections that are locked, and a person who answers its windows, or closes them. */
export interface FakeSecrets {
  readonly bus: Bus;
  readonly collections: Map<string, FakeCollection>;
  /** What the person was asked. */
  readonly asked: string[];
  /** All that went over the bus, as text. */
  readonly heard: string[];
}
interface FakeCollection {
  isLocked: boolean;
  readonly items: Map<string, { label: string; profile: string; value: Buffer }>;
}

export interface FakeSecretsOptions {
  readonly collections?: readonly string[];
  readonly isLocked?: boolean;
  readonly answer?: "yes" | "no";
  /** It knows no encryption, as old ones. */
  readonly isPlain?: boolean;
  readonly isRunning?: boolean;
  readonly isStartable?: boolean;
}

const ROOT = "/org/freedesktop/secrets";

export function fakeSecrets(options: FakeSecretsOptions = {}): FakeSecrets {
  const { isLocked = false, answer = "yes", isPlain = false, isRunning = true, isStartable = true } = options;
  const collections = new Map<string, FakeCollection>();
  for (const name of options.collections ?? [])
    collections.set(`${ROOT}/collection/${name}`, { isLocked, items: new Map() });
  const asked: string[] = [];
  const heard: string[] = [];
  const prompts = new Map<string, { what: string; act: () => unknown }>();
  const completed = new Map<string, (body: readonly unknown[]) => void>();
  let key: Buffer | undefined;
  let count = 0;
  const variant = (value: unknown): unknown => [[], [value]];
  const prompt = (what: string, act: () => unknown): string => {
    prompts.set(`${ROOT}/prompt/${++count}`, { what, act });
    return `${ROOT}/prompt/${count}`;
  };
  const ofItem = (path: string): FakeCollection =>
    [...collections.values()].find(({ items }) => items.has(path)) ?? collections.get(path)!;

  function answerTo({ path, member, body = [], destination }: BusCall): readonly unknown[] {
    if (destination === "org.freedesktop.DBus") {
      if (member === "NameHasOwner") return [isRunning];
      return [isStartable ? ["org.freedesktop.secrets"] : []];
    }
    const collection = collections.get(path);
    switch (member) {
      case "OpenSession": {
        const [algorithm, [, input]] = body as [string, [string, Uint8Array]];
        if (algorithm === "plain") return [variant(""), `${ROOT}/session/1`];
        if (isPlain) throw new BusTrouble("org.freedesktop.DBus.Error.NotSupported", "no such algorithm");
        const pair = newPair();
        key = pair.keyWith(input);
        return [variant(pair.number), `${ROOT}/session/1`];
      }
      case "Get":
        switch (body[1]) {
          case "Collections":
            return [variant([...collections.keys()])];
          case "Locked":
            return [variant(ofItem(path).isLocked)];
          case "Items":
            return [variant([...collection!.items.keys()])];
          default:
            return [variant(ofItem(path).items.get(path)!.label)];
        }
      case "CreateCollection": {
        const [[[, [, label]]]] = body as [[[string, [string, string]]]];
        const at = `${ROOT}/collection/${label}`;
        const make = (): string => {
          collections.set(at, { isLocked: false, items: new Map() });
          return at;
        };
        return ["/", prompt(`make ${label}`, make)];
      }
      case "Unlock": {
        const [[locked]] = body as [[string]];
        const unlock = (): unknown => {
          ofItem(locked).isLocked = false;
          return [locked];
        };
        return [[], prompt("unlock", unlock)];
      }
      case "SearchItems": {
        const [[[, wanted]]] = body as [[[string, string]]];
        return [[...collection!.items].filter(([, { profile }]) => profile === wanted).map(([at]) => at)];
      }
      case "GetSecret": {
        mustBeOpen(ofItem(path));
        const { value } = ofItem(path).items.get(path)!;
        if (key === undefined) return [[body[0], Buffer.alloc(0), value, "application/json"]];
        const iv = Buffer.alloc(16, 7);
        const cipher = createCipheriv("aes-128-cbc", key, iv);
        return [[body[0], iv, Buffer.concat([cipher.update(value), cipher.final()]), "application/json"]];
      }
      case "CreateItem": {
        mustBeOpen(collection!);
        const [properties, [, iv, sent]] = body as [
          [[string, [string, string]], [string, [string, [[string, string]]]]],
          [string, Buffer, Buffer],
        ];
        const label = properties[0][1][1];
        const profile = properties[1][1][1][0][1];
        const decipher = key && createDecipheriv("aes-128-cbc", key, iv);
        const value = decipher === undefined ? sent : Buffer.concat([decipher.update(sent), decipher.final()]);
        const known = [...collection!.items].find(([, item]) => item.profile === profile)?.[0];
        const at = known ?? `${path}/${++count}`;
        collection!.items.set(at, { label, profile, value });
        return [at, "/"];
      }
      case "Delete":
        mustBeOpen(ofItem(path));
        return [prompt("remove", () => ofItem(path).items.delete(path) && "")];
      case "Prompt": {
        const { what, act } = prompts.get(path)!;
        asked.push(what);
        const isDismissed = answer === "no";
        queueMicrotask(() => completed.get(path)!([isDismissed, variant(isDismissed ? "" : act())]));
        return [];
      }
      default:
        throw new BusTrouble("org.freedesktop.DBus.Error.UnknownMethod", member);
    }
  }

  return {
    collections,
    asked,
    heard,
    bus: {
      call: async (call) => {
        const bytes = (_: string, value: unknown): unknown =>
          typeof value === "object" && value !== null && "data" in value && Array.isArray(value.data)
            ? Buffer.from(value.data as number[]).toString("latin1")
            : value;
        const reply = answerTo(call);
        heard.push(JSON.stringify([call, reply], bytes));
        return reply;
      },
      nextSignal: ({ path }) => new Promise((resolve) => completed.set(path, resolve)),
    },
  };
}

function mustBeOpen({ isLocked }: FakeCollection): void {
  if (isLocked) throw new BusTrouble("org.freedesktop.Secret.Error.IsLocked", "it is locked");
}
