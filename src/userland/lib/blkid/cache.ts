/**
 * Which disk has which label or UUID: all disks there are, and what blkid has seen before (/run/blkid/blkid.tab).
 * util-linux: libblkid/src/{cache,devname,tag,evaluate,read,save}.c.
 */
import { type Blocking, Errno, O_CREAT, O_TRUNC, O_WRONLY, type Sys } from '../../../abi/index.ts'
import { procText } from '../proc.ts'
import { type Found, probe } from './probe.ts'

const DIRECTORY = '/run/blkid'
const TABLE = `${DIRECTORY}/blkid.tab`

/** A disk with its tags. */
export interface Known {
  readonly path: string
  readonly found: Found
}

/** The tags as blkid shows them. */
export function tagsOf(
  { label, uuid, version, blockSize, type, usage }: Found,
  low = false,
): [string, string][] {
  const tags: [string, string | undefined][] = [
    ['LABEL', label],
    ['UUID', uuid],
    ['VERSION', low ? version : undefined],
    ['BLOCK_SIZE', blockSize === undefined ? undefined : String(blockSize)],
    ['TYPE', type],
    ['USAGE', low ? usage : undefined],
  ]
  return tags.filter((it): it is [string, string] => it[1] !== undefined)
}

/** The paths that the table has, the last one first. */
function* cachedPaths(sys: Sys): Blocking<string[]> {
  const text = (yield* procText(sys, TABLE)) ?? ''
  return [...text.matchAll(/>([^<]+)<\/device>/g)].map(it => it[1]!)
}

/** Write down what was seen, for the next one who asks. Who may not, does not. */
export function* remember(sys: Sys, devices: readonly Known[]): Blocking<void> {
  const paths = yield* cachedPaths(sys)
  const all = new Map<string, Found>()
  for (const path of paths) {
    const found = yield* probe(sys, path)
    if (found) all.set(path, found)
  }
  for (const { path, found } of devices) all.set(path, found)
  const lines = [...all].map(([path, found]) => {
    const tags = tagsOf(found).map(([name, value]) => ` ${name}="${value}"`)
    return `<device DEVNO="0x0000" TIME="0.0"${tags.join('')}>${path}</device>\n`
  })
  try {
    if (!exists(sys, DIRECTORY)) sys.mkdir(DIRECTORY, 0o755)
    const fd = yield* sys.open(TABLE, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    yield* sys.write(fd, lines.join(''))
    sys.close(fd)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}

function exists(sys: Sys, path: string): boolean {
  try {
    sys.stat(path)
    return true
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

/** All disks with something on them: those of the table first, then those of the kernel. */
export function* knownDevices(sys: Sys): Blocking<Known[]> {
  const paths = new Set(yield* cachedPaths(sys))
  for (const line of ((yield* procText(sys, '/proc/partitions')) ?? '').split('\n').reverse()) {
    const name = line.trim().split(/\s+/)[3]
    if (name && name !== 'name') paths.add(`/dev/${name}`)
  }
  const known: Known[] = []
  for (const path of paths) {
    const found = yield* probe(sys, path)
    if (found) known.push({ path, found })
  }
  return known
}

/** The disk with this tag: udev's links first, then by looking. Linux: blkid_evaluate_tag(). */
export function* findTag(sys: Sys, name: string, value: string): Blocking<string | undefined> {
  const link = name === 'LABEL' ? 'by-label' : name === 'UUID' ? 'by-uuid' : undefined
  if (link) {
    const target = linkTarget(sys, `/dev/disk/${link}/${value}`)
    if (target) return target
  }
  return (yield* knownDevices(sys)).find(({ found }) =>
    tagsOf(found, true).some(([n, v]) => n === name && v === value),
  )?.path
}

function linkTarget(sys: Sys, path: string): string | undefined {
  try {
    return `/dev/${sys.readlink(path).replace(/.*\//, '')}`
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}
