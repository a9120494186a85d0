/**
 * pidof - the ids of the processes of a name, as busybox does it: a script's name counts too
 * Linux: busybox procps/pidof.c, libbb/find_pid_by_name.c.
 */
import type { Proc } from '../proc.ts'
import { readProcs } from '../proc.ts'
import { applet, textOf } from './applet.ts'

/** Whether a process goes by a name: that of its program, or of what it was started as. */
export const isNamed = (it: Proc, name: string): boolean =>
  it.comm === name.slice(0, 15) ||
  it.argv[0]?.replace(/^-/, '').split('/').at(-1) === name ||
  it.argv[0] === name

export const pidof = applet('pidof', function* (sys, given, args, me) {
  const omitted = (textOf(given.o) ?? '').split(',').map(it => (it === '%PPID' ? sys.getppid() : Number(it)))
  const found: number[] = []
  for (const name of args) {
    const pids = (yield* readProcs(sys)).filter(it => isNamed(it, name)).map(it => it.pid)
    found.push(...pids.reverse().filter(pid => !omitted.includes(pid)))
  }
  const shown = given.s ? found.slice(0, 1) : found
  me.out.print(shown.length ? `${shown.join(' ')}\n` : '')
  return shown.length ? 0 : 1
})
