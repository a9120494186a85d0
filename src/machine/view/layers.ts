/**
 * Overlay mounts as the glass shows them: their layers side by side, and for every name which layer serves it, which
 * ones hold it, and what hides it. Read off the dentries and inodes of the layers, by overlayfs's rules.
 */
import { decode, isChr, isDir } from '../../abi/index.ts'
import type { Dentry, Inode, Mount } from '../../vfs/index.ts'
import type { Snapshot } from '../machine.ts'
import { dentryPath, mountPath } from './paths.ts'

/**
 * What one layer holds under a name. An opaque directory hides the ones below it, a whiteout everything; a file of which
 * only the metadata was copied up (metacopy) has its data in a layer below.
 */
export type LayerCell = 'file' | 'metacopy' | 'dir' | 'opaque' | 'whiteout' | undefined

export interface LayerRow {
  /** Below the mount point. */
  readonly path: string
  readonly name: string
  readonly depth: number
  /** Top layer first. */
  readonly cells: readonly LayerCell[]
  /** Index of the layer that is seen in the merged directory; undefined when a whiteout hides the name. */
  readonly served: number | undefined
  /** st_size of what is seen, undefined of directories. */
  readonly bytes: number | undefined
}

export interface LayerView {
  readonly kind: 'upper' | 'lower'
  readonly path: string
  /** What it changes of the layers below it. The names it hides count as removed, not what lies under them. */
  readonly added: number
  readonly changed: number
  readonly removed: number
  /** Bytes of its files, as far as they can be seen. */
  readonly bytes: number
}

export interface OverlayView {
  readonly id: number
  readonly at: string
  /** Top first. The upper one is absent in a read-only overlay. */
  readonly layers: readonly LayerView[]
  readonly rows: readonly LayerRow[]
  /** The directory where copies are prepared, and what lies in it at the moment. */
  readonly work: { readonly path: string; readonly names: readonly string[] } | undefined
}

/** What overlayfs keeps with its super block. */
interface OverlayData {
  readonly upper: number
  readonly lowers: readonly number[]
  readonly work: number
}

type Attributes = Readonly<Record<string, Uint8Array>>

/** The value of an overlay's own attribute. */
function attribute(inode: Inode | undefined, name: string): string | undefined {
  const { xattrs } = (inode ?? {}) as { readonly xattrs?: Attributes }
  const value = xattrs?.[`trusted.overlay.${name}`] ?? xattrs?.[`user.overlay.${name}`]
  return value && decode(value)
}

const childrenOf = new WeakMap<object, Map<number, Map<string, Dentry>>>()

/** The names below each dentry; made once for each state of the table. */
function children(snapshot: Snapshot): Map<number, Map<string, Dentry>> {
  const table = snapshot.tables.dentries
  let map = childrenOf.get(table)
  if (map) return map
  map = new Map()
  for (const dentry of table.values()) {
    if (dentry.unhashed || dentry.parent === dentry.id || dentry.parent === 0) continue
    const names = map.get(dentry.parent)
    if (names) names.set(dentry.name, dentry)
    else map.set(dentry.parent, new Map([[dentry.name, dentry]]))
  }
  childrenOf.set(table, map)
  return map
}

function cellOf(inode: Inode | undefined): LayerCell {
  if (!inode) return undefined
  if (isChr(inode) && inode.rdev === 0) return 'whiteout'
  if (!isDir(inode)) return attribute(inode, 'metacopy') === undefined ? 'file' : 'metacopy'
  return attribute(inode, 'opaque') === 'y' ? 'opaque' : 'dir'
}

/** Which layer a name is served from, and which layers' directories make up the merged one. */
function resolve(cells: readonly LayerCell[]): { served: number | undefined; merged: readonly boolean[] } {
  const merged = cells.map(() => false)
  let served: number | undefined
  for (const [i, cell] of cells.entries()) {
    if (cell === undefined) continue
    if (cell === 'whiteout') break
    const isDirectory = cell === 'dir' || cell === 'opaque'
    if (served === undefined) served = i
    else if (!isDirectory) break
    merged[i] = isDirectory
    if (cell !== 'dir') break
  }
  return { served, merged }
}

class Walk {
  readonly rows: LayerRow[] = []
  /** For each layer. */
  readonly counts: { added: number; changed: number; removed: number; bytes: number }[]
  readonly #snapshot: Snapshot
  readonly #below: Map<number, Map<string, Dentry>>
  readonly #roots: readonly number[]

  constructor(snapshot: Snapshot, roots: readonly number[]) {
    this.#snapshot = snapshot
    this.#below = children(snapshot)
    this.#roots = roots
    this.counts = roots.map(() => ({ added: 0, changed: 0, removed: 0, bytes: 0 }))
    this.#visit(roots, '', 0)
  }

  /** `directories` has a dentry id a layer, or 0 where the layer takes no part here. */
  #visit(directories: readonly number[], path: string, depth: number): void {
    const names = new Set<string>()
    for (const directory of directories)
      for (const name of this.#below.get(directory)?.keys() ?? []) names.add(name)
    for (const name of [...names].sort()) this.#row(directories, `${path}/${name}`, name, depth)
  }

  #row(directories: readonly number[], path: string, name: string, depth: number): void {
    const ids = this.#places(directories, name)
    const inodes = ids.map(id => this.#inode(id))
    const cells = inodes.map(cellOf)
    const { served, merged } = resolve(cells)
    const seen = served === undefined ? undefined : inodes[served]
    this.rows.push({ path, name, depth, cells, served, bytes: seen && !isDir(seen) ? seen.size : undefined })
    this.#count(inodes, cells)
    const below = ids.map((id, layer) => (merged[layer] ? id : 0))
    if (below.some(Boolean)) this.#visit(below, path, depth + 1)
  }

