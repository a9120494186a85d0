/**
 * System calls as strace prints them: the name that glibc 2.36 on x86_64 uses, and the arguments. What is known when a
 * call begins stands before what it returns through its pointers. Linux: strace's decoders, one a call.
 *
 * `Sys` spells some calls shorter than glibc does: open is openat with AT_FDCWD, isatty an ioctl, and so on.
 */
import type { Errno } from '../../../abi/index.ts'
import { type Decoders, plain, type Scene, type Shown } from './decode.ts'
import { descriptors } from './decoders/descriptor.ts'
import { files } from './decoders/file.ts'
import { host } from './decoders/host.ts'
import { processes } from './decoders/process.ts'
import { terminals } from './decoders/terminal.ts'

const DECODERS: Decoders = { ...processes, ...host, ...terminals, ...descriptors, ...files }

/** How a call is printed. */
export const decodeCall = (scene: Scene, name: string, args: readonly unknown[]): Shown =>
  (DECODERS[name] ?? plain(name))(scene, ...args)

/** What glibc calls it; filters and tables go by this name. */
const nameOnly: Scene = {
  pid: 1,
  style: { strsize: 0, verbose: false, hex: 0 },
  fd: fd => String(fd),
  cwd: '',
}
export const callName = (name: string, args: readonly unknown[]): string =>
  decodeCall(nameOnly, name, args).name

/** What stands for the result of a call that a signal ended. */
export function restartText(name: string): string {
  if (name === 'nanosleep' || name === 'poll') return 'ERESTART_RESTARTBLOCK (Interrupted by signal)'
  if (name === 'pause' || name === 'sigsuspend') return 'ERESTARTNOHAND (To be restarted if no handler)'
  return 'ERESTARTSYS (To be restarted if SA_RESTART is set)'
}

/** What follows `= `. */
export function resultText(shown: Shown, result: unknown, errno: Errno | undefined): string {
  if (errno) return `-1 ${errno.name} (${errno.message})`
  if (shown.value) return shown.value(result)
  return typeof result === 'number' ? String(result) : '0'
}
