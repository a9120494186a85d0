/** The swap areas in use, and names by which areas are meant. util-linux: sys-utils/swapon-common.c. */
import type { Blocking, Sys } from '../../abi/index.ts'
import { findTag } from './blkid/cache.ts'
import { procText } from './proc.ts'

/** A line of /proc/swaps; sizes in bytes. */
export interface SwapLine {
  readonly path: string
  readonly type: string
  readonly size: number
  readonly used: number
  readonly priority: number
}

export function* readSwaps(sys: Sys): Blocking<SwapLine[]> {
  const text = (yield* procText(sys, '/proc/swaps')) ?? ''
  return text
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map(line => {
      const [path = '', type = '', size, used, priority] = line.split(/\s+/)
      return { path, type, size: Number(size) * 1024, used: Number(used) * 1024, priority: Number(priority) }
    })
}

/** The device that `LABEL=…` or `UUID=…` means; a path means itself. */
export function* resolveSpec(sys: Sys, spec: string): Blocking<string | undefined> {
  const tag = /^(LABEL|UUID|PARTLABEL|PARTUUID)=(.*)$/s.exec(spec)
  return tag ? yield* findTag(sys, tag[1]!, tag[2]!) : spec
}

/** Devices of type swap in /etc/fstab, without those that want not to be taken. */
export function* swapsOfFstab(sys: Sys): Blocking<{ spec: string; options: readonly string[] }[]> {
  const text = (yield* procText(sys, '/etc/fstab')) ?? ''
  return text
    .split('\n')
    .map(line => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter(fields => fields[2] === 'swap')
    .map(([spec = '', , , options = '']) => ({ spec, options: options.split(',') }))
}
