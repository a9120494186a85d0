/**
 * modprobe - load modules with what they need, and unload them. Linux: kmod tools/modprobe.c; modprobe(8).
 *
 * Left out: parameters, aliases, /etc/modprobe.d, -c.
 */
import { type Blocking, Errno, type Sys } from '../../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process } from '../command.ts'
import { canonical, findModule, insert, isBuiltin, loadedModules, moduleDirectory } from './modules.ts'

const OPTIONS = {
  all: { short: 'a', help: 'Every operand is the name of a module' },
  remove: { short: 'r', help: 'Remove modules instead of inserting' },
  firstTime: { help: 'Fail if the module is already inserted or removed' },
  useBlacklist: { short: 'b', help: 'Heed the blacklist' },
  ignoreInstall: { short: 'i', help: 'Ignore install commands' },
  showDepends: { short: 'D', help: 'Only print what would be inserted, and exit' },
  dryRun: { short: 'n', also: ['show'], help: 'Do everything but insert or remove' },
  force: { short: 'f', help: 'Ignore versions' },
  quiet: { short: 'q', help: 'No errors about modules that are not found' },
  syslog: { short: 's', help: 'Print to syslog, not to standard error' },
  verbose: { short: 'v', help: 'Say what is done' },
  setVersion: { short: 'S', value: '=VERSION', help: 'Use VERSION instead of uname(2)' },
  version: { short: 'V', help: 'Show version' },
  help: { short: 'h', help: 'Show this help' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

export default command({
  name: 'modprobe',
  summary: 'Add and remove modules from the Linux Kernel',
  suite: 'other',
  usage: [
    'modprobe [options] modulename',
    'modprobe [options] -a modulename [modulename...]',
    'modprobe [options] -r modulename',
  ],
  wrongUsage: '',
  version: 'kmod version 30\n',
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const names = flags.all || flags.remove ? args : args.slice(0, 1)
    if (!names.length) throw fatal('ERROR: missing parameters. See -h.')
    let status = 0
    for (const name of names) if (yield* (flags.remove ? remove : add)(sys, me, flags, name)) status = 1
    return status
  },
})

/** Load a module after what it needs; returns whether that failed. */
function* add(sys: Sys, me: Process, flags: Given, name: string): Blocking<boolean> {
  const loaded = new Set((yield* loadedModules(sys)).map(it => it.name))
  const found = yield* findModule(sys, name)
  if (!found) {
    if (yield* isBuiltin(sys, name)) return false
    if (flags.quiet) return true
    const what = flags.all ? 'WARNING' : 'FATAL'
    yield* me.warn(`${what}: Module ${name} not found in directory ${moduleDirectory(sys)}`)
    return true
  }
  const files = [...found.needs].reverse().concat(found.file)
  if (flags.showDepends) {
    for (const file of files) me.out.line(`insmod ${file} `)
    return false
  }
  if (loaded.has(canonical(name))) {
    if (flags.firstTime) yield* me.warn(`ERROR: could not insert '${name}': Module already in kernel`)
    return flags.firstTime === true
  }
  for (const file of files) {
    if (loaded.has(canonical(/([^/]*)\.ko$/.exec(file)![1]!))) continue
    if (flags.verbose) me.out.line(`insmod ${file} `)
    if (flags.dryRun) continue
    try {
      yield* insert(sys, file)
    } catch (e) {
      yield* me.warn(`ERROR: could not insert '${name}'`, e)
      return true
    }
  }
  return false
}

/** Unload a module, and then what nobody else needs; returns whether that failed. */
function* remove(sys: Sys, me: Process, flags: Given, name: string): Blocking<boolean> {
  const found = yield* findModule(sys, name)
  const loaded = (yield* loadedModules(sys)).find(it => it.name === canonical(name))
  if (!found || !loaded) {
    if (found && !flags.firstTime) return false
    if (found) yield* me.warn(`FATAL: Module ${name} is not in kernel.`)
    else if (yield* isBuiltin(sys, name)) yield* me.warn(`FATAL: Module ${name} is builtin.`)
    else if (!flags.quiet) yield* me.warn(`FATAL: Module ${name} not found.`)
    return true
  }
  if (loaded.uses) {
    yield* me.warn(`FATAL: Module ${name} is in use.`)
    return true
  }
  try {
    if (flags.verbose) me.out.line(`rmmod ${loaded.name}`)
    if (!flags.dryRun) sys.delete_module(loaded.name)
  } catch (e) {
    yield* me.warn(`ERROR: could not remove '${name}'`, e)
    return true
  }
  if (!flags.dryRun) yield* removeUnused(sys, me, flags, found.needs)
  return false
}

function* removeUnused(sys: Sys, me: Process, flags: Given, files: readonly string[]): Blocking<void> {
  for (const file of [...files].reverse()) {
    const name = canonical(/([^/]*)\.ko$/.exec(file)![1]!)
    const it = (yield* loadedModules(sys)).find(other => other.name === name)
    if (!it || it.uses) continue
    try {
      sys.delete_module(name)
      if (flags.verbose) me.out.line(`rmmod ${name}`)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
  }
}
