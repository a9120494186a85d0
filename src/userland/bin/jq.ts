/**
 * jq - commandline JSON processor
 * https://jqlang.github.io/jq/manual/v1.6/
 *
 * Left out: modules (-L finds none), --stream-errors, --debug-trace, --debug-dump-disasm, --run-tests.
 */
import { type Blocking, EISDIR, Errno, SIGABRT, type Sys } from '../../abi/index.ts'
import { command, type Process, readFile } from '../lib/command.ts'
import { JqHalt } from '../lib/jq/builtins.ts'
import { Execution, NeedInput, OutOfMemory } from '../lib/jq/execute.ts'
import { Inputs } from '../lib/jq/input.ts'
import { COLORS, json, type Style, written } from '../lib/jq/print.ts'
import { compileProgram } from '../lib/jq/program.ts'
import { readAllJson, ReadError, readJson } from '../lib/jq/read.ts'
import { type Json, JqError, objectOf } from '../lib/jq/value.ts'
import { zoneOf } from '../lib/time.ts'

const VERSION = 'jq-1.6\n'
const USAGE = `jq - commandline JSON processor [version 1.6]

Usage:	jq [options] <jq filter> [file...]
	jq [options] --args <jq filter> [strings...]
	jq [options] --jsonargs <jq filter> [JSON_TEXTS...]

jq is a tool for processing JSON inputs, applying the given filter to
its JSON text inputs and producing the filter's results as JSON on
standard output.

The simplest filter is ., which copies jq's input to its output
unmodified (except for formatting, but note that IEEE754 is used
for number representation internally, with all that that implies).

For more advanced filters see the jq(1) manpage ("man jq")
and/or https://stedolan.github.io/jq

Example:

	$ echo '{"foo": 0}' | jq .
	{
		"foo": 0
	}

`
/** What --help lists. */
const HELP: readonly (readonly [option: string, what: string])[] = [
  ['-c', 'compact instead of pretty-printed output;'],
  ['-n', 'use `null` as the single input value;'],
  ['-e', 'set the exit status code based on the output;'],
  ['-s', 'read (slurp) all inputs into an array; apply filter to it;'],
  ['-r', 'output raw strings, not JSON texts;'],
  ['-R', 'read raw strings, not JSON texts;'],
  ['-C', 'colorize JSON;'],
  ['-M', "monochrome (don't colorize JSON);"],
  ['-S', 'sort keys of objects on output;'],
  ['--tab', 'use tabs for indentation;'],
  ['--arg a v', 'set variable $a to value <v>;'],
  ['--argjson a v', 'set variable $a to JSON value <v>;'],
  ['--slurpfile a f', 'set variable $a to an array of JSON texts read from <f>;'],
  ['--rawfile a f', 'set variable $a to a string consisting of the contents of <f>;'],
  ['--args', 'remaining arguments are string arguments, not files;'],
  ['--jsonargs', 'remaining arguments are JSON arguments, not files;'],
  ['--', 'terminates argument processing;'],
]
/** Options without a value, by their long names. */
const SWITCHES: Readonly<Record<string, string>> = {
  slurp: 's',
  'raw-output': 'r',
  'compact-output': 'c',
  'color-output': 'C',
  'monochrome-output': 'M',
  'ascii-output': 'a',
  'sort-keys': 'S',
  'raw-input': 'R',
  'null-input': 'n',
  'from-file': 'f',
  'join-output': 'j',
  'exit-status': 'e',
  help: 'h',
  version: 'V',
}
const LONG_ONLY = ['unbuffered', 'seq', 'stream', 'stream-errors', 'args', 'jsonargs', 'tab']
/** Options with a name and something else, as examples have it. */
const BINDINGS: Readonly<Record<string, string>> = {
  arg: 'varname value',
  argjson: 'varname text',
  argfile: 'varname filename',
  rawfile: 'varname filename',
  slurpfile: 'varname filename',
}
/** How many instructions run before the kernel is told, and what one costs. */
const SLICE = 20_000
const STEP_COST = 30

/** What the command line says. */
interface Job {
  readonly on: Set<string>
  readonly named: Map<string, Json>
  readonly positional: Json[]
  readonly files: string[]
  program: string | undefined
  indent: string
}

/** The end, with a status. */
class Exit {
  readonly status: number
  constructor(status: number) {
    this.status = status
  }
}

export default command({
  name: 'jq',
  summary: 'commandline JSON processor',
  usage: 'jq [options] <jq filter> [file...]',
  suite: 'other',
  failure: 2,
  raw: true,

  *main(sys, _flags, argv, me) {
    try {
      return yield* run(sys, argv, me)
    } catch (e) {
      if (e instanceof Exit) return e.status
      if (!(e instanceof OutOfMemory)) throw e
      yield* me.out.flush()
      yield* sys.write(2, 'jq: error: cannot allocate memory\n')
      sys.kill(sys.getpid(), SIGABRT)
      return 134
    }
  },
})

