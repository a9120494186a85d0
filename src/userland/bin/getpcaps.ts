/**
 * getpcaps - display process capabilities
 * Linux: libcap progs/getpcaps.c; getpcaps(8).
 */
import { type Blocking, EINVAL, Errno, type Sys } from '../../abi/index.ts'
import { capsText, iabText } from '../lib/capabilities.ts'
import { command, type Process } from '../lib/command.ts'
import { readProc } from '../lib/proc.ts'

const LICENSE =
  'getpcaps see LICENSE file for details.\nCopyright (c) 1997,2007,2008,2020 Andrew G. Morgan <morgan@kernel.org>\n'

const USAGE = `usage: getcaps [opts] <pid> [<pid> ...]

  This program displays the capabilities on the queried process(es).
  The capabilities are displayed in the cap_from_text(3) format.

  Optional arguments:
     --help, -h or --usage display this message.
     --verbose             use a more verbose output format.
     --ugly or --legacy    use the archaic legacy output format.
     --iab                 show IAB of process too.
     --license             display license info
`

export default command({
  name: 'getpcaps',
  summary: 'display process capabilities',
  suite: 'other',
  usage: 'getpcaps [opts] <pid> [<pid> ...]',
  raw: true,

  *main(sys, _flags, args, me) {
    let form: 'plain' | 'verbose' | 'ugly' = 'plain'
    let [showsIab, status] = [false, 0]
    if (!args.length) {
      yield* sys.write(2, USAGE)
      return 1
    }
    for (const arg of args) {
      if (/^(--help|-h|--usage)$/.test(arg)) {
        yield* sys.write(2, USAGE)
        return 0
      }
      if (arg === '--license') {
        me.out.print(LICENSE)
        return 0
      }
      if (arg === '--verbose') form = 'verbose'
      else if (arg === '--ugly' || arg === '--legacy') form = 'ugly'
      else if (arg === '--iab') showsIab = true
      else {
        const failure = yield* report(sys, me, arg, form, showsIab)
        if (failure) yield* complain(sys, me, failure)
        if (failure) status = 1
      }
    }
    return status
  },
})

function* complain(sys: Sys, me: Process, message: string): Blocking<void> {
  yield* me.out.flush()
  yield* sys.write(2, message)
}

/** The line of one process; or what went wrong. */
function* report(
  sys: Sys,
  me: Process,
  pid: string,
  form: 'plain' | 'verbose' | 'ugly',
  showsIab: boolean,
): Blocking<string> {
  if (!/^\s*[+-]?\d+$/.test(pid)) return `Cannot parse pid ${pid}: (${EINVAL.message})\n`
  try {
    const text = capsText(sys.capget(Number(pid)))
    if (form === 'verbose') me.out.line(`Capabilities for '${pid}': ${text}`)
    else if (form === 'ugly') me.out.line(`Capabilities for \`${pid}': ${text}`)
    else if (!showsIab) me.out.line(`${pid}: ${text}`)
    else me.out.line(`${pid}:${text === '=' ? '' : ` "${text}"`}${yield* iabOf(sys, pid)}`)
    return ''
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return `Failed to get cap's for process ${pid}: (${e.message})\n`
  }
}

function* iabOf(sys: Sys, pid: string): Blocking<string> {
  const status = (yield* readProc(sys, Number(pid)))?.status
  const set = (field: string): bigint => BigInt(`0x${status?.get(field) ?? '0'}`)
  const text = iabText(set('CapInh'), set('CapAmb'), set('CapBnd'))
  return text && ` [${text}]`
}
