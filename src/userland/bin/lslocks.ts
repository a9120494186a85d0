/**
 * lslocks - list local system locks
 * Linux: util-linux misc-utils/lslocks.c; lslocks(8).
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { command, fatal, type Flags, type Options } from '../lib/command.ts'
import { columnIds } from '../lib/idarray.ts'
import { sizeToHuman } from '../lib/human.ts'
import { type MountEntry, parseMountinfo } from '../lib/mountinfo.ts'
import { major, minor, type OpenFile, openFiles } from '../lib/open-files.ts'
import { procText, readProcs } from '../lib/proc.ts'
import { type Column, table } from '../lib/smartcols.ts'

/** A line of /proc/locks, with what its owner's descriptors tell of the file. */
interface Lock {
  readonly command: string
  readonly pid: number
  readonly type: string
  /** With a star for one that is only asked for. */
  readonly mode: string
  readonly blocker: number | undefined
  readonly mandatory: boolean
  readonly device: string
  readonly inode: number
  readonly start: string
  readonly end: string
  readonly file: OpenFile | undefined
  /** Where it is; of a file that nobody has open any more, where its file system is. */
  readonly path: string
}

const COLUMNS: Readonly<Record<string, Column>> = {
  COMMAND: { name: 'COMMAND', hint: 15 },
  PID: { name: 'PID', hint: 5, right: true, json: 'number' },
  TYPE: { name: 'TYPE', hint: 5, right: true },
  SIZE: { name: 'SIZE', hint: 4, right: true },
  INODE: { name: 'INODE', hint: 5, right: true, json: 'number' },
  'MAJ:MIN': { name: 'MAJ:MIN', hint: 6 },
  MODE: { name: 'MODE', hint: 5 },
  M: { name: 'M', hint: 1, json: 'boolean' },
  START: { name: 'START', hint: 10, right: true, json: 'number' },
  END: { name: 'END', hint: 10, right: true, json: 'number' },
  PATH: { name: 'PATH', trunc: true },
  BLOCKER: { name: 'BLOCKER', right: true, json: 'number' },
}
const USUAL = ['COMMAND', 'PID', 'TYPE', 'SIZE', 'MODE', 'M', 'START', 'END', 'PATH']