function* run(sys: Sys, argv: readonly string[], me: Process): Blocking<number> {
  const job = yield* readOptions(sys, argv, me)
  const { on } = job
  const style = yield* styleOf(sys, job, me)
  const source = yield* programText(sys, job)
  const inputs = new Inputs(sys, job.files.length ? job.files : ['-'], {
    raw: on.has('R'),
    slurp: on.has('s'),
    stream: on.has('stream'),
    seq: on.has('seq'),
  })
  let messages = ''
  const complained = function* (): Blocking<void> {
    const text = messages
    messages = ''
    if (text) yield* sys.write(2, text)
  }
  const named = objectOf(Object.fromEntries(job.named))
  const compiled = compileProgram(
    source,
    {
      zone: zoneOf(me.env.get('TZ')),
      now: () => sys.clock_gettime(0).sec + sys.clock_gettime(0).nsec / 1e9,
      input: () => inputs.input(),
      fileName: () => inputs.fileName,
      lineNumber: () => inputs.line,
      complain: text => {
        messages += text
      },
    },
    me.env,
    new Map([...job.named, ['ARGS', objectOf({ positional: job.positional, named })]]),
  )
  if ('messages' in compiled) {
    yield* sys.write(2, compiled.messages.join(''))
    return 3
  }

  /** Run the program on one input; jq's status for it. */
  function* process(input: Json): Blocking<number> {
    const execution = new Execution((compiled as { unit: never }).unit, input)
    let status = 14
    try {
      for (;;) {
        const step = execution.next(SLICE)
        yield* complained()
        if (step === undefined) return status
        if (step === 'input') yield* inputs.more()
        else if (step === 'more') yield* sys.burn(SLICE * STEP_COST)
        else status = yield* print(step.value)
      }
    } catch (e) {
      yield* complained()
      if (e instanceof JqHalt) return yield* halted(e)
      if (!(e instanceof JqError)) throw e
      const text = typeof e.value === 'string' ? `: ${e.value}` : ` (not a string): ${json(e.value)}`
      yield* sys.write(2, `jq: error (at ${inputs.position})${text}\n`)
      return 5
    }
  }

  function* print(it: Json): Blocking<number> {
    const raw = (on.has('r') || on.has('j')) && typeof it === 'string'
    const text = raw && !on.has('a') ? it : written(it, raw ? { ...style, colors: undefined } : style, 0)
    me.out.print((on.has('seq') && !raw ? '\x1e' : '') + text + (on.has('j') ? '' : '\n'))
    if (me.out.full || on.has('unbuffered')) yield* me.out.flush()
    yield* sys.burn(text.length * STEP_COST)
    return !raw && (it === null || it === false) ? 11 : 0
  }

  function* halted({ status, message }: JqHalt): Blocking<never> {
    const text =
      message === undefined || message === null
        ? ''
        : typeof message === 'string'
          ? message
          : `${json(message)}\n`
    yield* sys.write(2, text)
    throw new Exit(status & 0xff)
  }

  let status = 0
  if (on.has('n')) status = yield* process(null)
  else
    for (;;) {
      try {
        const input = inputs.next()
        if (input === undefined) break
        status = yield* process(input)
        if (inputs.failures) break
      } catch (e) {
        if (e instanceof NeedInput) yield* inputs.more()
        else if (e instanceof ReadError) {
          yield* sys.write(2, `${on.has('seq') ? 'ignoring ' : ''}parse error: ${e.message}\n`)
          if (on.has('seq')) continue
          status = 4
          break
        } else throw e
      }
    }
  if (inputs.failures) status = 2
  if (status >= 10) return on.has('e') ? status - 10 : 0
  return status
}

/** Something wrong with the command line: what, and where to find help. */
function* refuse(sys: Sys, message: string): Blocking<never> {
  yield* sys.write(
    2,
    `${message}\nUse jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n`,
  )
  throw new Exit(2)
}

function* readOptions(sys: Sys, argv: readonly string[], me: Process): Blocking<Job> {
  const job: Job = {
    on: new Set(),
    named: new Map(),
    positional: [],
    files: [],
    program: undefined,
    indent: '  ',
  }
  let rest: 'files' | 'strings' | 'values' = 'files'
  let plain = false
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i]!
    if (plain || !isOption(arg)) yield* operand(sys, job, arg, rest)
    else if (arg === '--') {
      if (job.program === undefined) {
        yield* sys.write(2, `${USAGE}For a listing of options, use jq --help.\n`)
        throw new Exit(2)
      }
      plain = true
    } else if (arg.startsWith('-L')) {
      if (arg === '-L' && ++i >= argv.length)
        yield* refuse(sys, '-L takes a parameter: (e.g. -L /search/path or -L/search/path)')
    } else if (arg === '--indent') yield* indent(sys, job, argv[++i])
    else if (arg.startsWith('--') && Object.hasOwn(BINDINGS, arg.slice(2))) {
      yield* bind(sys, job, arg.slice(2), argv[i + 1], argv[i + 2])
      i += 2
    } else {
      const word = arg.slice(2)
      const known = arg.startsWith('--') && (Object.hasOwn(SWITCHES, word) || LONG_ONLY.includes(word))
      const letters = known ? [SWITCHES[word] ?? word] : [...arg.slice(1)]
      if (!known && (arg.startsWith('--') || !letters.every(it => Object.values(SWITCHES).includes(it))))
        yield* refuse(sys, `jq: Unknown option ${arg}`)
      for (const letter of letters) {
        job.on.add(letter)
        if (letter === 'tab') job.indent = '\t'
        if (letter === 'c') job.indent = ''
        if (letter === 'args') rest = 'strings'
        if (letter === 'jsonargs') rest = 'values'
      }
      if (job.on.has('h')) help(me)
      if (job.on.has('V')) {
        me.out.print(VERSION)
        throw new Exit(0)
      }
    }
  }
  return job
}

