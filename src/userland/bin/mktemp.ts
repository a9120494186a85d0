/**
 * mktemp - create a temporary file or directory
 * https://www.gnu.org/software/coreutils/manual/html_node/mktemp-invocation.html
 */
import { type Blocking, EEXIST, Errno, O_CREAT, O_EXCL, O_RDWR, refusal, type Sys } from '../../abi/index.ts'
import { command, fatal, usage } from '../lib/command.ts'
import { joinPath, lstatOf } from '../lib/path.ts'
import { quote } from '../lib/quote.ts'
import { randomLetters } from '../lib/random.ts'

const TRIES = 100

export default command({
  name: 'mktemp',
  summary:
    "Create a temporary file or directory, safely, and print its name.\nTEMPLATE must contain at least 3 consecutive 'X's in last component.\nIf TEMPLATE is not specified, use tmp.XXXXXXXXXX, and --tmpdir is implied.\nFiles are created u+rw, and directories u+rwx, minus umask restrictions.",
  usage: 'mktemp [OPTION]... [TEMPLATE]',
  authors: 'Jim Meyering and Eric Blake',
  options: {
    directory: { short: 'd', help: 'create a directory, not a file' },
    dryRun: { short: 'u', help: 'do not create anything; merely print a name (unsafe)' },
    quiet: { short: 'q', help: 'suppress diagnostics about file/dir-creation failure' },
    suffix: { value: '=SUFF', help: 'append SUFF to TEMPLATE; SUFF must not contain a slash.' },
    tmpdir: { value: '[=DIR]', help: 'interpret TEMPLATE relative to DIR' },
    p: { value: 'DIR', help: 'interpret TEMPLATE relative to DIR' },
    t: { help: 'interpret TEMPLATE as a single file name component,\nrelative to a directory' },
  },

  *main(sys, flags, args, me) {
    if (args.length > 1) throw usage('too many templates')
    let template = args[0] ?? 'tmp.XXXXXXXXXX'
    let suffix = flags.suffix
    if (suffix !== undefined) {
      if (!template.endsWith('X')) throw fatal(`with --suffix, template ${quote(template)} must end in X`)
    } else {
      const end = template.lastIndexOf('X') + 1
      suffix = template.slice(end)
      template = template.slice(0, end)
    }
    if (suffix.includes('/')) throw fatal(`invalid suffix ${quote(suffix)}, contains directory separator`)
    const count = template.length - template.replace(/X+$/, '').length
    if (count < 3) throw fatal(`too few X's in template ${quote(args[0] ?? template)}`)
    const asked = flags.p ?? flags.tmpdir
    const relative = asked !== undefined || flags.t || args[0] === undefined
    if (relative) {
      const environment = me.env.get('TMPDIR')
      const dir = flags.t ? environment || flags.p || '/tmp' : asked || environment || '/tmp'
      if (flags.t && template.includes('/'))
        throw fatal(`invalid template, ${quote(template)}, contains directory separator`)
      if (template.startsWith('/'))
        throw fatal(`invalid template, ${quote(template)}; with --tmpdir, it may not be absolute`)
      template = joinPath(dir, template)
    }
    const stem = template.slice(0, -count)
    for (let i = 0; i < TRIES; i++) {
      const path = stem + randomLetters(sys, count) + suffix
      const refused = yield* create(sys, path, flags)
      if (refused === EEXIST) continue
      if (!refused) {
        me.out.line(path)
        return 0
      }
      if (!flags.quiet)
        yield* me.warn(
          `failed to create ${flags.directory ? 'directory' : 'file'} via template ${quote(template + suffix)}`,
          refused,
        )
      return 1
    }
    return 1
  },
})

function* create(
  sys: Sys,
  path: string,
  flags: { dryRun?: boolean | undefined; directory?: boolean | undefined },
): Blocking<Errno | undefined> {
  if (flags.dryRun) return lstatOf(sys, path) ? EEXIST : undefined
  if (flags.directory) return refusal(() => sys.mkdir(path, 0o700))
  try {
    sys.close(yield* sys.open(path, O_RDWR | O_CREAT | O_EXCL, 0o600))
    return undefined
  } catch (e) {
    if (e instanceof Errno) return e
    throw e
  }
}
