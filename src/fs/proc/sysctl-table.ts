/**
 * The sysctls that are plain values: a name, what may be written, what the host starts with. Linux: the ctl_tables of
 * kernel/sysctl.c and of who registers its own, with their proc_handler, extra1 and extra2.
 * Left out: what most of them govern; such a value is checked and kept, and that is all.
 *
 * A line is `name rule value`, the values of a vector apart by blanks. Rules: `fixed` is never written, `int` any int,
 * `a..b` an int in a range, `a..` one that has no upper bound, `long` an unsigned long, `text` any line, `!` before the name: for root's eyes only (0600).
 */
const TABLE = `
abi/vsyscall32 0..1 1
crypto/fips_enabled fixed 0
crypto/fips_name fixed Linux Kernel Cryptographic API
debug/exception-trace int 1
debug/kprobes-optimization 0..1 1
dev/hpet/max-user-freq int 64
dev/mac_hid/mouse_button2_keycode int 97
dev/mac_hid/mouse_button3_keycode int 100
dev/mac_hid/mouse_button_emulation 0..1 0
dev/tty/ldisc_autoload 0..1 1
fs/aio-max-nr long 65536
fs/aio-nr fixed 0
fs/dir-notify-enable int 1
fs/epoll/max_user_watches long 445529
fs/fanotify/max_queued_events 0.. 16384
fs/fanotify/max_user_groups 0.. 128
fs/fanotify/max_user_marks 0.. 16212
fs/file-max long 199655
fs/inotify/max_queued_events 0.. 16384
fs/lease-break-time int 45
fs/leases-enable int 1
fs/mount-max 1.. 100000
fs/nr_open 64..2147483584 1048576
fs/overflowgid 0..65535 65534
fs/overflowuid 0..65535 65534
fs/pipe-user-pages-hard long 0
fs/pipe-user-pages-soft long 16384
fs/quota/allocated_dquots fixed 0
fs/quota/cache_hits fixed 0
fs/quota/drops fixed 0
fs/quota/free_dquots fixed 0
fs/quota/lookups fixed 0
fs/quota/reads fixed 0
fs/quota/syncs fixed 2
fs/quota/warnings int 1
fs/quota/writes fixed 0
fs/suid_dumpable 0..2 0
fs/verity/require_signatures 0..1 0
kernel/acct int 4 2 30
kernel/acpi_video_flags long 0
!kernel/apparmor_display_secid_mode int 0
kernel/arch fixed x86_64
kernel/bootloader_type fixed 176
kernel/bootloader_version fixed 0
kernel/bpf_stats_enabled 0..1 0
!kernel/cad_pid int 1
kernel/core_pattern text core
kernel/core_pipe_limit int 0
kernel/core_uses_pid int 0
kernel/ctrl-alt-del int 1
kernel/dmesg_restrict 0..1 1
kernel/firmware_config/force_sysfs_fallback 0..1 0
kernel/firmware_config/ignore_sysfs_fallback 0..1 0
kernel/ftrace_dump_on_oops int 0
kernel/ftrace_enabled int 1
kernel/hardlockup_all_cpu_backtrace 0..1 0
kernel/hardlockup_panic 0..1 0
kernel/hung_task_all_cpu_backtrace 0..1 0
kernel/hung_task_check_count 0.. 4194304
kernel/hung_task_check_interval_secs long 0
kernel/hung_task_panic 0..1 0
kernel/hung_task_timeout_secs long 120
kernel/hung_task_warnings int 10
kernel/io_delay_type int 0
kernel/kexec_load_disabled 0..1 0
kernel/keys/gc_delay 0.. 300
kernel/keys/maxbytes 1.. 20000
kernel/keys/maxkeys 1.. 200
kernel/keys/persistent_keyring_expiry 0.. 259200
kernel/keys/root_maxbytes 1.. 25000000
kernel/keys/root_maxkeys 1.. 1000000
kernel/kptr_restrict 0..2 0
kernel/max_lock_depth int 1024
kernel/max_rcu_stall_to_panic 0.. 0
kernel/modprobe text /sbin/modprobe
kernel/modules_disabled 0..1 0
kernel/ngroups_max fixed 65536
kernel/nmi_watchdog 0..0 0
kernel/numa_balancing 0..3 0
kernel/numa_balancing_promote_rate_limit_MBps 0.. 65536
kernel/oops_all_cpu_backtrace 0..1 0
kernel/oops_limit 0.. 10000
kernel/ostype fixed Linux
kernel/overflowgid 0..65535 65534
kernel/overflowuid 0..65535 65534
kernel/panic int -1
kernel/panic_on_io_nmi int 0
kernel/panic_on_oops int 0
kernel/panic_on_rcu_stall 0..1 0
kernel/panic_on_unrecovered_nmi int 0
kernel/panic_on_warn 0..1 0
kernel/panic_print long 0
kernel/perf_cpu_time_max_percent 0..100 25
kernel/perf_event_max_contexts_per_stack 0..1000 8
kernel/perf_event_max_sample_rate 1.. 100000
kernel/perf_event_max_stack 0.. 127
kernel/perf_event_mlock_kb int 516
kernel/perf_event_paranoid int 3
kernel/pid_max 301..4194304 4194304
kernel/poweroff_cmd text /sbin/poweroff
kernel/print-fatal-signals int 0
kernel/printk int 3 4 1 7
kernel/printk_delay 0..10000 0
kernel/printk_ratelimit int 5
kernel/printk_ratelimit_burst int 10
kernel/pty/max 0.. 4096
kernel/pty/reserve 0.. 1024
kernel/random/entropy_avail fixed 256
kernel/random/poolsize fixed 256
kernel/randomize_va_space int 2
kernel/real-root-dev int 0
kernel/sched_autogroup_enabled 0..1 0
kernel/sched_cfs_bandwidth_slice_us 1.. 5000
kernel/sched_child_runs_first int 0
kernel/sched_deadline_period_max_us 100.. 4194304
kernel/sched_deadline_period_min_us 0..4194304 100
kernel/sched_energy_aware 0..1 1
kernel/sched_rt_period_us 950000.. 1000000
kernel/sched_rt_runtime_us -1..1000000 950000
kernel/sched_schedstats 0..1 0
kernel/seccomp/actions_avail fixed kill_process kill_thread trap errno user_notif trace log allow
kernel/soft_watchdog 0..1 1
kernel/softlockup_all_cpu_backtrace 0..1 0
kernel/softlockup_panic 0..1 0
kernel/split_lock_mitigate 0..1 1
kernel/stack_tracer_enabled int 0
kernel/sysctl_writes_strict -1..1 1
kernel/sysrq int 438
kernel/task_delayacct 0..1 0
kernel/threads-max 1..2147483647 15636
kernel/timer_migration 0..1 1
kernel/traceoff_on_warning int 0
kernel/tracepoint_printk 0..0 0
kernel/unknown_nmi_panic int 0
kernel/unprivileged_bpf_disabled 0..2 2
!kernel/unprivileged_userns_apparmor_policy int 1
kernel/unprivileged_userns_clone int 1
!kernel/usermodehelper/bset long 4294967295 511
!kernel/usermodehelper/inheritable long 4294967295 511
kernel/warn_limit 0.. 0
kernel/watchdog 0..1 1
kernel/watchdog_thresh 0..60 10
kernel/yama/ptrace_scope 0..3 0
vm/admin_reserve_kbytes long 8192
vm/compact_unevictable_allowed 0..1 1
vm/compaction_proactiveness 0..100 20
vm/dirty_expire_centisecs 0.. 3000
vm/dirty_writeback_centisecs int 500
vm/dirtytime_expire_seconds 0.. 43200
vm/extfrag_threshold 0..1000 500
vm/hugetlb_optimize_vmemmap 0..1 0
vm/hugetlb_shm_group int 0
vm/laptop_mode int 0
vm/legacy_va_layout 0.. 0
vm/lowmem_reserve_ratio int 256 256 32 0 0
vm/max_map_count 0.. 65530
vm/memory_failure_early_kill 0..1 0
vm/memory_failure_recovery 0..1 1
vm/min_free_kbytes 0.. 45056
vm/min_slab_ratio 0..100 5
vm/min_unmapped_ratio 0..100 1
vm/mmap_min_addr long 65536
!vm/mmap_rnd_bits 28..32 28
!vm/mmap_rnd_compat_bits 8..16 8
vm/nr_hugepages 0..0 0
vm/nr_hugepages_mempolicy 0..0 0
vm/nr_overcommit_hugepages 0..0 0
vm/numa_stat 0..1 1
vm/oom_dump_tasks int 1
vm/oom_kill_allocating_task int 0
vm/overcommit_memory 0..2 0
vm/page-cluster 0.. 3
vm/page_lock_unfairness 0.. 5
vm/panic_on_oom 0..2 0
vm/percpu_pagelist_high_fraction 0.. 0
vm/stat_interval int 1
vm/swappiness 0..200 60
vm/unprivileged_userfaultfd 0..1 0
vm/user_reserve_kbytes long 62287
vm/vfs_cache_pressure 0.. 100
vm/watermark_boost_factor 0.. 15000
vm/watermark_scale_factor 1..3000 10
vm/zone_reclaim_mode 0.. 0
`

