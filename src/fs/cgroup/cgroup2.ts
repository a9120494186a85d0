/**
 * cgroup2: the unified hierarchy. Linux: kernel/cgroup/cgroup.c, cgroup2_fs_type; cgroups(7).
 */
import { EINVAL } from '../../abi/index.ts'
import {
  cgroupNames,
  cgroupNsOf,
  DEFAULT_HIERARCHY,
  inInitCgroupNs,
  type Kernel,
  namespaceRoot,
} from '../../kernel/index.ts'
import type { Caller, FileSystemType } from '../../vfs/index.ts'
import { pseudoFileSystem } from '../pseudo.ts'
import { CgroupDir, showRoot, watchControlFiles } from './cgroupfs.ts'

const CGROUP2_SUPER_MAGIC = 0x63677270
const OPTIONS = ['nsdelegate', 'favordynmods', 'memory_localevents', 'memory_recursiveprot']

function parse(k: Kernel, text: string): string[] {
  const words = text ? text.split(',') : []
  for (const word of words) {
    const [key = ''] = word.split('=')
    if (OPTIONS.includes(word)) continue
    k.log(`cgroup2: ${OPTIONS.includes(key) ? 'Unexpected value for' : 'Unknown parameter'} '${key}'`)
    throw EINVAL
  }
  return OPTIONS.filter(word => words.includes(word))
}

export function cgroup2(k: Kernel): FileSystemType {
  watchControlFiles(k)
  const ownerUserNs = (as: Caller): number =>
    k.cgroupNamespaces.find(cgroupNsOf(k, as.task))?.userNs ?? k.initUserNs
  /** The flags belong to the hierarchy: every mount from the initial namespace sets them anew. */
  const apply = (options: string, as: Caller): void => {
    const flags = parse(k, options)
    if (inInitCgroupNs(k, as.task)) k.hierarchies.own(DEFAULT_HIERARCHY).options = flags
  }
  const shown = (): string => k.hierarchies.get(DEFAULT_HIERARCHY).options.join(',')
  return pseudoFileSystem({
    name: 'cgroup2',
    magic: CGROUP2_SUPER_MAGIC,
    usernsMount: true,
    ownerUserNs: (_, as) => ownerUserNs(as),
    check: (_v, _source, options, _flags, as) => apply(options, as),
    instance: () => 'cgroup2',
    tree() {
      k.hierarchies.own(DEFAULT_HIERARCHY).visible = true
      return { root: new CgroupDir(k, k.hierarchies.get(DEFAULT_HIERARCHY).root), options: shown() }
    },
    subtree: (_v, _options, as) =>
      cgroupNames(k, namespaceRoot(k, cgroupNsOf(k, as.task), DEFAULT_HIERARCHY)),
    remount(_v, _sb, options, as) {
      apply(options, as)
      return shown()
    },
    showRoot: (v, dentry, as) => showRoot(k, v, dentry, as),
    showOptions: shown,
  })
}
