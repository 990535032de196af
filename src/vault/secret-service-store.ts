import { Secret } from "../secret.ts";
import { type Bus, BusTrouble, type System } from "../system/system.ts";
import { JsonError } from "./go-json.ts";
import { formatItem, itemOf } from "./item.ts";
import { openSession, type SecretSession, type WireSecret } from "./secret-session.ts";
import type { Store } from "./store.ts";
import { failed, mustBeKey } from "./trouble.ts";

/**
 * aws-vault's backend `secret-service`: a collection of the desktop's keyring (GNOME's, KeePassXC's, …) with an item for each
 * key, found by the attribute `profile`. https://specifications.freedesktop.org/secret-service-spec/latest/
 */
const SECRETS = "org.freedesktop.secrets";
const ROOT = "/org/freedesktop/secrets";
const COLLECTIONS = `${ROOT}/collection/`;
const SERVICE = "org.freedesktop.Secret.Service";
const COLLECTION = "org.freedesktop.Secret.Collection";
const ITEM = "org.freedesktop.Secret.Item";
const PROMPT = "org.freedesktop.Secret.Prompt";
const PATIENCE_MS = 5 * 60 * 1000; // A person types a password.
const NO_OBJECT = "/";

export function secretServiceStore(system: System, name: string): Store {
  let known: Promise<Service> | undefined;
  const service = (): Promise<Service> => (known ??= Service.on(system));

  return {
    name: `the collection '${name}' of the keyring`,

    list: () =>
      told(async () => {
        const found = await service();
        const collection = await found.collection(name);
        if (collection === undefined) return [];
        await found.unlock(collection);
        const items = (await found.property(collection, COLLECTION, "Items")) as readonly string[];
        const labels: string[] = [];
        for (const item of items) labels.push((await found.property(item, ITEM, "Label")) as string);
        return labels.toSorted();
      }),

    get: (key) =>
      told(async () => {
        mustBeKey(key);
        const found = await service();
        const item = await found.item(name, key);
        if (item === undefined) return undefined;
        await found.unlock(item);
        const json = await found.secretOf(item);
        try {
          return itemOf(json, key);
        } catch (error) {
          if (!(error instanceof JsonError)) throw error;
          const message = `the item '${key}' of the keyring is none of a vault, or a damaged one: ${error.message}`;
          throw failed("DAMAGED_ITEM", message, "remove the item, and add it again");
        } finally {
          json.wipe();
        }
      }),

    put: (item) =>
      told(async () => {
        mustBeKey(item.key);
        const found = await service();
        const collection = (await found.collection(name)) ?? (await found.create(name));
        await found.unlock(collection);
        const json = formatItem(item);
        try {
          await found.store(collection, item.key, json);
        } finally {
          json.wipe();
        }
      }),

    remove: (key) =>
      told(async () => {
        mustBeKey(key);
        const found = await service();
        const item = await found.item(name, key);
        if (item === undefined) return false;
        await found.unlock(item);
        await found.remove(item);
        return true;
      }),
  };
}

/** The calls of the service that a store is made of. */
class Service {
  readonly #bus: Bus;
  readonly #session: SecretSession;

  private constructor(bus: Bus, session: SecretSession) {
    this.#bus = bus;
    this.#session = session;
  }

  static async on(system: System): Promise<Service> {
    const bus = await system.bus();
    const session = await openSession((algorithm, input) =>
      bus.call({
        destination: SECRETS,
        path: ROOT,
        interface: SERVICE,
        member: "OpenSession",
        signature: "sv",
        body: [algorithm, input],
      }),
    );
    return new Service(bus, session);
  }

