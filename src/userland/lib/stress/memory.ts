/**
 * The stressor of memory. The memory belongs to a child: when the kernel kills it for want of memory, another takes its
 * place. Linux: stress-ng 0.15, stress-vm.c, core-killpid.c, core-helper.c:stress_oomable_child().
 */
import { type Blocking, Errno, SIGKILL, WIFSIGNALED, WTERMSIG } from '../../../abi/index.ts'
import { adjustOom, type Worker } from './worker.ts'

const PAGE = 4096
const MIN_BYTES = PAGE
/** Memory is touched for the first time in steps of so much; a fault costs so many ns, a later visit less. */
const STEP = 1 << 20
const FAULT = 1000
const VISIT = 250

export function* vm(worker: Worker): Blocking<void> {
  const { settings, say, sys, instance } = worker
  if (instance === 0) yield* say('debug', `vm: using method '${settings.vmMethod}'`)
  const bytes = Math.max(MIN_BYTES, Math.floor(settings.vmBytes / worker.instances))
  worker.entitle('wait')
  for (let killed = 0; worker.goesOn; ) {
    const pid = worker.fork(function* (child) {
      child.entitle('run')
      yield* adjustOom(child.sys, 1000)
      yield* fill(child, bytes)
    })
    if (pid === undefined) {
      // Until there is a process to be had.
      yield* sys.burn(STEP)
      continue
    }
    const status = yield* watch(worker, pid)
    if (status === undefined || !(WIFSIGNALED(status) && WTERMSIG(status) === SIGKILL)) {
      if (killed) yield* say('debug', `vm: OOM restarts: ${killed}, SIGSEGV restarts: 0, SIGBUS restarts: 0`)
      return
    }
    yield* say('debug', `vm: child died: signal 9 'SIGKILL' (instance ${instance})`)
    if (settings.oomable) return
    yield* say('debug', `vm: assuming killed by OOM killer, restarting again (instance ${instance})`)
    killed++
  }
}

/** Wait for the child, and end it when the time has come; how it ended. */
function* watch(worker: Worker, pid: number): Blocking<number | undefined> {
  while (worker.goesOn)
    try {
      return (yield* worker.sys.wait4(pid, 0))?.status
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
  return yield* worker.end(pid)
}

/** Map, write and read again, unmap. */
function* fill(worker: Worker, bytes: number): Blocking<void> {
  const { settings, stats, sys } = worker
  const pages = Math.ceil(bytes / PAGE)
  for (let mapped = false; worker.goesOn; ) {
    if (!mapped && !(yield* map(worker, bytes))) continue
    mapped = true
    yield* sys.touch(0, bytes)
    yield* sys.burn(2 * pages * VISIT)
    stats.ops += worker.atMost(pages)
    if (settings.vmHang === 0) while (worker.goesOn) yield* worker.sleep(1e6)
    if (settings.vmHang > 0 && worker.goesOn) yield* worker.sleep(settings.vmHang)
    if (settings.vmKeep) continue
    yield* sys.brk(0)
    mapped = false
  }
}

/** Touch all pages; false when the kernel would not give them. */
function* map({ sys }: Worker, bytes: number): Blocking<boolean> {
  for (let size = Math.min(bytes, STEP); ; size = Math.min(bytes, size + STEP)) {
    yield* sys.burn((STEP / PAGE) * FAULT)
    try {
      yield* sys.brk(size)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* sys.brk(0)
      return false
    }
    if (size === bytes) return true
  }
}
