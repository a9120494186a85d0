/**
 * getfattr - get extended attributes of files
 * https://man7.org/linux/man-pages/man1/getfattr.1.html
 *
 * Left out: --one-file-system.
 */
import { type Blocking, ENODATA, Errno, isDir, isLink, type Sys } from '../../abi/index.ts'
import { command, type Flags, type Options, type Process, readDir, unheeded } from '../lib/command.ts'
import { encodeValue, type Encoding } from '../lib/xattr.ts'

const OPTIONS = {
  name: { short: 'n', value: '=name' },
  dump: { short: 'd' },
  encoding: { short: 'e', value: '=en' },
  match: { short: 'm', value: '=pattern' },
  onlyValues: { long: 'only-values' },
  noDereference: { short: 'h', long: 'no-dereference' },
  oneFileSystem: { long: 'one-file-system' },
  absoluteNames: { long: 'absolute-names' },
  recursive: { short: 'R' },
  logical: { short: 'L' },
  physical: { short: 'P' },
} as const satisfies Options

interface Getfattr {
  readonly sys: Sys
  readonly me: Process
  readonly flags: Flags<typeof OPTIONS>
  readonly matches: (name: string) => boolean
  stripped: boolean
  status: number
}

const USAGE = `Usage: getfattr [-hRLP] [-n name|-d] [-e en] [-m pattern] path...
Try \`getfattr --help' for more information.
`

export default command({
  name: 'getfattr',
  writeFailure: unheeded,
  summary: 'get extended attributes',
  suite: 'other',
  usage: 'getfattr [-hRLP] [-n name|-d] [-e en] [-m pattern] path...',
  version: 'getfattr 2.5.1\n',
  wrongUsage: USAGE,
  help: `getfattr 2.5.1 -- get extended attributes
Usage: getfattr [-hRLP] [-n name|-d] [-e en] [-m pattern] path...
  -n, --name=name         get the named extended attribute value
  -d, --dump              get all extended attribute values
  -e, --encoding=...      encode values (as 'text', 'hex' or 'base64')
      --match=pattern     only get attributes with names matching pattern
      --only-values       print the bare values only
  -h, --no-dereference    do not dereference symbolic links
      --one-file-system   skip files on different filesystems
      --absolute-names    don't strip leading '/' in pathnames
  -R, --recursive         recurse into subdirectories
  -L, --logical           logical walk, follow symbolic links
  -P  --physical          physical walk, do not follow symbolic links
      --version           print version and exit
      --help              this help text
`,
  failure: 2,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    if (!args.length) {
      yield* sys.write(2, USAGE)
      return 2
    }
    if (flags.encoding !== undefined && !/^(text|hex|base64)$/.test(flags.encoding)) {
      yield* sys.write(2, USAGE)
      return 2
    }
    const pattern = flags.match ?? '^user\\.'
    const regex = pattern === '-' ? /(?:)/ : new RegExp(pattern)
    const run: Getfattr = { sys, me, flags, matches: name => regex.test(name), stripped: false, status: 0 }
    for (const path of args) yield* show(run, path)
    return run.status
  },
})

function* show(run: Getfattr, path: string): Blocking<void> {
  const { sys, me, flags } = run
  const follow = !flags.noDereference
  try {
    if (follow) sys.stat(path)
    else sys.lstat(path)
    const names = flags.name ? [flags.name] : sys.listxattr(path, follow).filter(run.matches).toSorted()
    const lines: Line[] = []
    for (const name of names) {
      if (!flags.name && !flags.dump && !flags.onlyValues) lines.push({ name })
      else {
        const value = yield* valueOf(run, path, name)
        if (value) lines.push({ name, value })
      }
    }
    if (lines.length) yield* print(run, path, lines)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    run.status = 1
    yield* me.warn(path, e)
  }
  if (flags.recursive) yield* descend(run, path)
}

/** One value, or a remark why there is none. Linux: print_attribute(). */
function* valueOf(run: Getfattr, path: string, name: string): Blocking<Uint8Array | undefined> {
  try {
    return run.sys.getxattr(path, name, !run.flags.noDereference)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    run.status = 1
    yield* run.sys.write(2, `${path}: ${name}: ${e === ENODATA ? 'No such attribute' : e.message}\n`)
    return undefined
  }
}

/** An attribute as it is printed: with its value if that was asked for. */
interface Line {
  readonly name: string
  readonly value?: Uint8Array
}

function* print(run: Getfattr, path: string, lines: readonly Line[]): Blocking<void> {
  const { me, flags } = run
  if (flags.onlyValues) return lines.forEach(({ value }) => me.out.print(value!))
  me.out.line(`# file: ${yield* shown(run, path)}`)
  for (const { name, value } of lines)
    me.out.line(value ? `${name}=${encodeValue(value, flags.encoding as Encoding | undefined)}` : name)
  me.out.line('')
}

/** The name without a leading slash, with a remark the first time. */
function* shown(run: Getfattr, path: string): Blocking<string> {
  if (run.flags.absoluteNames || !path.startsWith('/')) return escaped(path.replace(/^(?:\.\/+)+(?=.)/, ''))
  if (!run.stripped) yield* run.me.warn("Removing leading '/' from absolute path names")
  run.stripped = true
  return escaped(path.replace(/^\/+/, ''))
}

/** A name that fits a line: libmisc's quote(). */
const escaped = (path: string): string =>
  path.replace(/[\n\r\\]/g, char => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`)

function* descend(run: Getfattr, path: string): Blocking<void> {
  const { sys } = run
  const stat = sys.lstat(path)
  if (isLink(stat) || !isDir(stat)) return
  for (const { name } of yield* readDir(sys, path)) yield* show(run, `${path.replace(/\/$/, '')}/${name}`)
}
