/**
 * devpts: a node for the slave side of every pseudoterminal. Each mount is an instance of its own; the first one
 * shows the terminals that were opened by /dev/ptmx. Linux: fs/devpts/inode.c.
 */
import { EINVAL, makedev, S_IFMT } from '../abi/index.ts'
import { type Kernel, makeKgid, makeKuid, type Tty } from '../kernel/index.ts'
import type { Caller, FileSystemType } from '../vfs/index.ts'
import { dirent, type PseudoDevice, type PseudoDir, type PseudoNode, pseudoFileSystem } from './pseudo.ts'

const DEVPTS_MAGIC = 0x1cd1
/** Major number of pty slaves. */
const UNIX98_PTY_SLAVE = 136
const PTMX = makedev(5, 2)

/** Options of a mount. Linux: struct pts_mount_opts. */
interface Options {
  uid?: number
  gid?: number
  mode: number
  ptmxmode: number
  max?: number
}

function parse(k: Kernel, text: string, as: Caller): Options {
  const options: Options = { mode: 0o600, ptmxmode: 0 }
  for (const option of text.split(',')) {
    if (option === '' || option === 'newinstance') continue
    const [, key = '', value = ''] = /^(\w+)=(\d+)$/.exec(option) ?? []
    if (key === 'max') options.max = Number(value)
    else if (key === 'uid' || key === 'gid') {
      const id = (key === 'uid' ? makeKuid : makeKgid)(k, as.cred.userNs, Number(value))
      if (id === undefined) throw EINVAL
      options[key] = id
    } else if ((key === 'mode' || key === 'ptmxmode') && /^[0-7]+$/.test(value))
      options[key] = Number.parseInt(value, 8) & 0o7777
    else throw EINVAL
  }
  return options
}

/** Linux: devpts_show_options(). */
function show({ uid, gid, mode, ptmxmode, max }: Options): string {
  const octal = (bits: number): string => bits.toString(8).padStart(3, '0')
  const parts = [`mode=${octal(mode)}`, `ptmxmode=${octal(ptmxmode)}`]
  if (gid !== undefined) parts.unshift(`gid=${gid}`)
  if (uid !== undefined) parts.unshift(`uid=${uid}`)
  if (max !== undefined) parts.push(`max=${max}`)
  return parts.join(',')
}

/** The file system type, over the terminals of a kernel. */
export function devpts(k: Kernel): FileSystemType {
  const first = (): number => {
    for (const sb of k.superBlocks.values()) if (sb.type === 'devpts') return sb.id
    return 0
  }
  const live = (sb: number): Tty[] =>
    [...k.ttys.values()].filter(tty => (tty.devpts ?? first()) === sb && !tty.hungUp)

  function slave(id: number, index: number, options: Options): PseudoDevice {
    const tty = (): Tty | undefined => k.ttys.find(id)
    return {
      kind: 'chr',
      ino: index + 3,
      rdev: makedev(UNIX98_PTY_SLAVE, index),
      get mode() {
        return tty()?.mode ?? options.mode
      },
      get uid() {
        return tty()?.uid ?? options.uid ?? 0
      },
      get gid() {
        return tty()?.gid ?? options.gid ?? 0
      },
      get time() {
        return k.vfs.host.now()
      },
      alive: () => tty() !== undefined,
      setattr(_, attr) {
        const own = k.ttys.own(id)
        if (attr.mode !== undefined) own.mode = attr.mode & ~S_IFMT
        if (attr.uid !== undefined) own.uid = attr.uid
        if (attr.gid !== undefined) own.gid = attr.gid
      },
    }
  }

  function root(sb: number, options: Options): PseudoDir {
    const ptmx: PseudoDevice = { kind: 'chr', ino: 2, mode: options.ptmxmode, rdev: PTMX }
    return {
      kind: 'dir',
      ino: 1,
      mode: 0o755,
      lookup(_, name): PseudoNode | undefined {
        if (name === 'ptmx') return ptmx
        const tty = live(sb).find(it => `${it.index}` === name)
        return tty && slave(tty.id, tty.index, options)
      },
      readdir: () => [
        ...live(sb)
          .map(tty => dirent(`${tty.index}`, slave(tty.id, tty.index, options)))
          .reverse(),
        dirent('ptmx', ptmx),
      ],
    }
  }

  return pseudoFileSystem({
    name: 'devpts',
    magic: DEVPTS_MAGIC,
    blockSize: 1024,
    usernsMount: true,
    check: (_v, _source, options, _flags, as) => void parse(k, options, as),
    tree(_v, text, as, sb) {
      const options = parse(k, text, as)
      return { root: root(sb, options), options: show(options) }
    },
    remount: (_v, sb, text, as) => (text ? show(parse(k, text, as)) : sb.options),
  })
}
