/**
 * Reading directories into a tree of what shall be shown, filtered and sorted. Linux: tree.c, list.c,
 * filter.c.
 */
import { type Blocking, Errno, isDir, isLink, type Stat, type Sys } from '../../../abi/index.ts'
import { compareText, compareVersions } from '../collate.ts'
import { readDir } from '../command.ts'
import { fnmatch } from '../fnmatch.ts'
import { joinPath, lstatOf, statOf } from '../path.ts'
import type { TreeRequest } from './options.ts'

/** A file with what it holds. */
export interface TreeNode {
  readonly name: string
  readonly path: string
  readonly stat: Stat | undefined
  /** Where a link leads to, and what is there. */
  readonly target: string | undefined
  readonly targetStat: Stat | undefined
  /** A directory, or a link to one. */
  readonly isDirectory: boolean
  /** Undefined for what was not opened. */
  children: readonly TreeNode[] | undefined
  /** Why not. */
  error: string | undefined
  /** Of a directory with --du: the sum. */
  size: number
}

export const SORTS = ['name', 'version', 'size', 'mtime', 'ctime'] as const

/** Walks with what one command line asks for. */
export class TreeWalk {
  readonly #sys: Sys
  readonly #request: TreeRequest
  readonly #depth: number
  readonly #limit: number
  /** Directories that were opened: no link leads to them again. */
  readonly #seen = new Set<string>()
  /** Some directory could not be opened. */
  failed = false

  constructor(sys: Sys, request: TreeRequest, depth: number) {
    this.#sys = sys
    this.#request = request
    this.#depth = depth
    this.#limit = Number.parseInt(request.values.get('filelimit') ?? '0', 10) || 0
  }

  #has(key: Parameters<TreeRequest['given']['has']>[0]): boolean {
    return this.#request.given.has(key)
  }

  /** The tree below an operand. */
  *start(path: string): Blocking<TreeNode> {
    const stat = lstatOf(this.#sys, path)
    const root = this.#node(path, path, stat)
    if (root.isDirectory) yield* this.#open(root, 1, stat!.dev, false)
    else root.error = 'error opening dir'
    return root
  }

  #node(name: string, path: string, stat: Stat | undefined): TreeNode {
    const link = stat && isLink(stat)
    const targetStat = link ? statOf(this.#sys, path) : undefined
    const isDirectory = (stat && isDir(stat)) || (targetStat !== undefined && isDir(targetStat))
    return {
      name,
      path,
      stat,
      target: link ? this.#sys.readlink(path) : undefined,
      targetStat,
      isDirectory: Boolean(isDirectory),
      children: undefined,
      error: undefined,
      size: stat?.size ?? 0,
    }
  }

  /** Read a directory and those below it. */
  *#open(node: TreeNode, level: number, dev: number, everything: boolean): Blocking<void> {
    if (level > this.#depth || (this.#has('oneFileSystem') && node.stat?.dev !== dev)) return
    const own = node.targetStat ?? node.stat!
    const key = `${own.dev}:${own.ino}`
    if (node.target !== undefined && level > 1 && this.#seen.has(key)) {
      node.error = 'recursive, not followed'
      return
    }
    const names = yield* this.#names(node, level)
    if (!names) return
    this.#seen.add(key)
    const found = names.map(name =>
      this.#node(name, joinPath(node.path, name), lstatOf(this.#sys, joinPath(node.path, name))),
    )
    const wanted = this.#sorted(found.filter(it => it.stat && this.#wants(it, everything)))
    if (this.#limit && wanted.length > this.#limit) {
      node.error = `${wanted.length} entries exceeds filelimit, not opening dir`
      return
    }
    for (const it of wanted) {
      const descends = it.isDirectory && (it.target === undefined || this.#has('follow'))
      const matches = this.#has('matchdirs') && this.#fits(this.#request.patterns, it)
      if (descends) yield* this.#open(it, level + 1, dev, matches)
    }
    const kept = this.#has('prune') ? wanted.filter(it => !it.isDirectory || it.children?.length) : wanted
    node.children = this.#sorted(kept)
    if (this.#has('du') && node.target === undefined) for (const it of kept) node.size += it.size
  }

  *#names(node: TreeNode, level: number): Blocking<string[] | undefined> {
    try {
      return (yield* readDir(this.#sys, node.path)).map(it => it.name)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      node.error = 'error opening dir'
      if (level > 1) this.failed = true
      return undefined
    }
  }

  /** Whether an entry is shown; all files are that are in a directory whose own name matched. */
  #wants(node: TreeNode, everything: boolean): boolean {
    if (!this.#has('all') && node.name.startsWith('.')) return false
    if (this.#has('dirsOnly') && !node.isDirectory) return false
    const { patterns, ignored } = this.#request
    if (this.#fits(ignored, node)) return false
    const opens = node.isDirectory && (node.target === undefined || this.#has('follow'))
    return !patterns.length || everything || opens || this.#fits(patterns, node)
  }

  #fits(patterns: readonly string[], { name, isDirectory }: TreeNode): boolean {
    const fold = (text: string): string => (this.#has('ignoreCase') ? text.toLowerCase() : text)
    return patterns
      .flatMap(it => it.split('|'))
      .some(it =>
        it.endsWith('/')
          ? isDirectory && fnmatch(fold(it.slice(0, -1)), fold(name))
          : fnmatch(fold(it), fold(name)),
      )
  }

  #sorted(nodes: TreeNode[]): TreeNode[] {
    if (this.#has('unsorted')) return nodes
    const order = this.#order()
    const sign = this.#has('reverse') ? -1 : 1
    const rank = (it: TreeNode): number => {
      if (this.#has('dirsfirst')) return it.isDirectory ? 0 : 1
      return this.#has('filesfirst') && it.isDirectory ? 1 : 0
    }
    return nodes.sort((a, b) => rank(a) - rank(b) || sign * (order(a, b) || compareText(a.name, b.name)))
  }

  #order(): (a: TreeNode, b: TreeNode) => number {
    const time = (which: 'mtime' | 'ctime') => (a: TreeNode, b: TreeNode) =>
      a.stat![which].sec - b.stat![which].sec || a.stat![which].nsec - b.stat![which].nsec
    const sort = this.#request.values.get('sort')
    if (sort === 'size') return (a, b) => b.size - a.size
    if (sort === 'version' || this.#has('byVersion')) return (a, b) => compareVersions(a.name, b.name)
    if (sort === 'ctime' || this.#has('ctime')) return time('ctime')
    return sort === 'mtime' || this.#has('byTime') ? time('mtime') : () => 0
  }
}
