/**
 * The kernel's own threads: children of kthreadd, without a program and without memory of their own. They are there to be
 * seen, bound, reniced and moved like others, and always sleep: what they would do is done by whoever causes it, in no time
 * of its own. Linux: kernel/kthread.c, kernel/workqueue.c, kernel/smpboot.c, and all who call kthread_run() at boot.
 *
 * Left out: threads that come and go later (workers under load, those of file systems that are mounted), CPU time of theirs.
 */
import { SCHED_FIFO, SIG_IGN, SIGRTMAX } from '../abi/index.ts'
import { getFs, mntNsRoot, newFs } from '../vfs/index.ts'
import { fork as cgroupFork } from './cgroup/index.ts'
import { countProcess, getCred, initCred, newCred } from './cred.ts'
import { newFiles } from './files.ts'
import { initTask } from './init-task.ts'
import type { Kernel } from './kernel.ts'
import { getNs, getNsproxy } from './nsproxy.ts'
import { allocPids, attachPids } from './pid-namespace.ts'
import {
  PF_FORKNOEXEC,
  PF_KSWAPD,
  PF_KTHREAD,
  PF_MEMALLOC,
  PF_MEMALLOC_NOFS,
  PF_NO_SETAFFINITY,
  PF_NOFREEZE,
  PF_SUPERPRIV,
  PF_WQ_WORKER,
} from './task-flags.ts'
import type { Sighand, Task } from './types.ts'

/** A thread of the boot, as far as it differs from others. */
interface Born {
  readonly comm: string
  /** The function it sleeps in, and PF_… beside those that all have. */
  readonly wchan: string
  readonly flags: number
  /** I: its sleep is no load. Linux: TASK_NOLOAD. */
  readonly state?: 'I'
  readonly nice?: number
  /** The one CPU it may use. */
  readonly cpu?: number
  /** It takes its CPU from everybody, to move them elsewhere. Linux: stop_sched_class. */
  readonly stops?: true
  /** So many numbers before its own were used by threads that are gone. */
  readonly gone?: number
}

/** Linux: kthread_run(). */
const thread = (comm: string, wchan: string, flags = 0): Born => ({ comm, wchan, flags })

const idle = (it: Born): Born => ({ ...it, state: 'I' })
const nice = (value: number, it: Born): Born => ({ ...it, nice: value })
const after = (gone: number, it: Born): Born => ({ ...it, gone })

const WORKER = PF_NOFREEZE | PF_WQ_WORKER | PF_NO_SETAFFINITY

/** Helps a work queue out when memory is short. Linux: init_rescuer(). */
const rescuer = (comm: string): Born => nice(-20, idle(thread(comm, 'rescuer_thread', WORKER)))

/** Of the pool of one CPU, or of one for any CPU; it is named after the work it has done last. Linux: create_worker(). */
const worker = (pool: number | string, name: string): Born => ({
  ...idle(thread(`kworker/${pool}:${name}`, 'worker_thread', WORKER)),
  ...(typeof pool === 'number' && { cpu: pool }),
})
const urgentWorker = (pool: number | string, name: string): Born => nice(-20, worker(pool, name))

/** Linux: smpboot_register_percpu_thread(). */
const perCpu = (name: string, cpu: number): Born => ({
  ...thread(`${name}/${cpu}`, 'smpboot_thread_fn', PF_NOFREEZE | PF_NO_SETAFFINITY),
  cpu,
})
const migration = (cpu: number): Born => ({ ...perCpu('migration', cpu), stops: true })

/** All of them, in the order of their birth: before the other CPUs are there, with them, and with the drivers. */
function bornAtBoot(cpus: number): readonly Born[] {
  const others = Array.from({ length: cpus - 1 }, (_, i) => i + 1)
  // Each CPU has two pools of workers; the unbound ones are numbered after them.
  const [anywhere, urgentAnywhere] = [`u${2 * cpus}`, `u${2 * cpus + 1}`]
  return [
    ...['rcu_gp', 'rcu_par_gp', 'slub_flushwq', 'netns'].map(rescuer),
    worker(0, '0-events'),
    urgentWorker(0, '0H-events_highpri'),
    worker(anywhere, '0-events_unbound'),
    rescuer('mm_percpu_wq'),
    ...['rcu_tasks_kthread', 'rcu_tasks_rude_kthread', 'rcu_tasks_trace_kthread'].map(comm =>
      idle(thread(comm, 'rcu_tasks_one_gp', PF_NOFREEZE)),
    ),
    perCpu('ksoftirqd', 0),
    idle(thread('rcu_preempt', 'rcu_gp_fqs_loop', PF_NOFREEZE)),
    migration(0),
    worker(0, '1-events'),
    perCpu('cpuhp', 0),
    ...others.flatMap(cpu => [
      perCpu('cpuhp', cpu),
      migration(cpu),
      perCpu('ksoftirqd', cpu),
      worker(cpu, '0-rcu_gp'),
      urgentWorker(cpu, '0H-events_highpri'),
    ]),
    after(1, worker(anywhere, '1-events_unbound')),
    thread(DEVTMPFS, 'devtmpfs_work_loop', PF_NOFREEZE | PF_SUPERPRIV),
    rescuer('inet_frag_wq'),
    thread('kauditd', 'kauditd_thread'),
    ...others.map(cpu => worker(cpu, '1-events')),
    thread('khungtaskd', 'watchdog', PF_NOFREEZE),
    thread('oom_reaper', 'oom_reaper'),
    worker(anywhere, '2'),
    rescuer('writeback'),
    thread('kcompactd0', 'kcompactd'),
    nice(5, thread('ksmd', 'ksm_scan_thread')),
    nice(19, thread('khugepaged', 'khugepaged')),
    ...['kintegrityd', 'kblockd', 'blkcg_punt_bio', 'tpm_dev_wq'].map(rescuer),
    ...['edac-poller', 'devfreq_wq', 'quota_events_un'].map(rescuer),
    urgentWorker(0, '1H-kblockd'),
    thread('kswapd0', 'kswapd', PF_KSWAPD | PF_MEMALLOC),
    after(5, rescuer('kthrotld')),
    after(1, rescuer('acpi_thermal_pm')),
    ...others.map(cpu => worker(cpu, '2-mm_percpu_wq')),
    rescuer('mld'),
    ...others.map(cpu => urgentWorker(cpu, '1H-kblockd')),
    rescuer('ipv6_addrconf'),
    after(4, rescuer('kstrp')),
    after(4, rescuer('zswap-shrink')),
    urgentWorker(urgentAnywhere, '0'),
    after(35, worker(0, '2-events')),
    after(3, thread('jbd2/vda-8', 'kjournald2', PF_MEMALLOC_NOFS)),
    rescuer('ext4-rsv-conver'),
    after(22, thread('hwrng', 'hwrng_fillfn', PF_NOFREEZE)),
  ]
}

