/**
 * Random sequences of shell commands about containers, a line each. A line `( COMMAND` runs what follows, up to its `)`,
 * in a shell that COMMAND starts: `( unshare -Ur`.
 */
import { CGROUPS, LIMITS, STATUS_LOOKS, TASKS } from './tasks.ts'
import { FILES, MOUNT_LOOKS, MOUNTS, ROOTS } from './mounts.ts'
import { NAMES, NAMESPACES, unshareOptions, USERS } from './namespaces.ts'
import { type Command, World } from './world.ts'

export interface ShellSequence {
  readonly name: string
  readonly lines: readonly string[]
}

/** What a sequence is mostly about: it has two of these, and a little of all. */
const THEMES: readonly (readonly (readonly Command[])[])[] = [
  [MOUNTS, MOUNTS, MOUNT_LOOKS, FILES],
  [MOUNTS, MOUNTS, MOUNT_LOOKS, NAMESPACES],
  [NAMESPACES, NAMESPACES, MOUNTS, NAMES],
  [NAMESPACES, USERS, STATUS_LOOKS],
  [USERS, USERS, NAMESPACES, FILES],
  [ROOTS, ROOTS, MOUNTS, MOUNT_LOOKS],
  [TASKS, TASKS, TASKS, STATUS_LOOKS],
  [TASKS, NAMESPACES, LIMITS],
  [CGROUPS, CGROUPS, CGROUPS, TASKS],
  [NAMES, NAMESPACES],
]
const ANY = [
  MOUNTS,
  FILES,
  MOUNT_LOOKS,
  ROOTS,
  NAMESPACES,
  NAMES,
  USERS,
  TASKS,
  LIMITS,
  CGROUPS,
  STATUS_LOOKS,
]

export function shellSequenceOf(seed: number): ShellSequence {
  const world = new World(seed)
  const themes = [...world.pick(THEMES), ...world.pick(THEMES), world.pick(ANY)]
  const lines: string[] = []
  if (world.chance(25)) lines.push(`mount --make-rshared ${world.pick(['/', '/mnt'])}`)
  commands(world, themes, 10 + world.below(16), lines)
  return { name: String(seed), lines }
}

/** Adds so many commands; some of them are shells with commands of their own. */
function commands(w: World, themes: readonly (readonly Command[])[], count: number, lines: string[]): void {
  for (let left = count; left > 0; left--) {
    if (w.depth < 2 && left > 2 && w.chance(7)) {
      const inside = 2 + w.below(Math.min(left - 2, 8))
      const [enter, as] = shell(w)
      lines.push(`( ${enter}`)
      commands(new World(w, as), themes, inside, lines)
      lines.push(')')
      left -= inside
    } else lines.push(w.command(w.pick(themes)))
  }
}

/** How a shell inside begins, and whose it is. */
function shell(w: World): readonly [string, World['as']] {
  if (w.as !== 'user' && w.chance(20))
    return [w.pick(['setpriv --reuid 1000 --regid 1000 --clear-groups', 'su user']), 'user']
  if (w.holders.length && w.chance(20))
    return [`nsenter -t ${w.holder()} -${w.pick(['a', 'm', 'U', 'mu', 'Um'])}`, w.as]
  const options = unshareOptions(w)
  return [`unshare ${options}`, /-\w*[Ur]/.test(options) ? 'fakeroot' : w.as]
}
