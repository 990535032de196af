/**
 * What work costs, in milliseconds of this process's own time: a machine that is busy with other things makes it wait,
 * and no more than that. The least of three tries, because the first one also compiles, and a garbage collector comes
 * when it likes; one is enough that is no more than `enough`.
 */
export function cost(work: () => unknown, enough = 0): number {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && least > enough; tries++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