/** What may be written to a sysctl. Linux: extra1 and extra2, and which proc_do… handles it. */
export type Rule = 'fixed' | 'text' | { readonly min: bigint; readonly max: bigint }

export interface PlainSysctl {
  readonly path: string
  readonly mode: number
  readonly rule: Rule
  /** As the file shows it. */
  readonly value: string
}

export const INT_MIN = -(2n ** 31n)
export const INT_MAX = 2n ** 31n - 1n
export const ULONG_MAX = 2n ** 64n - 1n

function parseRule(text: string): Rule {
  if (text === 'fixed' || text === 'text') return text
  if (text === 'int') return { min: INT_MIN, max: INT_MAX }
  if (text === 'long') return { min: 0n, max: ULONG_MAX }
  const [min = '', max = ''] = text.split('..')
  return { min: BigInt(min), max: max ? BigInt(max) : INT_MAX }
}

/** A line of the table. */
export function parseLine(line: string): PlainSysctl {
  const [name = '', rule = '', ...values] = line.split(' ')
  const path = name.replace('!', '')
  const it = parseRule(rule)
  const mode = name === path ? (it === 'fixed' ? 0o444 : 0o644) : 0o600
  return { path, mode, rule: it, value: values.join(typeof it === 'string' ? ' ' : '\t') }
}

export const PLAIN_SYSCTLS: readonly PlainSysctl[] = TABLE.trim().split('\n').map(parseLine)
