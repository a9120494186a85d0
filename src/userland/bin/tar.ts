/**
 * tar - an archiving utility
 * https://www.gnu.org/software/tar/manual/tar.html
 *
 * Left out: incremental archives, volumes, checkpoints, contexts of SELinux; options for them are accepted.
 */
import { type Blocking, Errno } from '../../abi/index.ts'
import { command, fatal, type Given, type Process, readFile } from '../lib/command.ts'
import { create, listedNames, type Named, rewrite } from '../lib/tar/create.ts'
import { read } from '../lib/tar/extract.ts'
import { Job, LOST, TRY } from '../lib/tar/job.ts'
import { TAR_OPTIONS } from '../lib/tar/options.ts'
import { readUsers } from '../lib/users.ts'

const MODES = ['catenate', 'create', 'diff', 'delete', 'append', 'list', 'update', 'extract'] as const

export default command({
  name: 'tar',
  writeFailure: name => `${name}: stdout: write error\n`,
  summary:
    "GNU 'tar' saves many files together into a single tape or disk archive, and can\nrestore individual files from the archive.",
  usage: 'tar [OPTION...] [FILE]...',
  suite: 'other',
  failure: 2,
  // argp's EX_USAGE
  wrongStatus: 64,
  options: TAR_OPTIONS,
  version: `tar (GNU tar) 1.34
Copyright (C) 2021 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <https://gnu.org/licenses/gpl.html>.
This is free software: you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.

Written by John Gilmore and Jay Fenlason.
`,
  wrongUsage: `${TRY}\n`,
  // `tar xf a.tar` is `tar -x -f a.tar`.
  obsolete([first, ...rest]) {
    if (first === undefined || first.startsWith('-')) return first === undefined ? [] : [first, ...rest]
    const args: string[] = []
    for (const letter of first) {
      args.push(`-${letter}`)
      if (!'fCTbXgHVINK'.includes(letter)) continue
      const value = rest.shift()
      if (value === undefined) throw fatal(`Old option '${letter}' requires an argument.\n${TRY}`)
      args.push(value)
    }
    return [...args, ...rest]
  },

  *main(sys, flags, args, process) {
    const me = flushing(process)
    const modes = MODES.filter(it => flags[it])
    const mode = modes[0]
    if (!mode)
      throw fatal(`You must specify one of the '-Acdtrux', '--delete' or '--test-label' options\n${TRY}`)
    if (modes.length > 1)
      throw fatal(
        `You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option\n${TRY}`,
      )
    const excluded = [...(flags.exclude ?? [])]
    for (const file of flags.excludeFrom ?? []) excluded.push(...(yield* patternsOf(file)))
    const job = new Job(sys, me, flags, yield* readUsers(sys), excluded)
    const names = yield* operands(job, args, process.order)
    job.many = names.length > 1 || flags.filesFrom !== undefined
    if (mode === 'create' && !names.length && !flags.filesFrom)
      throw fatal(`Cowardly refusing to create an empty archive\n${TRY}`)
    const rewrites = mode === 'append' || mode === 'update' || mode === 'catenate' || mode === 'delete'
    if (rewrites && (flags.file === undefined || flags.file === '-'))
      throw fatal(`Options '-Aru' are incompatible with '-f -'\n${TRY}`)
    if (mode === 'create') yield* create(job, names)
    else if (rewrites) yield* rewrite(job, names)
    else yield* read(job, mode, names)
    yield* job.listing.flush()
    if (job.failed) yield* me.warn('Exiting with failure status due to previous errors')
    return job.failed ? 2 : job.differs ? 1 : 0

    function* patternsOf(file: string): Blocking<string[]> {
      try {
        return (yield* readFile(sys, file)).split('\n').filter(it => it)
      } catch (e) {
        throw e instanceof Errno ? fatal(`${file}: ${e.message}\ntar: ${LOST}`) : e
      }
    }
  },
})

/** error(3) writes out standard output before what it has to say. */
const flushing = (me: Process): Process => ({
  ...me,
  *warn(text, errno) {
    yield* me.out.flush()
    yield* me.warn(text, errno)
  },
})

/**
 * The names of operands and of -T files in their order, each with the directories that -C gave since the
 * one before.
 */
function* operands(job: Job, args: readonly string[], order: readonly Given[]): Blocking<readonly Named[]> {
  const names: Named[] = []
  let dirs: string[] = []
  const add = (name: string): void => {
    names.push({ name, dirs })
    dirs = []
  }
  for (let i = 0; i <= args.length; i++) {
    for (const it of order) {
      if (it.operand !== i) continue
      if (it.key === 'directory') dirs.push(it.value)
      else if (it.key === 'addFile') add(it.value)
      else if (it.key === 'filesFrom')
        for (const name of yield* listedNames(job, it.value, Boolean(job.flags.null))) add(name)
    }
    if (i < args.length) add(args[i]!)
  }
  return names
}
