/**
 * cgdelete - remove control groups; their processes move to the parent
 * https://manpages.debian.org/bookworm/cgroup-tools/cgdelete.1.en.html
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { writeAll } from '../lib/command.ts'
import { CgroupError, ECGFAIL } from '../lib/libcgroup/error.ts'
import { deleteGroup } from '../lib/libcgroup/group.ts'
import { kernelControllers } from '../lib/libcgroup/mounts.ts'
import { cgroupTool, type GroupSpec, mountsFor, parseGroupSpec, ToolFailure } from '../lib/libcgroup/tool.ts'

export default cgroupTool({
  name: 'cgdelete',
  summary: 'remove control group(s)',
  usage: ['cgdelete [-h] [-r] [[-g] <controllers>:<path>] ...'],
  hint: '--help',
  wrong: -1,
  options: {
    group: {
      short: 'g',
      long: '',
      value: '<controllers>:<path>',
      repeat: true,
      help: 'A group to remove (-g may be omitted)',
    },
    recursive: { short: 'r', help: 'Remove the groups below it too' },
  },

  *main(sys, flags, args, me) {
    const table = yield* mountsFor(sys, `${me.name}: `)
    const groups = [...(flags.group ?? []), ...args].map(it => {
      const spec = parseGroupSpec(it)
      if (!spec) throw new ToolFailure(`${me.name}: error parsing cgroup '${it}'\n`, -1)
      return spec
    })
    let status = 0
    for (const { path, controllers } of yield* oncePerHierarchy(sys, groups)) {
      const twice = controllers.find((it, i) => controllers.indexOf(it) < i)
      if (twice !== undefined)
        throw new ToolFailure(`${me.name}: controller ${twice} can't be added\n`, ECGFAIL)
      try {
        yield* deleteGroup(sys, table, path, controllers, flags.recursive ?? false)
      } catch (e) {
        if (!(e instanceof CgroupError)) throw e
        yield* writeAll(sys, 2, `${me.name}: cannot remove group '${path}': ${e.message}\n`)
        status = e.code
      }
    }
    return status
  },
})

/**
 * Controllers of one hierarchy share the directory: it is removed for the first of them. The original looks up the
 * hierarchy by the name of the group instead of the controller's, so that all seem to be one.
 */
function* oncePerHierarchy(sys: Sys, groups: readonly GroupSpec[]): Blocking<GroupSpec[]> {
  const known = yield* kernelControllers(sys)
  const seen: { path: string; controller: string; hierarchy: number }[] = []
  return groups.map(({ path, controllers }) => ({
    path,
    controllers: controllers.filter(controller => {
      const hierarchy = known.find(it => it.name === path)?.hierarchy ?? 0
      const same = seen.filter(it => it.path === path && it.hierarchy === hierarchy)
      seen.push({ path, controller, hierarchy })
      return !same.length || same.some(it => it.controller === controller)
    }),
  }))
}
