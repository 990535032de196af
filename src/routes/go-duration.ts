/** Go's durations and whole numbers, which aws-vault takes in variables and in `duration_seconds`. */

const SECONDS_OF: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6, // U+00B5, the micro sign
  μs: 1e-6, // U+03BC, the Greek letter
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;
const DURATION = new RegExp(`^[+-]?(?:${PART.source})+$`);
const SECONDS_MAX = 2 ** 63 / 1e9; // Go counts nanoseconds in 64 bits.

/** `1h30m` in seconds; undefined where Go reads no duration, as in `43200`: a unit is a must, but for a bare `0`. */
export function parseGoDuration(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0;
  if (!DURATION.test(text)) return undefined;
  let seconds = 0;
  for (const [, number, unit] of text.matchAll(PART)) seconds += Number(number) * SECONDS_OF[unit!]!;
  if (seconds >= SECONDS_MAX) return undefined;
  return text.startsWith("-") ? -seconds : seconds;
}

/** As Go prints it, down to the millisecond: `1h0m0s`, `90.5s` as `1m30.5s`. */
export function formatGoDuration(seconds: number): string {
  if (seconds < 0) return `-${formatGoDuration(-seconds)}`;
  const milliseconds = Math.round(seconds * 1000);
  if (milliseconds < 1000) return milliseconds === 0 ? "0s" : `${milliseconds}ms`;
  const minutes = Math.floor(milliseconds / 60_000);
  const rest = `${(milliseconds % 60_000) / 1000}s`;
  if (minutes === 0) return rest;
  return minutes < 60 ? `${minutes}m${rest}` : `${Math.floor(minutes / 60)}h${minutes % 60}m${rest}`;
}

const WHOLE = /^(?:0x(?:_?[\da-f])+|0b(?:_?[01])+|0o?(?:_?[0-7])+|0|[1-9](?:_?\d)*)$/i;

/** A whole number without a sign, in the notations of Go's source; undefined where Go reads none in 64 bits. */
export function parseGoWhole(text: string): bigint | undefined {
  if (!WHOLE.test(text)) return undefined;
  const digits = text.replaceAll("_", "");
  const number = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return number < 2n ** 64n ? number : undefined;
}
