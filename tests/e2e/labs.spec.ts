import { expect, type Terminal, test } from './vitrine.ts'

/** The CPU share `top` shows for `stress`'s worker, as a number. */
async function share(terminal: Terminal): Promise<number> {
  const row = (await terminal.screen())
    .split('\n')
    .find(line => / stress *$/.test(line) && !/ 0\.0 +\S+ +\S+ +stress/.test(line))
  return Number(row?.trim().split(/\s+/)[8] ?? Number.NaN)
}

/** `stress` speaks up after the next prompt was printed, so another Enter brings a fresh one. */
async function startStress(terminal: Terminal): Promise<void> {
  await terminal.prompt()
  await terminal.type('stress -c 1 &\n')
  await expect.poll(() => terminal.text()).toContain('dispatching hogs')
  await terminal.press('Enter')
  await terminal.prompt()
}

/** Lets `top` run in the right terminal until it shows a share in the range. */
async function watchShare(top: Terminal, [least, most]: readonly [number, number]): Promise<void> {
  await top.type('top -d 1\n')
  await expect(async () => {
    const shown = await share(top)
    expect(shown).toBeGreaterThanOrEqual(least)
    expect(shown).toBeLessThanOrEqual(most)
  }).toPass({ timeout: 20_000 })
  await top.type('q')
  await top.prompt()
}

test('lab: a CPU quota on cgroup v2', async ({ vitrine }) => {
  const { left, right } = vitrine
  await vitrine.open('?cgroup=v2')
  await left.run('cd /sys/fs/cgroup')
  await left.run('mkdir demo')
  expect(await left.run('ls demo')).toContain('cpu.max')
  expect(await left.run('cat cgroup.subtree_control')).toContain('cpu')
  await startStress(left)
  await watchShare(right, [95, 100.5])
  await left.run('for pid in $(pgrep stress); do echo $pid > demo/cgroup.procs; done')
  await left.run('echo "10000 100000" > demo/cpu.max')
  await watchShare(right, [9, 11])
  const first = Number(/nr_throttled (\d+)/.exec(await left.run('cat demo/cpu.stat'))?.[1])
  await left.run('sleep 1')
  const stat = await left.run('cat demo/cpu.stat')
  expect(Number(/nr_throttled (\d+)/.exec(stat)?.[1])).toBeGreaterThan(first)
  expect(stat).toMatch(/nr_periods \d/)
  expect(stat).toMatch(/throttled_usec \d/)
  await vitrine.picture('lab-cpu-v2')
})

test('lab: a CPU quota on cgroup v1', async ({ vitrine }) => {
  const { left, right } = vitrine
  await vitrine.open('?cgroup=v1')
  await left.run('cd /sys/fs/cgroup/cpu')
  await left.run('mkdir demo')
  expect(await left.run('ls demo')).toContain('cpu.cfs_quota_us')
  await startStress(left)
  await watchShare(right, [95, 100.5])
  await left.run('echo $! > demo/tasks')
  await left.run('for pid in $(pgrep -P $!); do echo $pid > demo/tasks; done')
  await left.run('echo 10000 > demo/cpu.cfs_quota_us')
  await watchShare(right, [9, 11])
  const first = Number(/nr_throttled (\d+)/.exec(await left.run('cat demo/cpu.stat'))?.[1])
  await left.run('sleep 1')
  const stat = await left.run('cat demo/cpu.stat')
  expect(Number(/nr_throttled (\d+)/.exec(stat)?.[1])).toBeGreaterThan(first)
  expect(stat).toMatch(/throttled_time \d/)
})

test('lab: a mount namespace hides a tmpfs from the other shell', async ({ vitrine }) => {
  const { left, right } = vitrine
  await vitrine.open()
  const outside = await left.run('readlink /proc/$$/ns/mnt')
  await left.run('unshare -m bash')
  const inside = await left.run('readlink /proc/$$/ns/mnt')
  expect(inside).not.toBe(outside)
  expect(await right.run('readlink /proc/$$/ns/mnt')).toBe(outside)
  await left.run('mkdir -p /tmp/private && mount -t tmpfs tmpfs /tmp/private && touch /tmp/private/file')
  expect(await left.run('ls /tmp/private')).toBe('file')
  expect(await right.run('ls /tmp/private')).toBe('')
  const pid = await left.run('echo $$')
  expect(await right.run(`nsenter -t ${pid} -m ls /tmp/private`)).toBe('file')
  expect(await right.run('lsns -t mnt')).toContain(inside.replace(/\D/g, ''))
  await vitrine.picture('lab-mount')
})

test('lab: overlay keeps the lower layer as it was', async ({ vitrine }) => {
  const { left } = vitrine
  await vitrine.open()
  await left.run('cd /tmp; mkdir lower upper work merged')
  await left.run('echo one > lower/changed; echo two > lower/deleted')
  await left.run('mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged')
  await left.run('echo new > merged/new; echo more >> merged/changed; rm merged/deleted')
  expect(await left.run('ls --color=never merged | cat')).toBe('changed\nnew')
  expect(await left.run('cat upper/changed')).toBe('one\nmore')
  expect(await left.run('cat lower/changed lower/deleted')).toBe('one\ntwo')
  expect(await left.run('stat -c "%F %t,%T" upper/deleted')).toBe('character special file 0,0')
  expect(await left.run('ls -l upper/deleted')).toMatch(/^c--------- .* 0, 0 /)
  await vitrine.picture('lab-overlay')
  expect(await left.run('umount merged; ls merged')).toBe('')
})
