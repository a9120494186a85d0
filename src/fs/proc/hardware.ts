/**
 * What /proc tells of the machine: memory, ports and interrupts that devices have, keyboards, the clock of the board.
 * Linux: kernel/resource.c, kernel/irq/proc.c, arch/x86/kernel/cpu/mtrr/if.c, drivers/{pci,input,rtc}/.
 */
import { CAP_SYS_ADMIN } from '../../abi/index.ts'
import { capable, type Kernel } from '../../kernel/index.ts'
import type { Caller } from '../../vfs/index.ts'
import { type PseudoDir, type PseudoFile, staticDir } from '../pseudo.ts'

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')

/** `FROM-TO NAME`, two blanks a level; END is where memory ends. */
const IOMEM = `0-fff Reserved
1000-9fbff System RAM
9fc00-9ffff Reserved
a0000-bffff PCI Bus 0000:00
f0000-fffff Reserved
  f0000-fffff System ROM
100000-END System RAM
  1000000-1e01d31 Kernel code
  2000000-28eafff Kernel rodata
  2a00000-2c4897f Kernel data
  3310000-43fffff Kernel bss
c0000000-febfffff PCI Bus 0000:00
  febe8000-febebfff 0000:00:01.0
    febe8000-febebfff virtio-pci-modern
  febf0000-febf3fff 0000:00:03.0
    febf0000-febf3fff virtio-pci-modern
fec00000-fec003ff IOAPIC 0
fee00000-fee00fff Local APIC`

const IOPORTS = `0-cf7 PCI Bus 0000:00
  0-1f dma1
  20-21 pic1
  40-43 timer0
  50-53 timer1
  60-60 keyboard
  64-64 keyboard
  70-77 rtc0
  80-8f dma page reg
  a0-a1 pic2
  c0-df dma2
  f0-ff fpu
  3d4-3d5 cga
  3f8-3ff serial
cf8-cff PCI conf1
d00-ffff PCI Bus 0000:00
  c000-c07f 0000:00:01.0
  c100-c11f 0000:00:03.0`

/** Addresses are for the privileged. Linux: r_show(). */
function resources(k: Kernel, as: Caller, table: string, width: number): string {
  const isShown = capable(k, as.cred, CAP_SYS_ADMIN)
  const end = (k.memory - 0x23001).toString(16)
  return table
    .replace('END', end)
    .split('\n')
    .map(line => {
      const [, indent = '', from = '', to = '', name = ''] =
        /^( *)([\da-f]+)-([\da-f]+) (.*)$/.exec(line) ?? []
      const address = (text: string): string => hex(isShown ? Number.parseInt(text, 16) : 0, width)
      return `${indent}${address(from)}-${address(to)} : ${name}\n`
    })
    .join('')
}

export const showIomem = (k: Kernel, as: Caller): string => resources(k, as, IOMEM, 8)
export const showIoports = (k: Kernel, as: Caller): string => resources(k, as, IOPORTS, 4)

export const MTRR = 'reg00: base=0x0c0000000 ( 3072MB), size= 1024MB, count=1: uncachable\n'
export const MISC = `200 tun
237 loop-control
229 fuse
125 cpu_dma_latency
  1 psaux
228 hpet
126 userfaultfd
231 snapshot
183 hw_random
127 vga_arbiter
`

/** Linux: rtc_proc_show(). The board's clock is the realtime clock. */
function showRtc(k: Kernel): string {
  const { sec } = k.realtime()
  const [days, rest] = [Math.floor(sec / 86400), sec % 86400]
  const time = [rest / 3600, (rest / 60) % 60, rest % 60]
    .map(it => String(Math.floor(it)).padStart(2, '0'))
    .join(':')
  const rows = [
    ['rtc_time', time],
    ['rtc_date', civil(days)],
    ['alrm_time', '00:00:00'],
    ['alrm_date', civil(days + 1)],
    ['alarm_IRQ', 'no'],
    ['alrm_pending', 'no'],
    ['update IRQ enabled', 'no'],
    ['periodic IRQ enabled', 'no'],
    ['periodic IRQ frequency', '1024'],
    ['max user IRQ frequency', '64'],
    ['24hr', 'yes'],
  ]
  return rows.map(([name, value]) => `${name}\t: ${value}\n`).join('')
}

