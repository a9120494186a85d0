/**
 * lscpu - display information about the CPU architecture
 * Linux: util-linux sys-utils/lscpu.c; lscpu(1). Reads /proc/cpuinfo and /sys/devices/system/cpu.
 *
 * Left out: caches, vulnerabilities, firmware's names, -e.
 */
import { command, type Options } from '../lib/command.ts'
import { parseStatus, procText } from '../lib/proc.ts'

const OPTIONS = {
  json: { short: 'J' },
  parse: { short: 'p', value: '[=<list>]' },
  all: { short: 'a' },
  hex: { short: 'x' },
} as const satisfies Options

export default command({
  name: 'lscpu',
  summary: 'display information about the CPU architecture',
  suite: 'util-linux',
  usage: 'lscpu [options]',
  help: `
Usage:
 lscpu [options]

Display information about the CPU architecture.

Options:
 -a, --all               print both online and offline CPUs (default for -e)
 -b, --online            print online CPUs only (default for -p)
 -B, --bytes             print sizes in bytes rather than in human readable format
 -C, --caches[=<list>]   info about caches in extended readable format
 -c, --offline           print offline CPUs only
 -J, --json              use JSON for default or extended format
 -e, --extended[=<list>] print out an extended readable format
 -p, --parse[=<list>]    print out a parsable format
 -s, --sysroot <dir>     use specified directory as system root
 -x, --hex               print hexadecimal masks rather than lists of CPUs
 -y, --physical          print physical instead of logical IDs
     --output-all        print all available columns for -e, -p or -C

 -h, --help              display this help
 -V, --version           display version

Available output columns for -e or -p:
      BOGOMIPS  crude measurement of CPU speed
           CPU  logical CPU number
          CORE  logical core number
        SOCKET  logical socket number
       CLUSTER  logical cluster number
          NODE  logical NUMA node number
          BOOK  logical book number
        DRAWER  logical drawer number
         CACHE  shows how caches are shared between CPUs
  POLARIZATION  CPU dispatching mode on virtual hardware
       ADDRESS  physical address of a CPU
    CONFIGURED  shows if the hypervisor has allocated the CPU
        ONLINE  shows if Linux currently makes use of the CPU
           MHZ  shows the currently MHz of the CPU
      SCALMHZ%  shows scaling percentage of the CPU frequency
        MAXMHZ  shows the maximum MHz of the CPU
        MINMHZ  shows the minimum MHz of the CPU

Available output columns for -C:
      ALL-SIZE  size of all system caches
         LEVEL  cache level
          NAME  cache name
      ONE-SIZE  size of one cache
          TYPE  cache type
          WAYS  ways of associativity
  ALLOC-POLICY  allocation policy
  WRITE-POLICY  write policy
      PHY-LINE  number of physical cache line per cache t
          SETS  number of sets in the cache; set lines has the same cache index
 COHERENCY-SIZE  minimum amount of data in bytes transferred from memory to cache

For more details see lscpu(1).
`,
  options: OPTIONS,

  *main(sys, flags, _args, me) {
    const blocks = ((yield* procText(sys, '/proc/cpuinfo')) ?? '')
      .split('\n\n')
      .filter(block => block.includes('processor'))
    const first = parseStatus((blocks[0] ?? '').replace(/\t/g, ''))
    const online = ((yield* procText(sys, '/sys/devices/system/cpu/online')) ?? '').trim()
    const sockets =
      new Set(blocks.map(block => parseStatus(block.replace(/\t/g, '')).get('physical id'))).size || 1
    if (flags.parse !== undefined) {
      me.out.print(
        '# The following is the parsable format, which can be fed to other\n# programs. Each different item in every column has an unique ID\n# starting usually from zero.\n# CPU,Core,Socket,Node\n',
      )
      blocks.forEach((_, cpu) => me.out.line(`${cpu},${cpu},0,0`))
      return 0
    }
    const rows: readonly (readonly [string, string | undefined])[] = [
      ['Architecture', sys.uname().machine],
      ['CPU op-mode(s)', first.get('flags')?.includes(' lm') ? '32-bit, 64-bit' : '32-bit'],
      ['Address sizes', first.get('address sizes')],
      ['Byte Order', 'Little Endian'],
      ['CPU(s)', String(blocks.length)],
      ['On-line CPU(s) list', online || undefined],
      ['Vendor ID', first.get('vendor_id')],
      ['Model name', first.get('model name')],
      ['CPU family', first.get('cpu family')],
      ['Model', first.get('model')],
      ['Thread(s) per core', '1'],
      ['Core(s) per socket', String(Math.max(1, Math.floor(blocks.length / sockets)))],
      ['Socket(s)', String(sockets)],
      ['Stepping', first.get('stepping')],
      ['BogoMIPS', first.get('bogomips')],
      ['Flags', first.get('flags')],
      ['NUMA node(s)', '1'],
      ['NUMA node0 CPU(s)', online || undefined],
    ]
    const known = rows.filter((row): row is readonly [string, string] => row[1] !== undefined)
    if (flags.json) {
      const one = ([name, data]: readonly [string, string]): string =>
        `      {\n         "field": "${name}:",\n         "data": ${JSON.stringify(data)}\n      }`
      me.out.print(`{\n   "lscpu": [\n${known.map(one).join(',')}\n   ]\n}\n`)
      return 0
    }
    const width = Math.max(...known.map(([name]) => name.length)) + 2
    for (const [name, data] of known) me.out.line(`${`${name}:`.padEnd(width)}${data}`)
    return 0
  },
})
