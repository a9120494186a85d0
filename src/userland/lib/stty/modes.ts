/** What a terminal can be set to: modes, fields of several bits, control characters, speeds. Linux: stty.c:mode_info. */
import {
  BRKINT,
  CREAD,
  CSIZE,
  ECHO,
  ECHOCTL,
  ECHOE,
  ECHOK,
  ECHOKE,
  ECHONL,
  ICANON,
  ICRNL,
  IEXTEN,
  IGNCR,
  IMAXBEL,
  INLCR,
  ISIG,
  IUTF8,
  IXANY,
  IXON,
  NOFLSH,
  ONLCR,
  OPOST,
  TOSTOP,
  PARENB,
  VDISCARD,
  VEOF,
  VEOL,
  VEOL2,
  VERASE,
  VINTR,
  VKILL,
  VLNEXT,
  VQUIT,
  VREPRINT,
  VSTART,
  VSTOP,
  VSUSP,
  VSWTC,
  VWERASE,
  type Termios,
} from '../../../abi/index.ts'

export type Field = 'iflag' | 'oflag' | 'cflag' | 'lflag'

/** The settings in the order of `stty -a`; `sane` is what `stty sane` makes of it, null for neither. */
export const MODES: readonly (readonly [name: string, field: Field, bit: number, sane: boolean | null])[] = [
  ['parenb', 'cflag', PARENB, null],
  ['parodd', 'cflag', 0o1000, null],
  ['cmspar', 'cflag', 0o10000000000, null],
  ['hupcl', 'cflag', 0o2000, null],
  ['cstopb', 'cflag', 0o100, null],
  ['cread', 'cflag', CREAD, true],
  ['clocal', 'cflag', 0o4000, null],
  ['crtscts', 'cflag', 0o20000000000, null],
  ['ignbrk', 'iflag', 1, false],
  ['brkint', 'iflag', BRKINT, true],
  ['ignpar', 'iflag', 4, null],
  ['parmrk', 'iflag', 8, null],
  ['inpck', 'iflag', 0o20, null],
  ['istrip', 'iflag', 0o40, null],
  ['inlcr', 'iflag', INLCR, false],
  ['igncr', 'iflag', IGNCR, false],
  ['icrnl', 'iflag', ICRNL, true],
  ['ixon', 'iflag', IXON, null],
  ['ixoff', 'iflag', 0o10000, false],
  ['iuclc', 'iflag', 0o1000, false],
  ['ixany', 'iflag', IXANY, false],
  ['imaxbel', 'iflag', IMAXBEL, true],
  ['iutf8', 'iflag', IUTF8, false],
  ['opost', 'oflag', OPOST, true],
  ['olcuc', 'oflag', 2, false],
  ['ocrnl', 'oflag', 0o10, false],
  ['onlcr', 'oflag', ONLCR, true],
  ['onocr', 'oflag', 0o20, false],
  ['onlret', 'oflag', 0o40, false],
  ['ofill', 'oflag', 0o100, false],
  ['ofdel', 'oflag', 0o200, false],
  ['isig', 'lflag', ISIG, true],
  ['icanon', 'lflag', ICANON, true],
  ['iexten', 'lflag', IEXTEN, true],
  ['echo', 'lflag', ECHO, true],
  ['echoe', 'lflag', ECHOE, true],
  ['echok', 'lflag', ECHOK, true],
  ['echonl', 'lflag', ECHONL, false],
  ['noflsh', 'lflag', NOFLSH, false],
  ['xcase', 'lflag', 4, false],
  ['tostop', 'lflag', TOSTOP, false],
  ['echoprt', 'lflag', 0o2000, false],
  ['echoctl', 'lflag', ECHOCTL, true],
  ['echoke', 'lflag', ECHOKE, true],
  ['flusho', 'lflag', 0o10000, null],
  ['extproc', 'lflag', 0o200000, null],
]
/** Further names of modes. */
export const SAME: Readonly<Record<string, string>> = {
  crterase: 'echoe',
  crtkill: 'echoke',
  ctlecho: 'echoctl',
  prterase: 'echoprt',
  tandem: 'ixoff',
  hup: 'hupcl',
}

/** Control characters in the order of `stty -a`, with the value `sane` gives them. */
export const CHARACTERS: readonly (readonly [name: string, index: number, sane: number])[] = [
  ['intr', VINTR, 3],
  ['quit', VQUIT, 28],
  ['erase', VERASE, 127],
  ['kill', VKILL, 21],
  ['eof', VEOF, 4],
  ['eol', VEOL, 0],
  ['eol2', VEOL2, 0],
  ['swtch', VSWTC, 0],
  ['start', VSTART, 17],
  ['stop', VSTOP, 19],
  ['susp', VSUSP, 26],
  ['rprnt', VREPRINT, 18],
  ['werase', VWERASE, 23],
  ['lnext', VLNEXT, 22],
  ['discard', VDISCARD, 15],
]

/** Settings that are one of several values of the same bits. */
export const CHOICES: readonly {
  field: Field
  mask: number
  names: readonly (readonly [string, number])[]
}[] = [
  {
    field: 'cflag',
    mask: CSIZE,
    names: [
      ['cs5', 0],
      ['cs6', 0o20],
      ['cs7', 0o40],
      ['cs8', 0o60],
    ],
  },
  {
    field: 'oflag',
    mask: 0o400,
    names: [
      ['nl0', 0],
      ['nl1', 0o400],
    ],
  },
  {
    field: 'oflag',
    mask: 0o3000,
    names: [
      ['cr0', 0],
      ['cr1', 0o1000],
      ['cr2', 0o2000],
      ['cr3', 0o3000],
    ],
  },
  {
    field: 'oflag',
    mask: 0o14000,
    names: [
      ['tab0', 0],
      ['tab1', 0o4000],
      ['tab2', 0o10000],
      ['tab3', 0o14000],
    ],
  },
  {
    field: 'oflag',
    mask: 0o20000,
    names: [
      ['bs0', 0],
      ['bs1', 0o20000],
    ],
  },
  {
    field: 'oflag',
    mask: 0o40000,
    names: [
      ['vt0', 0],
      ['vt1', 0o40000],
    ],
  },
  {
    field: 'oflag',
    mask: 0o100000,
    names: [
      ['ff0', 0],
      ['ff1', 0o100000],
    ],
  },
]

/** CBAUD: the speed in the control flags. */
const CBAUD = 0o10017
const SLOW = [0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400]
const FAST = [57600, 115200, 230400, 460800, 500000, 576000, 921600, 1000000, 1152000, 1500000, 2000000]
const FASTEST = [2500000, 3000000, 3500000, 4000000]

/** Bits of each speed. Linux: B0 to B4000000. */
const BITS: ReadonlyMap<number, number> = new Map([
  ...SLOW.map((speed, i) => [speed, i] as const),
  ...[...FAST, ...FASTEST].map((speed, i) => [speed, 0o10001 + i] as const),
])

/** The speed of a terminal. */
export function baud({ cflag }: Termios): number {
  for (const [speed, bits] of BITS) if (bits === (cflag & CBAUD)) return speed
  return 0
}

/** The control flags with another speed; undefined if there is none such. */
export function withBaud(cflag: number, text: string): number | undefined {
  const bits =
    text === 'exta'
      ? 14
      : text === 'extb'
        ? 15
        : BITS.get(text === '134.5' ? 134 : /^\d+$/.test(text) ? Number(text) : -1)
  return bits === undefined ? undefined : (cflag & ~CBAUD) | bits
}
