/** modinfo - show what modules say of themselves. Linux: kmod tools/modinfo.c; modinfo(8). */
import { type Blocking, Errno, type Sys } from '../../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process } from '../command.ts'
import { findModule, isBuiltin, moduleInfo } from './modules.ts'

const OPTIONS = {
  author: { short: 'a', help: "Print only 'author'" },
  description: { short: 'd', help: "Print only 'description'" },
  license: { short: 'l', help: "Print only 'license'" },
  parameters: { short: 'p', help: "Print only 'parm'" },
  filename: { short: 'n', help: "Print only 'filename'" },
  null: { short: '0', help: 'Use \\0 instead of \\n' },
  field: { short: 'F', value: '=FIELD', help: 'Print only provided FIELD' },
  version: { short: 'V', help: 'Show version' },
  help: { short: 'h', help: 'Show this help' },
} as const satisfies Options

export default command({
  name: 'modinfo',
  summary: 'Show information about a Linux Kernel module',
  suite: 'other',
  usage: 'modinfo [options] <modulename|filename> [args]',
  wrongUsage: '',
  version: 'kmod version 30\n',
  options: OPTIONS,

  *main(sys, flags, args, me) {
    if (!args.length) throw fatal('ERROR: missing module or filename.')
    let status = 0
    for (const name of args) if (yield* show(sys, me, flags, name)) status = 1
    return status
  },
})

/** Print the entries of one module; returns whether it was not found. */
function* show(sys: Sys, me: Process, flags: Flags<typeof OPTIONS>, name: string): Blocking<boolean> {
  const field = flags.author
    ? 'author'
    : flags.description
      ? 'description'
      : flags.license
        ? 'license'
        : flags.parameters
          ? 'parm'
          : flags.filename
            ? 'filename'
            : flags.field
  const end = flags.null ? '\0' : '\n'
  const file = name.includes('/') ? name : (yield* findModule(sys, name))?.file
  if (!file && (yield* isBuiltin(sys, name))) {
    me.out.print(
      field
        ? field === 'filename'
          ? `(builtin)${end}`
          : ''
        : `name:           ${name}${end}filename:       (builtin)${end}`,
    )
    return false
  }
  if (!file) {
    yield* me.warn(`ERROR: Module ${name} not found.`)
    return true
  }
  try {
    const entries = [['filename', file] as const, ...(yield* moduleInfo(sys, file))]
    for (const [key, value] of entries)
      if (field === undefined) me.out.print(`${`${key}:`.padEnd(16)}${value}${end}`)
      else if (field === key) me.out.print(value + end)
    return false
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(`ERROR: Module ${name} not found.`)
    return true
  }
}
