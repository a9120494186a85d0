/**
 * Each rule of the kernel that refuses something is provoked by a script at least, and why(1) says of the state what is
 * true of it, in both languages.
 */
import { expect, test } from 'vitest'
import type { Refusal, Rule } from '../../../src/abi/index.ts'
import { fetchAll } from '../../../src/machine/index.ts'
import { explain } from '../../../src/userland/lib/why/explain.ts'
import { cgroups } from './cgroups.ts'
import { cgroupsV1 } from './cgroups-v1.ts'
import { credentials } from './credentials.ts'
import { devices } from './devices.ts'
import { exec } from './exec.ts'
import { files } from './files.ts'
import { limits } from './limits.ts'
import { mounts } from './mounts.ts'
import { namespaces } from './namespaces.ts'
import { network } from './network.ts'
import { overlay } from './overlay.ts'
import { type Case, provoke, root, withoutNumbers } from './provoke.ts'

await fetchAll()

/** A rule without a script is an error of the compiler. */
const CASES: { readonly [R in Rule]: readonly Case[] } = {
  ...files,
  ...exec,
  ...mounts,
  ...overlay,
  ...namespaces,
  ...limits,
  ...credentials,
  ...devices,
  ...network,
  ...cgroups,
  ...cgroupsV1,
}

const ALL = Object.entries(CASES).flatMap(([rule, cases]) =>
  cases.map((it, i) => ({ rule: rule as Rule, name: `${rule}${i ? ` (${i + 1})` : ''}`, ...it })),
)

/** What both languages must name alike: paths, namespaces, capabilities and numbers. */
const named = (text: string): string[] =>
  text.match(/\/[\w./-]+\w|\w+:\[[\dA-Z]+\]|CAP_\w+|\d+(?:\.\d+)*/g) ?? []

test.each(ALL)('$name', ({ rule, ...it }) => {
  const { k, output } = provoke(it)
  const { log } = k.refusals
  const found = log.findLast(it => it.rule === rule)
  expect(found, `${output}\n${JSON.stringify(log.slice(-3).map(it => [it.rule, it.facts]))}`).toBeDefined()
  const refusal = { ...found, isLast: true } as Refusal
  const english = explain(refusal, 'en')
  const korean = explain(refusal, 'ko')
  const here = withoutNumbers(english[1])
  if (typeof it.here === 'string') expect(here).toBe(it.here)
  else expect(here).toMatch(it.here)
  expect(named(korean.join(' '))).toEqual(expect.arrayContaining(named(english[1])))
  expect(korean[0]).toMatch(/[가-힣]/)
  expect(`${english}${korean}`).not.toMatch(/undefined|NaN|Infinity|\[object|은\(는\)은|\s[,.]/)
})

const said = (script: string): string => provoke(root(script, '')).output

test('why is about the last command: its call, the rule, the state and what can be done', () => {
  expect(said('umount /tmp 2> /dev/null; why')).toBe(`\
umount[1001]: umount2("/tmp", 0) = EINVAL (Invalid argument)
Rule:  This works only on a mount point, not on a directory within a mount.
Here:  Nothing is mounted at /tmp.
Try:   findmnt --target /tmp shows which mount it is on; mount --bind /tmp /tmp
       makes it a mount point.
`)
})

test('a later command that was refused nothing leaves nothing to explain, but for why -a', () => {
  const text = said('umount /tmp 2> /dev/null; ls /nosuch 2> /dev/null; why; why -a')
  expect(text).toMatch(/^why: {3}No rule of the kernel refused the last command anything[^:]*: why -a\n/)
  expect(text).toContain('umount2("/tmp", 0)')
})

test('a command that succeeds leaves nothing to explain, and why says so', () => {
  expect(said('ls / > /dev/null; true; why')).toMatch(/^why: {3}No rule [^:]*\n$/)
})

test('what a command got over is explained only if nothing else was refused', () => {
  expect(said("sh -c 'umount /tmp; umount /mnt; true' 2> /dev/null; why")).toContain('"/mnt"')
  expect(said("sh -c 'umount /tmp; true' 2> /dev/null; umount /mnt 2> /dev/null; why")).toContain('"/mnt"')
})

test('why speaks Korean where the language is Korean, or with -l', () => {
  expect(said('umount /tmp 2> /dev/null; LANG=ko_KR.UTF-8 why')).toContain('규칙:')
  expect(said('umount /tmp 2> /dev/null; why -l ko')).toContain('상태:')
  expect(said('why -l fr')).toContain('unknown language: fr')
})

test('others may not ask what a process was refused', () => {
  expect(said('sleep 9 & su user -c "why -p $!"; kill $!')).toContain('is not yours to look into')
})

test('where a learner goes wrong most, the advice is about that', () => {
  const advice = (script: string): string => said(`(${script}) 2> /dev/null; why`)
  expect(advice("su user -c 'echo 1 > /etc/x'")).toContain('sudo tee FILE')
  expect(advice('cd /sys/fs/cgroup; mkdir -p a/b; echo 1 > a/b/pids.max')).toContain('echo +pids')
  expect(advice("unshare -p bash -c '/bin/true; /bin/true; :'")).toContain('unshare --pid --fork')
})

test('who is root in a user namespace does not miss the set-user-ID bits of the host', () => {
  expect(said("su user -c 'unshare -Urm mount --bind /etc /root'; why")).toMatch(/^why: {3}No rule /)
})

test('strace --why tells the rule and the state behind each call that was refused', () => {
  expect(said("su user -c 'strace --why -e trace=openat cat /etc/shadow' 2>&1 | grep -A1 shadow")).toMatch(
    /= -1 EACCES \(Permission denied\)\n {4}why: A file has .* \/etc\/shadow has mode 0640/,
  )
})
