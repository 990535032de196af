import { FileTrouble } from "./system.ts";

/** What comes of looking at a file, or `otherwise` where it cannot be looked at. Any other error is thrown on. */
export function tried<Found>(look: () => Found): Found | undefined;
export function tried<Found, Otherwise>(look: () => Found, otherwise: Otherwise): Found | Otherwise;
export function tried<Found, Otherwise>(look: () => Found, otherwise?: Otherwise): Found | Otherwise | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof FileTrouble) return otherwise;
    throw error;
  }
}
