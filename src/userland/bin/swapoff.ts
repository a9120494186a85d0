/**
 * swapoff - disable devices for paging and swapping
 * util-linux: sys-utils/swapoff.c; swapoff(8).
 */
import { type Blocking, ENOMEM, EPERM, Errno, type Sys } from '../../abi/index.ts'
import { command, fatal, type Process, usage } from '../lib/command.ts'
import { readSwaps, resolveSpec, swapsOfFstab } from '../lib/swap.ts'

// What main() returns: no memory, the kernel refused, it was not asked; some and all of --all failed.
const NO_MEMORY = 2
const REFUSED = 4
const NOT_ASKED = 8
const WRONG_USAGE = 16
const ALL_FAILED = 32
const SOME_FAILED = 64

export default command({
  name: 'swapoff',
  summary: 'disable devices and files for paging and swapping',
  suite: 'util-linux',
  usage: 'swapoff [options] [<spec>]',
  wrongStatus: WRONG_USAGE,
  options: {
    all: { short: 'a', help: 'disable all swaps from /proc/swaps' },
    label: { short: 'L', value: '<label>', help: 'synonym for LABEL=<label>' },
    uuid: { short: 'U', value: '<uuid>', help: 'synonym for UUID=<uuid>' },
    verbose: { short: 'v', help: 'verbose mode' },
  },

  *main(sys, flags, args, me) {
    const specs = [...args]
    if (flags.label !== undefined) specs.push(`LABEL=${flags.label}`)
    if (flags.uuid !== undefined) specs.push(`UUID=${flags.uuid}`)
    if (!flags.all && !specs.length) throw usage('bad usage', WRONG_USAGE)
    const verbose = flags.verbose === true
    let status = 0
    for (const spec of specs) status |= yield* disable(sys, me, spec, { verbose, quiet: false })
    return flags.all ? status | (yield* disableAll(sys, me, verbose)) : status
  },
})

function* disableAll(sys: Sys, me: Process, verbose: boolean): Blocking<number> {
  let [good, bad] = [0, 0]
  for (const { path } of yield* readSwaps(sys))
    if (yield* disable(sys, me, path, { verbose, quiet: false })) bad++
    else good++
  // What fstab names may be in use by another name.
  for (const { spec } of yield* swapsOfFstab(sys)) yield* disable(sys, me, spec, { verbose, quiet: true })
  return bad ? (good ? SOME_FAILED : ALL_FAILED) : 0
}

function* disable(
  sys: Sys,
  me: Process,
  spec: string,
  { verbose, quiet }: { verbose: boolean; quiet: boolean },
): Blocking<number> {
  const path = yield* resolveSpec(sys, spec)
  if (path === undefined) {
    if (!quiet) yield* me.warn(`cannot find the device for ${spec}`)
    return NOT_ASKED
  }
  if (verbose) me.out.line(`swapoff ${path}`)
  try {
    yield* sys.swapoff(path)
    return 0
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    if (e === EPERM) throw fatal('Not superuser.', undefined, NOT_ASKED)
    if (!quiet) yield* me.warn(`${path}: swapoff failed`, e)
    return e === ENOMEM ? NO_MEMORY : REFUSED
  }
}
