/**
 * ipcrm - remove certain IPC resources
 * Linux: util-linux sys-utils/ipcrm.c; ipcrm(1).
 */
import {
  type Blocking,
  EACCES,
  EIDRM,
  EINVAL,
  ENOENT,
  Errno,
  EPERM,
  IPC_RMID,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, type Process, usage } from '../lib/command.ts'
import { type IpcKind, readIpc } from '../lib/sysvipc.ts'

const NAMES: Record<IpcKind, string> = {
  shm: 'shared memory segment',
  msg: 'message queue',
  sem: 'semaphore',
}

function control(sys: Sys, kind: IpcKind, id: number): void {
  if (kind === 'shm') sys.shmctl(id, IPC_RMID)
  else if (kind === 'msg') sys.msgctl(id, IPC_RMID)
  else sys.semctl(id, IPC_RMID)
}

/** Why it could not be removed, in ipcrm's words. */
function complaint(errno: Errno, what: 'id' | 'key', shown: string): string {
  if (errno === EACCES || errno === EPERM) return `permission denied for ${what} (${shown})`
  if (errno === EINVAL || errno === ENOENT) return `invalid ${what} (${shown})`
  if (errno === EIDRM) return `already removed ${what} (${shown})`
  return `${what} failed (${shown}): ${errno.message}`
}

function* removeId(sys: Sys, me: Process, kind: IpcKind, text: string, verbose: boolean): Blocking<boolean> {
  if (!/^\d+$/.test(text)) throw fatal(`failed to parse argument: '${text}'`)
  if (verbose) me.out.line(`removing ${NAMES[kind]} id \`${text}'`)
  try {
    control(sys, kind, Number(text))
    return true
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(complaint(e, 'id', text))
    return false
  }
}

function idOfKey(sys: Sys, kind: IpcKind, key: number): number {
  if (kind === 'shm') return sys.shmget(key, 0, 0)
  return kind === 'msg' ? sys.msgget(key, 0) : sys.semget(key, 0, 0)
}

function* removeKey(sys: Sys, me: Process, kind: IpcKind, text: string, verbose: boolean): Blocking<boolean> {
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(text)) throw fatal(`failed to parse argument: '${text}'`)
  const key = Number(text) | 0
  if (!key) {
    yield* me.warn(`illegal key (${text})`)
    return false
  }
  try {
    return yield* removeId(sys, me, kind, String(idOfKey(sys, kind, key)), verbose)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(complaint(e, 'key', text))
    return false
  }
}

function* removeAll(sys: Sys, me: Process, category: string, verbose: boolean): Blocking<boolean> {
  let fine = true
  for (const kind of ['shm', 'sem', 'msg'] as const) {
    if (category && category !== kind) continue
    for (const row of yield* readIpc(sys, kind))
      fine =
        (yield* removeId(sys, me, kind, String(row[kind === 'msg' ? 'msqid' : `${kind}id`]), verbose)) && fine
  }
  return fine
}

const isKind = (word: string | undefined): word is IpcKind =>
  word === 'shm' || word === 'msg' || word === 'sem'

/** The old form: `ipcrm shm 1 2`. */
function* oldForm(sys: Sys, me: Process, kind: IpcKind, ids: readonly string[]): Blocking<number> {
  if (!ids.length) throw usage('not enough arguments')
  let fine = true
  for (const id of ids) fine = (yield* removeId(sys, me, kind, id, false)) && fine
  if (fine) me.out.line('resource(s) deleted')
  return fine ? 0 : 1
}

const BY_ID = { shmemId: 'shm', queueId: 'msg', semaphoreId: 'sem' } as const
const BY_KEY = { shmemKey: 'shm', queueKey: 'msg', semaphoreKey: 'sem' } as const

export default command({
  name: 'ipcrm',
  summary: 'remove certain IPC resources',
  suite: 'util-linux',
  usage: ['ipcrm [options]', 'ipcrm shm|msg|sem <id>...'],
  help: `
Usage:
 ipcrm [options]
 ipcrm shm|msg|sem <id>...

Remove certain IPC resources.

Options:
 -m, --shmem-id <id>        remove shared memory segment by id
 -M, --shmem-key <key>      remove shared memory segment by key
 -q, --queue-id <id>        remove message queue by id
 -Q, --queue-key <key>      remove message queue by key
 -s, --semaphore-id <id>    remove semaphore by id
 -S, --semaphore-key <key>  remove semaphore by key
 -a, --all[=shm|msg|sem]    remove all (in the specified category)
 -v, --verbose              explain what is being done

 -h, --help                 display this help
 -V, --version              display version

For more details see ipcrm(1).
`,
  options: {
    shmemId: { short: 'm', long: 'shmem-id', value: '<id>' },
    shmemKey: { short: 'M', long: 'shmem-key', value: '<key>' },
    queueId: { short: 'q', long: 'queue-id', value: '<id>' },
    queueKey: { short: 'Q', long: 'queue-key', value: '<key>' },
    semaphoreId: { short: 's', long: 'semaphore-id', value: '<id>' },
    semaphoreKey: { short: 'S', long: 'semaphore-key', value: '<key>' },
    all: { short: 'a', value: '[=shm|msg|sem]' },
    verbose: { short: 'v' },
  },

  *main(sys, flags, args, me) {
    const [first] = args
    if (isKind(first) && !me.order.length) return yield* oldForm(sys, me, first, args.slice(1))
    if (first !== undefined) throw usage(`unknown argument: ${first}`)
    const verbose = flags.verbose === true
    let fine = true
    for (const { key, value = '' } of me.order) {
      if (key in BY_ID)
        fine = (yield* removeId(sys, me, BY_ID[key as keyof typeof BY_ID], value, verbose)) && fine
      if (key in BY_KEY)
        fine = (yield* removeKey(sys, me, BY_KEY[key as keyof typeof BY_KEY], value, verbose)) && fine
    }
    if (flags.all !== undefined) {
      const category = String(flags.all)
      if (category && !isKind(category)) throw fatal(`unknown argument: ${category}`)
      fine = (yield* removeAll(sys, me, category, verbose)) && fine
    }
    return fine ? 0 : 1
  },
})