/** A day since 1970 as YYYY-MM-DD. Linux: rtc_time64_to_tm(). */
function civil(days: number): string {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const doe = z - era * 146_097
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  )
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${year}-${two(month)}-${two(doy - Math.floor((153 * mp + 2) / 5) + 1)}`
}

const KEYBOARD = `I: Bus=0011 Vendor=0001 Product=0001 Version=ab41
N: Name="AT Translated Set 2 keyboard"
P: Phys=isa0060/serio0/input0
S: Sysfs=/devices/platform/i8042/serio0/input/input0
U: Uniq=
H: Handlers=sysrq kbd leds 
B: PROP=0
B: EV=120013
B: KEY=402000002 3803078f800d001 feffffdfffefffff fffffffffffffffe
B: MSC=10
B: LED=7

`
const HANDLERS = `N: Number=0 Name=kbd
N: Number=1 Name=sysrq (filter)
N: Number=2 Name=leds
N: Number=3 Name=mousedev Minor=32
`

/** Gives out numbers to nodes. */
class Maker {
  #ino: number

  constructor(first: number) {
    this.#ino = first
  }

  file(show: () => string, mode = 0o444): PseudoFile {
    return { kind: 'file', ino: this.#ino++, mode, show }
  }

  dir(nodes: Parameters<typeof staticDir>[1], mode = 0o555): PseudoDir {
    const count = Object.values(typeof nodes === 'function' ? nodes() : nodes).filter(
      it => it.kind === 'dir',
    ).length
    return staticDir({ ino: this.#ino++, mode, nlink: 2 + count }, nodes)
  }
}

/** Who has an interrupt: the legacy ones and those of the two virtio devices. */
const IRQS: Readonly<Record<number, string>> = {
  1: 'i8042',
  4: 'ttyS0',
  8: 'rtc0',
  9: 'acpi',
  12: 'i8042',
  24: 'virtio0-config',
  25: 'virtio0-req.0',
  26: 'virtio0-req.1',
  29: 'virtio2-config',
  30: 'virtio2-input.0',
  31: 'virtio2-output.0',
}
const LEGACY = 16

/** /proc/irq. Linux: register_irq_proc(). */
function irqDirectory(k: Kernel, make: Maker): PseudoDir {
  const all = hex(2 ** k.cpus - 1, 1)
  const list = k.cpus > 1 ? `0-${k.cpus - 1}` : '0'
  const numbers = [...Array.from({ length: LEGACY }, (_, i) => i), ...Object.keys(IRQS).map(Number)]
  const one = (irq: number): PseudoDir => {
    const cpu = irq ? irq % k.cpus : 0
    const owner = IRQS[irq]
    return make.dir({
      affinity_hint: make.file(() => '0\n'),
      effective_affinity: make.file(() => `${hex(2 ** cpu, 1)}\n`),
      effective_affinity_list: make.file(() => `${cpu}\n`),
      node: make.file(() => '0\n'),
      smp_affinity: make.file(() => `${all}\n`, 0o644),
      smp_affinity_list: make.file(() => `${list}\n`, 0o644),
      spurious: make.file(() => 'count 0\nunhandled 0\nlast_unhandled 0 ms\n'),
      ...(owner && { [owner]: make.dir({}) }),
    })
  }
  const dirs = [...new Set(numbers)].map(irq => [`${irq}`, one(irq)] as const)
  return make.dir({ ...Object.fromEntries(dirs), default_smp_affinity: make.file(() => `${all}\n`, 0o644) })
}

/** acpi, bus, driver, fs and irq. */
export function hardwareDirectories(k: Kernel, firstIno: number): Record<string, PseudoDir> {
  const make = new Maker(firstIno)
  return {
    acpi: make.dir({ wakeup: make.file(() => 'Device\tS-state\t  Status   Sysfs node\n', 0o644) }),
    bus: make.dir({
      input: make.dir({ devices: make.file(() => KEYBOARD), handlers: make.file(() => HANDLERS) }),
    }),
    driver: make.dir({ rtc: make.file(() => showRtc(k)) }),
    fs: make.dir({
      ext4: make.dir({ vda: make.dir({ options: make.file(() => EXT4_OPTIONS) }) }),
      jbd2: make.dir({}),
      nfsd: make.dir({}),
    }),
    irq: irqDirectory(k, make),
  }
}

/** Linux: ext4_seq_options_show(): of the root file system, which is mounted with errors=remount-ro. */
const EXT4_OPTIONS =
  `rw bsddf nogrpid block_validity dioread_nolock nodiscard delalloc nowarn_on_error journal_checksum barrier
auto_da_alloc user_xattr acl noquota resuid=0 resgid=0 errors=remount-ro commit=5 min_batch_time=0 max_batch_time=15000
stripe=0 data=ordered inode_readahead_blks=32 init_itable=10 max_dir_size_kb=0
`.replaceAll(' ', '\n')
