/**
 * getfattr - get extended attributes of filesystem objects
 * Linux: attr tools/getfattr.c; getfattr(1).
 */
import { type Blocking, Errno, isDir, type Sys } from '../../abi/index.ts'
import { command, type Flags, type Options, type Process, readDir } from '../lib/command.ts'
import { compileRegex } from '../lib/regex.ts'
import { valueText } from '../lib/proc-xattr.ts'

const USAGE =
  "Usage: getfattr [-hRLP] [-n name|-d] [-e en] [-m pattern] path...\nTry `getfattr --help' for more information.\n"
const OPTIONS = {
  name: { short: 'n', value: '=name' },
  dump: { short: 'd' },
  encoding: { short: 'e', value: '=...' },
  match: { short: 'm', value: '=pattern' },
  onlyValues: {},
  noDereference: { short: 'h' },
  oneFileSystem: {},
  absoluteNames: {},
  recursive: { short: 'R' },
  logical: { short: 'L' },
  physical: { short: 'P' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

export default command({
  name: 'getfattr',
  summary: 'get extended attributes of filesystem objects',
  suite: 'other',
  usage: 'getfattr [-hRLP] [-n name|-d] [-e en] [-m pattern] path...',
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
  version: 'getfattr 2.5.1\n',
  options: OPTIONS,

  *main(sys, flags, args, me) {
    if (!args.length) {
      yield* sys.write(2, USAGE)
      return 2
    }
    const state = { warned: false, status: 0 }
    for (const path of args) yield* one(sys, me, flags, path, state)
    return state.status
  },
})

interface State {
  /** Whether it was said that leading slashes are left out. */
  warned: boolean
  status: number
}

function* one(sys: Sys, me: Process, flags: Given, path: string, state: State): Blocking<void> {
  const follow = !flags.noDereference
  try {
    const names = flags.name === undefined ? wanted(flags, sys.listxattr(path, follow)) : [flags.name]
    const lines: string[] = []
    for (const name of names) {
      try {
        const value = flags.dump || flags.name !== undefined ? sys.getxattr(path, name, follow) : undefined
        if (flags.onlyValues && value) me.out.print(value)
        else lines.push(value ? `${name}=${valueText(value, flags.encoding)}` : name)
      } catch (e) {
        yield* complain(sys, me, `${path}: ${name}`, e, state)
      }
    }
    if (lines.length) yield* print(sys, me, flags, path, lines, state)
    if (flags.recursive && isDir(sys.lstat(path)))
      for (const { name } of yield* readDir(sys, path)) yield* one(sys, me, flags, `${path}/${name}`, state)
  } catch (e) {
    yield* complain(sys, me, `getfattr: ${path}`, e, state)
  }
}

/** Without a pattern only what belongs to the user. */
function wanted(flags: Given, names: readonly string[]): string[] {
  const pattern = flags.match ?? '^user\\.'
  const regex = pattern === '-' ? undefined : compileRegex(pattern, { extended: true })
  return names.filter(name => !regex || regex.test(name)).sort()
}

function* print(
  sys: Sys,
  me: Process,
  flags: Given,
  path: string,
  lines: readonly string[],
  state: State,
): Blocking<void> {
  const shown = flags.absoluteNames ? path : path.replace(/^\/+/, '') || '.'
  if (shown !== path && !state.warned) {
    state.warned = true
    yield* me.out.flush()
    yield* sys.write(2, "getfattr: Removing leading '/' from absolute path names\n")
  }
  me.out.print(`# file: ${shown}\n${lines.join('\n')}\n\n`)
}

function* complain(sys: Sys, me: Process, what: string, e: unknown, state: State): Blocking<void> {
  if (!(e instanceof Errno)) throw e
  yield* me.out.flush()
  yield* sys.write(2, `${what}: ${e.name === 'ENODATA' ? 'No such attribute' : e.message}\n`)
  state.status = 1
}
