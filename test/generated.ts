/** Files that nobody would write, and some that somebody did: the same ones for the same seed. */
export interface Generated {
  readonly config: Uint8Array;
  readonly credentials: Uint8Array;
}

export function* generatedFiles(seed: number, count: number): Iterable<Generated> {
  const random = randomFrom(seed);
  for (let made = 0; made < count; made++)
    yield { config: bytes(random, text(random)), credentials: random() < 0.3 ? bytes(random, text(random)) : NOTHING };
}

type Random = () => number;

/** Mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NOTHING = new Uint8Array();

/** Blanks count, so something else has to stand between them. */
const parts = (...lines: readonly string[]): readonly string[] => lines.join("¦").split("¦");

const PLAIN_HEADERS = parts("default¦profile a¦profile b¦profile a.b¦profile c-d¦sso-session s¦services v");
const ODD_HEADERS = parts(
  "a¦b¦¦ ¦profile¦profile ¦profile default¦DEFAULT¦DEFAULT¦Default¦preview¦default ¦profile  a",
  " profile a ¦profile\ta¦profile 'a b'¦profile \"a\"¦profile 'a¦profile a b¦profile é¦profile a]",
  "[profile a¦profile a#b¦profile a\\¦profile a\\ b¦profilex a¦Profile a¦profile\u00a0a",
  "profile \u00a0a¦profile 😀¦sso-session 's'¦sso-session default¦sso-session a b¦services  v",
  "plugins¦__proto__¦profile __proto__¦profile constructor¦profile.a¦profile a.b.c¦profile .a",
  'a"b c"d¦\ufeffa',
);
const PLAIN_NAMES = parts("region¦output¦role_arn¦source_profile¦s3¦s3¦mfa_serial¦x¦y¦z");
const ODD_NAMES = parts(
  'Region¦REGION¦my region¦région¦-¦¦"q"¦`b`¦"""t"""¦\'s\'¦[x¦a#b¦a #b¦a ;b¦%¦İ¦ΑΣ¦\u212a¦a.b¦a:b',
  "__proto__¦constructor¦\ufeffa¦\u00a0a¦a\u00a0¦//¦a\x1cb¦😀",
);
const PLAIN_DELIMITERS = parts(" = ¦ = ¦=¦ =¦= ");
const ODD_DELIMITERS = parts(": ¦:¦ : ¦\t=\t¦==¦ == ¦=:¦¦ ¦\u00a0=\u00a0¦\f=\f¦\x1c=\x1d¦=\u2028");
const PLAIN_VALUES = parts("x¦us-east-1¦json¦arn:aws:iam::123456789012:role/a¦a.b¦x y¦a=b¦https://x.y/z");
const ODD_VALUES = parts(
  '¦¦¦x # y¦x ; y¦x#y¦x;y¦x\t# y¦# y¦; y¦#y¦"x"¦\'x\'¦"x¦x\'¦""¦\'¦"x" # y¦x\\¦x\\\\¦\\¦`x¦`x`¦`¦``¦"""',
  '"""x¦"""x"""¦""""¦a = b¦a: b¦:x¦=¦[a]¦]¦%(region)s¦%(nope)s¦%(x)s¦x%(y)s¦%¦$x¦é¦😀¦x\u00a0',
  "\u00a0x¦x\x1c¦x\x1cy = z¦x\vy¦x\fy¦x\fa = b¦x\u2028y¦x\u0085¦x\u0085y=z¦x\0y¦x\u2003# y",
  "x\u00a0# y¦\ufeff¦x\ufeff¦\u200b",
);
const INDENTS = parts(" ¦  ¦\t¦    ¦ \t¦\f¦\u00a0¦\x1c¦\v¦\u2003¦\u0085¦\ufeff");
const TAILS = parts(" ¦\t¦ # y¦# y¦ ; [y]¦;¦ y¦]¦ ]¦\f¦\u00a0¦\x1c¦\ufeff¦\\");
const JUNK = parts("junk¦[¦]¦[profile¦[]¦[] = x¦[]]¦=¦:¦= x¦\x1c¦\f¦\u00a0¦\ufeff¦\0¦//¦\\");
const REMARKS = parts("# c¦; c¦#¦;¦# a = b¦  # c¦\t; a = b¦ #¦\f# c¦# c\\");
const ENDS = parts("\n\n¦\r¦\r\n¦\r\r\n¦\n\r¦\v¦\u2028¦");
const SLIPS = parts(
  "[¦]¦=¦:¦#¦;¦\"¦'¦`¦\\¦%¦(¦)¦s¦ ¦\t¦\n¦\r¦\f¦\v¦\x1c¦\u0085¦\u00a0¦\u2028¦\ufeff¦\0¦a¦A¦-¦é¦\ud800",
  '\r\n¦"""¦😀¦\n ¦\n[profile b]\n',
);

