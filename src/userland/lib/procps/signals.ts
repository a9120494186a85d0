/**
 * Signals as procps lists them. Linux: procps-ng src/signals.c.
 */
import { SIGIO, signalName } from '../../../abi/index.ts'

/** `KILL` for 9; only the 31 classic signals have names here. */
export function skillName(signal: number): string | undefined {
  if (signal === SIGIO) return 'POLL'
  return signal >= 1 && signal <= 31 ? signalName(signal)?.slice(3) : undefined
}

const NAMES = Array.from({ length: 31 }, (_, i) => skillName(i + 1)!)

/** `kill -l`. */
export const SIGNAL_LIST = `${NAMES.slice(0, 16).join(' ')}\n${NAMES.slice(16).join(' ')}\n`

/** `kill -L`: seven columns. */
export function signalTable(): string {
  let text = ''
  NAMES.forEach((name, i) => {
    text += `${String(i + 1).padStart(2)} ${name.padEnd(8)}`
    if (i % 7 === 6) text = `${text.trimEnd()}\n`
  })
  return `${text}\n`
}
