/** Terminal settings. Linux: include/uapi/asm-generic/termbits.h; termios(3). */
export const BRKINT = 0o2
export const ICRNL = 0o400
export const INLCR = 0o100
export const IGNCR = 0o200
export const IXON = 0o2000
export const IXANY = 0o4000
export const IMAXBEL = 0o20000
export const IUTF8 = 0o40000
export const OPOST = 0o1
export const ONLCR = 0o4
export const CS8 = 0o60
export const CSIZE = 0o60
export const CREAD = 0o200
export const PARENB = 0o400
export const ISIG = 0o1
export const ICANON = 0o2
export const ECHO = 0o10
export const ECHOE = 0o20
export const ECHOK = 0o40
export const ECHONL = 0o100
export const NOFLSH = 0o200
export const TOSTOP = 0o400
export const ECHOCTL = 0o1000
export const ECHOKE = 0o4000
export const IEXTEN = 0o100000

/** Indices into `Termios.cc`. */
export const VINTR = 0
export const VQUIT = 1
export const VERASE = 2
export const VKILL = 3
export const VEOF = 4
export const VTIME = 5
export const VMIN = 6
export const VSWTC = 7
export const VSTART = 8
export const VSTOP = 9
export const VSUSP = 10
export const VEOL = 11
export const VREPRINT = 12
export const VDISCARD = 13
export const VWERASE = 14
export const VLNEXT = 15
export const VEOL2 = 16

/** Linux: struct termios. `cc` has 17 character codes; 0 means disabled. */
export interface Termios {
  readonly iflag: number
  readonly oflag: number
  readonly cflag: number
  readonly lflag: number
  readonly cc: readonly number[]
}

/** Linux: struct winsize, without the pixels. */
export interface Winsize {
  readonly rows: number
  readonly cols: number
}

/** What a fresh pty has. Linux: tty_std_termios and N_TTY's defaults. */
export const TTY_DEFAULT: Termios = Object.freeze({
  iflag: ICRNL | IXON,
  oflag: OPOST | ONLCR,
  cflag: CS8 | CREAD | 0o17,
  lflag: ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
  cc: Object.freeze([3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0]),
})
