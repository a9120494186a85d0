/**
 * zgrep, xzgrep, zegrep, … - search possibly compressed files for a pattern
 * https://www.gnu.org/software/gzip/manual/gzip.html
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import { command, type Process, readFile } from '../lib/command.ts'
import { expanderFor, runOn, startExpanding } from '../lib/gzip/pipeline.ts'
import { basename } from '../lib/path.ts'

/** Short options that take a value; long ones need theirs attached. */
const WITH_VALUE = 'ABCDXefm'

export default command({
  name: 'zgrep',
  aliases: ['zegrep', 'zfgrep', 'xzgrep', 'xzegrep', 'xzfgrep', 'lzgrep', 'lzegrep', 'lzfgrep'],
  summary: 'look for instances of PATTERN in FILEs, using their uncompressed contents if they are compressed',
  usage: 'zgrep [OPTION]... [-e] PATTERN [FILE]...',
  suite: 'other',
  raw: true,

  *main(sys, _, args, me) {
    const program = basename(me.argv[0] ?? '')
    const path = `/usr/bin/${program}`
    const isXz = /^(xz|lz)/.test(program)
    if (args[0] === '--help') {
      me.out.print(`Usage: ${path} [OPTION]... [-e] PATTERN [FILE]...\nThe options are those of grep.\n`)
      return 0
    }
    if (args[0] === '--version' || args[0] === '-V') {
      me.out.print(isXz ? 'xzgrep (XZ Utils) 5.4.1\n' : 'zgrep (gzip) 1.12\n')
      return 0
    }
    const line = parse(args)
    if (line.refused !== undefined)
      return yield* refuse(sys, `${path}: ${line.refused}: ${isXz ? 'Option' : 'option'} not supported`)
    if (!line.hasPattern) {
      const first = line.operands.shift()
      const missing = isXz
        ? `${path}: 159: 1: Missing pattern; try \`${program} --help' for help`
        : `${path}: 188: 1: missing pattern; try \`${path} --help' for help`
      if (first === undefined) return yield* refuse(sys, missing)
      line.options.push('-e', first)
    }
    const kind = /egrep$/.test(program) ? ['-E'] : /fgrep$/.test(program) ? ['-F'] : []
    const patterns = yield* patternFiles(sys, line.files)
    if (!patterns) return 2
    return yield* search(sys, me, program, [...kind, ...line.options, ...patterns], line.operands)
  },
})

function* refuse(sys: Sys, message: string): Blocking<number> {
  yield* sys.write(2, `${message}\n`)
  return 2
}

interface CommandLine {
  readonly options: string[]
  readonly operands: string[]
  /** Files of patterns, given with -f. */
  readonly files: string[]
  hasPattern: boolean
  refused: string | undefined
}

function parse(args: readonly string[]): CommandLine {
  const line: CommandLine = { options: [], operands: [], files: [], hasPattern: false, refused: undefined }
  const words = args.values()
  for (const word of words) {
    if (word === '--') line.operands.push(...words)
    else if (word.startsWith('--')) long(line, word)
    else if (word.startsWith('-') && word.length > 1) short(line, word.slice(1), words)
    else line.operands.push(word)
  }
  return line
}

function long(line: CommandLine, word: string): void {
  if (/^--(recursive|dereference-recursive|directories|null|exclude|include)/.test(word))
    line.refused ??= word
  if (word.startsWith('--file=')) line.files.push(word.slice(7))
  else line.options.push(word)
  if (/^--(file|regexp)=/.test(word)) line.hasPattern = true
}

function short(line: CommandLine, letters: string, words: IterableIterator<string>): void {
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i]!
    if (/[rRzZ]/.test(letter)) line.refused ??= `-${letter}`
    if (!WITH_VALUE.includes(letter)) {
      line.options.push(`-${letter}`)
      continue
    }
    const value = letters.slice(i + 1) || (words.next().value ?? '')
    if (letter === 'f') line.files.push(value)
    else line.options.push(`-${letter}`, value)
    if (letter === 'e' || letter === 'f') line.hasPattern = true
    return
  }
}

/** The patterns of -f, read once because grep runs for every file. */
function* patternFiles(sys: Sys, files: readonly string[]): Blocking<string[] | undefined> {
  const options: string[] = []
  for (const file of files) {
    try {
      options.push('-e', (yield* readFile(sys, file === '-' ? '/dev/stdin' : file)).replace(/\n$/, ''))
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* sys.write(2, `cat: ${file}: ${e.message}\n`)
      return undefined
    }
  }
  return options
}

/** Run grep on each file; its name stands before lines where there are several. */
function* search(
  sys: Sys,
  me: Process,
  program: string,
  options: readonly string[],
  files: readonly string[],
): Blocking<number> {
  if (!files.length) {
    const { status } = yield* runOn(
      sys,
      me.envp,
      ['grep', ...options],
      [startExpanding(sys, me.envp, expanderFor(program, ''), '-')],
    )
    return status
  }
  const named = files.length > 1 && !options.includes('-h') && !options.includes('--no-filename')
  let result = 1
  for (const file of files) {
    const label = ['--label', file, ...(named ? ['-H'] : [])]
    const argv = ['grep', ...label, ...options, '--', '-']
    const { status, expanding } = yield* runOn(sys, me.envp, argv, [
      startExpanding(sys, me.envp, expanderFor(program, file), file),
    ])
    const failed = expanding === 1 ? 2 : status
    if (failed >= 2) result = Math.max(result, failed)
    else if (failed === 0 && result === 1) result = 0
  }
  return result
}
