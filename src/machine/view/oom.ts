/** Whom the OOM killer chose, read from the kernel's log as one reads dmesg(1). */
import type { KernelMessage } from '../../kernel/index.ts'

export interface OomKill {
  readonly at: number
  readonly pid: number
  readonly comm: string
  /** What it had, in bytes. */
  readonly rss: number
  /** The path of the cgroup whose limit was hit, below the root of its hierarchy; undefined where the host was full. */
  readonly cgroup: string | undefined
}

const CHOICE = /^oom-kill:constraint=\w+,.*?(?:,oom_memcg=([^,]*))?,task_memcg=/
const KILLED =
  /Killed process (\d+) \((.*)\) total-vm:\d+kB, anon-rss:(\d+)kB, file-rss:(\d+)kB, shmem-rss:(\d+)kB/

/** The kills that these messages tell of. */
export function oomKills(messages: readonly KernelMessage[]): readonly OomKill[] {
  const kills: OomKill[] = []
  let cgroup: string | undefined
  for (const { at, text } of messages) {
    const choice = CHOICE.exec(text)
    if (choice) cgroup = choice[1]
    const killed = KILLED.exec(text)
    if (!killed) continue
    const [, pid, comm, ...kib] = killed
    const rss = kib.reduce((sum, it) => sum + Number(it) * 1024, 0)
    kills.push({ at, pid: Number(pid), comm: comm!, rss, cgroup })
  }
  return kills
}
