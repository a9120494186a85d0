/**
 * The programs of the host: the shell and the userland, by the name their executable files carry.
 *
 * The userland comes in pieces after the first prompt. A program whose piece is not there yet stops the world: whoever
 * executes it gives up its turn, and no event of any machine is processed before the piece has come. Virtual time does
 * not pass meanwhile, and a loaded program gives up its turn as well, so what follows is the same either way.
 */
import { type Blocking, encode, type Program } from '../abi/index.ts'
import { loadFileSystems } from '../fs/index.ts'
import { loadBlockDrivers, loadEventFiles, loadNet } from '../kernel/index.ts'
import { bash, latePart, sh } from '../shell/index.ts'
import { applets, type Piece, pieces } from '../userland/index.ts'

/** The programs that have come. */
const loaded = new Map<string, Program>()
/** What comes later: programs, or a part of the shell. */
type Part = Piece | typeof latePart
const coming = new Map<Part, Promise<void>>()
/** Parts that somebody waits for. */
const awaited = new Set<Part>()

/** Whether the world stands still until a part is there. */
export const worldStands = (): boolean => awaited.size > 0

function fetchPart(part: Part): Promise<void> {
  const known = coming.get(part)
  if (known) return known
  const promise = take(part)
  coming.set(part, promise)
  return promise
}

/** Somebody cannot go on without it. */
function wait(part: Part): void {
  awaited.add(part)
  void fetchPart(part)
}
latePart.wanted = () => wait(latePart)

async function take(part: Part): Promise<void> {
  try {
    const [commands] = await Promise.all([part.load(), loadDrivers()])
    for (const command of commands ?? [])
      for (const name of command.names) {
        loaded.set(name, command)
        applets.set(name, command)
      }
  } catch {
    coming.delete(part) // whoever needs it next asks again
  }
  awaited.delete(part)
  for (const listener of arrivals) listener()
}

const arrivals = new Set<() => void>()

/** Be told when a part has come or failed to, so that a world that stood goes on. Returns a function that stops it. */
export function onUserland(listener: () => void): () => void {
  arrivals.add(listener)
  return () => arrivals.delete(listener)
}

/** Fetch what is needed at the first key, and what most programs are in. A page does so when it has drawn its first prompt. */
export const fetchUserland = async (): Promise<void> => {
  await fetchPart(latePart)
  await fetchPart(pieces[0]!)
}

/** Fetch everything, for those who do not want to wait in the middle of something. */
export const fetchAll = async (): Promise<void> =>
  void (await Promise.all([latePart, ...pieces].map(fetchPart)))

/** What comes late of the kernel is needed, which comes with the programs. */
export function requestModules(): void {
  if (!hasDrivers) wait(pieces[0]!)
}
let hasDrivers = false

/** What comes late of the kernel comes along with the first part of anything: nobody can put it to use before. */
async function loadDrivers(): Promise<void> {
  if (hasDrivers) return
  await Promise.all([loadBlockDrivers(), loadFileSystems(), loadNet(), loadEventFiles()])
  hasDrivers = true
}

const late = (name: string, piece: Piece): Program =>
  function* (sys, argv, envp): Blocking<number> {
    if (!loaded.has(name)) {
      wait(piece)
    }
    yield* sys.sched_yield()
    return yield* (loaded.get(name) ?? absent)(sys, argv, envp)
  }

/** The network has gone since the page was opened. */
const absent: Program = function* (sys, argv) {
  yield* sys.write(2, encode(`${argv[0]}: this program could not be fetched: no network\n`))
  return 126
}

export const programs: ReadonlyMap<string, Program> = new Map<string, Program>([
  ...pieces.flatMap(piece => piece.names.map(name => [name, late(name, piece)] as const)),
  ['bash', bash],
  ['dash', sh],
])

// busybox carries the programs inside itself, dash being its sh.
for (const [name, program] of [...programs, ['sh', sh] as const]) applets.set(name, program)

// In Node there is nothing to wait for.
if (import.meta.env.SSR) await fetchAll()
