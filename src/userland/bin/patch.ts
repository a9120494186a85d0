/**
 * patch - apply a diff file to an original
 * https://www.gnu.org/software/diffutils/manual/html_node/Invoking-patch.html
 * Linux: GNU patch 2.7.6; busybox 1.35 editors/patch.c words its progress otherwise.
 *
 * Left out: ed scripts, git's renames and binary patches, -D, asking questions.
 */
import { type Blocking, decode, ENOENT, Errno, type Sys } from '../../abi/index.ts'
import { isApplet } from '../lib/busybox/standalone.ts'
import { command, fatal, type Flags, type Process, readAll, readFile, writeFile } from '../lib/command.ts'
import { openInput } from '../lib/input.ts'
import { locate, replace, type TextFile, textFile, textOf } from '../lib/patch/apply.ts'
import { type FilePatch, MalformedPatch, type PatchHunk, parsePatch, reversed } from '../lib/patch/parse.ts'
import { dirname, lstatOf } from '../lib/path.ts'

const OPTIONS = {
  strip: { short: 'p', value: '=NUM', help: 'Strip NUM leading components from file names.' },
  fuzz: { short: 'F', value: ' LINES', help: 'Set the fuzz factor to LINES for inexact matching.' },
  input: { short: 'i', value: '=PATCHFILE', help: 'Read patch from PATCHFILE instead of stdin.' },
  output: { short: 'o', value: '=FILE', help: 'Output patched files to FILE.' },
  rejectFile: { short: 'r', value: '=FILE', help: 'Output rejects to FILE.' },
  reverse: { short: 'R', help: 'Assume patches were created with old and new files swapped.' },
  forward: { short: 'N', help: 'Ignore patches that appear to be reversed or already applied.' },
  removeEmptyFiles: { short: 'E', help: 'Remove output files that are empty after patching.' },
  backup: { short: 'b', help: 'Back up the original contents of each file.' },
  suffix: { short: 'z', value: '=SUFFIX', help: 'Append SUFFIX to backup file names.' },
  directory: { short: 'd', value: '=DIR', help: 'Change the working directory to DIR first.' },
  dryRun: { help: 'Do not actually change any files; just print what would happen.' },
  force: { short: 'f', help: 'Like -t, but ignore bad-Prereq patches, and assume unreversed.' },
  batch: { short: 't', help: 'Ask no questions; skip bad-Prereq patches; assume reversed.' },
  quiet: { short: 's', also: ['silent'], help: 'Work silently unless an error occurs.' },
  verbose: { help: 'Output extra information about the work being done.' },
  unified: { short: 'u', help: 'Interpret the patch as a unified difference.' },
  context: { short: 'c', help: 'Interpret the patch as a context difference.' },
  normal: { short: 'n', help: 'Interpret the patch as a normal difference.' },
} as const

export default command({
  name: 'patch',
  summary: 'apply a diff file to an original',
  suite: 'other',
  usage: 'patch [OPTION]... [ORIGFILE [PATCHFILE]]',
  version: 'GNU patch 2.7.6\n',
  failure: 2,
  wrongUsage: "patch: Try 'patch --help' for more information.\n",
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const [original, patchFile = flags.input] = args
    if (args.length > 2) throw fatal(`extra operand '${args[2]}'`)
    const source = patchFile ?? '-'
    let text: string
    try {
      text = decode(yield* readAll(sys, yield* openInput(sys, source)))
    } catch (e) {
      throw fatal(`Can't open patch file ${source} `, e)
    }
    if (flags.directory !== undefined) sys.chdir(flags.directory)
    let patches: FilePatch[]
    try {
      patches = parsePatch(text)
    } catch (e) {
      if (!(e instanceof MalformedPatch)) throw e
      throw fatal(`**** malformed patch at line ${e.line}: ${e.text}\n`)
    }
    if (!patches.length && text.trim()) throw fatal('**** Only garbage was found in the patch input.')
    const work = new Work(sys, me, flags)
    for (const it of patches) yield* work.apply(it, original)
    return work.status
  },
})

class Work {
  status = 0
  readonly #sys: Sys
  readonly #me: Process
  readonly #flags: Flags<typeof OPTIONS>
  readonly #isBusybox: boolean

  constructor(sys: Sys, me: Process, flags: Flags<typeof OPTIONS>) {
    this.#sys = sys
    this.#me = me
    this.#flags = flags
    this.#isBusybox = isApplet(sys)
  }

