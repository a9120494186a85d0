/** The tunables that the kernel itself reads. /proc/sys writes them. Linux: kernel/sysctl.c, kernel/ucount.c. */
import type { Kernel } from './kernel.ts'

const DEFAULTS = {
  'fs/inotify/max_queued_events': 16_384,
  'fs/mount-max': 100_000,
  'fs/nr_open': 1_048_576,
  'fs/pipe-max-size': 1_048_576,
  'fs/suid_dumpable': 0,
  'kernel/dmesg_restrict': 1,
  'kernel/pid_max': 4_194_304,
  'kernel/sched_autogroup_enabled': 0,
  'kernel/sched_rr_timeslice_ms': 100,
  'kernel/sched_rt_period_us': 1_000_000,
  'kernel/sched_rt_runtime_us': 950_000,
  'kernel/threads-max': 15_636,
  'kernel/unprivileged_userns_clone': 1,
  'user/max_cgroup_namespaces': 7818,
  'user/max_fanotify_groups': 128,
  'user/max_fanotify_marks': 16_212,
  'user/max_inotify_instances': 128,
  'user/max_inotify_watches': 15_247,
  'user/max_ipc_namespaces': 7818,
  'user/max_mnt_namespaces': 7818,
  'user/max_net_namespaces': 7818,
  'user/max_pid_namespaces': 7818,
  'user/max_time_namespaces': 7818,
  'user/max_user_namespaces': 7818,
  'user/max_uts_namespaces': 7818,
} as const

/** The limits that each user namespace has for itself. */
export type NamespaceLimit = Extract<keyof typeof DEFAULTS, `user/${string}`>
export const NAMESPACE_LIMITS = Object.keys(DEFAULTS).filter((it): it is NamespaceLimit =>
  it.startsWith('user/'),
)

/** The value of a tunable: what was written to it, or what the host starts with. */
export const sysctl = (k: Kernel, name: keyof typeof DEFAULTS): number =>
  Number(k.sysctl.get(name) ?? DEFAULTS[name])