const OPTIONS = {
  bytes: { short: 'b' },
  json: { short: 'J' },
  noinaccessible: { short: 'i' },
  noheadings: { short: 'n' },
  output: { short: 'o', value: '<list>' },
  outputAll: {},
  pid: { short: 'p', value: '<pid>' },
  raw: { short: 'r' },
  notruncate: { short: 'u' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

export default command({
  name: 'lslocks',
  summary: 'list local system locks',
  suite: 'util-linux',
  usage: 'lslocks [options]',
  help: `
Usage:
 lslocks [options]

List local system locks.

Options:
 -b, --bytes            print SIZE in bytes rather than in human readable format
 -J, --json             use JSON output format
 -i, --noinaccessible   ignore locks without read permissions
 -n, --noheadings       don't print headings
 -o, --output <list>    define which output columns to use
     --output-all       output all columns
 -p, --pid <pid>        display only locks held by this process
 -r, --raw              use the raw output format
 -u, --notruncate       don't truncate text in columns

 -h, --help             display this help
 -V, --version          display version

Available output columns:
     COMMAND  command of the process holding the lock
         PID  PID of the process holding the lock
        TYPE  kind of lock
        SIZE  size of the lock
       INODE  inode number
     MAJ:MIN  major:minor device number
        MODE  lock access mode
           M  mandatory state of the lock: 0 (none), 1 (set)
       START  relative byte offset of the lock
         END  ending offset of the lock
        PATH  path of the locked file
     BLOCKER  PID of the process blocking the lock

For more details see lslocks(8).
`,
  options: OPTIONS,

  *main(sys, flags, _args, me) {
    if (flags.pid !== undefined && !/^\d+$/.test(flags.pid))
      throw fatal(`invalid PID argument: '${flags.pid}'`)
    const names = columnsOf(flags)
    const locks = (yield* readLocks(sys)).filter(
      it =>
        (flags.pid === undefined || it.pid === Number(flags.pid)) &&
        (!flags.noinaccessible || it.file !== undefined),
    )
    if (!locks.length) return 0
    const lines = locks.map(it => ({ cells: names.map(name => cell(it, name, flags.bytes ?? false)) }))
    me.out.print(
      table(
        names.map(name => COLUMNS[name]!),
        lines,
        {
          format: flags.json ? 'json' : flags.raw ? 'raw' : 'human',
          name: 'locks',
          noHeadings: flags.noheadings ?? false,
          width: sys.isatty(1) && !flags.notruncate ? sys.tiocgwinsz(1).cols : undefined,
        },
      ),
    )
    return 0
  },
})

function columnsOf(flags: Given): readonly string[] {
  if (flags.outputAll) return Object.keys(COLUMNS)
  if (flags.output === undefined) return USUAL
  const named = columnIds(flags.output, COLUMNS)
  return flags.output.startsWith('+') ? [...USUAL, ...named] : named
}

function* readLocks(sys: Sys): Blocking<Lock[]> {
  const processes = yield* readProcs(sys)
  const mounts = parseMountinfo((yield* procText(sys, '/proc/self/mountinfo')) ?? '')
  const holders = new Map<string, number>()
  const locks: Lock[] = []
  for (const line of ((yield* procText(sys, '/proc/locks')) ?? '').split('\n')) {
    const found =
      /^(\d+): +(->)? *(\S+) +(\S+) +(\S+) +(-?\d+) ([0-9a-f]+):([0-9a-f]+):(\d+) (\d+) (\S+)/.exec(line)
    if (!found) continue
    const [, id, waits, type, how, mode, pid, maj, min, inode, start, end] = found as unknown as string[]
    if (!waits) holders.set(id!, Number(pid))
    const owner = processes.find(it => it.pid === Number(pid))
    const device = `${Number.parseInt(maj!, 16)}:${Number.parseInt(min!, 16)}`
    const files = owner ? ((yield* openFiles(sys, owner)) ?? []) : []
    const file = files.find(
      ({ fd, stat }) =>
        /^\d/.test(fd) && stat.ino === Number(inode) && `${major(stat.dev)}:${minor(stat.dev)}` === device,
    )
    const path = file?.path ?? fallback(mounts, device)
    const place = { device, inode: Number(inode), start: start!, end: end === 'EOF' ? '0' : end!, file, path }
    const blocker = waits ? holders.get(id!) : undefined
    const kind = { type: type!, mode: waits ? `${mode}*` : mode!, blocker, mandatory: how === 'MANDATORY' }
    locks.push({ command: owner?.comm ?? '(unknown)', pid: Number(pid), ...kind, ...place })
  }
  return locks.reverse()
}

/** `/tmp...` for something on the file system there. */
function fallback(mounts: readonly MountEntry[], device: string): string {
  const at = mounts.find(it => it.dev === device)?.target
  return at === undefined ? '' : `${at}...`
}

function cell(it: Lock, name: string, bytes: boolean): string {
  const size = it.file?.stat.size ?? 0
  const values: Readonly<Record<string, string>> = {
    COMMAND: it.command,
    PID: String(it.pid),
    TYPE: it.type,
    SIZE: size ? (bytes ? String(size) : sizeToHuman(size)) : '',
    INODE: String(it.inode),
    'MAJ:MIN': it.device,
    MODE: it.mode,
    M: it.mandatory ? '1' : '0',
    START: it.start,
    END: it.end,
    PATH: it.path,
    BLOCKER: it.blocker === undefined ? '' : String(it.blocker),
  }
  return values[name] ?? ''
}
