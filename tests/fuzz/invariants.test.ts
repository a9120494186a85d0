/** What holds of random operations without a real kernel to compare with. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Blocking, decode, isDir, O_CREAT, O_RDONLY, O_WRONLY, type Sys } from '../../src/abi/index.ts'
import { Machine, record, replay } from '../../src/machine/index.ts'
import { act, type Directory, directory, merge, type Node } from './model.ts'
import { sequenceOf } from './operations.ts'
import { attempt, namesIn, runInVitrine, start } from './vitrine.ts'

const path = (top: string) =>
  fc
    .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
    .map(names => `${top}/${names.join('/')}`)
const letters = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom('x', 'y')).map(it => it.join(' '))
const modes = fc.constantFrom('0644', '0755', '0700')

/** What makes files and directories. */
const making = (top: string) =>
  fc.oneof(
    path(top).map(it => `open ${it} ${O_WRONLY | O_CREAT}`),
    fc.tuple(path(top), letters).map(([it, what]) => `append ${it} ${what}`),
    fc.tuple(path(top), modes).map(([it, mode]) => `mkdir ${it} ${mode}`),
  )
const operation = (top: string) =>
  fc.oneof(
    making(top),
    fc.tuple(path(top), fc.integer({ min: 0, max: 9 })).map(([it, size]) => `truncate ${it} ${size}`),
    fc.tuple(path(top), modes).map(([it, mode]) => `chmod ${it} ${mode}`),
    fc.tuple(path(top), path(top)).map(([from, to]) => `link ${from} ${to}`),
    fc
      .tuple(path(top), path(top), fc.constantFrom(0, 0, 1, 2))
      .map(([from, to, flags]) => `rename ${from} ${to} ${flags}`),
    path(top).map(it => `unlink ${it}`),
    path(top).map(it => `rmdir ${it}`),
  )

/** Runs a program on a fresh host, in /fuzz. */
function onHost<T>(base: 'disk' | 'tmpfs', body: (sys: Sys) => Blocking<T>): T {
  const machine = new Machine()
  let result: T | undefined
  const task = machine.spawn({
    argv: ['fuzz'],
    program: function* (sys) {
      yield* start(sys, base)
      result = yield* body(sys)
      return 0
    },
  })
  machine.runUntil(machine.now + 3600e9, () => machine.exitStatus(task) === undefined)
  expect(machine.exitStatus(task)).toBe(0)
  return result!
}

function* carryOut(sys: Sys, lines: readonly string[]): Blocking<number[]> {
  const values: number[] = []
  for (const line of lines) values.push(yield* attempt(sys, [], line))
  return values
}

/** A tree as text: for each name its mode and text; files that are one have one number. */
function* shown(sys: Sys, at: string, seen = new Map<number, number>()): Blocking<string> {
  const st = sys.lstat(at)
  const mode = (st.mode & 0o7777).toString(8)
  if (!isDir(st)) {
    if (!seen.has(st.ino)) seen.set(st.ino, seen.size)
    const fd = yield* sys.open(at, O_RDONLY)
    const text = decode(yield* sys.read(fd, 1 << 16))
    sys.close(fd)
    return `${mode} #${seen.get(st.ino)} n${st.nlink} ${JSON.stringify(text)}`
  }
  const fd = yield* sys.open(at, O_RDONLY)
  const names = yield* namesIn(sys, fd)
  sys.close(fd)
  const parts: string[] = []
  for (const name of names) parts.push(`${name}: ${yield* shown(sys, `${at}/${name}`, seen)}`)
  return `${mode} {${parts.join(', ')}}`
}

function expected(node: Node, links: ReadonlyMap<Node, number>, seen = new Map<Node, number>()): string {
  const mode = node.mode.toString(8)
  if (node.kind === 'file') {
    if (!seen.has(node)) seen.set(node, seen.size)
    return `${mode} #${seen.get(node)} n${links.get(node)} ${JSON.stringify(node.text)}`
  }
  const names = [...node.names.keys()].sort()
  return `${mode} {${names.map(it => `${it}: ${expected(node.names.get(it)!, links, seen)}`).join(', ')}}`
}

/** How many names each file has. */
function linksIn(node: Directory, links = new Map<Node, number>()): Map<Node, number> {
  for (const it of node.names.values())
    if (it.kind === 'directory') linksIn(it, links)
    else links.set(it, (links.get(it) ?? 0) + 1)
  return links
}

const LAYERS = ['up', 'l1', 'l2']

