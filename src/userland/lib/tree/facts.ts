/**
 * What tree tells of a file besides its name, the same in drawings, JSON and XML. Linux: tree.c:fillinfo(),
 * psize(), do_date().
 */
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } from '../../../abi/index.ts'
import { strmode } from '../strmode.ts'
import { localtime, strftime, type Zone } from '../time.ts'
import { groupName, type Users, userName } from '../users.ts'
import type { TreeRequest } from './options.ts'
import type { TreeNode } from './walk.ts'

/** A fact: its name in JSON and XML, its value there, and how a drawing shows it. */
export interface Fact {
  readonly key: string
  readonly value: string | number
  /** Undefined where a drawing does not show it. */
  readonly shown: string | undefined
}

const SIX_MONTHS = 6 * 31 * 24 * 60 * 60

export class Facts {
  readonly #request: TreeRequest
  readonly #users: Users
  readonly #zone: Zone
  readonly #now: number

  constructor(request: TreeRequest, users: Users, zone: Zone, now: number) {
    this.#request = request
    this.#users = users
    this.#zone = zone
    this.#now = now
  }

  of({ stat, size }: TreeNode): Fact[] {
    const { given } = this.#request
    const facts: Fact[] = []
    if (!stat) return facts
    const add = (key: string, value: string | number, shown: string | undefined): void => {
      facts.push({ key, value, shown })
    }
    if (given.has('inodes')) add('inode', stat.ino, String(stat.ino).padStart(7))
    if (given.has('device')) add('dev', stat.dev, String(stat.dev).padStart(3))
    if (given.has('protections')) {
      add('mode', (stat.mode & 0o7777).toString(8).padStart(4, '0'), undefined)
      add('prot', strmode(stat.mode), strmode(stat.mode))
    }
    if (given.has('user')) {
      const name = userName(this.#users, stat.uid) ?? String(stat.uid)
      add('user', name, name.padEnd(8))
    }
    if (given.has('group')) {
      const name = groupName(this.#users, stat.gid) ?? String(stat.gid)
      add('group', name, name.padEnd(8))
    }
    if (this.isSized) {
      const text = this.size(size)
      add('size', this.#isHuman ? text.trim() : size, text.slice(1))
    }
    if (given.has('date') || given.has('timefmt')) {
      const time = this.#date(given.has('ctime') ? stat.ctime : stat.mtime)
      add('time', time, time)
    }
    return facts
  }

  get #isHuman(): boolean {
    return this.#request.given.has('human') || this.#request.given.has('si')
  }

  get isSized(): boolean {
    const { given } = this.#request
    return this.#isHuman || given.has('size') || given.has('du')
  }

  /** A size with the blank before it. */
  size(bytes: number): string {
    if (!this.#isHuman) return ` ${String(bytes).padStart(11)}`
    const unit = this.#request.given.has('si') ? 1000 : 1024
    if (bytes < unit) return ` ${String(bytes).padStart(4)}`
    let power = 0
    let amount = bytes
    while (amount >= unit && power < 8) {
      amount /= unit
      power++
    }
    const letter = (unit === 1000 ? 'kMGTPEZY' : 'KMGTPEZY')[power - 1]
    return ` ${amount.toFixed(amount >= 10 ? 0 : 1).padStart(3)}${letter}`
  }

  /** What the end of a drawing says with --du. */
  total(bytes: number): string {
    return `${this.size(bytes)}${this.#isHuman ? '' : ' bytes'} used in `
  }

  #date(time: { sec: number; nsec: number }): string {
    const recent = time.sec <= this.#now && time.sec >= this.#now - SIX_MONTHS
    const format = this.#request.values.get('timefmt') ?? (recent ? '%b %e %H:%M' : '%b %e  %Y')
    return strftime(format, localtime(time, this.#zone))
  }
}

/** What JSON and XML call a kind of file. */
export const KINDS: ReadonlyMap<number, string> = new Map([
  [S_IFREG, 'file'],
  [S_IFDIR, 'directory'],
  [S_IFLNK, 'link'],
  [S_IFCHR, 'char'],
  [S_IFBLK, 'block'],
  [S_IFSOCK, 'socket'],
  [S_IFIFO, 'fifo'],
])

export const kindOf = ({ stat }: TreeNode): string | undefined => stat && KINDS.get(stat.mode & S_IFMT)
