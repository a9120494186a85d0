/** The cgroups of the picture, each with what it needs to be drawn. */
import { type CgroupNode, cgroupNodes, type Snapshot } from '../../../machine/index.ts'

export interface GroupRow {
  readonly node: CgroupNode
  /** Itself and all below it, by id. */
  readonly below: readonly number[]
  /** Those above it and itself that have a quota: whose throttling holds it. */
  readonly limits: readonly number[]
}

/** All groups but the root of the tree; that only where there is no other. */
export function groupRows(shown: Snapshot): readonly GroupRow[] {
  const nodes = cgroupNodes(shown)
  const byId = new Map(nodes.map(node => [node.id, node]))
  const rows = nodes.map((node, i) => {
    let end = i + 1
    while (end < nodes.length && nodes[end]!.depth > node.depth) end++
    const limits: number[] = []
    for (let it: CgroupNode | undefined = node; it; it = byId.get(it.parent))
      if (it.quota !== undefined) limits.push(it.id)
    const below = nodes.slice(i, end).map(it => it.id)
    return { node, below, limits }
  })
  return rows.length > 1 ? rows.slice(1) : rows
}
