/**
 * A log of a build is read by its runner too, and a name must not give it orders: `::error::` at the start of a line,
 * `##[group]`, `##vso[…]` and the like anywhere. A blank takes them apart.
 */
export const withoutCommands = (text: string): string =>
  text.replace(/^(\s*:):/gm, "$1 :").replace(/##(?=\w*\[)/g, "# #");
