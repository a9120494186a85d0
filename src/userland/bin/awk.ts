/**
 * awk - pattern scanning and text processing language, as mawk 1.3.4 has it
 * https://pubs.opengroup.org/onlinepubs/9699919799/utilities/awk.html
 *
 * Left out: -W exec, dump and interactive; `nextfile` ends the file at once.
 */
import { type Blocking, Errno, O_RDONLY, type Sys } from '../../abi/index.ts'
import { isApplet } from '../lib/busybox/standalone.ts'
import { Awk } from '../lib/awk/interpreter.ts'
import { parseAwk } from '../lib/awk/parse.ts'
import { BadRegex, regexOf } from '../lib/awk/regexes.ts'
import { awkString } from '../lib/awk/tokens.ts'
import type { Dialect, Program } from '../lib/awk/tree.ts'
import { Field, latin, toBytes, type Value } from '../lib/awk/values.ts'
import { command, Fatal, fatal, type Process, readAll } from '../lib/command.ts'

const USAGE = `Usage: mawk [Options] [Program] [file ...]

Program:
    The -f option value is the name of a file containing program text.
    If no -f option is given, a "--" ends option processing; the following
    parameters are the program text.

Options:
    -f program-file  Program  text is read from file instead of from the
                     command-line.  Multiple -f options are accepted.
    -F value         sets the field separator, FS, to value.
    -v var=value     assigns value to program variable var.
    --               unambiguous end of options.

    Implementation-specific options are prefixed with "-W".  They can be
    abbreviated:

    -W version       show version information and exit.
    -W dump          show assembler-like listing of program and exit.
    -W help          show this message and exit.
    -W interactive   set unbuffered output, line-buffered input.
    -W exec file     use file as program as well as last option.
    -W random=number set initial random seed.
    -W sprintf=number adjust size of sprintf buffer.
    -W posix_space   do not consider "\\n" a space.
    -W usage         show this message and exit.
`

const VERSION = `mawk 1.3.4 20200120
Copyright 2008-2019,2020, Thomas E. Dickey
Copyright 1991-1996,2014, Michael D. Brennan

`
const LIMITS = `random-funcs:       srandom/random
regex-funcs:        internal
compiled limits:
sprintf buffer      8192
maximum-integer     2147483647
`

export default command({
  name: 'awk',
  writeFailure: (name, errno) => `${name}: close failed on file /dev/stdout (${errno.message})\n`,
  summary: 'pattern scanning and text processing language',
  usage: 'awk [Options] [Program] [file ...]',
  suite: 'other',
  failure: 2,
  raw: true,

  *main(sys, _flags, args, me) {
    const dialect: Dialect = isApplet(sys) ? 'busybox' : 'mawk'
    const asked = yield* readOptions(sys, me, args, dialect)
    if (typeof asked === 'number') return asked
    const operands = args.slice(asked.read)
    const assignments = asked.assignments.map(assignmentOf)
    const text = (yield* programFiles(sys, asked)) ?? operands.shift()
    if (text === undefined) {
      me.out.print(USAGE)
      return 0
    }
    const program = parsed(asked.files.length ? text : toBytes(text), dialect, asked.files.at(-1))
    const awk = new Awk(sys, me, program, dialect, operands.map(toBytes))
    for (const [name, value] of assignments) awk.assign(name, value)
    if (asked.separator !== undefined) awk.assign('FS', separatorOf(asked.separator, dialect))
    return yield* awk.run()
  },
})

/** The program; what mawk says of a mistake names the file. */
function parsed(text: string, dialect: Dialect, file: string | undefined): Program {
  try {
    return parseAwk(text, dialect, file)
  } catch (e) {
    if (!(e instanceof Fatal) || dialect !== 'mawk' || file === undefined) throw e
    throw fatal(`${file}: ${e.message}`, undefined, e.status)
  }
}

function assignmentOf(text: string): [name: string, value: Value] {
  const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(text)
  if (!match) throw fatal(`improper assignment: -v ${text}`, undefined, 2)
  return [match[1]!, new Field(awkString(toBytes(match[2]!)))]
}

function separatorOf(text: string, dialect: Dialect): string {
  const separator = awkString(toBytes(text))
  try {
    if (separator.length > 1) regexOf(dialect, separator)
  } catch (e) {
    if (e instanceof BadRegex) throw fatal(`line 0: ${e.message}`, undefined, 2)
    throw e
  }
  return separator
}

/** What the options ask for, and how many arguments they are. */
interface Asked {
  readonly assignments: string[]
  readonly files: string[]
  readonly sources: string[]
  separator: string | undefined
  read: number
}

/** mawk has its own idea of options: one letter, its value in the same word or the next. An exit status ends awk. */
function* readOptions(
  sys: Sys,
  me: Process,
  args: readonly string[],
  dialect: Dialect,
): Blocking<Asked | number> {
  const asked: Asked = { assignments: [], files: [], sources: [], separator: undefined, read: 0 }
  for (; asked.read < args.length; asked.read++) {
    const arg = args[asked.read]!
    if (arg === '--') {
      asked.read++
      break
    }
    if (!arg.startsWith('-') || arg === '-') break
    const letter = arg[1]!
    if (!'FfvW'.includes(letter) && !(letter === 'e' && dialect === 'busybox')) {
      yield* me.warn(`not an option: ${arg}`)
      return 2
    }
    const value = arg.length > 2 ? arg.slice(2) : args[++asked.read]
    if (value === undefined) {
      yield* me.warn(`option -${letter} lacks argument`)
      return 2
    }
    if (letter === 'F') asked.separator = value
    else if (letter === 'v') asked.assignments.push(value)
    else if (letter === 'f') asked.files.push(value)
    else if (letter === 'e') asked.sources.push(value)
    else if (value.startsWith('v')) {
      me.out.print(VERSION)
      yield* me.out.flush()
      yield* sys.write(2, LIMITS)
      return 0
    } else if (/^[hu]/.test(value)) {
      me.out.print(USAGE)
      return 0
    }
  }
  return asked
}

/** The program that -f or -e gives. */
function* programFiles(sys: Sys, { files, sources }: Asked): Blocking<string | undefined> {
  if (!files.length) return sources.length ? sources.join('\n') : undefined
  const parts: string[] = []
  for (const file of files) {
    try {
      const fd = file === '-' ? 0 : yield* sys.open(file, O_RDONLY)
      parts.push(latin(yield* readAll(sys, fd)))
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      throw fatal(`cannot open ${file} (${e.message})`, undefined, 2)
    }
  }
  return parts.join('\n')
}
