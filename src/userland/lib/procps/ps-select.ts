/** Which processes ps shows, and in which order. Linux: procps-ng src/ps/select.c, display.c. */
import { refusal, type Sys } from '../../../abi/index.ts'
import { grouped, type Proc, ttyName } from '../proc.ts'
import { groupId, type Users, userId } from '../users.ts'
import { PS_COLUMNS, type PsView } from './columns.ts'
import { PsError, type PsOptions } from './ps-request.ts'

/** Which processes the options choose. Linux: select.c:want_this_proc(). */
export function selector(
  sys: Sys,
  options: PsOptions,
  users: Users,
  self: Pick<Proc, 'tty' | 'uids'>,
): (it: Proc) => boolean {
  const listed = listMatcher(sys, options, users, self)
  const everything = options.all || (options.bsdAll && options.bsdNoTty)
  const uid = self.uids[1]
  const chosen = (it: Proc): boolean => {
    if (everything) return true
    if (options.withTty || options.noLeaders)
      if ((!options.withTty || it.tty !== 0) && !(options.noLeaders && it.session === it.pid)) return true
    if (options.bsdAll && it.tty !== 0) return true
    if (options.bsdNoTty && it.uids[1] === uid) return true
    if (options.wanted.length) return listed(it)
    if (options.withTty || options.noLeaders || options.bsdAll || options.bsdNoTty) return false
    return it.uids[1] === uid && (options.bsd ? it.tty !== 0 : it.tty === self.tty)
  }
  return it => chosen(it) && (!options.running || it.state === 'R' || it.state === 'D')
}

function listMatcher(
  sys: Sys,
  options: PsOptions,
  users: Users,
  self: Pick<Proc, 'tty' | 'uids'>,
): (it: Proc) => boolean {
  const tests = options.wanted.map(({ kind, value }): ((it: Proc) => boolean) => {
    const n = Number(value)
    switch (kind) {
      case 'pid':
        return it => it.pid === n
      case 'ppid':
        return it => it.ppid === n
      case 'comm':
        return it => it.comm === value || (it.comm.length === 15 && it.comm === value.slice(0, 15))
      case 'session':
        return it => it.session === sessionOf(value)
      case 'euid':
        return it => it.uids[1] === userId(users, value)
      case 'ruid':
        return it => it.uids[0] === userId(users, value)
      case 'tty':
        return terminalMatcher(sys, value, self)
      default: {
        const gid = groupId(users, value)
        if (gid === undefined)
          throw new PsError(
            kind === 'leader'
              ? 'list of session leaders OR effective group IDs was invalid'
              : 'group name does not exist',
          )
        return it => it.gids[kind === 'rgid' ? 0 : 1] === gid
      }
    }
  })
  return it => tests.some(test => test(it))
}

function sessionOf(value: string): number {
  if (!/^\d+$/.test(value)) throw new PsError('process ID list syntax error')
  return Number(value)
}

function terminalMatcher(sys: Sys, value: string, self: Pick<Proc, 'tty' | 'uids'>): (it: Proc) => boolean {
  if (value === 'own') return it => it.tty === self.tty
  if (value === '?' || value === '-') return it => it.tty === 0
  const name = value.replace(/^\/dev\//, '')
  const candidates = [name, `tty${name}`, `pts/${name}`]
  if (!candidates.some(it => refusal(() => sys.stat(`/dev/${it}`)) === undefined))
    throw new PsError('TTY could not be found')
  return it => candidates.includes(ttyName(it.tty))
}

/** Those of -q, in the order of the list. */
export const quickly = (everything: readonly Proc[], options: PsOptions): Proc[] =>
  options.wanted.flatMap(({ value }) => everything.filter(it => it.pid === Number(value)))

/** By the sort keys, else by pid. */
export function sortedBy(shown: readonly Proc[], options: PsOptions, view: PsView): Proc[] {
  const keys = options.sort.map(({ name, descending }) => {
    const column = PS_COLUMNS[name]!
    return { of: column.key ?? column.text, sign: descending ? -1 : 1 }
  })
  if (options.quick) return [...shown]
  if (options.forest && !keys.length) keys.push({ of: it => it.start, sign: 1 })
  const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0)
  return [...shown].sort((a, b) => {
    for (const key of keys) {
      const order = compare(key.of(a, view), key.of(b, view)) * key.sign
      if (order) return order
    }
    return a.pid - b.pid
  })
}

/** Children below their parents, each with the branches before its command. Linux: display.c:show_tree(). */
export function forest(
  sorted: readonly Proc[],
  options: PsOptions,
): { list: Proc[]; branches: Map<Proc, string> } {
  const here = new Set(sorted.map(it => it.pid))
  const childrenOf = grouped(
    sorted.filter(it => it.ppid !== it.pid),
    it => it.ppid,
  )
  const list: Proc[] = []
  const branches = new Map<Proc, string>()
  const walk = (it: Proc, own: string, below: string): void => {
    list.push(it)
    branches.set(it, own)
    const children = childrenOf.get(it.pid) ?? []
    children.forEach((child, i) => {
      const last = i === children.length - 1
      if (options.forest === 'indent') walk(child, `${below}  `, `${below}  `)
      // What init has adopted stands beside it, not below.
      else if (it.pid === 1) walk(child, own, below)
      else walk(child, `${below} \\_ `, below + (last ? '    ' : ' |  '))
    })
  }
  // Trees stand in the opposite order of what is in them.
  const roots = sorted.filter(it => !here.has(it.ppid) || it.ppid === it.pid)
  for (const it of roots.reverse()) walk(it, '', '')
  return { list, branches }
}
