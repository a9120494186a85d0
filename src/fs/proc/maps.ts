/**
 * /proc/PID/maps, smaps and smaps_rollup: what a task would have mapped. Nothing is mapped here, so the addresses are
 * made up, but the files are those the program really needs (its ELF header says so), in the segments a linker makes
 * of their sizes, and the heap is what brk(2) asked for. Linux: fs/proc/task_mmu.c:show_map_vma(), show_smap().
 *
 * Left out: locale files, shared memory, guard pages.
 */
import { Errno, type Executable, parseElf } from '../../abi/index.ts'
import { callerOf, type Kernel, leaderOf, type Task } from '../../kernel/index.ts'
import { type Inode, inodeAt, type Path, pathLookup } from '../../vfs/index.ts'

const PAGE = 4096
const LIBRARY_PATH = ['/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu', '/lib', '/usr/lib']

/** Linux: struct vm_area_struct, as far as it is shown. Sizes in pages. */
export interface Region {
  readonly start: number
  readonly pages: number
  readonly mode: string
  /** Of the file, in pages. */
  readonly offset: number
  readonly device: string
  readonly ino: number
  /** A path, `[heap]`, or '' for anonymous memory. */
  readonly name: string
  /** Pages that are in memory, and how many of them are the task's own. */
  readonly resident: number
  readonly dirty: number
}

/** How a linker cuts a file: the share of its pages, the permissions, and what of it is resident. */
const SEGMENTS = [
  { share: 0.12, mode: 'r--p' },
  { share: 0.6, mode: 'r-xp' },
  { share: 0.23, mode: 'r--p' },
  { share: 0.03, mode: 'r--p' },
  { share: 0.02, mode: 'rw-p' },
] as const

/** 28 bits that make the addresses of a process differ from another's. */
const scattered = (task: Task, salt: number): number =>
  (Math.imul(task.tgid + salt, 0x9e3779b1) ^ Math.imul(task.tgid * 31 + salt, 0x85ebca6b)) >>> 4

/** The regions of a task, lowest address first; none for a zombie. */
export function regionsOf(k: Kernel, task: Task): readonly Region[] {
  if (!task.exeDentry || task.state === 'Z') return []
  const exe = { mount: task.exeMount, dentry: task.exeDentry }
  const program = programBase(task)
  const regions = fileRegions(k, task, exe, program)
  const end = endOf(regions) + ((scattered(task, 2) % 0x2000) + 16) * PAGE
  const { rss } = leaderOf(k, task)
  const heap = Math.max(Math.ceil(rss / PAGE), 33)
  regions.push(anonymous(end, heap, '[heap]', Math.ceil(rss / PAGE) || 2))
  regions.push(...libraryRegions(k, task, exe))
  return [...regions, ...stackRegions(task)]
}

const endOf = (regions: readonly Region[]): number => {
  const last = regions[regions.length - 1]
  return last ? last.start + last.pages * PAGE : 0
}

const anonymous = (start: number, pages: number, name: string, resident = pages): Region => ({
  start,
  pages,
  mode: 'rw-p',
  offset: 0,
  device: '00:00',
  ino: 0,
  name,
  resident: Math.min(resident, pages),
  dirty: Math.min(resident, pages),
})

function fileRegions(k: Kernel, task: Task, place: Path, base: number): Region[] {
  const inode = inodeAt(k.vfs, place)
  const name = k.vfs.showPath(place, callerOf(k, task))
  const total = Math.max(Math.ceil(inode.size / PAGE), SEGMENTS.length)
  const regions: Region[] = []
  let offset = 0
  SEGMENTS.forEach(({ share, mode }, i) => {
    const isLast = i === SEGMENTS.length - 1
    const room = total - offset - (SEGMENTS.length - 1 - i)
    const pages = isLast ? room : Math.max(1, Math.min(room, Math.round(total * share)))
    const dirty = mode === 'rw-p' || i === 3 ? pages : 0
    const file = { offset, device: deviceOf(k, inode), ino: inode.ino, name }
    const resident = dirty || Math.ceil(pages * 0.7)
    regions.push({ start: base + offset * PAGE, pages, mode, ...file, resident, dirty })
    offset += pages
  })
  return regions
}