const one = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

/** Every file has a measure of oddness of its own: what is odd throughout would be refused for its first line. */
function text(random: Random): string {
  const odd = random() ** 3 * 0.5;
  const end = random() < 0.2 ? "\r\n" : "\n";
  const pick = (plain: readonly string[], strange: readonly string[]): string =>
    one(random, random() < odd ? strange : plain);
  const lines: string[] = [];
  const count = Math.floor(random() * 14);
  for (let line = 0; line < count; line++) {
    if (line === 0 && random() > odd) lines.push(`[${one(random, PLAIN_HEADERS)}]`);
    else lines.push(lineOf(random, odd, pick));
    lines.push(random() < odd * 0.2 ? one(random, ENDS) : end);
  }
  if (random() < 0.2) lines.pop();
  return slipped(random, lines.join(""));
}

function lineOf(
  random: Random,
  odd: number,
  pick: (plain: readonly string[], odd: readonly string[]) => string,
): string {
  const kind = random();
  if (kind < odd * 0.15) return one(random, JUNK);
  const indent = random() < odd ? one(random, INDENTS) : "";
  const tail = random() < odd * 0.3 ? one(random, TAILS) : "";
  if (kind < 0.2) return `${indent}[${pick(PLAIN_HEADERS, ODD_HEADERS)}]${tail}`;
  if (kind < 0.27) return pick(["# c", "; c"], REMARKS);
  if (kind < 0.33) return pick([""], INDENTS);
  if (kind < 0.4)
    return pick(
      ["  a = b", "  c = d", "\te = f"],
      ["  a", "  = b", "  a = b # c", "  a =", "  a b = c", "\fa = b", "  a #= b"],
    );
  if (kind < 0.45) return `${one(random, ["s3", "s4", "s5"])} =`;
  return `${indent}${pick(PLAIN_NAMES, ODD_NAMES)}${pick(PLAIN_DELIMITERS, ODD_DELIMITERS)}${pick(PLAIN_VALUES, ODD_VALUES)}${tail}`;
}

/** After some slips of the keyboard, in every third file. */
function slipped(random: Random, file: string): string {
  let after = file;
  if (random() > 0.33) return after;
  for (let slips = Math.ceil(random() * 3); slips > 0; slips--) {
    const from = Math.floor(random() * (after.length + 1));
    const cut = random() < 0.5 ? 0 : Math.floor(random() * 4);
    const put = random() < 0.7 ? one(random, SLIPS) : after.slice(from, from + 20);
    after = after.slice(0, from) + put + after.slice(from + cut);
  }
  return after;
}

function bytes(random: Random, file: string): Uint8Array {
  const utf8 = new TextEncoder().encode(file);
  const kind = random();
  if (kind > 0.03) return utf8;
  if (kind > 0.02) return Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8]);
  if (kind > 0.01) return Uint8Array.from([...utf8].toSpliced(Math.floor(random() * utf8.length), 0, 0xe9));
  return Uint8Array.from(
    Array.from({ length: file.length + 1 }, (_, i) => `\ufeff${file}`.charCodeAt(i)).flatMap((code) => [
      code & 0xff,
      code >> 8,
    ]),
  );
}
