/** Says what a run did, on a line of its own: a count that nobody sees proves nothing. */
export function tellFaults(backend: string, fault: string, outcome: string): void {
  process.stderr.write(`faults (${backend}): ${fault}: ${outcome}\n`);
}
