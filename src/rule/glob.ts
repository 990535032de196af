/** Whether a name is of a pattern, where `*` stands for any characters and `?` for one. Takes no time to speak of, whatever the two are. */
export function matches(name: string, pattern: string): boolean {
  let at = 0;
  let mark = 0;
  let star = -1; // The last `*` that was met, and how far into the name it goes.
  let reach = 0;
  while (at < name.length) {
    if (pattern[mark] === "*") {
      star = mark++;
      reach = at;
    } else if (mark < pattern.length && (pattern[mark] === "?" || pattern[mark] === name[at])) {
      at++;
      mark++;
    } else if (star >= 0) {
      mark = star + 1;
      at = ++reach;
    } else return false;
  }
  while (pattern[mark] === "*") mark++;
  return mark === pattern.length;
}
