/**
 * cgclassify - move running processes into control groups
 * https://manpages.debian.org/bookworm/cgroup-tools/cgclassify.1.en.html
 *
 * Left out: /etc/cgrules.conf, which says where a process belongs when -g does not; the daemon that --sticky is for.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { writeAll } from '../lib/command.ts'
import { CgroupError } from '../lib/libcgroup/error.ts'
import { changeGroup } from '../lib/libcgroup/group.ts'
import type { CgroupMount } from '../lib/libcgroup/mounts.ts'
import { cgroupTool, type GroupSpec, mountsFor, parseGroupSpec, ToolFailure } from '../lib/libcgroup/tool.ts'

export default cgroupTool({
  name: 'cgclassify',
  summary: 'move running task(s) to given cgroups',
  usage: ['cgclassify [[-g] <controllers>:<path>] [--sticky | --cancel-sticky] <list of pids>'],
  hint: '-h',
  wrong: 2,
  needsArguments: true,
  stopAtOperand: true,
  options: {
    group: {
      short: 'g',
      long: '',
      value: '<controllers>:<path>',
      repeat: true,
      help: 'A group to move them to',
    },
    cancelSticky: { help: 'The cgred daemon may move the processes and their children again' },
    sticky: { short: 's', help: 'The cgred daemon leaves the processes and their children alone' },
  },

  *main(sys, flags, args, me) {
    const groups = (flags.group ?? []).map(it => {
      const spec = parseGroupSpec(it)
      if (!spec) throw new ToolFailure('cgroup controller and path parsing failed\n', -1)
      return spec
    })
    const table = yield* mountsFor(sys, `${me.name}: `)
    let status = 0
    for (const arg of args) {
      if (!/^\s*[-+]?\d+$/.test(arg)) {
        yield* writeAll(sys, 2, `Error: ${arg} is not valid pid.\n`)
        status = 2
      } else if (groups.length) {
        if (!(yield* move(sys, table, groups, Number(arg)))) status = 1
      } else {
        const why = 'Cgroup parsing failed'
        yield* writeAll(sys, 2, `Error: change of cgroup failed for pid ${Number(arg)}: ${why}\n`)
        me.out.line('Error: failed to parse the configuration rules')
        status = 1
      }
    }
    return status
  },
})

function* move(
  sys: Sys,
  table: readonly CgroupMount[],
  groups: readonly GroupSpec[],
  pid: number,
): Blocking<boolean> {
  for (const { path, controllers } of groups) {
    try {
      yield* changeGroup(sys, table, path, controllers, pid)
    } catch (e) {
      if (!(e instanceof CgroupError)) throw e
      yield* writeAll(sys, 2, `Error changing group of pid ${pid}: ${e.message}\n`)
      return false
    }
  }
  return true
}
