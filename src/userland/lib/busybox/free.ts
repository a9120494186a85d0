/**
 * free - how much memory is used, as busybox does it
 * Linux: busybox procps/free.c. Reads /proc/meminfo.
 */
import type { Errno } from '../../../abi/index.ts'
import { readFile } from '../command.ts'
import { applet } from './applet.ts'
import { human } from './human.ts'

export const free = applet('free', function* (sys, given, _args, me) {
  let text = ''
  try {
    text = yield* readFile(sys, '/proc/meminfo')
  } catch (e) {
    yield* me.warn("can't open '/proc/meminfo'", e as Errno)
  }
  me.out.line('              total        used        free      shared  buff/cache   available')
  if (!text) return 1
  const unit = given.b ? 1 / 1024 : given.m ? 1024 : given.g ? 1024 * 1024 : 1
  const of = (name: string): number => Number(new RegExp(`^${name}: *(\\d+)`, 'm').exec(text)?.[1] ?? 0)
  const show = (kib: number): string => (given.h ? human(kib * 1024) : String(Math.floor(kib / unit)))
  const row = (name: string, sizes: readonly number[]): void =>
    me.out.line(name.padEnd(8) + sizes.map(it => show(it).padStart(11)).join(' '))
  const cached = of('Buffers') + of('Cached') + of('SReclaimable')
  row('Mem:', [
    of('MemTotal'),
    of('MemTotal') - cached - of('MemFree'),
    of('MemFree'),
    of('Shmem'),
    cached,
    of('MemAvailable'),
  ])
  row('Swap:', [of('SwapTotal'), of('SwapTotal') - of('SwapFree'), of('SwapFree')])
  return 0
})
