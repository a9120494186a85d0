/** Terminals, and ioctl(2). */
import type { Winsize } from '../../../../abi/index.ts'
import { cloneFlags, IOCTL, nameText } from '../flags.ts'
import { stackAddress } from '../values.ts'
import { all, type Decode, type Decoders } from '../decode.ts'

/** An ioctl that fills a structure. */
const terminal =
  (request: string, show: (result: any) => string, fails?: (result: unknown) => boolean): Decode =>
  (scene, fd: number) => ({
    name: 'ioctl',
    before: `${scene.fd(fd)}, ${request}, `,
    after: (result, ok) => (ok && !fails?.(result) ? show(result) : stackAddress(scene.pid, 0x80)),
    value: result => (fails?.(result) ? '-1 ENOTTY (Inappropriate ioctl for device)' : '0'),
    fds: [fd],
  })
const TERMIOS = '{B38400 opost isig icanon echo ...}'
const winsize = (it: Winsize): string => `{ws_row=${it.rows}, ws_col=${it.cols}, ws_xpixel=0, ws_ypixel=0}`

const ioctl: Decode = (scene, fd: number, request: number, arg = 0) => {
  const name = nameText(request, IOCTL)
  const gives = /^(FIONREAD|TIOCGPTN|TIOCGSID)$/.test(name)
  if (name === 'NS_GET_NSTYPE')
    return all('ioctl', `${scene.fd(fd)}, ${name}`, {
      value: it => `${it} (${cloneFlags(Number(it))})`,
      fds: [fd],
    })
  if (!gives)
    return all('ioctl', `${scene.fd(fd)}, ${name}${name.startsWith('NS_') ? '' : `, ${arg}`}`, { fds: [fd] })
  return {
    name: 'ioctl',
    before: `${scene.fd(fd)}, ${name}, `,
    after: (result, ok) => (ok ? `[${result}]` : stackAddress(scene.pid, 0x80)),
    value: () => '0',
    fds: [fd],
  }
}

export const terminals: Decoders = {
  isatty: terminal(
    'TCGETS',
    () => TERMIOS,
    it => it === false,
  ),
  tcgetattr: terminal('TCGETS', () => TERMIOS),
  tcsetattr: (scene, fd: number, when: number) =>
    all('ioctl', `${scene.fd(fd)}, ${['TCSETS', 'TCSETSW', 'TCSETSF'][when - 0x5402] ?? when}, ${TERMIOS}`, {
      fds: [fd],
    }),
  tcgetpgrp: terminal('TIOCGPGRP', it => `[${it}]`),
  tcsetpgrp: (scene, fd: number, pgrp: number) =>
    all('ioctl', `${scene.fd(fd)}, TIOCSPGRP, [${pgrp}]`, { fds: [fd] }),
  tiocgwinsz: terminal('TIOCGWINSZ', winsize),
  tiocswinsz: (scene, fd: number, size: Winsize) =>
    all('ioctl', `${scene.fd(fd)}, TIOCSWINSZ, ${winsize(size)}`, { fds: [fd] }),
  ioctl,
}