  #say(text: string): void {
    if (!this.#flags.quiet) this.#me.out.line(text)
  }

  /** One file's part of the patch. */
  *apply(patch: FilePatch, given: string | undefined): Blocking<void> {
    const flags = this.#flags
    const name = given ?? this.#target(patch)
    if (name === undefined) {
      this.#me.out.print(`can't find file to patch at input line ${patch.line + 2}\n`)
      this.#say(
        flags.strip === undefined
          ? 'Perhaps you should have used the -p or --strip option?'
          : 'Perhaps you used the wrong -p or --strip option?',
      )
      this.status = 1
      throw fatal('', undefined, 1)
    }
    const hunks = flags.reverse ? patch.hunks.map(reversed) : patch.hunks
    const [oldName, newName] = flags.reverse ? [patch.newName, patch.oldName] : [patch.oldName, patch.newName]
    const exists = lstatOf(this.#sys, name) !== undefined
    const creates = !exists && (oldName === '/dev/null' || hunks.every(it => !it.before.length))
    const verb = flags.dryRun && !this.#isBusybox ? 'checking' : 'patching'
    this.#say(this.#isBusybox && creates ? `creating ${name}` : `${verb} file ${name}`)
    const file = textFile(yield* this.#contents(name, exists || !creates))
    const before = textOf(file)
    const rejected = this.#isBusybox ? this.#inOrder(file, hunks) : this.#hunks(file, hunks)
    if (flags.dryRun) return
    if (this.#isBusybox && rejected.length) return
    const isGone = !file.lines.length && (flags.removeEmptyFiles || newName === '/dev/null')
    if (textOf(file) !== before || creates) yield* this.#save(name, before, file, exists, isGone)
    if (rejected.length) yield* this.#reject(patch, name, rejected, hunks.length)
  }

  /** Which file is meant: of those that exist the one with the shortest name; else the one to be made. */
  #target(patch: FilePatch): string | undefined {
    const { strip } = this.#flags
    const shorten = (name: string): string => {
      if (name === '/dev/null') return name
      if (strip === undefined) return name.slice(name.lastIndexOf('/') + 1)
      const parts = name.split(/\/+/)
      return this.#isBusybox ? stripped(name, Number(strip)) : parts.slice(Number(strip)).join('/')
    }
    const isMeant = (name: string) => name && name !== '/dev/null'
    if (this.#isBusybox) {
      const wanted = this.#flags.reverse ? patch.oldName : patch.newName
      const fresh = shorten(isMeant(wanted) ? wanted : patch.oldName)
      const other = shorten(patch.newName)
      return this.#flags.reverse && lstatOf(this.#sys, fresh) === undefined ? other : fresh
    }
    const names = [patch.oldName, patch.newName, patch.index].filter(isMeant).map(shorten)
    const there = names.filter(name => name && lstatOf(this.#sys, name) !== undefined)
    if (there.length)
      return there.sort((a, b) => a.split('/').length - b.split('/').length || a.length - b.length)[0]
    const makes = patch.oldName === '/dev/null' || patch.hunks.every(it => !it.before.length)
    return makes ? names[0] : undefined
  }

  *#contents(name: string, isNeeded: boolean): Blocking<string> {
    try {
      return yield* readFile(this.#sys, name)
    } catch (e) {
      if (e === ENOENT && !isNeeded) return ''
      yield* this.#me.out.flush()
      if (this.#isBusybox && e instanceof Errno) throw fatal(`can't open '${name}'`, e, 1)
      throw fatal(`**** Can't open file ${name} `, e)
    }
  }

  /** Applies what fits; the numbers of the hunks that do not. */
  #hunks(file: TextFile, hunks: readonly PatchHunk[]): number[] {
    const most = this.#flags.fuzz === undefined ? 2 : Number(this.#flags.fuzz)
    const rejected: number[] = []
    let [offset, moved, last] = [0, 0, 0]
    if (this.#isReversed(file, hunks[0], most)) {
      const skips = this.#flags.forward || !this.#flags.batch
      this.#say(
        skips
          ? 'Reversed (or previously applied) patch detected!  Skipping patch.'
          : 'Reversed (or previously applied) patch detected!  Assuming -R.',
      )
      this.status = 1
      if (skips)
        return this.#count(
          hunks.map((_, i) => i),
          hunks.length,
        )
      return this.#hunks(file, hunks.map(reversed))
    }
    for (const [i, it] of hunks.entries()) {
      const place = locate(file, it, offset, last, most)
      if (!place) {
        this.#me.out.line(`Hunk #${i + 1} FAILED at ${it.from + moved}.`)
        rejected.push(i)
        continue
      }
      offset = place.at - (it.from - 1)
      const off = offset - moved
      const about = [
        ...(place.fuzz ? [` with fuzz ${place.fuzz}`] : []),
        ...(off ? [` (offset ${off} ${Math.abs(off) === 1 ? 'line' : 'lines'})`] : []),
      ]
      if (about.length) this.#say(`Hunk #${i + 1} succeeded at ${place.at + 1}${about.join('')}.`)
      const shift = replace(file, it, place)
      last = place.at + it.after.length
      offset += shift
      moved += shift
    }
    return rejected
  }

  #count(skipped: readonly number[], of: number): number[] {
    this.#me.out.line(`${skipped.length} out of ${of} ${of === 1 ? 'hunk' : 'hunks'} ignored`)
    return []
  }

