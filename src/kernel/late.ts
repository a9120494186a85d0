/**
 * What comes late of the kernel because only programs have a use for it: event-files.ts. Sockets and the drivers of disks have places of
 * their own (net/late.ts, block/genhd.ts).
 */
import { ENOSYS } from '../abi/index.ts'
import type * as whole from './event-files.ts'

export type EventFiles = typeof whole

let events: EventFiles | undefined

/** It has come. Linux: module_init(). */
export const registerEventFiles = (it: EventFiles): void => {
  events = it
}

/** Needs: programs run, which wait for it. */
export function eventFiles(): EventFiles {
  if (!events) throw ENOSYS
  return events
}
