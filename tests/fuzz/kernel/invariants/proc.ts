/** What /proc says of a task, beside its records. */
import { decode, O_RDONLY, type Blocking } from '../../../../src/abi/index.ts'
import {
  callerOf,
  type Kernel,
  NAMESPACE_LINKS,
  nsInum,
  nsOf,
  type Task,
} from '../../../../src/kernel/index.ts'
import { type Caller, fput, open, readlink, read as readBytes } from '../../../../src/vfs/index.ts'

/** The result of a call that does not sleep. */
function at<T>(call: Blocking<T>): T {
  const result = call.next()
  if (!result.done) throw new Error('reading /proc sleeps')
  return result.value
}

function read(k: Kernel, as: Caller, path: string): string {
  const file = at(open(k.vfs, as, path, O_RDONLY, 0))
  const bytes = at(readBytes(k.vfs, as, file, 1 << 16))
  fput(k.vfs, file)
  return decode(bytes)
}

/** The reader: init, which sees the first namespaces of every kind. */
const reader = (k: Kernel): Caller => callerOf(k, k.tasks.get(k.initTask))

/** /proc/PID/status of a task. */
export function checkStatus(k: Kernel, id: number): void {
  const task = k.tasks.find(id)
  if (task) compare(k, task, read(k, reader(k), `/proc/${task.pids[0]}/status`))
}

/** The links of /proc/PID/ns. */
export function checkNs(k: Kernel, id: number): void {
  const task = k.tasks.find(id)
  if (!task) return
  for (const link of NAMESPACE_LINKS) {
    const ns = nsOf(k, id, link)
    if (!ns) continue
    const says = readlink(k.vfs, reader(k), `/proc/${task.pids[0]}/ns/${link}`)
    const is = `${link.replace('_for_children', '')}:[${nsInum(k, link, ns)}]`
    if (says !== is) throw new Error(`/proc/${task.pids[0]}/ns/${link} is ${says}, not ${is}`)
  }
}

/** /proc/PID/fd and fdinfo. */
export function checkDescriptors(k: Kernel, id: number): void {
  const task = k.tasks.find(id)
  if (task?.files) checkFds(k, task, reader(k))
}

const hex = (set: bigint): string => set.toString(16).padStart(16, '0')

function compare(k: Kernel, task: Task, text: string): void {
  const says = new Map(text.split('\n').map(line => line.split(':\t') as [string, string]))
  const cred = k.creds.get(task.cred)
  const parent = k.tasks.find(k.tasks.find(task.parent)?.tgid ?? 0)
  const numbers = (leader: number): string =>
    task.pids
      .map((_, i) => (k.tasks.find(leader) ?? { pids: k.pids.get(leader)?.numbers ?? [] }).pids[i] ?? 0)
      .join('\t')
  const is: Record<string, string> = {
    Pid: `${task.pids[0]}`,
    PPid: `${parent?.pids[0] ?? 0}`,
    NSpid: task.pids.join('\t'),
    NSpgid: numbers(task.pgrp),
    NSsid: numbers(task.session),
    Uid: [cred.uid, cred.euid, cred.suid, cred.fsuid].join('\t'),
    Gid: [cred.gid, cred.egid, cred.sgid, cred.fsgid].join('\t'),
    CapInh: hex(cred.capInheritable),
    CapPrm: hex(cred.capPermitted),
    CapEff: hex(cred.capEffective),
    CapBnd: hex(cred.capBset),
    CapAmb: hex(cred.capAmbient),
    NoNewPrivs: task.noNewPrivs ? '1' : '0',
    SigBlk: hex(task.blocked),
  }
  for (const [name, value] of Object.entries(is))
    if (says.get(name)?.trimEnd() !== value)
      throw new Error(`/proc/${task.pids[0]}/status: ${name} is ${says.get(name)}, not ${value}`)
  if (says.get('State')?.[0] !== task.state)
    throw new Error(`/proc/${task.pids[0]}/status: ${says.get('State')}`)
}

function checkFds(k: Kernel, task: Task, as: Caller): void {
  const { fds } = k.files.get(task.files)
  for (const [fd, file] of fds.entries()) {
    if (!file) continue
    const { pos, mount } = k.openFiles.get(file)
    const text = read(k, as, `/proc/${task.pids[0]}/fdinfo/${fd}`)
    if (!text.startsWith(`pos:\t${pos}\n`)) throw new Error(`/proc/${task.pids[0]}/fdinfo/${fd}: ${text}`)
    if (!text.includes(`mnt_id:\t${k.mounts.get(mount).mntId}\n`))
      throw new Error(`/proc/${task.pids[0]}/fdinfo/${fd}: ${text}`)
    readlink(k.vfs, as, `/proc/${task.pids[0]}/fd/${fd}`)
  }
}