  /** Whether the first hunk fits only the other way round. */
  #isReversed(file: TextFile, first: PatchHunk | undefined, most: number): boolean {
    if (!first || this.#flags.force) return false
    return !locate(file, first, 0, 0, most) && locate(file, reversed(first), 0, 0, 0) !== undefined
  }

  /** busybox stops at the first hunk that does not fit. */
  #inOrder(file: TextFile, hunks: readonly PatchHunk[]): number[] {
    let [offset, last] = [0, 0]
    for (const [i, it] of hunks.entries()) {
      const place = locate(file, it, offset, last, 0)
      if (!place) {
        const undone = locate(file, reversed(it), offset, last, 0)
        if (undone && this.#flags.forward) continue
        if (undone) this.#say(`Possibly reversed hunk ${i + 1} at ${undone.at + it.after.length + 1}`)
        this.#me.out.line(`Hunk ${i + 1} FAILED ${it.from}/${it.to}.`)
        for (const line of it.text.slice(1)) this.#me.out.line(line)
        this.status = 1
        return [i]
      }
      offset = place.at - (it.from - 1) + replace(file, it, place)
      last = place.at + it.after.length
    }
    return []
  }

  *#save(name: string, before: string, file: TextFile, exists: boolean, isGone: boolean): Blocking<void> {
    const flags = this.#flags
    const output = flags.output ?? name
    if (output === '-') {
      this.#me.out.print(textOf(file))
      return
    }
    if (exists && (flags.backup || flags.suffix !== undefined) && !flags.output)
      yield* writeFile(this.#sys, `${name}${flags.suffix ?? '.orig'}`, before)
    if (isGone && exists) this.#sys.unlink(output)
    else {
      if (!exists) this.#directories(dirname(output))
      yield* writeFile(this.#sys, output, textOf(file))
    }
  }

  #directories(path: string): void {
    if (path === '.' || path === '/' || lstatOf(this.#sys, path)) return
    this.#directories(dirname(path))
    this.#sys.mkdir(path, 0o777)
  }

  *#reject(patch: FilePatch, name: string, rejected: readonly number[], of: number): Blocking<void> {
    this.status = 1
    const file = this.#flags.rejectFile ?? `${name}.rej`
    this.#me.out.line(
      `${rejected.length} out of ${of} ${of === 1 ? 'hunk' : 'hunks'} FAILED -- saving rejects to file ${file}`,
    )
    if (file === '-') return
    const [marks, names] = [
      patch.kind === 'context' ? ['***', '---'] : ['---', '+++'],
      [patch.oldName, patch.newName],
    ]
    const head = patch.kind === 'normal' ? '' : `${marks[0]} ${names[0]}\n${marks[1]} ${names[1]}\n`
    const body = rejected.flatMap(i => patch.hunks[i]!.text).join('\n')
    yield* writeFile(this.#sys, file, `${head}${body}\n`)
  }
}

/** busybox keeps slashes as they are but for the components it takes off. */
function stripped(name: string, count: number): string {
  let rest = name
  for (let i = 0; i < count; i++) {
    const slash = rest.indexOf('/')
    if (slash < 0) break
    rest = rest.slice(slash).replace(/^\/+/, '')
  }
  return rest
}
