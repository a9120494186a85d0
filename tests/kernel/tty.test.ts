import { expect, test } from 'vitest'
import {
  decode,
  ECHO,
  EIO,
  encode,
  ICANON,
  ISIG,
  IUTF8,
  SIGHUP,
  SIGINT,
  SIGTTIN,
  SIGTTOU,
  SIGWINCH,
  TCSETS,
  type Sys,
  TTY_DEFAULT,
  VMIN,
  VTIME,
  WSTOPSIG,
  WTERMSIG,
  WUNTRACED,
  SIG_IGN,
} from '../../src/abi/index.ts'
import {
  closeMaster,
  type Kernel,
  masterDrained,
  masterWrite,
  onMasterOutput,
  openPty,
  setMasterLimit,
  setWinsize,
  spawn,
} from '../../src/kernel/index.ts'
import { boot, settle } from './boot.ts'

/** A terminal with a program on it. */
class Screen {
  readonly k: Kernel
  readonly index: number
  readonly task: number
  text = ''

  constructor(program: (sys: Sys) => Generator<object, number, void>) {
    this.k = boot()
    this.index = openPty(this.k).index
    onMasterOutput(this.k, this.index, bytes => void (this.text += decode(bytes)))
    this.task = spawn(this.k, { argv: ['on-tty'], program, tty: this.index })
    settle(this.k)
  }

  type(text: string): string {
    this.text = ''
    masterWrite(this.k, this.index, encode(text))
    settle(this.k)
    return this.text
  }

  get status(): number | undefined {
    return this.k.reaped.get(this.task)
  }
}

/** Prints every line it reads in brackets. */
function* echoLines(sys: Sys) {
  for (;;) {
    const bytes = yield* sys.read(0, 4096)
    if (!bytes.length) return 0
    yield* sys.write(1, `[${decode(bytes).replace('\n', '$')}]\n`)
  }
}

test('a line can be edited before it is read', () => {
  const tty = new Screen(echoLines)
  expect(tty.type('helo')).toBe('helo')
  expect(tty.type('\x7f')).toBe('\b \b')
  expect(tty.type('lo\r')).toBe('lo\r\n[hello$]\r\n')
  expect(tty.type('one two \x17')).toBe('one two \b \b\b \b\b \b\b \b')
  expect(tty.type('2\x15')).toBe('2' + '\b \b'.repeat(5))
  expect(tty.type('\x01\x7f')).toBe('^A\b \b\b \b')
  expect(tty.type('a\t\x7f')).toBe('a\t' + '\b'.repeat(7))
  expect(tty.type('\n')).toBe('\r\n[a$]\r\n')
})

test('^D ends the input at the start of a line and sends what there is elsewhere', () => {
  const tty = new Screen(echoLines)
  expect(tty.type('ab\x04')).toBe('ab[ab]\r\n')
  tty.type('\x04')
  expect(tty.status).toBe(0)
})

test('^V takes the next character as it is', () => {
  const tty = new Screen(echoLines)
  expect(tty.type('\x16')).toBe('^\b')
  expect(tty.type('\x03\n')).toBe('^C\r\n[\x03$]\r\n')
})

test('^C interrupts the foreground and flushes what was typed', () => {
  const tty = new Screen(echoLines)
  expect(tty.type('abc\x03')).toBe('abc^C')
  expect(WTERMSIG(tty.status!)).toBe(SIGINT)
})

test('erasing a wide character takes all its bytes and both columns', () => {
  const tty = new Screen(function* (sys) {
    yield* sys.tcsetattr(0, TCSETS, { ...TTY_DEFAULT, iflag: TTY_DEFAULT.iflag | IUTF8 })
    return yield* echoLines(sys)
  })
  tty.type('가')
  expect(tty.type('\x7f')).toBe('\b \b\b \b')
  expect(tty.type('x\n')).toBe('x\r\n[x$]\r\n')
})

test('raw mode with VMIN and VTIME', () => {
  const times: number[] = []
  const tty = new Screen(function* (sys) {
    const cc = TTY_DEFAULT.cc.slice()
    cc[VMIN] = 3
    const raw = { ...TTY_DEFAULT, lflag: TTY_DEFAULT.lflag & ~(ICANON | ECHO | ISIG), cc }
    yield* sys.tcsetattr(0, TCSETS, raw)
    times.push((yield* sys.read(0, 100)).length)
    const timed = cc.slice()
    timed[VMIN] = 0
    timed[VTIME] = 5
    yield* sys.tcsetattr(0, TCSETS, { ...raw, cc: timed })
    times.push((yield* sys.read(0, 100)).length)
    return 0
  })
  tty.type('a')
  expect(times).toEqual([])
  expect(tty.type('\x03c')).toBe('')
  expect(times).toEqual([3, 0])
})

test('^S stops the output and ^Q lets it go on', () => {
  const tty = new Screen(echoLines)
  expect(tty.type('\x13x\n')).toBe('x\r\n')
  expect(tty.type('\x11')).toBe('[x$]\r\n')
})

test('a background job is stopped for reading, and for changing the terminal', () => {
  const stops: number[] = []
  new Screen(function* (sys) {
    for (const act of ['read', 'set'] as const) {
      const pid = sys.clone(0, function* (its) {
        its.setpgid(0, 0)
        if (act === 'read') yield* its.read(0, 1)
        else yield* its.tcsetattr(0, TCSETS, TTY_DEFAULT)
        return 0
      })
      stops.push(WSTOPSIG((yield* sys.wait4(pid, WUNTRACED))!.status))
    }
    return 0
  })
  expect(stops).toEqual([SIGTTIN, SIGTTOU])
})

test('a background reader that ignores SIGTTIN gets EIO', () => {
  let error: unknown
  new Screen(function* (sys) {
    const pid = sys.clone(0, function* (its) {
      its.setpgid(0, 0)
      its.sigaction(SIGTTIN, SIG_IGN)
      try {
        yield* its.read(0, 1)
      } catch (e) {
        error = e
      }
      return 0
    })
    yield* sys.wait4(pid, 0)
    return 0
  })
  expect(error).toBe(EIO)
})

test('a new size is told to the foreground group', () => {
  const sizes: number[] = []
  const tty = new Screen(function* (sys) {
    sys.sigaction(SIGWINCH, () => void sizes.push(sys.tiocgwinsz(0).cols))
    for (;;)
      try {
        yield* sys.pause()
      } catch {}
  })
  setWinsize(tty.k, tty.index, 24, 80)
  settle(tty.k)
  expect(sizes).toEqual([80])
})

test('hanging up', () => {
  const tty = new Screen(echoLines)
  closeMaster(tty.k, tty.index)
  settle(tty.k)
  expect(WTERMSIG(tty.status!)).toBe(SIGHUP)
  expect(tty.k.ttys.size).toBe(0)
})

test('a writer waits for a slow screen', () => {
  const k = boot()
  const { index } = openPty(k)
  let got = 0
  onMasterOutput(k, index, bytes => void (got += bytes.length))
  setMasterLimit(k, index, 10_000)
  spawn(k, {
    argv: ['yes'],
    tty: index,
    program: function* (sys) {
      for (let i = 0; i < 100; i++) yield* sys.write(1, 'x'.repeat(1000))
      return 0
    },
  })
  settle(k)
  expect(got).toBe(10_000)
  masterDrained(k, index, 10_000)
  settle(k)
  expect(got).toBe(20_000)
})
