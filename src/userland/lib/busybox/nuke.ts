/** nuke - remove what is named, however deep and whoever minds. Linux: busybox klibc-utils/nuke.c. */
import type { Program } from '../../../abi/index.ts'
import { applets } from './standalone.ts'

export const nuke: Program = function* (sys, argv, envp) {
  if (argv.length < 2) return 0
  return yield* applets.get('rm')!(sys, ['nuke', '-rf', '--', ...argv.slice(1)], envp)
}