/** `fe:00` */
function deviceOf(k: Kernel, inode: Inode): string {
  const { dev } = k.superBlocks.get(inode.sb)
  const hex = (value: number): string => value.toString(16).padStart(2, '0')
  return `${hex((dev >>> 8) & 0xfff)}:${hex(dev & 0xff)}`
}

/** The libraries that the program needs, the loader last, downwards from where mmap begins. */
function libraryRegions(k: Kernel, task: Task, exe: Path): readonly Region[] {
  const header = headerOf(k, task, exe)
  if (!header?.interp) return []
  const places = (header.needed ?? []).map(name => findLibrary(k, task, name))
  const loader = lookup(k, task, header.interp)
  const files = [...places, loader].filter(it => it !== undefined)
  let at = 0x7f * 2 ** 40 + scattered(task, 3) * PAGE
  const regions = [anonymous(at, 3, '')]
  at += 3 * PAGE
  for (const place of files) {
    const own = fileRegions(k, task, place, at)
    at = endOf(own)
    // Data that is zero at the start follows the C library's; a little lies before the loader.
    const isLibc = own[0]!.name.includes('/libc.so')
    regions.push(...own)
    if (isLibc) regions.push(anonymous(at, 13, '', 5))
    at += isLibc ? 13 * PAGE : 0
    if (place === files[files.length - 2]) {
      regions.push(anonymous(at, 2, ''))
      at += 2 * PAGE
    }
  }
  return regions
}

const programBase = (task: Task): number => 0x55 * 2 ** 40 + scattered(task, 1) * PAGE
const stackBase = (task: Task): number => 0x7ffc * 2 ** 32 + (scattered(task, 4) % 0xfffff) * PAGE

/** Where code and stack begin, for /proc/PID/stat. Linux: mm->start_code, end_code and start_stack. */
export function codeAndStack(task: Task, textSize: number): readonly [number, number, number] {
  const start = programBase(task) + PAGE
  return [start, start + textSize, stackBase(task) + 32 * PAGE]
}

function stackRegions(task: Task): readonly Region[] {
  const at = stackBase(task)
  const high = at + 33 * PAGE + ((scattered(task, 5) % 200) + 1) * PAGE
  const special = { offset: 0, device: '00:00', ino: 0, dirty: 0 }
  return [
    anonymous(at, 33, '[stack]', 3),
    { ...special, start: high, pages: 4, mode: 'r--p', name: '[vvar]', resident: 0 },
    { ...special, start: high + 4 * PAGE, pages: 2, mode: 'r-xp', name: '[vdso]', resident: 1 },
  ]
}

