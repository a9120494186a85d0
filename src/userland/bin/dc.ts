/**
 * dc - an arbitrary precision calculator in reverse Polish notation
 * https://www.gnu.org/software/bc/manual/dc-1.05/html_mono/dc.html
 *
 * Left out: `!` for running commands.
 */
import { type Blocking, decode, Errno, O_RDONLY, type Sys } from '../../abi/index.ts'
import { Dc, DcQuit } from '../lib/bc/dc.ts'
import { Wrapped } from '../lib/bc/wrap.ts'
import { command, fatal, must, type Process, readAll } from '../lib/command.ts'
import { TooLong } from '../lib/bc/number.ts'
import { Lines } from '../lib/lines.ts'

export default command({
  name: 'dc',
  summary: 'an arbitrary precision calculator',
  suite: 'other',
  usage: 'dc [OPTION] [file ...]',
  options: {
    expression: { short: 'e', value: '=EXPR', repeat: true, help: 'evaluate expression' },
    file: { short: 'f', value: '=FILE', repeat: true, help: 'evaluate contents of file' },
    extended: { short: 'x', long: '', help: 'names of registers may be words' },
  },

  *main(sys, flags, args, me) {
    const stdin = new Lines(sys, 0)
    const out = new Wrapped(me.out, me.env.get('DC_LINE_LENGTH'), 0)
    const dc = new Dc(
      {
        sys,
        print: text => out.print(text),
        warn: text => me.warn(text),
        readLine: () => readLine(stdin, me),
      },
      flags.extended ?? false,
    )
    try {
      for (const { key, value } of me.order) {
        if (key === 'expression') yield* dc.run(value)
        else if (key === 'file') yield* dc.run(yield* contents(sys, value))
      }
      for (const name of args) yield* dc.run(yield* contents(sys, name))
      if (flags.expression || flags.file || args.length) return 0
      let text = ''
      for (;;) {
        const line = yield* must('stdin', stdin.next())
        if (line === undefined) break
        text += `${line}\n`
        if (!isWhole(text)) continue
        yield* dc.run(text)
        text = ''
        if (stdin.idle) yield* me.out.flush()
      }
      if (text) yield* dc.run(text)
    } catch (e) {
      if (e instanceof TooLong) throw fatal('out of memory')
      if (!(e instanceof DcQuit)) throw e
    }
    return 0
  },
})

/** Whether a command is complete: its brackets are closed, and the name of a register follows on the same line. */
function isWhole(text: string): boolean {
  const depth = text.split('[').length - text.split(']').length
  return depth <= 0 && !/[sSlL:;<>=]\n$/.test(text)
}

function* readLine(stdin: Lines, me: Process): Blocking<string> {
  yield* me.out.flush()
  return (yield* stdin.next()) ?? ''
}

function* contents(sys: Sys, name: string): Blocking<string> {
  try {
    const fd = name === '-' ? 0 : yield* sys.open(name, O_RDONLY)
    const bytes = yield* readAll(sys, fd)
    if (fd) sys.close(fd)
    return decode(bytes)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    throw fatal(`Could not open file ${name}`)
  }
}
