/**
 * /proc/net/fib_trie: the tree in which IPv4 routes are looked up. Linux: net/ipv4/fib_trie.c:fib_trie_seq_show(). A
 * node skips the bits that all below it share, and has 2^bits children: it grows while half of them would be used.
 *
 * Left out: what the order of insertions has to do with the shape.
 */
import {
  AF_INET,
  formatAddress,
  parseAddress,
  RTN_BLACKHOLE,
  RTN_BROADCAST,
  RTN_LOCAL,
  RTN_MULTICAST,
  RTN_PROHIBIT,
  RTN_THROW,
  RTN_UNICAST,
  RTN_UNREACHABLE,
} from '../../abi/index.ts'
import { type Kernel, netModule, type Route } from '../../kernel/index.ts'

interface Leaf {
  readonly key: number
  readonly routes: readonly Route[]
}
interface Tnode {
  readonly key: number
  /** How many bits lie below its own. */
  readonly pos: number
  readonly bits: number
  readonly children: readonly (Node | undefined)[]
}
type Node = Leaf | Tnode
const isLeaf = (node: Node): node is Leaf => 'routes' in node

const INFLATE = 50
const INFLATE_ROOT = 30

const bitsAt = (key: number, pos: number, bits: number): number => Math.floor(key / 2 ** pos) % 2 ** bits
const cut = (key: number, pos: number): number => Math.floor(key / 2 ** pos) * 2 ** pos

/** The tree of leaves that are sorted by key. */
function build(leaves: readonly Leaf[], isRoot: boolean): Node | undefined {
  const [first] = leaves
  if (!first || leaves.length === 1) return first
  const last = leaves[leaves.length - 1]!
  let top = 31
  while (bitsAt(first.key, top, 1) === bitsAt(last.key, top, 1)) top--
  let node = split(leaves, first.key, top, 1)
  // Linux: should_inflate(): the used share of a node twice as large, full children counted twice.
  for (let bits = 2; node.pos > 0; bits++) {
    const used = node.children.filter(it => it !== undefined).length
    const full = node.children.filter(it => it && !isLeaf(it) && it.pos + it.bits === node.pos).length
    if (100 * (used + full) < 2 ** node.bits * 2 * (isRoot ? INFLATE_ROOT : INFLATE)) break
    node = split(leaves, first.key, top - bits + 1, bits)
  }
  return node
}

function split(leaves: readonly Leaf[], key: number, pos: number, bits: number): Tnode {
  const children = Array.from({ length: 2 ** bits }, (_, i) =>
    build(
      leaves.filter(it => bitsAt(it.key, pos, bits) === i),
      false,
    ),
  )
  return { key: cut(key, pos + bits), pos, bits, children }
}

function trieOf(k: Kernel, net: number): Node | undefined {
  const leaves = new Map<number, Route[]>()
  for (const route of netModule().routesOf(k, net, AF_INET)) {
    const key = Number(parseAddress(route.dst) ?? 0n)
    const routes = leaves.get(key)
    if (routes) routes.push(route)
    else leaves.set(key, [route])
  }
  const sorted = [...leaves].sort(([a], [b]) => a - b).map(([key, routes]) => ({ key, routes }))
  return build(
    sorted.map(it => ({ ...it, routes: [...it.routes].sort((a, b) => b.dstLen - a.dstLen) })),
    true,
  )
}

const TYPES: Readonly<Record<number, string>> = {
  [RTN_UNICAST]: 'UNICAST',
  [RTN_LOCAL]: 'LOCAL',
  [RTN_BROADCAST]: 'BROADCAST',
  [RTN_MULTICAST]: 'MULTICAST',
  [RTN_BLACKHOLE]: 'BLACKHOLE',
  [RTN_UNREACHABLE]: 'UNREACHABLE',
  [RTN_PROHIBIT]: 'PROHIBIT',
  [RTN_THROW]: 'THROW',
}
const SCOPES: Readonly<Record<number, string>> = {
  0: 'universe',
  200: 'site',
  253: 'link',
  254: 'host',
  255: 'nowhere',
}

const text = (key: number): string => formatAddress(BigInt(key), AF_INET)

function lines(node: Node, depth: number): string {
  const indent = ' '.repeat(2 + 3 * depth)
  if (isLeaf(node)) {
    const routes = node.routes.map(
      it => `${indent}   /${it.dstLen} ${SCOPES[it.scope] ?? it.scope} ${TYPES[it.type]}\n`,
    )
    return `${indent}|-- ${text(node.key)}\n${routes.join('')}`
  }
  const used = node.children.filter(it => it !== undefined)
  const full = used.filter(it => it && !isLeaf(it) && it.pos + it.bits === node.pos).length
  const empty = node.children.length - used.length
  const head = `${indent}+-- ${text(node.key)}/${32 - node.pos - node.bits} ${node.bits} ${full} ${empty}\n`
  return head + used.map(it => lines(it!, depth + 1)).join('')
}

/** Without rules of one's own the local table and the main one are the same tree. */
export function showFibTrie(k: Kernel, net: number): string {
  const trie = trieOf(k, net)
  if (!trie) return ''
  const shown = lines(trie, 0)
  return `Main:\n${shown}Local:\n${shown}`
}

/** Linux: trie_show_stats(). Lookups are not counted. */
export function showFibTriestat(k: Kernel, net: number): string {
  const head = 'Basic info: size of leaf: 48 bytes, size of tnode: 40 bytes.\n'
  const trie = trieOf(k, net)
  if (!trie) return head
  const it = {
    leaves: 0,
    depth: 0,
    deepest: 0,
    tnodes: 0,
    prefixes: 0,
    nulls: 0,
    pointers: 0,
    sizes: new Map<number, number>(),
  }
  const walk = (node: Node, depth: number): void => {
    if (isLeaf(node)) {
      it.leaves++
      it.depth += depth
      it.deepest = Math.max(it.deepest, depth)
      it.prefixes += node.routes.length
      return
    }
    it.tnodes++
    it.sizes.set(node.bits, (it.sizes.get(node.bits) ?? 0) + 1)
    it.pointers += node.children.length
    it.nulls += node.children.filter(child => child === undefined).length
    for (const child of node.children) if (child) walk(child, depth + 1)
  }
  walk(trie, 0)
  const bytes = 48 * it.leaves + 40 * it.tnodes + 8 * (it.pointers - it.tnodes) + 32 * it.prefixes
  const sizes = [...it.sizes].sort(([a], [b]) => a - b).map(([bits, count]) => `  ${bits}: ${count}`)
  const table = `\tAver depth:     ${(it.depth / it.leaves).toFixed(2)}
\tMax depth:      ${it.deepest}
\tLeaves:         ${it.leaves}
\tPrefixes:       ${it.prefixes}
\tInternal nodes: ${it.tnodes}
\t${sizes.join('')}
\tPointers: ${it.pointers}
Null ptrs: ${it.nulls}
Total size: ${Math.ceil(bytes / 1024)}  kB

Counters:
---------
gets = 0
backtracks = 0
semantic match passed = 0
semantic match miss = 0
null node hit= 0
skipped node resize = 0

`
  return `${head}Main:\n${table}Local:\n${table}`
}
