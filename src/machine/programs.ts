/**
 * The programs of the host: the shell and the userland, by the name their executable files carry.
 *
 * The userland comes in pieces after the first prompt. A program whose piece is not there yet stops the world: whoever
 * executes it gives up its turn, and no event of any machine is processed before the piece has come. Virtual time does
 * not pass meanwhile, and a loaded program gives up its turn as well, so what follows is the same either way.
 */
import { type Blocking, encode, type Program } from '../abi/index.ts'
import { bash, sh } from '../shell/index.ts'
import { applets, type Piece, pieces } from '../userland/index.ts'

/** The programs that have come. */
const loaded = new Map<string, Program>()
const coming = new Map<Piece, Promise<void>>()
/** Pieces that somebody waits for. */
const awaited = new Set<Piece>()

/** Whether the world stands still until a piece of the userland is there. */
export const worldStands = (): boolean => awaited.size > 0

function fetchPiece(piece: Piece): Promise<void> {
  const known = coming.get(piece)
  if (known) return known
  const promise = take(piece)
  coming.set(piece, promise)
  return promise
}

async function take(piece: Piece): Promise<void> {
  try {
    for (const command of await piece.load())
      for (const name of command.names) {
        loaded.set(name, command)
        applets.set(name, command)
      }
  } catch {
    coming.delete(piece) // whoever needs it next asks again
  }
  awaited.delete(piece)
  for (const listener of arrivals) listener()
}

const arrivals = new Set<() => void>()

/** Be told when a piece has come or failed to, so that a world that stood goes on. Returns a function that stops it. */
export function onUserland(listener: () => void): () => void {
  arrivals.add(listener)
  return () => arrivals.delete(listener)
}

/** Fetch what most programs are in. A page does so when it has drawn its first prompt. */
export const fetchUserland = (): Promise<void> => fetchPiece(pieces[0]!)

/** Fetch everything, for those who do not want to wait in the middle of something. */
export const fetchAll = async (): Promise<void> => void (await Promise.all(pieces.map(fetchPiece)))

const late = (name: string, piece: Piece): Program =>
  function* (sys, argv, envp): Blocking<number> {
    if (!loaded.has(name)) {
      awaited.add(piece)
      void fetchPiece(piece)
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
