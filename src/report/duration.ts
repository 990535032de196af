/** `1 h`, `12 h`, `1 h 30 min`, `45 s`. */
export function durationText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "min"],
    [Math.floor(seconds % 60), "s"],
  ] as const;
  return (
    parts
      .filter(([number]) => number > 0)
      .map(([number, unit]) => `${number} ${unit}`)
      .join(" ") || "0 s"
  );
}
