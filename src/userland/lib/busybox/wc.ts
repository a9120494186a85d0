/**
 * wc - count lines, words and bytes, as busybox does it: several counts in columns of nine, one without padding
 * Linux: busybox coreutils/wc.c.
 */
import { decode, type Errno, O_RDONLY } from '../../../abi/index.ts'
import { readAll } from '../command.ts'
import { textWidth } from '../wcwidth.ts'
import { applet } from './applet.ts'

/** What can be counted, in the order of printing. */
const COUNTED = ['l', 'w', 'm', 'c', 'L']

export const wc = applet('wc', function* (sys, given, args, me) {
  const chosen = COUNTED.filter(it => given[it])
  const shown = chosen.length ? chosen : ['l', 'w', 'c']
  const width = shown.length > 1 ? 9 : args.length > 1 ? 9 : 0
  const totals = shown.map(() => 0)
  let status = 0
  for (const name of args.length ? args : ['-']) {
    let bytes: Uint8Array
    try {
      bytes = yield* readInput(sys, name)
    } catch (e) {
      status = 1
      yield* me.warn(name, e as Errno)
      continue
    }
    const counts = countsOf(bytes)
    for (const [i, it] of shown.entries()) {
      const count = counts[it]!
      totals[i] = it === 'L' ? Math.max(totals[i]!, count) : totals[i]! + count
    }
    me.out.line(
      row(
        shown.map(it => counts[it]!),
        width,
        args.length ? name : '',
      ),
    )
  }
  if (args.length > 1) me.out.line(row(totals, width, 'total'))
  return status
})

const row = (counts: readonly number[], width: number, name: string): string =>
  counts.map(it => String(it).padStart(width)).join(' ') + (name && ` ${name}`)

function countsOf(bytes: Uint8Array): Record<string, number> {
  const text = decode(bytes)
  const lines = text.split('\n')
  return {
    l: lines.length - 1,
    w: text.split(/[ \t\n\v\f\r]+/).filter(Boolean).length,
    m: [...text].length,
    c: bytes.length,
    L: Math.max(...lines.map(it => textWidth(it.replace(/\t/g, '        ')))),
  }
}

function* readInput(sys: Parameters<typeof readAll>[0], name: string) {
  if (name === '-') return yield* readAll(sys, 0)
  const fd = yield* sys.open(name, O_RDONLY)
  try {
    return yield* readAll(sys, fd)
  } catch (e) {
    // "wc: directory" counts as empty for busybox, whose stdio hides the error.
    if (!(e as Errno).message.startsWith('Is a directory')) throw e
    return new Uint8Array()
  } finally {
    sys.close(fd)
  }
}
