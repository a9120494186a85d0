/**
 * Overlay mounts as the glass shows them: their layers side by side, and for every name which layer serves it, which
 * ones hold it, and what hides it. Read off the dentries and inodes of the layers, by overlayfs's rules.
 */
import { isChr, isDir } from '../../abi/index.ts'
import type { Dentry, Inode } from '../../vfs/index.ts'
import type { Snapshot } from '../machine.ts'
import { dentryPath, mountPath } from './paths.ts'

/** What one layer holds under a name. An opaque directory hides the ones below it. */
export type LayerCell = 'file' | 'dir' | 'opaque' | 'whiteout' | undefined

export interface LayerRow {
  readonly path: string
  readonly name: string
  readonly depth: number
  /** Top layer first. */
  readonly cells: readonly LayerCell[]
  /** Index of the layer that is seen in the merged directory; undefined when a whiteout hides the name. */
  readonly served: number | undefined
}

export interface OverlayView {
  readonly id: number
  readonly at: string
  /** Top first. The upper one is absent in a read-only overlay. */
  readonly layers: readonly { readonly kind: 'upper' | 'lower'; readonly path: string }[]
  readonly rows: readonly LayerRow[]
  /** There are more rows than were made. */
  readonly more: boolean
}

/** What overlayfs keeps with its super block. */
interface OverlayData {
  readonly upper: number
  readonly lowers: readonly number[]
}

const MOST_ROWS = 400
const OPAQUE = ['trusted.overlay.opaque', 'user.overlay.opaque']

const childrenOf = new WeakMap<object, Map<number, Dentry[]>>()

/** The names below each dentry; made once for each state of the table. */
function children(snapshot: Snapshot): Map<number, Dentry[]> {
  const table = snapshot.tables.dentries
  let map = childrenOf.get(table)
  if (map) return map
  map = new Map()
  for (const dentry of table.values()) {
    if (dentry.unhashed || dentry.parent === dentry.id || dentry.parent === 0) continue
    const list = map.get(dentry.parent)
    if (list) list.push(dentry)
    else map.set(dentry.parent, [dentry])
  }
  childrenOf.set(table, map)
  return map
}

function cellOf(inode: Inode | undefined): LayerCell {
  if (!inode) return undefined
  if (isChr(inode) && inode.rdev === 0) return 'whiteout'
  if (!isDir(inode)) return 'file'
  const { xattrs } = inode as Inode & { readonly xattrs?: Readonly<Record<string, unknown>> }
  return xattrs && OPAQUE.some(name => name in xattrs) ? 'opaque' : 'dir'
}

/** Which layer a name is served from, and which layers' directories make up the merged one. */
function resolve(cells: readonly LayerCell[]): { served: number | undefined; merged: readonly boolean[] } {
  const merged = cells.map(() => false)
  let served: number | undefined
  for (const [i, cell] of cells.entries()) {
    if (cell === undefined) continue
    if (cell === 'whiteout') break
    if (served === undefined) served = i
    else if (cell === 'file') break
    merged[i] = cell !== 'file'
    if (cell === 'file' || cell === 'opaque') break
  }
  return { served, merged }
}

class Walk {
  readonly rows: LayerRow[] = []
  more = false
  readonly #snapshot: Snapshot
  readonly #below: Map<number, Dentry[]>

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot
    this.#below = children(snapshot)
  }

  /** `directories` has a dentry id a layer, or 0 where the layer takes no part here. */
  visit(directories: readonly number[], path: string, depth: number): void {
    const names = new Map<string, number[]>()
    directories.forEach((directory, layer) => {
      for (const dentry of directory ? (this.#below.get(directory) ?? []) : []) {
        const ids = names.get(dentry.name) ?? directories.map(() => 0)
        ids[layer] = dentry.id
        names.set(dentry.name, ids)
      }
    })
    for (const name of [...names.keys()].sort()) {
      if (this.rows.length >= MOST_ROWS) {
        this.more = true
        return
      }
      this.#row(names.get(name)!, `${path}/${name}`, name, depth)
    }
  }

  #row(ids: readonly number[], path: string, name: string, depth: number): void {
    const t = this.#snapshot.tables
    const cells = ids.map(id => cellOf(t.inodes.find(t.dentries.find(id)?.inode ?? 0)))
    const { served, merged } = resolve(cells)
    this.rows.push({ path, name, depth, cells, served })
    const below = ids.map((id, layer) => (merged[layer] ? id : 0))
    if (below.some(Boolean)) this.visit(below, path, depth + 1)
  }
}

/** All overlay mounts, each once, in the order of mounting. */
export function overlayMounts(snapshot: Snapshot): readonly OverlayView[] {
  const seen = new Set<number>()
  const views: OverlayView[] = []
  for (const mount of snapshot.tables.mounts.values()) {
    const sb = snapshot.tables.superBlocks.find(mount.sb)
    if (sb?.type !== 'overlay' || seen.has(sb.id)) continue
    seen.add(sb.id)
    const { upper, lowers } = sb.data as OverlayData
    const roots = upper ? [upper, ...lowers] : lowers
    const walk = new Walk(snapshot)
    walk.visit(roots, '', 0)
    const layers = roots.map(root => ({
      kind: root === upper ? ('upper' as const) : ('lower' as const),
      path: dentryPath(snapshot, root),
    }))
    views.push({ id: sb.id, at: mountPath(snapshot, mount), layers, rows: walk.rows, more: walk.more })
  }
  return views
}