/** Makes the nodes of /dev, in a mount namespace of its own. */
const DEVTMPFS = 'kdevtmpfs'

type Parts = Pick<Task, 'cred' | 'nsproxy' | 'fs' | 'files' | 'sighand'>

/** What kthreadd has, and all share with it: root's credentials, init's namespaces, no files, and no ear for signals. */
function partsOfKthreadd(k: Kernel): Parts {
  const { nsproxy } = k.tasks.get(k.initTask)
  const actions: Sighand['actions'] = new Array(SIGRTMAX + 1).fill(SIG_IGN)
  return {
    cred: newCred(k, initCred(k.initUserNs)),
    nsproxy: getNsproxy(k, nsproxy),
    fs: newFs(k.vfs, mntNsRoot(k.vfs, k.nsproxies.get(nsproxy).mnt), 0o022).id,
    files: newFiles(k),
    sighand: k.sighands.insert({ actions, flags: [], users: 1 }).id,
  }
}

function share(k: Kernel, parts: Parts, mntNs: number): Parts {
  getCred(k, parts.cred)
  k.files.own(parts.files).users++
  k.sighands.own(parts.sighand).users++
  if (mntNs) return { ...parts, ...partsIn(k, parts, mntNs) }
  getNsproxy(k, parts.nsproxy)
  getFs(k.vfs, parts.fs)
  return parts
}

/** The same namespaces but for the mounts. */
function partsIn(k: Kernel, { nsproxy }: Parts, mntNs: number): Pick<Parts, 'nsproxy' | 'fs'> {
  const proxy = k.nsproxies.get(nsproxy)
  for (const kind of ['uts', 'ipc', 'net', 'cgroup', 'time'] as const) getNs(k, kind, proxy[kind])
  getNs(k, 'time', proxy.timeForChildren)
  getNs(k, 'pid', proxy.pidForChildren)
  return {
    nsproxy: k.nsproxies.insert({ ...proxy, mnt: mntNs, users: 1 }).id,
    fs: newFs(k.vfs, mntNsRoot(k.vfs, mntNs), 0o022).id,
  }
}

function addKthread(k: Kernel, it: Born, start: ReturnType<typeof initTask>, parts: Parts): number {
  if (it.gone) k.pidNamespaces.own(k.initPidNs).lastPid += it.gone
  const pids = allocPids(k, k.initPidNs)
  const { id } = k.tasks.insert({
    ...start,
    ...parts,
    pids,
    comm: it.comm,
    state: it.state ?? 'S',
    wchan: it.wchan,
    flags: PF_KTHREAD | PF_FORKNOEXEC | it.flags,
    nice: it.nice ?? 0,
    parent: k.kthreadd,
    ...(it.cpu !== undefined && { cpu: it.cpu, affinity: [it.cpu] }),
    ...(it.stops && { policy: SCHED_FIFO, rtPriority: 99 }),
    // Nobody waits for the first one.
    exitSignal: k.kthreadd ? start.exitSignal : 0,
  })
  k.tasks.own(id).tgid = id
  if (it.stops) k.stopTasks.add(id)
  attachPids(k, id, k.initPidNs, pids)
  countProcess(k, 0, 1)
  k.forks++
  cgroupFork(k, id)
  return id
}

/** kthreadd, which is pid 2, and its children. `devtmpfs` is the mount namespace of the one that makes device nodes. */
export function spawnKthreads(k: Kernel, devtmpfs: number): void {
  const parts = partsOfKthreadd(k)
  const start = initTask(k)
  k.kthreadd = addKthread(k, thread('kthreadd', 'kthreadd', PF_NOFREEZE), start, parts)
  const children = bornAtBoot(k.cpus).map(it =>
    addKthread(k, it, start, share(k, parts, it.comm === DEVTMPFS ? devtmpfs : 0)),
  )
  k.tasks.own(k.kthreadd).children = children
}
