/**
 * Which colour a namespace has. The host's own are quiet; every other one gets the next of eight colours by the
 * order of its number, so that the same namespace has the same colour wherever it appears.
 */
const HUES = [205, 145, 35, 330, 265, 85, 180, 10]

/** Namespace numbers begin here (PROC_DYNAMIC_FIRST), so a small difference is an order of making. */
const FIRST = 0xf0000000

export function namespaceHue(inum: number): number {
  return HUES[(inum - FIRST) % HUES.length]!
}
