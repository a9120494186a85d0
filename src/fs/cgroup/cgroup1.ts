/**
 * cgroup: the v1 file systems, one for each hierarchy. Mounting makes the hierarchy that the options name.
 * Linux: kernel/cgroup/cgroup-v1.c; cgroups(7).
 */
import {
  cgroupNames,
  cgroupNsOf,
  findV1Hierarchy,
  inInitCgroupNs,
  type Kernel,
  legacyName,
  namespaceRoot,
  parseV1Options,
  v1Hierarchy,
  v1Remount,
  v1Unmounted,
} from '../../kernel/index.ts'
import type { Caller, FileSystemType } from '../../vfs/index.ts'
import { pseudoFileSystem } from '../pseudo.ts'
import { CgroupDir, showRoot } from './cgroupfs.ts'

const CGROUP_SUPER_MAGIC = 0x27e0eb

/** Linux: cgroup1_show_options(). */
function showOptions(k: Kernel, id: number): string {
  const { controllers, name, options, releaseAgent, root } = k.hierarchies.get(id)
  const words = [
    ...controllers.map(legacyName),
    ...['noprefix', 'xattr', 'cpuset_v2_mode', 'favordynmods'].filter(it => options.includes(it)),
  ]
  if (releaseAgent) words.push(`release_agent=${releaseAgent}`)
  if (k.cgroups.get(root).cloneChildren) words.push('clone_children')
  if (name) words.push(`name=${name}`)
  return words.join(',')
}

export function cgroup(k: Kernel): FileSystemType {
  const ownerUserNs = (as: Caller): number =>
    k.cgroupNamespaces.find(cgroupNsOf(k, as.task))?.userNs ?? k.initUserNs
  /** `check` has made it if it was not there. */
  const hierarchy = (options: string, as: Caller): number =>
    findV1Hierarchy(k, parseV1Options(k, options, as))!
  return pseudoFileSystem({
    name: 'cgroup',
    magic: CGROUP_SUPER_MAGIC,
    usernsMount: true,
    ownerUserNs: (_, as) => ownerUserNs(as),
    check: (_v, _source, options, _flags, as) =>
      void v1Hierarchy(k, parseV1Options(k, options, as), inInitCgroupNs(k, as.task)),
    instance: (_, options, as) => hierarchy(options, as),
    tree(_v, options, as) {
      const id = hierarchy(options, as)
      return { root: new CgroupDir(k, k.hierarchies.get(id).root), options: showOptions(k, id), data: id }
    },
    subtree(_v, options, as) {
      return cgroupNames(k, namespaceRoot(k, cgroupNsOf(k, as.task), hierarchy(options, as)))
    },
    remount(_v, sb, options, as) {
      v1Remount(k, sb.data as number, parseV1Options(k, options, as), as.task)
      return showOptions(k, sb.data as number)
    },
    showRoot: (v, dentry, as) => showRoot(k, v, dentry, as),
    showOptions: (_, sb) =>
      k.hierarchies.find(sb.data as number) ? showOptions(k, sb.data as number) : sb.options,
    kill: (_, sb) => v1Unmounted(k, sb.data as number),
  })
}
