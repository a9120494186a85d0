/**
 * tee - read from standard input and write to standard output and files
 * https://www.gnu.org/software/coreutils/manual/html_node/tee-invocation.html
 */
import { EPIPE, O_APPEND, O_CREAT, O_TRUNC, O_WRONLY, SIG_IGN, SIGINT, SIGPIPE } from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { command, readStdin, writeAll, WriteError } from '../lib/command.ts'
import { quotef } from '../lib/quote.ts'

const MODES = [
  ['warn', 'warn'],
  ['warn-nopipe', 'warn-nopipe'],
  ['exit', 'exit'],
  ['exit-nopipe', 'exit-nopipe'],
] as const

export default command({
  name: 'tee',
  closesStdin: 'standard input',
  summary: 'Copy standard input to each FILE, and also to standard output.',
  usage: 'tee [OPTION]... [FILE]...',
  authors: 'Mike Parker, Richard M. Stallman, and David MacKenzie',
  options: {
    append: { short: 'a', help: 'append to the given FILEs, do not overwrite' },
    ignoreInterrupts: { short: 'i', help: 'ignore interrupt signals' },
    p: { help: 'diagnose errors writing to non pipes' },
    outputError: { value: '[=MODE]', help: 'set behavior on write error.  See MODE below' },
  },

  *main(sys, flags, args, me) {
    const mode = flags.outputError
      ? oneOf('--output-error', flags.outputError, MODES)
      : flags.p || flags.outputError === ''
        ? 'warn-nopipe'
        : undefined
    if (flags.ignoreInterrupts) sys.sigaction(SIGINT, SIG_IGN)
    if (mode) sys.sigaction(SIGPIPE, SIG_IGN)
    let status = 0
    const outputs: { fd: number; name: string }[] = [{ fd: 1, name: 'standard output' }]
    for (const name of args) {
      try {
        const fd = yield* sys.open(name, O_WRONLY | O_CREAT | (flags.append ? O_APPEND : O_TRUNC), 0o666)
        outputs.push({ fd, name })
      } catch (e) {
        yield* me.warn(quotef(name), e)
        status = 1
        if (mode?.startsWith('exit')) return 1
      }
    }
    while (outputs.length) {
      let bytes: Uint8Array
      try {
        bytes = yield* sys.read(readStdin(sys), 65536)
      } catch (e) {
        yield* me.warn('read error', e)
        return 1
      }
      if (!bytes.length) break
      for (const it of [...outputs]) {
        try {
          yield* writeAll(sys, it.fd, bytes)
        } catch (e) {
          if (!(e instanceof WriteError)) throw e
          outputs.splice(outputs.indexOf(it), 1)
          if (e.errno === EPIPE && mode?.endsWith('nopipe')) continue
          yield* me.warn(quotef(it.name), e.errno)
          status = 1
          if (mode?.startsWith('exit')) return 1
        }
      }
    }
    return status
  },
})
