/** What strace's decoders are made of. Linux: strace's defs.h. */
import { pathText, stackAddress, type Style, stringText } from './values.ts'

/** A call, with what is printed of it. */
export interface Shown {
  readonly name: string
  /** What follows the parenthesis when the call begins. */
  readonly before: string
  /** What follows when it has returned; `ok` is false when it failed. */
  readonly after: (result: unknown, ok: boolean) => string
  /** What stands for the result, instead of its number. */
  readonly value?: (result: unknown) => string
  /** Paths among the arguments, for -P. */
  readonly paths?: readonly string[]
  /** Descriptors among the arguments, for -P. */
  readonly fds?: readonly number[]
}

/** What a decoder knows besides the arguments. */
export interface Scene {
  readonly pid: number
  readonly style: Style
  /** A descriptor, with -y and its path. */
  fd(fd: number): string
  /** AT_FDCWD, with -y and its path. */
  readonly cwd: string
}

export type Decode = (scene: Scene, ...args: any[]) => Shown

export const nothing = (): string => ''
export const all = (name: string, before: string, more: Partial<Shown> = {}): Shown => ({
  name,
  before,
  after: nothing,
  ...more,
})
/** A call of numbers only. */
export const plain =
  (name: string): Decode =>
  (_scene, ...args: number[]) =>
    all(name, args.join(', '))

export const pathCall =
  (name: string, rest: (scene: Scene, ...args: any[]) => readonly string[] = () => []): Decode =>
  (scene, path: string, ...args) =>
    all(name, [pathText(path, scene.style), ...rest(scene, ...args)].join(', '), { paths: [path] })

export const atCall =
  (name: string, rest: (scene: Scene, ...args: any[]) => readonly string[] = () => []): Decode =>
  (scene, path: string, ...args) =>
    all(name, [scene.cwd, pathText(path, scene.style), ...rest(scene, ...args)].join(', '), { paths: [path] })

export const fdCall =
  (name: string, rest: (scene: Scene, ...args: any[]) => readonly string[] = () => []): Decode =>
  (scene, fd: number, ...args) =>
    all(name, [scene.fd(fd), ...rest(scene, ...args)].join(', '), { fds: [fd] })

export const EMPTY = new Uint8Array(0)
export const buffer = (scene: Scene, result: unknown, ok: boolean): string =>
  ok ? stringText((result as Uint8Array) ?? EMPTY, scene.style) : stackAddress(scene.pid, 0x40)

export const length = (result: unknown): string =>
  String((result as { length: number } | undefined)?.length ?? 0)

/** What stands for a descriptor that a call returns. */
export const opens = (scene: Scene) => (result: unknown) => scene.fd(result as number)

/** By the name that `Sys` has for the call. */
export type Decoders = Readonly<Record<string, Decode>>
