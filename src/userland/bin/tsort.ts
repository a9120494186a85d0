/**
 * tsort - perform topological sort
 * https://www.gnu.org/software/coreutils/manual/html_node/tsort-invocation.html
 * Knuth's algorithm; where there is a choice the order of the names decides. Linux: coreutils tsort.c.
 */
import { type Blocking, decode, Errno, type Sys } from '../../abi/index.ts'
import { compareText } from '../lib/collate.ts'
import { command, fatal, must, type Process, readAll, usage } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { quote, quotef } from '../lib/quote.ts'

interface Item {
  readonly name: string
  /** How many items have to come before this one. */
  count: number
  isPrinted: boolean
  /** What has to come after it, the last one first. */
  successors: Item[]
  /** The next one of the chain that may turn out to be a loop. */
  link: Item | undefined
}

export default command({
  name: 'tsort',
  summary: 'Write totally ordered list consistent with the partial ordering in FILE.',
  usage: 'tsort [OPTION] [FILE]',
  authors: 'Mark Kettenis',

  *main(sys, _flags, [name = '-', extra], me) {
    if (extra !== undefined) throw usage(`extra operand ${quote(extra)}`)
    const tokens = (yield* contents(sys, name)).split(/[ \t\n]+/).filter(it => it)
    if (tokens.length % 2) throw fatal(`${quotef(name)}: input contains an odd number of tokens`)
    const items = graph(tokens)
    let left = items.length
    let fine = true
    for (;;) {
      left -= yield* printReady(me, items)
      if (!left) return fine ? 0 : 1
      fine = false
      yield* me.warn(`${quotef(name)}: input contains a loop:`)
      yield* breakLoop(me, items)
    }
  },
})

/** What the file says; a directory, which cannot be read, says nothing. */
function* contents(sys: Sys, name: string): Blocking<string> {
  const fd = yield* must(quotef(name), openInput(sys, name))
  try {
    const text = decode(yield* readAll(sys, fd))
    closeInput(sys, fd)
    return text
  } catch (e) {
    if (e instanceof Errno) return ''
    throw e
  }
}

/** The items in the order of their names. */
function graph(tokens: readonly string[]): Item[] {
  const items = new Map<string, Item>()
  const item = (name: string): Item => {
    let it = items.get(name)
    if (!it) items.set(name, (it = { name, count: 0, isPrinted: false, successors: [], link: undefined }))
    return it
  }
  for (let i = 0; i < tokens.length; i += 2) {
    const [before, after] = [item(tokens[i]!), item(tokens[i + 1]!)]
    if (before === after) continue
    before.successors.push(after)
    after.count++
  }
  for (const it of items.values()) it.successors.reverse()
  return [...items.values()].sort((a, b) => compareText(a.name, b.name))
}

/** Print everything that waits for nothing, and what waits for that only; how many it were. */
function* printReady(me: Process, items: readonly Item[]): Blocking<number> {
  const queue = items.filter(it => !it.count && !it.isPrinted)
  for (let i = 0; i < queue.length; i++) {
    const it = queue[i]!
    me.out.line(it.name)
    if (me.out.full) yield* me.out.flush()
    it.isPrinted = true
    for (const after of it.successors) if (!--after.count) queue.push(after)
  }
  return queue.length
}

/** Follow items that wait back to where they came from, name the loop and take one relation out of it. */
function* breakLoop(me: Process, items: readonly Item[]): Blocking<void> {
  let chain: Item | undefined
  for (;;)
    for (const it of items) {
      if (!it.count) continue
      if (!chain) {
        chain = it
        continue
      }
      const at = it.successors.indexOf(chain)
      if (at < 0) continue
      if (!it.link) {
        it.link = chain
        chain = it
        continue
      }
      chain.count--
      it.successors.splice(at, 1)
      yield* nameLoop(me, chain, it)
      return
    }
}

function* nameLoop(me: Process, first: Item, last: Item): Blocking<void> {
  let inLoop = true
  for (let it: Item | undefined = first; it; ) {
    if (inLoop) yield* me.warn(it.name)
    if (it === last) inLoop = false
    const next: Item | undefined = it.link
    it.link = undefined
    it = next
  }
}
