/**
 * setarch, linux32, linux64, i386, x86_64 - change reported architecture and set personality flags
 * Linux: util-linux sys-utils/setarch.c; setarch(8).
 *
 * Left out: what the flags change besides the machine and release of uname(2); they are kept and shown.
 */
import { ADDR_NO_RANDOMIZE, PER_LINUX32, UNAME26 } from '../../abi/index.ts'
import { command, fatal, must } from '../lib/command.ts'
import { execProgram } from '../lib/namespaces.ts'

/** Names of architectures and the execution domain that each stands for. */
const DOMAINS: Readonly<Record<string, number>> = {
  uname26: UNAME26,
  linux32: PER_LINUX32,
  linux64: 0,
  i386: PER_LINUX32,
  i486: PER_LINUX32,
  i586: PER_LINUX32,
  i686: PER_LINUX32,
  athlon: PER_LINUX32,
  x86_64: 0,
}

/** Options, their bit, and the name that --verbose tells. */
const FLAGS = {
  addrNoRandomize: [ADDR_NO_RANDOMIZE, 'ADDR_NO_RANDOMIZE'],
  fdpicFuncptrs: [0x0080000, 'FDPIC_FUNCPTRS'],
  mmapPageZero: [0x0100000, 'MMAP_PAGE_ZERO'],
  addrCompatLayout: [0x0200000, 'ADDR_COMPAT_LAYOUT'],
  readImpliesExec: [0x0400000, 'READ_IMPLIES_EXEC'],
  '32bit': [0x0800000, 'ADDR_LIMIT_32BIT'],
  shortInode: [0x1000000, 'SHORT_INODE'],
  wholeSeconds: [0x2000000, 'WHOLE_SECONDS'],
  stickyTimeouts: [0x4000000, 'STICKY_TIMEOUTS'],
  '3gb': [0x8000000, 'ADDR_LIMIT_3GB'],
  '4gb': [0, ''],
  'uname-2.6': [UNAME26, 'UNAME26'],
} as const satisfies Readonly<Record<string, readonly [bit: number, name: string]>>

export default command({
  name: 'setarch',
  aliases: ['linux32', 'linux64', 'i386', 'x86_64'],
  summary: 'change the reported architecture and set personality flags',
  suite: 'util-linux',
  usage: 'setarch [<arch>] [options] [<program> [<argument>...]]',
  options: {
    '32bit': { short: 'B', long: '32bit', help: 'turns on ADDR_LIMIT_32BIT' },
    fdpicFuncptrs: { short: 'F', help: 'makes function pointers point to descriptors' },
    shortInode: { short: 'I', help: 'turns on SHORT_INODE' },
    addrCompatLayout: { short: 'L', help: 'changes the way virtual memory is allocated' },
    addrNoRandomize: { short: 'R', help: 'disables randomization of the virtual address space' },
    wholeSeconds: { short: 'S', help: 'turns on WHOLE_SECONDS' },
    stickyTimeouts: { short: 'T', help: 'turns on STICKY_TIMEOUTS' },
    readImpliesExec: { short: 'X', help: 'turns on READ_IMPLIES_EXEC' },
    mmapPageZero: { short: 'Z', help: 'turns on MMAP_PAGE_ZERO' },
    '3gb': { short: '3', long: '3gb', help: 'limits the used address space to a maximum of 3 GB' },
    '4gb': { long: '4gb', help: 'ignored (for backward compatibility only)' },
    'uname-2.6': { long: 'uname-2.6', help: 'turns on UNAME26' },
    verbose: { short: 'v', help: 'say what options are being switched on' },
    list: { help: 'list settable architectures, and exit' },
  },
  stopAtOperand: true,
  // The architecture stands before the options; as an operand it would end them.
  obsolete: (args, _env, name) =>
    isSetarch(name) && args[0] && !args[0].startsWith('-') ? [...args.slice(1)] : args,

  *main(sys, flags, args, me) {
    if (flags.list) {
      for (const arch of Object.keys(DOMAINS)) me.out.line(arch)
      return 0
    }
    const arch = archOf(me.name, me.argv)
    let persona = 0
    let isVerbose = false
    for (const { key } of me.order) {
      if (key === 'verbose') isVerbose = true
      const [bit, what] = FLAGS[key as keyof typeof FLAGS] ?? [0, '']
      if (bit && isVerbose) me.out.line(`Switching on ${what}.`)
      persona |= bit
    }
    if (arch === undefined && !persona) throw fatal('no architecture argument or personality flags specified')
    const domain = arch === undefined ? 0 : DOMAINS[arch]
    if (domain === undefined) throw fatal(`${arch}: Unrecognized architecture`)
    must('failed to set personality', () => sys.personality((domain | persona) >>> 0))
    if (flags.verbose) me.out.line(`Execute command \`${args[0] ?? '/bin/sh'}'.`)
    yield* me.out.flush()
    return yield* execProgram(sys, args.length ? args : ['/bin/sh'], me.envp)
  },
})

const isSetarch = (name: string): boolean => name.slice(name.lastIndexOf('/') + 1) === 'setarch'

/** The architecture: what the program is called, or setarch's first argument. */
function archOf(name: string, argv: readonly string[]): string | undefined {
  if (!isSetarch(name)) return name.slice(name.lastIndexOf('/') + 1)
  return argv[1] === undefined || argv[1].startsWith('-') ? undefined : argv[1]
}
