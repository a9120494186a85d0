/**
 * A file system as a few objects: what operations on one plain directory do, and what layers look like when merged. An
 * overlay with redirect_dir=on and index=on has to look like it.
 */
import {
  EEXIST,
  EINVAL,
  EISDIR,
  ENOENT,
  ENOTDIR,
  ENOTEMPTY,
  EPERM,
  type Errno,
  RENAME_EXCHANGE,
  RENAME_NOREPLACE,
} from '../../src/abi/index.ts'

export interface File {
  kind: 'file'
  mode: number
  text: string
}
export interface Directory {
  kind: 'directory'
  mode: number
  readonly names: Map<string, Node>
}
export type Node = File | Directory

export const directory = (mode = 0o755): Directory => ({ kind: 'directory', mode, names: new Map() })

/** What shows of layers, the uppermost first: directories merge, a file hides what is below. */
export function merge(layers: readonly Directory[]): Directory {
  const merged = directory(layers[0]!.mode)
  for (const name of new Set(layers.flatMap(it => [...it.names.keys()]))) {
    const found = layers.map(it => it.names.get(name)).filter(it => it !== undefined)
    const hidden = found.findIndex(it => it.kind === 'file')
    const above = (hidden < 0 ? found : found.slice(0, hidden)) as Directory[]
    merged.names.set(name, above.length ? merge(above) : found[0]!)
  }
  return merged
}

/** Carries out one of the operations of operations.ts; returns its errno, or 0. */
export function act(root: Directory, line: string): number {
  const [name = '', a = '', b = '', c = ''] = line.split(' ')
  try {
    ACTS[name]!(root, a, b, c)
    return 0
  } catch (e) {
    return (e as Errno).errno
  }
}

interface Place {
  readonly parent: Directory
  readonly name: string
  readonly node: Node | undefined
}

/** `m/a/b` and the directory it is in. */
function find(root: Directory, path: string): Place {
  const names = path.split('/').slice(1)
  const name = names.pop()!
  let parent = root
  for (const it of names) {
    const next = parent.names.get(it)
    if (!next) throw ENOENT
    if (next.kind === 'file') throw ENOTDIR
    parent = next
  }
  return { parent, name, node: parent.names.get(name) }
}

function fileAt(root: Directory, path: string): File {
  const { node } = find(root, path)
  if (!node) throw ENOENT
  if (node.kind === 'directory') throw EISDIR
  return node
}

const isWithin = (node: Node, ancestor: Node): boolean =>
  node === ancestor ||
  (ancestor.kind === 'directory' && [...ancestor.names.values()].some(it => isWithin(node, it)))

/** May the one take the place of the other? */
function check(moved: Node, target: Node): void {
  if (moved.kind !== target.kind) throw moved.kind === 'directory' ? ENOTDIR : EISDIR
  if (target.kind === 'directory' && target.names.size) throw ENOTEMPTY
}

function rename(root: Directory, oldPath: string, newPath: string, flags: number): void {
  const [from, to] = [find(root, oldPath), find(root, newPath)]
  const isExchange = flags === RENAME_EXCHANGE
  if (!from.node) throw ENOENT
  if (flags === RENAME_NOREPLACE && to.node) throw EEXIST
  if (isExchange && !to.node) throw ENOENT
  if (isWithin(to.parent, from.node)) throw EINVAL
  if (to.node && isWithin(from.parent, to.node)) throw isExchange ? EINVAL : ENOTEMPTY
  if (from.node === to.node) return
  if (to.node && !isExchange) check(from.node, to.node)
  if (isExchange) from.parent.names.set(from.name, to.node!)
  else from.parent.names.delete(from.name)
  to.parent.names.set(to.name, from.node)
}

const ACTS: Readonly<Record<string, (root: Directory, a: string, b: string, c: string) => void>> = {
  open(root, path) {
    const { parent, name, node } = find(root, path)
    if (node?.kind === 'directory') throw EISDIR
    if (!node) parent.names.set(name, { kind: 'file', mode: 0o644, text: '' })
  },
  append(root, path, size, letter) {
    fileAt(root, path).text += letter.repeat(Number(size))
  },
  truncate(root, path, size) {
    const file = fileAt(root, path)
    file.text = file.text.slice(0, Number(size)).padEnd(Number(size), '\0')
  },
  chmod(root, path, mode) {
    const { node } = find(root, path)
    if (!node) throw ENOENT
    node.mode = Number.parseInt(mode, 8)
  },
  mkdir(root, path, mode) {
    const { parent, name, node } = find(root, path)
    if (node) throw EEXIST
    parent.names.set(name, directory(Number.parseInt(mode, 8)))
  },
  rmdir(root, path) {
    const { parent, name, node } = find(root, path)
    if (!node) throw ENOENT
    if (node.kind === 'file') throw ENOTDIR
    if (node.names.size) throw ENOTEMPTY
    parent.names.delete(name)
  },
  unlink(root, path) {
    const { parent, name } = find(root, path)
    fileAt(root, path)
    parent.names.delete(name)
  },
  link(root, path, newPath) {
    const { node } = find(root, path)
    if (!node) throw ENOENT
    const to = find(root, newPath)
    if (to.node) throw EEXIST
    if (node.kind === 'directory') throw EPERM
    to.parent.names.set(to.name, node)
  },
  rename: (root, a, b, flags) => rename(root, a, b, Number(flags)),
}
