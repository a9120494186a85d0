/** Times in the zone that TZ names, for prompts, printf and the history. */
import { localtime, strftime as format, zoneOf } from '../userland/lib/time.ts'
import type { Shell } from './shell.ts'

/** strftime(3); an empty format is `%X`. */
export const strftime = (sh: Shell, text: string, seconds: number): string =>
  format(text || '%X', localtime({ sec: Math.floor(seconds), nsec: 0 }, zoneOf(sh.get('TZ'))))