test('an overlay looks and acts like one plain file system', () => {
  const filled = fc.tuple(...LAYERS.map(it => fc.array(making(it), { maxLength: 5 })))
  const options = fc.constantFrom('', ',metacopy=on', ',nfs_export=on', ',xino=on')
  const cases = fc.tuple(filled, options, fc.array(operation('m'), { maxLength: 25 }))
  fc.assert(
    fc.property(cases, fc.constantFrom('disk', 'tmpfs'), ([filling, option, lines], base) => {
      const layers = filling.map(its => {
        const layer = directory()
        for (const line of its) act(layer, line)
        return layer
      })
      const model = merge(layers)
      const values = lines.map(line => act(model, line))
      const [given, tree] = onHost(base, function* (sys) {
        yield* carryOut(sys, filling.flat())
        const dirs = 'lowerdir=l1:l2,upperdir=up,workdir=work'
        sys.mount('overlay', 'm', 'overlay', 0, `${dirs},redirect_dir=on,index=on${option}`)
        const results = yield* carryOut(sys, lines)
        sys.umount2('m', 0)
        sys.mount('overlay', 'm', 'overlay', 0, `${dirs},redirect_dir=on,index=on${option}`)
        return [results, yield* shown(sys, 'm')] as const
      })
      expect(given.map(it => Math.max(-it, 0))).toEqual(values)
      expect(tree).toBe(expected(model, linksIn(model)))
    }),
    { numRuns: 40, seed: 6 },
  )
})

function* checkLinks(sys: Sys, at: string, names: Map<number, [number, number]>): Blocking<void> {
  const fd = yield* sys.open(at, O_RDONLY)
  const entries = yield* namesIn(sys, fd)
  sys.close(fd)
  let subdirectories = 0
  for (const name of entries) {
    const it = sys.lstat(`${at}/${name}`)
    if (isDir(it)) {
      subdirectories++
      yield* checkLinks(sys, `${at}/${name}`, names)
    } else names.set(it.ino, [it.nlink, (names.get(it.ino)?.[1] ?? 0) + 1])
  }
  expect(sys.lstat(at).nlink).toBe(2 + subdirectories)
}

function* removeAll(sys: Sys, at: string): Blocking<void> {
  const fd = yield* sys.open(at, O_RDONLY)
  for (const name of yield* namesIn(sys, fd)) {
    const below = `${at}/${name}`
    if (isDir(sys.lstat(below))) {
      yield* removeAll(sys, below)
      sys.rmdir(below)
    } else sys.unlink(below)
  }
  sys.close(fd)
}

test('a link count is the number of names, and what is removed leaves no inode behind', () => {
  const cases = fc.array(operation('l1'), { maxLength: 60 })
  fc.assert(
    fc.property(cases, fc.constantFrom('disk', 'tmpfs'), (lines, base) => {
      onHost(base, function* (sys) {
        const free = sys.statfs('l1').ffree
        yield* carryOut(sys, lines)
        const names = new Map<number, [number, number]>()
        yield* checkLinks(sys, 'l1', names)
        for (const [nlink, count] of names.values()) expect(nlink).toBe(count)
        yield* removeAll(sys, 'l1')
        expect(sys.statfs('l1').ffree).toBe(free)
      })
    }),
    { numRuns: 40, seed: 6 },
  )
})

test('the same sequence gives the same files on every host', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const sequence = sequenceOf(seed)
    expect(runInVitrine(sequence)).toEqual(runInVitrine(sequence))
  }
})

test('a session of random operations replays to the same state', () => {
  const name = fc.constantFrom('a', 'b', 'c/d', 'c')
  const command = fc.oneof(
    name.map(it => `echo $RANDOM >> m/${it}`),
    name.map(it => `mkdir -p m/${it}`),
    name.map(it => `rm -r m/${it}`),
    fc.tuple(name, name).map(([from, to]) => `mv m/${from} m/${to}`),
    fc.tuple(name, name).map(([from, to]) => `ln m/${from} m/${to}`),
    fc.constant('umount m || mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m'),
  )
  fc.assert(
    fc.property(fc.array(command, { minLength: 5, maxLength: 12 }), lines => {
      const machine = new Machine({ seed: 1 })
      const terminal = machine.openTerminal({ rows: 24, cols: 80 })
      const mounting = 'mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m'
      for (const line of [`cd /tmp; mkdir -p l/c u w m; touch l/a; ${mounting}`, ...lines]) {
        terminal.write(`${line}\r`)
        machine.runUntil(machine.now + 1e9)
      }
      expect(replay(JSON.parse(JSON.stringify(record(machine)))).hash()).toBe(machine.hash())
    }),
    { numRuns: 4, seed: 6 },
  )
})
