/**
 * A fact is known, or unknown for a reason: unseen is not absent.
 * `not-asked`: the user's flags leave it out. `not-allowed`: it needs a consent that was not given.
 * `not-here`: this kind of machine cannot tell. `failed`: we tried, and could not.
 */
export type Seen<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly why: string; readonly because: Because };

export type Because = "not-asked" | "not-allowed" | "not-here" | "failed";

export const seen = <T>(value: T): Seen<T> => ({ known: true, value });
export const unseen = (because: Because, why: string): Seen<never> => ({ known: false, why, because });