/** Not a number: `-1` may be a filter. */
const isOption = (arg: string): boolean => /^-(?:-|[A-Za-z])/.test(arg)

function help(me: Process): never {
  me.out.print(`${USAGE}Some of the options include:\n`)
  for (const [option, what] of HELP) me.out.print(`  ${option.padEnd(15)}  ${what}\n`)
  me.out.print(
    '\nNamed arguments are also available as $ARGS.named[], while\npositional arguments are available as $ARGS.positional[].\n\nSee the manpage for more options.\n',
  )
  throw new Exit(0)
}

function* operand(sys: Sys, job: Job, arg: string, rest: 'files' | 'strings' | 'values'): Blocking<void> {
  if (job.program === undefined) job.program = arg
  else if (rest === 'files') job.files.push(arg)
  else if (rest === 'strings') job.positional.push(arg)
  else job.positional.push(yield* jsonText(sys, arg, '--jsonargs'))
}

function* jsonText(sys: Sys, text: string, option: string): Blocking<Json> {
  try {
    return readJson(text)
  } catch (e) {
    if (!(e instanceof JqError)) throw e
    return yield* refuse(sys, `jq: invalid JSON text passed to ${option}`)
  }
}

function* indent(sys: Sys, job: Job, value: string | undefined): Blocking<void> {
  if (value === undefined) yield* refuse(sys, 'jq: --indent takes one parameter')
  const size = Number.parseInt(value!, 10) || 0
  if (size < -1 || size > 7) yield* refuse(sys, 'jq: --indent takes a number between -1 and 7')
  job.indent = size < 0 ? '\t' : ' '.repeat(size)
}

/** --arg and its like: the first of a name counts. */
function* bind(
  sys: Sys,
  job: Job,
  option: string,
  name: string | undefined,
  value: string | undefined,
): Blocking<void> {
  if (name === undefined || value === undefined)
    yield* refuse(sys, `jq: --${option} takes two parameters (e.g. --${option} ${BINDINGS[option]!})`)
  else if (job.named.has(name)) return
  else if (option === 'arg') job.named.set(name, value)
  else if (option === 'argjson') job.named.set(name, yield* jsonText(sys, value, '--argjson'))
  else {
    try {
      const text = yield* readFile(sys, value)
      const values = option === 'rawfile' ? text : readAllJson(text)
      job.named.set(name, option === 'argfile' && values.length === 1 ? (values[0] as Json) : values)
    } catch (e) {
      if (!(e instanceof ReadError) && !(e instanceof Errno)) throw e
      const reason = e instanceof ReadError ? e.message : cannotOpen(value, e)
      yield* sys.write(2, `jq: Bad JSON in --${option} ${name} ${value}: ${reason}\n`)
      throw new Exit(2)
    }
  }
}

const cannotOpen = (name: string, e: Errno): string =>
  `Could not open ${name}: ${e === EISDIR ? "It's a directory" : e.message}`

/** The program: the first operand, or the file that it names. */
function* programText(sys: Sys, job: Job): Blocking<string> {
  const { program } = job
  if (program === undefined && sys.isatty(0) && sys.isatty(1)) {
    yield* sys.write(2, `${USAGE}For a listing of options, use jq --help.\n`)
    throw new Exit(2)
  }
  if (!job.on.has('f')) return program ?? '.'
  const name = program ?? '.'
  try {
    return yield* readFile(sys, name)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* sys.write(2, `jq: ${cannotOpen(name, e)}\n`)
    throw new Exit(2)
  }
}

function* styleOf(sys: Sys, { on, indent: unit }: Job, me: Process): Blocking<Style> {
  const wanted = (on.has('C') || me.out.isTty) && !on.has('M')
  const colors = [...COLORS]
  const asked = me.env.get('JQ_COLORS')
  if (asked !== undefined) {
    const fields = asked.split(':')
    if (!fields.every(it => /^[0-9;]*$/.test(it))) yield* sys.write(2, 'Failed to set $JQ_COLORS\n')
    else for (const [i, field] of fields.slice(0, colors.length).entries()) colors[i] = `\x1b[${field}m`
  }
  return { indent: unit, sorted: on.has('S'), ascii: on.has('a'), colors: wanted ? colors : undefined }
}
