/** A command of ex as the commands see it: its range, its arguments, the counts and file names in them. Linux: vim's struct exarg, ex_cmds.h. */
import type { Blocking } from '../../../abi/index.ts'
import { type Vi, ViError } from './state.ts'

/** A command with its range, from 0; line -1 is the 0 of `:0r`. */
export interface ExRequest {
  readonly first: number
  readonly last: number
  /** How many lines of the range were given. */
  readonly given: number
  readonly bang: boolean
  readonly args: string
  readonly raw: string
  readonly name: string
}

/** A command by its name, and what may stand around it. */
export interface ExCommand {
  readonly name: string
  /** How many letters must be given. */
  readonly least: number
  readonly range?: true
  readonly bang?: true
  readonly noArgs?: true
  /** `|` is part of the arguments; with 'filter' where they are `!command`. */
  readonly takesBar?: true | 'filter'
  run(vi: Vi, request: ExRequest): Blocking<void>
}

/** Lines of a count behind the command: `d 3` deletes three lines from the last of the range. */
export function counted(vi: Vi, request: ExRequest): { first: number; last: number; register: string } {
  const named = /^[dy]/.test(request.name) ? /^([a-zA-Z"_-]?)\s*(\d*)\s*(.*)$/ : /^()(\d*)\s*(.*)$/
  const [, register = '', count = '', rest = ''] = named.exec(request.args)!
  if (rest) throw new ViError(`E488: Trailing characters: ${rest}`)
  const first = Math.max(0, request.first)
  if (!count) return { first, last: Math.max(0, request.last), register }
  if (count === '0') throw new ViError('E939: Positive count required')
  const from = Math.max(0, request.last)
  return { first: from, last: Math.min(vi.lastLine, from + Number(count) - 1), register }
}

/** The beginning of a line. */
export const place = (line: number) => ({ line, at: 0 })

/** The file name a text means: % and # are the current and the alternate one. */
export function fileName(vi: Vi, text: string): string {
  const name = text.trim().replace(/\\(.)|[%#]/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped
    const buffer = found === '%' ? vi.current.name : vi.alternate?.name
    if (!buffer)
      throw new ViError(
        found === '%'
          ? "E499: Empty file name for '%' or '#', only works with \":p:h\""
          : "E194: No alternate file name to substitute for '#'",
      )
    return buffer
  })
  if (!name.startsWith('~')) return name
  return name.replace(/^~(?=\/|$)/, vi.env.get('HOME') ?? '~')
}
