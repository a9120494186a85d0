/**
 * df - what file systems have left, as busybox does it
 * Linux: busybox coreutils/df.c. Reads /proc/mounts.
 */
import type { Errno, Statfs } from '../../../abi/index.ts'
import { readFile } from '../command.ts'
import { unmangle } from '../mountinfo.ts'
import { applet, textOf } from './applet.ts'
import { human } from './human.ts'

interface Mounted {
  readonly source: string
  readonly target: string
  readonly fstype: string
}

export const df = applet('df', function* (sys, given, args, me) {
  const { out } = me
  const blockSize = blockSizeOf(given.B, given.m === true, given.k === true)
  const heading = given.i
    ? 'Inodes'
    : given.h
      ? '     Size'
      : given.P && blockSize === 1024
        ? '1024-blocks'
        : `${unitOf(blockSize)}-blocks`
  const type = given.T ? 'Type       ' : ''
  const percent = given.P && !given.i ? 'Capacity' : 'Use%'
  const column = given.P && !given.h && !given.i ? heading.padStart(11) : heading.padStart(9)
  const used = given.P && !given.h && !given.i ? '   Used' : '     Used'
  out.line(`Filesystem           ${type}${column} ${used} Available ${percent} Mounted on`)

  let mounts: Mounted[]
  try {
    mounts = (yield* readFile(sys, '/proc/mounts'))
      .split('\n')
      .filter(Boolean)
      .map(line => {
        const [source = '', target = '', fstype = ''] = line.split(' ')
        return { source: unmangle(source), target: unmangle(target), fstype }
      })
  } catch (e) {
    if (!args.length) {
      yield* me.warn('/proc/mounts', e as Errno)
      return 1
    }
    mounts = []
  }
  let status = 0
  const wanted: Mounted[] = []
  for (const name of args) {
    const found = holding(name)
    if (found) wanted.push(found)
    else {
      status = 1
      yield* me.warn(`${name}: can't find mount point`)
    }
  }
  for (const it of args.length ? wanted : mounts) {
    if (given.t && it.fstype !== given.t) continue
    let stat: Statfs
    try {
      stat = sys.statfs(it.target)
    } catch (e) {
      yield* me.warn(it.target, e as Errno)
      status = 1
      continue
    }
    if (!args.length && !given.a && !stat.blocks) continue
    if (it.source === 'rootfs') continue
    out.line(line(it, stat))
  }
  return status

  /** The mount that a file lies in, or that its device carries. */
  function holding(name: string): Mounted | undefined {
    try {
      const { dev } = sys.stat(name)
      return mounts.findLast(
        it => it.source === name || (deviceOf(it.target) === dev && deviceOf(it.target) !== undefined),
      )
    } catch {
      return undefined
    }
  }

  function deviceOf(target: string): number | undefined {
    try {
      return sys.stat(target).dev
    } catch {
      return undefined
    }
  }

  function line(it: Mounted, stat: Statfs): string {
    const [total, free, available] = given.i
      ? [stat.files, stat.ffree, stat.ffree]
      : [stat.blocks, stat.bfree, stat.bavail]
    const taken = total - free
    const share =
      taken + available ? Math.floor((taken * 100 + (taken + available) / 2) / (taken + available)) : 0
    const size = (blocks: number): string =>
      given.i
        ? String(blocks)
        : given.h
          ? human(blocks * stat.bsize)
          : String(Math.floor((blocks * stat.bsize + blockSize / 2) / blockSize))
    const source =
      it.source.length > 20 && !given.P ? `${it.source}\n${' '.repeat(20)}` : it.source.padEnd(20)
    const kind = given.T ? ` ${it.fstype.padEnd(10)}` : ''
    const cells = [total, taken, available].map((blocks, i) => size(blocks).padStart(i === 0 ? 9 : 9))
    return `${source}${kind} ${cells.join(' ')} ${String(share).padStart(3)}% ${it.target}`
  }
})

function blockSizeOf(given: string | boolean | undefined, mega: boolean, kilo: boolean): number {
  const text = textOf(given)
  if (text === undefined) return mega && !kilo ? 1 << 20 : 1024
  const [, digits, unit] = /^(\d*)([kKmMgG]?)/.exec(text) ?? []
  return Number(digits || 1) * ({ k: 1024, m: 1 << 20, g: 1 << 30 }[unit?.toLowerCase() ?? ''] ?? 1)
}

const unitOf = (size: number): string => (size === 1 << 20 ? '1M' : size === 1024 ? '1K' : human(size))
