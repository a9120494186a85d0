/**
 * ipcmk - make various IPC resources
 * Linux: util-linux sys-utils/ipcmk.c; ipcmk(1).
 */
import { ERANGE, IPC_CREAT, type Sys } from '../../abi/index.ts'
import { command, fatal, must, usage } from '../lib/command.ts'

const UNITS = 'KMGTPEZY'

/** strtosize(): a number with a suffix of 1024's powers, or of 1000's if it ends in B. */
function sizeOf(text: string): number {
  const found = /^(\d+)([KMGTPEZY]?)(iB|B)?$/i.exec(text)
  if (!found) throw fatal(`failed to parse size: '${text}': Invalid argument`)
  const base = found[3] === 'B' ? 1000 : 1024
  const size = Number(found[1]) * base ** (found[2] ? UNITS.indexOf(found[2].toUpperCase()) + 1 : 0)
  if (size >= 2 ** 64) throw fatal(`failed to parse size: '${text}'`, ERANGE)
  return size
}

function randomKey(sys: Sys): number {
  const bytes = sys.getrandom(4)
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getInt32(0, true)
}

export default command({
  name: 'ipcmk',
  summary: 'make various IPC resources',
  suite: 'util-linux',
  usage: 'ipcmk [options]',
  help: `
Usage:
 ipcmk [options]

Create various IPC resources.

Options:
 -M, --shmem <size>       create shared memory segment of size <size>
 -S, --semaphore <number> create semaphore array with <number> elements
 -Q, --queue              create message queue
 -p, --mode <mode>        permission for the resource (default is 0644)

 -h, --help               display this help
 -V, --version            display version

Arguments:
 <size> arguments may be followed by the suffixes for
   GiB, TiB, PiB, EiB, ZiB, and YiB (the "iB" is optional)

For more details see ipcmk(1).
`,
  options: {
    shmem: { short: 'M', value: '<size>' },
    semaphore: { short: 'S', value: '<number>' },
    queue: { short: 'Q' },
    mode: { short: 'p', value: '<mode>' },
  },

  *main(sys, flags, _args, me) {
    const { shmem, semaphore, mode = '0644' } = flags
    if (shmem === undefined && semaphore === undefined && !flags.queue) throw usage('bad usage')
    if (!/^[0-7]+$/.test(mode)) throw fatal('failed to parse mode: Success')
    const permissions = Number.parseInt(mode, 8) | IPC_CREAT
    if (shmem !== undefined) {
      const size = sizeOf(shmem)
      const id = must('create share memory failed', () => sys.shmget(randomKey(sys), size, permissions))
      me.out.line(`Shared memory id: ${id}`)
    }
    if (flags.queue) {
      const id = must('create message queue failed', () => sys.msgget(randomKey(sys), permissions))
      me.out.line(`Message queue id: ${id}`)
    }
    if (semaphore !== undefined) {
      if (!/^\d+$/.test(semaphore)) throw fatal(`failed to parse elements: '${semaphore}'`)
      const id = must('create semaphore failed', () =>
        sys.semget(randomKey(sys), Number(semaphore), permissions),
      )
      me.out.line(`Semaphore id: ${id}`)
    }
    return 0
  },
})
