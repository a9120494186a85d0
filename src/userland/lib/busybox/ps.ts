/**
 * ps - report on processes, as busybox does it
 * Linux: busybox procps/ps.c, libbb/procps.c.
 */
import { Errno, O_RDONLY, type Sys } from '../../../abi/index.ts'
import { fatal } from '../command.ts'
import { type Proc, readProcs } from '../proc.ts'
import { groupName, readUsers, type Users, userName } from '../users.ts'
import { applet, textOf } from './applet.ts'

interface Column {
  readonly head: string
  readonly width: number
  /** Numbers stand at the right. */
  readonly right?: true
  text(it: Proc, users: Users): string
}

const user = (users: Users, id: number | undefined): string => userName(users, id ?? 0) ?? String(id)
const group = (users: Users, id: number | undefined): string => groupName(users, id ?? 0) ?? String(id)

/** The columns by name, in the order in which the message lists them. */
const COLUMNS: Readonly<Record<string, Column>> = {
  user: { head: 'USER', width: 8, text: (it, users) => user(users, it.uids[1]) },
  group: { head: 'GROUP', width: 8, text: (it, users) => group(users, it.gids[1]) },
  comm: { head: 'COMMAND', width: 16, text: it => it.comm },
  args: { head: 'COMMAND', width: 2048, text: commandOf },
  pid: { head: 'PID', width: 5, right: true, text: it => String(it.pid) },
  ppid: { head: 'PPID', width: 5, right: true, text: it => String(it.ppid) },
  pgid: { head: 'PGID', width: 5, right: true, text: it => String(it.pgrp) },
  nice: { head: 'NI', width: 5, right: true, text: it => String(it.nice) },
  rgroup: { head: 'RGROUP', width: 8, text: (it, users) => group(users, it.gids[0]) },
  ruser: { head: 'RUSER', width: 8, text: (it, users) => user(users, it.uids[0]) },
  tty: { head: 'TT', width: 6, text: it => (it.tty ? `${it.tty >> 8},${it.tty & 255}` : '?') },
  vsz: { head: 'VSZ', width: 4, right: true, text: it => size(it.vsize) },
  sid: { head: 'SID', width: 5, right: true, text: it => String(it.session) },
  stat: { head: 'STAT', width: 4, text: stateOf },
  rss: { head: 'RSS', width: 4, right: true, text: it => size(it.rss) },
}

export const ps = applet('ps', function* (sys, given, _args, me) {
  const chosen = chosenColumns(textOf(given.o))
  const wide = sys.isatty(1) ? sys.tiocgwinsz(1).cols || 80 : Number.POSITIVE_INFINITY
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => {
        const { width, right } = chosen[i]!.column
        if (right) return cell.padStart(width)
        return i === cells.length - 1 ? cell : cell.slice(0, width).padEnd(width)
      })
      .join(' ')
      .slice(0, wide)
  const heads = chosen.map(({ head, column }, i) =>
    i === chosen.length - 1 ? head : head.padEnd(column.width),
  )
  if (chosen.some(({ head }) => head)) me.out.line(heads.join(' ').slice(0, wide))
  yield* mustSeeProc(sys)
  const users = yield* readUsers(sys)
  for (const it of yield* readProcs(sys))
    me.out.line(line(chosen.map(({ column }) => column.text(it, users))))
  return 0
})

/** -o NAME[=HEAD],…: the columns; without, what Debian's busybox is made to show. */
function chosenColumns(list = 'pid,user,args'): { head: string; column: Column }[] {
  return list.split(',').map(word => {
    const [name = '', head] = word.split('=')
    const column = COLUMNS[name]
    if (!column)
      throw fatal(`bad -o argument '${name}', supported arguments: ${Object.keys(COLUMNS).join(',')}`)
    return { head: head ?? column.head, column: head ? { ...column, width: head.length } : column }
  })
}

function* mustSeeProc(sys: Sys) {
  try {
    sys.close(yield* sys.open('/proc', O_RDONLY))
  } catch (e) {
    throw e instanceof Errno ? fatal("can't open '/proc'", e) : e
  }
}

/** A name that is not the program's stands in braces. */
function commandOf(it: Proc): string {
  const line = it.argv.join(' ').replace(/[\x00-\x1f]/g, ' ')
  if (!line) return `[${it.comm}]`
  const program = it.argv[0]!.replace(/^-/, '').split('/').at(-1)!
  return program.startsWith(it.comm) ? line : `{${it.comm}} ${line}`
}

/** The state's letter, W for what has no memory, < and N for what is not of the usual priority. */
function stateOf(it: Proc): string {
  const swapped = it.rss === 0 && it.state !== 'Z' ? 'W' : ''
  return it.state + swapped + (it.nice < 0 ? '<' : it.nice > 0 ? 'N' : '')
}

/** Kilobytes in four characters: `1234`, `9.8m`, ` 123m`. */
function size(kib: number): string {
  if (kib < 10000) return String(kib).padStart(4)
  const mib = kib / 1024
  return (mib < 10 ? `${mib.toFixed(1)}m` : `${Math.floor(mib)}m`).padStart(4)
}
