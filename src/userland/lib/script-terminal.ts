/** cfmakeraw(3): a terminal that hands on every byte as it comes and does nothing by itself. */
import {
  BRKINT,
  ECHO,
  ECHONL,
  ICANON,
  ICRNL,
  IEXTEN,
  IGNCR,
  INLCR,
  ISIG,
  IXON,
  OPOST,
  type Termios,
  VMIN,
  VTIME,
} from '../../abi/index.ts'

export function rawTermios(it: Termios): Termios {
  const cc = it.cc.slice()
  cc[VMIN] = 1
  cc[VTIME] = 0
  return {
    ...it,
    iflag: it.iflag & ~(BRKINT | INLCR | IGNCR | ICRNL | IXON),
    oflag: it.oflag & ~OPOST,
    lflag: it.lflag & ~(ECHO | ECHONL | ICANON | ISIG | IEXTEN),
    cc,
  }
}
