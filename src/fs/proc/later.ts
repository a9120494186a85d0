/** The late part of /proc (see late.ts). */
export { NET_FILES, NET_MODES } from './net-files.ts'
export { netSysctls } from './sysctl-net.ts'
export { netDirectories } from './net-directories.ts'
export { fixedNodes } from './nodes.ts'
export { taskDirectory } from './task.ts'
