/**
 * swapon - enable or show devices for paging and swapping
 * Linux: util-linux sys-utils/swapon.c; swapon(8).
 *
 * Left out: enabling: swapon(2) is missing, since there is no swap.
 */
import { ENOSYS } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { procText } from '../lib/proc.ts'

export default command({
  name: 'swapon',
  summary: 'enable devices and files for paging and swapping',
  suite: 'util-linux',
  usage: 'swapon [options] [<spec>]',
  options: {
    all: { short: 'a', help: 'enable all swaps from /etc/fstab' },
    summary: { short: 's', help: 'display summary about used swap devices (DEPRECATED)' },
    show: { value: '[=<columns>]', help: 'display summary in definable table' },
    noheadings: { help: "don't print table heading (with --show)" },
    verbose: { short: 'v', help: 'verbose mode' },
  },

  *main(sys, flags, args, me) {
    for (const path of args) yield* me.warn(`${path}: swapon failed`, ENOSYS)
    if (args.length) return 1
    const lines = ((yield* procText(sys, '/proc/swaps')) ?? '').split('\n').filter(Boolean)
    if (flags.summary && lines.length > 1) me.out.print(`${lines.join('\n')}\n`)
    return 0
  },
})
