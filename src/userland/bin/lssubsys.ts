/**
 * lssubsys - list the hierarchies of control groups and their controllers
 * https://manpages.debian.org/bookworm/cgroup-tools/lssubsys.1.en.html
 *
 * Version 2 has no hierarchies in this sense. As in the original, a controller that the kernel knows and nobody
 * mounted ends the list of names before it is printed.
 */
import { CgroupError, ECGROUPNOTEXIST } from '../lib/libcgroup/error.ts'
import {
  type CgroupMount,
  type KernelController,
  kernelControllers,
  readMounts,
} from '../lib/libcgroup/mounts.ts'
import { cgroupTool } from '../lib/libcgroup/tool.ts'

export default cgroupTool({
  name: 'lssubsys',
  summary:
    'list information about given controller(s) If no controller is set list information about all mounted controllers.',
  usage: ['lssubsys [-i] [-m] [-M] [controller] [...]', 'lssubsys [-a] [-i] [-m] [-M]'],
  hint: '-h',
  wrong: -1,
  options: {
    all: { short: 'a', help: 'List controllers that are not mounted too' },
    hierarchies: { short: 'i', help: 'Show the numbers of hierarchies' },
    mountPoints: { short: 'm', help: 'Show where each is mounted first' },
    allMountPoints: { short: 'M', help: 'Show everywhere each is mounted' },
  },

  *main(sys, flags, args, me) {
    const known = yield* kernelControllers(sys)
    if (flags.all) for (const it of known) if (!it.hierarchy) me.out.line(it.name)
    const table = yield* readMounts(sys)
    const chosen = known.filter(it => it.hierarchy && (flags.all || !args.length || args.includes(it.name)))
    let status = 0
    for (const hierarchy of new Set(chosen.map(it => it.hierarchy))) {
      const members = membersOf(table, known, hierarchy)
      status = members ? 0 : new CgroupError(ECGROUPNOTEXIST).code
      if (!members) continue
      const names = members.map(it => it.controller).join(',')
      const paths = members[0]?.paths ?? []
      if (flags.allMountPoints) for (const path of paths) me.out.line(`${names} ${path}`)
      else if (flags.mountPoints) me.out.line(`${names} ${paths[0]}`)
      else me.out.line(flags.hierarchies ? `${names} ${hierarchy}` : names)
    }
    return status
  },
})

/** The controllers of a hierarchy; undefined if any controller at all is not mounted. */
function membersOf(
  table: readonly CgroupMount[],
  known: readonly KernelController[],
  hierarchy: number,
): CgroupMount[] | undefined {
  const mounts = known.map(it => table.find(mount => mount.controller === it.name))
  if (mounts.includes(undefined)) return undefined
  return mounts
    .filter(it => it !== undefined)
    .filter((it, i) => it.version === 2 || known[i]!.hierarchy === hierarchy)
}
