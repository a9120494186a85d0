import { loadOverlay } from './overlay/index.ts'
import { registerProc } from './proc/late.ts'
import { loadSysfs } from './sysfs.ts'

export { bareFileSystems, loadableFileSystems, refusedFileSystems } from './bare.ts'
export { cgroup, cgroup2 } from './cgroup/index.ts'
export { devpts } from './devpts.ts'
export { ext4, olderExts, settleDisk } from './disk.ts'
export { overlay } from './overlay/index.ts'
export { type ImageEntry, populate } from './populate.ts'
export { proc } from './proc/index.ts'
export { sysfs } from './sysfs.ts'
export { devtmpfs, ramfs, rootfs, tmpfs } from './tmpfs.ts'
/** What comes late: overlay, ext2, ext3 and ext4 on devices, and files that only programs read. */
export const loadFileSystems = () =>
  Promise.all([
    loadOverlay(),
    import('./ext4/super.ts'),
    import('./ext4/root-disk.ts'),
    import('./proc/later.ts').then(registerProc),
    loadSysfs(),
  ])
