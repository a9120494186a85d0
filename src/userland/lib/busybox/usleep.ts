/** usleep - pause for microseconds. Linux: busybox coreutils/usleep.c. */
import { fatal } from '../command.ts'
import { applet } from './applet.ts'

export const usleep = applet('usleep', function* (sys, _given, args) {
  const [text = ''] = args
  if (!/^\d+$/.test(text)) throw fatal(`invalid number '${text}'`)
  const micros = Number(text)
  yield* sys.nanosleep(micros * 1000)
  return 0
})
