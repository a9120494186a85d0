/**
 * What sysfs tells of the machine besides its devices: buses and what is on them, firmware, sleeping. Linux:
 * drivers/base/bus.c, drivers/firmware/memmap.c, kernel/power/main.c. Left out: drivers of buses; sleeping itself.
 */
import type { Kernel } from '../kernel/index.ts'
import type { Attribute, Entries } from './sysfs.ts'

const kept = (text: string): Attribute => ({ mode: 0o644, show: () => text })

const links = (names: readonly string[], place: string): Entries =>
  Object.fromEntries(names.map(name => [name, `-> ../../../devices/${place}${name}`]))

const bus = (devices: Entries): Entries => ({ devices, drivers: {}, drivers_autoprobe: kept('1') })

/** Linux: struct firmware_map_entry. */
const memory = (start: number, end: number): Entries => ({
  start: `0x${start.toString(16)}`,
  end: `0x${end.toString(16)}`,
  type: 'System RAM',
})

export const machineEntries = (
  k: Kernel,
): Readonly<Record<'bus' | 'firmware' | 'hypervisor' | 'power', Entries>> => ({
  bus: {
    cpu: bus(
      links(
        Array.from({ length: k.cpus }, (_, cpu) => `cpu${cpu}`),
        'system/cpu/',
      ),
    ),
    pci: bus(links(['0000:00:01.0', '0000:00:03.0'], 'pci0000:00/')),
    virtio: bus({
      virtio0: '-> ../../../devices/pci0000:00/0000:00:01.0/virtio0',
      virtio2: '-> ../../../devices/pci0000:00/0000:00:03.0/virtio2',
    }),
  },
  firmware: {
    acpi: { pm_profile: '0' },
    memmap: { '0': memory(0, 0x9fbff), '1': memory(0x10_0000, k.memory - 0x23001) },
  },
  hypervisor: {},
  power: {
    disk: kept('[platform] shutdown reboot suspend test_resume '),
    mem_sleep: kept('s2idle [deep]'),
    pm_async: kept('1'),
    pm_freeze_timeout: kept('20000'),
    state: kept('freeze mem disk'),
    sync_on_suspend: kept('1'),
    wakeup_count: kept('1'),
  },
})
