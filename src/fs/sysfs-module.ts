/**
 * /sys/module: the modules that are loaded, who uses them, and their parameters. Linux: kernel/module/sysfs.c,
 * kernel/params.c.
 *
 * Left out: what is built into the kernel, versions, what is in notes and sections, and parameters but overlay's.
 */
import { EINVAL } from '../abi/index.ts'
import { type Kernel, MODULES, moduleRefcount } from '../kernel/index.ts'
import { kernfsOrder } from './kernfs.ts'
import { overlayParameters } from './overlay/index.ts'
import { type PseudoDir, type PseudoFile, type PseudoLink, type PseudoNode, staticDir } from './pseudo.ts'

const PAGE = 4096

type Nodes = Record<string, PseudoNode>

/** Beyond the numbers of what was there before any module. */
const FIRST_INO = 10_000

/** The directory `module`. Each name in it keeps its number. */
export function moduleDirectory(k: Kernel): PseudoDir {
  const inos = new Map<string, number>()
  const ino = (path: string): number => {
    let it = inos.get(path)
    if (it === undefined) inos.set(path, (it = FIRST_INO + inos.size))
    return it
  }
  const attribute = (path: string, show: () => string): PseudoFile => ({
    kind: 'file',
    ino: ino(path),
    mode: 0o444,
    size: PAGE,
    show: () => `${show()}\n`,
  })
  const link = (path: string, target: string): PseudoLink => ({
    kind: 'link',
    ino: ino(path),
    mode: 0o777,
    size: 0,
    readlink: () => target,
  })
  const directory = (path: string, nodes: () => Nodes): PseudoDir =>
    staticDir({ ino: ino(path), mode: 0o755, nlink: 2 }, () => sorted(nodes()))

  /** Linux: struct module_kobject and its modinfo attributes. */
  function loaded(name: string): PseudoDir {
    const { size = 0 } = MODULES.find(it => it.name === name) ?? {}
    const holders = (): string[] =>
      k.modules.filter(it => MODULES.find(module => module.name === it)?.depends.includes(name))
    const parameters = name === 'overlay' ? overlayParameters(k.vfs) : undefined
    const uevent: PseudoFile = {
      kind: 'file',
      ino: ino(`${name}/uevent`),
      mode: 0o200,
      size: PAGE,
      store() {
        throw EINVAL
      },
    }
    const nodes = (): Nodes => ({
      coresize: attribute(`${name}/coresize`, () => `${size}`),
      holders: directory(`${name}/holders`, () =>
        Object.fromEntries(holders().map(it => [it, link(`${name}/holders/${it}`, `../../${it}`)])),
      ),
      initsize: attribute(`${name}/initsize`, () => '0'),
      initstate: attribute(`${name}/initstate`, () => 'live'),
      notes: directory(`${name}/notes`, () => ({})),
      refcnt: attribute(`${name}/refcnt`, () => `${moduleRefcount(k, name)}`),
      sections: directory(`${name}/sections`, () => ({})),
      taint: attribute(`${name}/taint`, () => ''),
      uevent,
      ...(parameters && {
        parameters: directory(`${name}/parameters`, () =>
          Object.fromEntries(
            Object.entries(parameters).map(([key, it]) => [
              key,
              {
                ...attribute(`${name}/parameters/${key}`, it.show),
                mode: 0o644,
                store: (_: unknown, text: string) => it.store(text),
              },
            ]),
          ),
        ),
      }),
    })
    const subdirs = parameters ? 4 : 3
    return staticDir({ ino: ino(name), mode: 0o755, nlink: 2 + subdirs }, () => sorted(nodes()))
  }

  return staticDir({ ino: ino(''), mode: 0o755, nlink: 2 + k.modules.length }, () =>
    sorted(Object.fromEntries(k.modules.map(name => [name, loaded(name)]))),
  )
}

const sorted = (nodes: Nodes): Nodes =>
  Object.fromEntries(Object.entries(nodes).sort(([a], [b]) => kernfsOrder(a, b)))
