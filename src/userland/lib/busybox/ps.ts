/**
 * ps - report on processes, as busybox does it
 * Linux: busybox procps/ps.c, libbb/procps.c.
 */
import { Errno, O_RDONLY, type Program } from '../../../abi/index.ts'
import { type Proc, readProcs, ttyName } from '../proc.ts'
import { readUsers, userName } from '../users.ts'

const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** The columns of busybox's ps: title, width and text. */
const PS_COLUMNS: Readonly<
  Record<string, readonly [head: string, width: number, text: (it: Proc, user: string) => string]>
> = {
  pid: ['PID', 5, it => String(it.pid)],
  ppid: ['PPID', 5, it => String(it.ppid)],
  pgid: ['PGID', 5, it => String(it.pgrp)],
  sid: ['SID', 5, it => String(it.session)],
  user: ['USER', 8, (_, user) => user],
  comm: ['COMMAND', 16, it => it.comm],
  args: ['COMMAND', 0, commandOf],
  stat: ['STAT', 4, it => it.state],
  vsz: ['VSZ', 4, it => String(it.vsize)],
  rss: ['RSS', 4, it => String(it.rss)],
  nice: ['NI', 5, it => String(it.nice)],
  tty: ['TT', 6, it => ttyName(it.tty)],
}
const NUMBERS = new Set(['pid', 'ppid', 'pgid', 'sid', 'vsz', 'rss', 'nice'])

/** Linux: busybox procps/ps.c. A name that is not the program's stands in braces. */
export const ps: Program = function* (sys, argv) {
  try {
    sys.close(yield* sys.open('/proc', O_RDONLY))
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* sys.write(1, 'PID   USER     COMMAND\n')
    yield* sys.write(2, `ps: can't open '/proc': ${e.message}\n`)
    return 1
  }
  const chosen = argv.flatMap((arg, i) =>
    arg.startsWith('-o') ? (arg.slice(2) || (argv[i + 1] ?? '')).split(',') : [],
  )
  const names = chosen.length ? chosen : ['pid', 'user', 'args']
  const unknown = names.find(name => !PS_COLUMNS[name])
  if (unknown !== undefined) {
    yield* sys.write(
      2,
      `ps: bad -o argument '${unknown}', supported arguments: ${Object.keys(PS_COLUMNS).join(',')}\n`,
    )
    return 1
  }
  const line = (cells: readonly string[], head: boolean): string =>
    cells
      .map((cell, i) => {
        const width = PS_COLUMNS[names[i]!]![1]
        if (i === cells.length - 1 && !NUMBERS.has(names[i]!)) return cell
        return !head && NUMBERS.has(names[i]!)
          ? cell.padStart(width)
          : cell.slice(0, Math.max(width, head ? 99 : width)).padEnd(width)
      })
      .join(' ')
  const users = yield* readUsers(sys)
  let text = `${line(
    names.map(name => PS_COLUMNS[name]![0]),
    true,
  )}\n`
  for (const it of yield* readProcs(sys)) {
    const user = userName(users, it.uids[1] ?? 0) ?? String(it.uids[1])
    text += `${line(
      names.map(name => PS_COLUMNS[name]![2](it, user)),
      false,
    )}\n`
  }
  yield* sys.write(1, text)
  return 0
}

function commandOf(it: Proc): string {
  const line = it.argv.join(' ').replace(/[\x00-\x1f]/g, ' ')
  if (!line) return `[${it.comm}]`
  return base(it.argv[0]!.replace(/^-/, '')).startsWith(it.comm) ? line : `{${it.comm}} ${line}`
}
