/**
 * more - display the contents of a file in a terminal
 * https://man7.org/linux/man-pages/man1/more.1.html
 *
 * Left out: going back, marks, running other programs.
 */
import { type Blocking, decode, Errno, isDir, type Sys } from '../../abi/index.ts'
import { command, readAll, writeAll } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import {
  askLine,
  closeKeyboard,
  type Keyboard,
  openKeyboard,
  readKey,
  reversed,
  screenRows,
} from '../lib/pager.ts'
import { compileRegex, RegexError } from '../lib/regex.ts'

const FRAME = '::::::::::::::\n'

export default command({
  name: 'more',
  summary: 'Display the contents of a file in a terminal',
  usage: 'more [options] <file>...',
  suite: 'util-linux',
  options: {
    silent: { short: 'd', help: 'display help instead of ringing bell' },
    logical: { short: 'f', help: 'count logical rather than screen lines' },
    noPause: { short: 'l', help: 'suppress pause after form feed' },
    printOver: { short: 'c', help: 'do not scroll, display text and clean line ends' },
    cleanPrint: { short: 'p', help: 'do not scroll, clean screen and display text' },
    squeeze: { short: 's', help: 'squeeze multiple blank lines into one' },
    plain: { short: 'u', help: 'suppress underlining and bold' },
    lines: { short: 'n', value: ' <number>', help: 'the number of lines per screenful' },
  },
  obsolete: args => args.map(arg => (/^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg)),

  *main(sys, flags, args, me) {
    if (!args.length && sys.isatty(0)) {
      yield* sys.write(2, `${me.name}: bad usage\nTry '${me.name} --help' for more information.\n`)
      return 1
    }
    const keyboard = me.out.isTty ? yield* openKeyboard(sys) : undefined
    let status = 0
    for (const [i, name] of (args.length ? args : ['-']).entries()) {
      let text: string
      try {
        const fd = yield* openInput(sys, name)
        const directory = isDir(sys.fstat(fd))
        text = directory ? '' : decode(yield* readAll(sys, fd))
        closeInput(sys, fd)
        if (directory) {
          yield* sys.write(2, `\n*** ${name}: directory ***\n\n`)
          continue
        }
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* sys.write(2, `${me.name}: cannot open ${name}: ${e.message}\n`)
        status = 1
        continue
      }
      if (flags.squeeze) text = text.replace(/\n{3,}/g, '\n\n')
      if (name !== '-' && (args.length > 1 || !keyboard))
        text = `${i && keyboard ? '\n' : ''}${FRAME}${name}\n${FRAME}${text}`
      if (!keyboard) me.out.print(text)
      else if (yield* page(sys, keyboard, text, flags.lines === undefined ? 0 : Number(flags.lines))) break
    }
    if (keyboard) yield* closeKeyboard(sys, keyboard)
    return status
  },
})

/** Show a text screen by screen; whether the user wants no more. */
function* page(sys: Sys, keyboard: Keyboard, text: string, wanted: number): Blocking<boolean> {
  const { rows, cols } = sys.tiocgwinsz(1)
  const screen = wanted || Math.max(2, (rows || 24) - 1)
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text)
    .split('\n')
    .flatMap(it => screenRows(it, cols || 80, false))
  let at = 0
  let count = screen
  for (;;) {
    for (const line of lines.slice(at, at + count)) yield* writeAll(sys, 1, `${line}\n`)
    at += count
    if (at >= lines.length) return false
    yield* writeAll(sys, 1, reversed(`--More--(${Math.floor((at * 100) / lines.length)}%)`))
    const key = yield* readKey(sys, keyboard.fd)
    yield* writeAll(sys, 1, '\r\x1b[K')
    if (key === 'q' || key === 'Q' || key === '\x03' || key === '') return true
    count = key === '\r' || key === '\n' ? 1 : key === 'd' ? 11 : screen
    if (key !== '/') continue
    const pattern = yield* askLine(sys, keyboard.fd, '/')
    yield* writeAll(sys, 1, '\r\x1b[K')
    const found = pattern ? find(lines, at, pattern) : -1
    if (found < 0) {
      yield* writeAll(sys, 1, 'Pattern not found\n')
      count = 0
    } else at = Math.max(at, found - 2)
  }
}

function find(lines: readonly string[], from: number, pattern: string): number {
  try {
    const regex = compileRegex(pattern)
    return lines.findIndex((it, i) => i >= from && regex.test(it))
  } catch (e) {
    if (e instanceof RegexError) return -1
    throw e
  }
}