  #call(path: string, of: string, member: string, signature?: string, body?: readonly unknown[]) {
    const types = signature === undefined ? {} : { signature, body: body! };
    return this.#bus.call({ destination: SECRETS, path, interface: of, member, ...types });
  }

  async property(path: string, of: string, name: string): Promise<unknown> {
    const [value] = await this.#call(path, "org.freedesktop.DBus.Properties", "Get", "ss", [of, name]);
    return valueOf(value);
  }

  /** The path of a collection, by its name or its label; undefined where there is none. */
  async collection(name: string): Promise<string | undefined> {
    const paths = (await this.property(ROOT, SERVICE, "Collections")) as readonly string[];
    return paths.find((path) => path.startsWith(COLLECTIONS) && nameIn(path.slice(COLLECTIONS.length)) === name);
  }

  async create(name: string): Promise<string> {
    const properties = [[`${COLLECTION}.Label`, ["s", name]]];
    const [collection, prompt] = await this.#call(ROOT, SERVICE, "CreateCollection", "a{sv}s", [properties, ""]);
    if (collection !== NO_OBJECT) return collection as string;
    return (await this.#ask(prompt, `make the collection '${name}'`)) as string;
  }

  async unlock(path: string): Promise<void> {
    const of = path.startsWith(COLLECTIONS) && !path.slice(COLLECTIONS.length).includes("/") ? COLLECTION : ITEM;
    if ((await this.property(path, of, "Locked")) !== true) return;
    const [unlocked, prompt] = await this.#call(ROOT, SERVICE, "Unlock", "ao", [[path]]);
    if ((unlocked as readonly string[]).length > 0) return;
    await this.#ask(prompt, "unlock it");
  }

  async item(name: string, key: string): Promise<string | undefined> {
    const collection = await this.collection(name);
    if (collection === undefined) return undefined;
    const [items] = await this.#call(collection, COLLECTION, "SearchItems", "a{ss}", [[["profile", key]]]);
    return (items as readonly string[])[0];
  }

  async secretOf(item: string): Promise<Secret> {
    const [secret] = await this.#call(item, ITEM, "GetSecret", "o", [this.#session.path]);
    return this.#session.open(secret as WireSecret);
  }

  async store(collection: string, key: string, json: Secret): Promise<void> {
    const properties = [
      [`${ITEM}.Label`, ["s", key]],
      [`${ITEM}.Attributes`, ["a{ss}", [["profile", key]]]],
    ];
    const secret = this.#session.close(json, "application/json");
    const body = [properties, secret, true];
    const [item, prompt] = await this.#call(collection, COLLECTION, "CreateItem", "a{sv}(oayays)b", body);
    if (item === NO_OBJECT) await this.#ask(prompt, "store an item");
  }

  async remove(item: string): Promise<void> {
    const [prompt] = await this.#call(item, ITEM, "Delete");
    if (prompt !== NO_OBJECT) await this.#ask(prompt, "remove an item");
  }

  /** Lets the service ask the person, in a window of its own. */
  async #ask(prompt: unknown, what: string): Promise<unknown> {
    const path = prompt as string;
    const answer = this.#bus.nextSignal({ path, interface: PROMPT, member: "Completed" }, PATIENCE_MS);
    const [[isDismissed, result]] = await Promise.all([answer, this.#call(path, PROMPT, "Prompt", "s", [""])]);
    if (isDismissed === true) {
      const hint =
        "its question was closed, or there is no screen to ask on: unlock the keyring in the session, or use --backend=file";
      throw failed("KEYRING_LOCKED", `the keyring was to ${what}, and nobody allowed it`, hint);
    }
    return valueOf(result);
  }
}

/** A variant comes as its types and its values. */
const valueOf = (variant: unknown): unknown => ((variant as readonly unknown[])[1] as readonly unknown[])[0];

/** In the last part of a path, all but letters and digits may stand as `_xx`. */
const nameIn = (part: string): string =>
  Buffer.from(
    part.replace(/_([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    "latin1",
  ).toString();

async function told<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof BusTrouble)) throw error;
    const hint = "start a keyring in this session (such as gnome-keyring), or use --backend=file";
    throw failed("NO_KEYRING", `the keyring cannot be used: ${error.message}`, hint, error);
  }
}
