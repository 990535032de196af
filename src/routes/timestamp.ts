/** As aws-vault writes an expiry everywhere: in UTC, to the second. */
export const timestamp = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, "Z");
