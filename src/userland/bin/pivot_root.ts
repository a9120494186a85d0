/**
 * pivot_root - change the root file system
 * Linux: util-linux sys-utils/pivot_root.c; pivot_root(8).
 */
import { command, must, usage } from '../lib/command.ts'

export default command({
  name: 'pivot_root',
  summary: 'change the root filesystem',
  suite: 'util-linux',
  usage: 'pivot_root [options] new_root put_old',
  help: `
Usage:
 pivot_root [options] new_root put_old

Change the root filesystem.

Options:
 -h, --help     display this help
 -V, --version  display version

For more details see pivot_root(8).
`,

  *main(sys, _flags, args) {
    const [newRoot, putOld] = args
    if (args.length !== 2) throw usage('bad usage')
    must(`failed to change root from \`${newRoot}' to \`${putOld}'`, () => sys.pivot_root(newRoot!, putOld!))
    return 0
  },
})
