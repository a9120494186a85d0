/** /proc/sysvipc, as ipcs and ipcrm read it. Linux: util-linux sys-utils/ipcutils.c. */
import type { Blocking, Sys } from '../../abi/index.ts'
import { readFile } from './command.ts'

export type IpcKind = 'msg' | 'sem' | 'shm'

/** One line of a file there: numbers by the names in its heading. `perms` is octal in the file. */
export type IpcRow = Readonly<Record<string, number>>

/** The key as it is printed: eight hexadecimal digits. */
export const showKey = (key: number): string => `0x${(key >>> 0).toString(16).padStart(8, '0')}`

export function* readIpc(sys: Sys, kind: IpcKind): Blocking<readonly IpcRow[]> {
  const lines = (yield* readFile(sys, `/proc/sysvipc/${kind}`)).trimEnd().split('\n')
  const names = lines[0]!.trim().split(/\s+/)
  return lines.slice(1).map(line => {
    const words = line.trim().split(/\s+/)
    return Object.fromEntries(
      names.map((name, i) => [name, name === 'perms' ? Number.parseInt(words[i]!, 8) : Number(words[i])]),
    )
  })
}