  /** The dentry of a name on each layer. Below a renamed directory that is where its redirect leads. */
  #places(directories: readonly number[], name: string): number[] {
    let sought = name
    let from: readonly number[] | undefined = directories
    return directories.map((directory, layer) => {
      const at = from ? from[layer]! : this.#roots[layer]!
      const id = (directory || !from ? this.#find(at, sought) : 0) ?? 0
      const redirect = attribute(this.#inode(id), 'redirect')
      if (redirect?.startsWith('/')) from = undefined
      if (redirect) sought = redirect
      return id
    })
  }

  #find(directory: number, path: string): number | undefined {
    let id: number | undefined = directory
    for (const name of path.split('/')) if (name && id) id = this.#below.get(id)?.get(name)?.id
    return id
  }

  #inode(dentry: number): Inode | undefined {
    const t = this.#snapshot.tables
    return dentry ? t.inodes.find(t.dentries.find(dentry)?.inode ?? 0) : undefined
  }

  #count(inodes: readonly (Inode | undefined)[], cells: readonly LayerCell[]): void {
    for (const [layer, cell] of cells.entries()) {
      const count = this.counts[layer]!
      if (cell === undefined || cell === 'dir') continue
      const below = cells.slice(layer + 1).find(it => it !== undefined)
      const hides = below !== undefined && below !== 'whiteout'
      if (cell === 'whiteout') count.removed++
      else if (hides) count.changed++
      else count.added++
      if (cell === 'file') count.bytes += inodes[layer]!.size
    }
  }
}

/** Where the root of a layer is seen: through the first mount that shows its file system. */
function layerPath(snapshot: Snapshot, dentry: number): string {
  const sb = snapshot.tables.dentries.find(dentry)?.sb
  const mount = [...snapshot.tables.mounts.values()].find(it => it.sb === sb)
  const below = dentryPath(snapshot, dentry)
  const at = mount ? mountPath(snapshot, mount) : '/'
  return at === '/' ? below : below === '/' ? at : at + below
}

function overlayView(snapshot: Snapshot, mount: Mount, id: number, data: OverlayData): OverlayView {
  const roots = data.upper ? [data.upper, ...data.lowers] : data.lowers
  const walk = new Walk(snapshot, roots)
  const layers = roots.map((root, i) => ({
    kind: root === data.upper ? ('upper' as const) : ('lower' as const),
    path: layerPath(snapshot, root),
    ...walk.counts[i]!,
  }))
  const names = [...(children(snapshot).get(data.work)?.keys() ?? [])]
  const work = data.upper ? { path: layerPath(snapshot, data.work), names } : undefined
  return { id, at: mountPath(snapshot, mount), layers, rows: walk.rows, work }
}

const viewsOf = new WeakMap<object, { inodes: object; mounts: object; views: readonly OverlayView[] }>()

/** All overlay mounts, each once, in the order of mounting. The same list as long as nothing in it can have changed. */
export function overlayMounts(snapshot: Snapshot): readonly OverlayView[] {
  const { dentries, inodes, mounts, superBlocks } = snapshot.tables
  const known = viewsOf.get(dentries)
  if (known && known.inodes === inodes && known.mounts === mounts) return known.views
  const seen = new Set<number>()
  const views: OverlayView[] = []
  for (const mount of mounts.values()) {
    const sb = superBlocks.find(mount.sb)
    if (sb?.type !== 'overlay' || seen.has(sb.id)) continue
    seen.add(sb.id)
    views.push(overlayView(snapshot, mount, sb.id, sb.data as OverlayData))
  }
  viewsOf.set(dentries, { inodes, mounts, views })
  return views
}

/** What has just happened to a row: it was copied up from layer `from`, hidden by a whiteout, or made. */
export type LayerEvent =
  | { readonly kind: 'copy-up'; readonly from: number }
  | { readonly kind: 'whiteout' | 'made' }

/** What happened between two views of one overlay, by path. */
export function layerEvents(before: OverlayView, after: OverlayView): ReadonlyMap<string, LayerEvent> {
  const events = new Map<string, LayerEvent>()
  if (before === after || after.layers[0]?.kind !== 'upper') return events
  const old = new Map(before.rows.map(row => [row.path, row]))
  for (const { path, cells } of after.rows) {
    const was = old.get(path)
    const [upper] = cells
    if (upper === undefined || upper === was?.cells[0]) continue
    if (upper === 'whiteout') events.set(path, { kind: 'whiteout' })
    else if (was?.served) events.set(path, { kind: 'copy-up', from: was.served })
    else events.set(path, { kind: 'made' })
  }
  return events
}

/**
 * The row of an overlay that a word on a screen means, as `{ id, path }`: the word is an absolute path, or a name in one
 * of `directories`.
 */
export function layerRowAt(
  overlays: readonly OverlayView[],
  word: string,
  directories: readonly string[],
): { readonly id: number; readonly path: string } | undefined {
  const candidates = word.startsWith('/') ? [word] : directories.map(it => `${it}/${word}`)
  for (const candidate of candidates) {
    const path = normal(candidate)
    for (const { id, at, rows } of overlays) {
      const below = path.startsWith(`${at}/`) ? path.slice(at.length) : ''
      if (below && rows.some(row => row.path === below)) return { id, path: below }
    }
  }
  return undefined
}

function normal(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}
