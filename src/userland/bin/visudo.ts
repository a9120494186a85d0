/**
 * visudo - edit the sudoers file
 * Linux: sudo 1.9 plugins/sudoers/visudo.c; visudo(8).
 *
 * Left out: checks deeper than the shape of a line; -s, -I and -q are taken and change nothing.
 */
import { type Blocking, Errno, type Sys, WEXITSTATUS } from '../../abi/index.ts'
import { command, execvp, fork, type Process, readDir, readFile, writeFile } from '../lib/command.ts'
import { waitFor } from '../lib/namespaces.ts'
import { quietly } from '../lib/shadow/files.ts'
import { readAnswer } from '../lib/shadow/prompt.ts'
import { complaint, mistake } from '../lib/sudo/policy.ts'

const HELP = `visudo - safely edit the sudoers file

usage: visudo [-chqsV] [[-f] sudoers ]

Options:
  -c, --check              check-only mode
  -f, --file=sudoers       specify sudoers file location
  -h, --help               display help message and exit
  -I, --no-includes        do not edit include files
  -q, --quiet              less verbose (quiet) syntax error messages
  -s, --strict             strict syntax checking
  -V, --version            display version information and exit

`
const SUDOERS = '/etc/sudoers'

export default command({
  name: 'visudo',
  summary: 'edit the sudoers file',
  suite: 'other',
  usage: 'visudo [-chqsV] [[-f] sudoers ]',
  help: HELP,
  wrongUsage: HELP.slice(HELP.indexOf('usage:'), HELP.indexOf('\nOptions')),
  options: {
    check: { short: 'c' },
    file: { short: 'f', value: 'sudoers' },
    help: { short: 'h' },
    noIncludes: { short: 'I' },
    quiet: { short: 'q' },
    strict: { short: 's' },
    version: { short: 'V' },
  },

  *main(sys, flags, args, me) {
    if (flags.help) me.out.print(HELP)
    else if (flags.version) me.out.print('visudo version 1.9.13p3\nvisudo grammar version 50\n')
    else {
      const path = flags.file ?? args[0] ?? SUDOERS
      const isInstalled = flags.file === undefined && args[0] === undefined
      return yield* flags.check ? check(sys, me, path, isInstalled) : edit(sys, me, path)
    }
    return 0
  },
})

/** The file and those that it includes; nothing is said of them unless all are right. */
function* check(sys: Sys, me: Process, path: string, isInstalled: boolean): Blocking<number> {
  const seen: string[] = []
  const problems: string[] = []
  try {
    yield* examine(sys, path, seen, problems)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* sys.write(2, `visudo: unable to open ${path}: ${e.message}\n`)
    return 1
  }
  if (problems.length) {
    yield* sys.write(2, problems.join(''))
    return 1
  }
  let status = 0
  for (const it of seen) {
    const isRight = !isInstalled || (sys.stat(it).mode & 0o7777) === 0o440
    if (isRight) me.out.line(`${it}: parsed OK`)
    else {
      yield* sys.write(2, `${it}: bad permissions, should be mode 0440\n`)
      status = 1
    }
  }
  return status
}

function* examine(sys: Sys, path: string, seen: string[], problems: string[]): Blocking<void> {
  const text = yield* readFile(sys, path)
  seen.push(path)
  for (const [i, line] of text.replace(/\\\n/g, '  ').split('\n').entries()) {
    const include = /^[@#]include(dir)?\s+(\S+)/.exec(line)
    if (include?.[1] && quietly(() => sys.stat(include[2]!))) {
      const names = (yield* readDir(sys, include[2]!)).map(it => it.name).sort()
      for (const name of names)
        if (!/[.~]/.test(name)) yield* examine(sys, `${include[2]}/${name}`, seen, problems)
    } else if (include) yield* examine(sys, include[2]!, seen, problems)
    const wrong = mistake(line)
    if (wrong) problems.push(complaint(path, i + 1, line, wrong))
  }
}

/** A copy is edited; it takes the place of the file when nothing in it is wrong. */
function* edit(sys: Sys, me: Process, path: string): Blocking<number> {
  let before: string
  try {
    before = yield* readFile(sys, path)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* sys.write(2, `visudo: ${path}: ${e.message}\n`)
    return 1
  }
  const copy = `${path}.tmp`
  yield* writeFile(sys, copy, before)
  sys.chmod(copy, 0o600)
  const editor =
    me.env.get('SUDO_EDITOR') ?? me.env.get('VISUAL') ?? me.env.get('EDITOR') ?? '/usr/bin/editor'
  for (;;) {
    const child = fork(sys, 'visudo', its => execvp(its, [...editor.split(' '), copy], me.envp))
    const status = WEXITSTATUS((yield* waitFor(sys, child, 0)).status)
    const after = yield* readFile(sys, copy)
    const problems: string[] = []
    yield* examine(sys, copy, [], problems)
    if (status || after === before) {
      yield* sys.write(2, `visudo: ${path} unchanged\n`)
      break
    }
    if (!problems.length) {
      const { mode, uid, gid } = sys.stat(path)
      sys.chown(copy, uid, gid)
      sys.chmod(copy, mode & 0o7777)
      sys.rename(copy, path)
      return 0
    }
    yield* sys.write(2, problems.join(''))
    me.out.print('What now? ')
    yield* me.out.flush()
    const answer = yield* readAnswer(sys)
    if (answer === undefined || /^[xq]/i.test(answer)) break
  }
  quietly(() => sys.unlink(copy))
  return 0
}