function lookup(k: Kernel, task: Task, path: string): Path | undefined {
  try {
    return pathLookup(k.vfs, callerOf(k, task), path, 'follow')
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

function findLibrary(k: Kernel, task: Task, name: string): Path | undefined {
  for (const directory of LIBRARY_PATH) {
    const found = lookup(k, task, `${directory}/${name}`)
    if (found) return found
  }
  return undefined
}

function headerOf(k: Kernel, task: Task, place: Path): Executable | undefined {
  const { vfs } = k
  const { inode } = vfs.dentry(place.dentry)
  const file = { id: 0, epoch: 0, ...place, inode, flags: 0, pos: 0, refs: 1 }
  const bytes = vfs.fileOps(vfs.inode(inode)).read(vfs, file, 1024, 0, callerOf(k, task))
  return bytes instanceof Uint8Array ? parseElf(bytes) : undefined
}

const address = (value: number): string => value.toString(16).padStart(12, '0')

function mapLine(it: Region): string {
  const range = `${address(it.start)}-${address(it.start + it.pages * PAGE)}`
  const offset = (it.offset * PAGE).toString(16).padStart(8, '0')
  const line = `${range} ${it.mode} ${offset} ${it.device} ${it.ino} `
  return it.name ? `${line.padEnd(73)}${it.name}\n` : `${line}\n`
}

export const showMaps = (k: Kernel, task: Task): string => regionsOf(k, task).map(mapLine).join('')

/** Linux: show_numa_map(). There is one node. */
function numaLine(it: Region): string {
  const clean = it.resident - it.dirty
  const words = [
    it.name.startsWith('/') ? `file=${it.name}` : /^\[(heap|stack)\]$/.exec(it.name)?.[1],
    it.dirty ? `anon=${it.dirty} dirty=${it.dirty}` : undefined,
    clean ? `mapped=${it.resident}` : undefined,
    it.dirty ? `active=${it.name === '[stack]' ? 1 : 0}` : undefined,
    it.resident ? `N0=${it.resident} kernelpagesize_kB=4` : undefined,
  ]
  return `${[address(it.start), 'default', ...words.filter(word => word !== undefined)].join(' ')}\n`
}

export const showNumaMaps = (k: Kernel, task: Task): string =>
  regionsOf(k, task)
    .map(it => numaLine(it.name.startsWith('[v') ? { ...it, resident: 0 } : it))
    .join('')

/** The names in map_files, and where they lead: the mappings of files. */
export const mapFiles = (k: Kernel, task: Task): readonly (readonly [name: string, path: string])[] =>
  regionsOf(k, task)
    .filter(it => it.name.startsWith('/'))
    .map(it => [`${it.start.toString(16)}-${(it.start + it.pages * PAGE).toString(16)}`, it.name])

const VM_FLAGS: Readonly<Record<string, string>> = {
  'r--p': 'rd mr mw me sd ',
  'r-xp': 'rd ex mr mw me sd ',
  'rw-p': 'rd wr mr mw me ac sd ',
}

/** The counts of smaps, in kB; `resident` and `dirty` are pages. */
function counts(resident: number, dirty: number, isRollup: boolean): readonly (readonly [string, number])[] {
  const kb = PAGE / 1024
  const clean = (resident - dirty) * kb
  return [
    ['Rss', resident * kb],
    ['Pss', dirty * kb + Math.round(clean / 4)],
    ['Pss_Dirty', dirty * kb],
    ...(isRollup
      ? ([
          ['Pss_Anon', dirty * kb],
          ['Pss_File', Math.round(clean / 4)],
          ['Pss_Shmem', 0],
        ] as const)
      : []),
    ['Shared_Clean', clean],
    ['Shared_Dirty', 0],
    ['Private_Clean', 0],
    ['Private_Dirty', dirty * kb],
    ['Referenced', resident * kb],
    ['Anonymous', dirty * kb],
    ['LazyFree', 0],
    ['AnonHugePages', 0],
    ['ShmemPmdMapped', 0],
    ['FilePmdMapped', 0],
    ['Shared_Hugetlb', 0],
    ['Private_Hugetlb', 0],
    ['Swap', 0],
    ['SwapPss', 0],
    ['Locked', 0],
  ]
}

/** One name is longer than its column, and Linux takes the blank from the number. */
const row = ([name, kb]: readonly [string, number]): string =>
  `${`${name}:${String(kb).padStart(Math.max(7, 23 - name.length))}`} kB\n`

export const showSmaps = (k: Kernel, task: Task): string =>
  regionsOf(k, task)
    .map(it => {
      const sizes = [
        ['Size', it.pages * 4],
        ['KernelPageSize', 4],
        ['MMUPageSize', 4],
        ...counts(it.resident, it.dirty, false),
      ] as const
      const tail = `THPeligible:    0\nProtectionKey:         0\nVmFlags: ${VM_FLAGS[it.mode] ?? ''}\n`
      return mapLine(it) + sizes.map(row).join('') + tail
    })
    .join('')

export function showSmapsRollup(k: Kernel, task: Task): string {
  const regions = regionsOf(k, task)
  if (!regions.length) return ''
  const sum = (pick: (it: Region) => number): number => regions.reduce((total, it) => total + pick(it), 0)
  const range = `${address(regions[0]!.start)}-${address(endOf(regions))}`
  const head = `${`${range} ---p 00000000 00:00 0 `.padEnd(73)}[rollup]\n`
  return (
    head +
    counts(
      sum(it => it.resident),
      sum(it => it.dirty),
      true,
    )
      .map(row)
      .join('')
  )
}
