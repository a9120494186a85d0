/** How the scripts of this folder are run, and what they are. */
import type { Blocking, Rule, Sys } from '../../../src/abi/index.ts'
import { type Kernel, spawn } from '../../../src/kernel/index.ts'
import { boot, type BootOptions } from '../../../src/machine/boot.ts'
import { login } from '../../../src/machine/index.ts'

/** What is refused, and what why(1) must then say of the state ("Here:"), whole or in part. */
export interface Case {
  readonly run: string | ((sys: Sys) => Blocking<unknown>)
  readonly here: string | RegExp
  readonly user: 'root' | 'user'
  readonly options: BootOptions
}

/** A family of rules. */
export type Cases = { readonly [R in Rule]?: readonly [Case, ...Case[]] }

const made =
  (user: Case['user'], options: BootOptions = {}) =>
  (run: Case['run'], here: Case['here']): Case => ({ run, here, user, options })

export const root = made('root')
export const user = made('user')
/** On a host whose cgroups are those of version 1. */
export const rootV1 = made('root', { cgroup: 'v1' })
/** On a host with little memory. */
export const rootSmall = made('root', { memory: 512 << 20 })

/** The kernel that has refused, and what was printed. */
export function provoke({ run, user, options }: Case): { k: Kernel; output: string } {
  const k = boot(options)
  const decoder = new TextDecoder()
  let output = ''
  spawn(k, {
    ...login(user),
    ...(typeof run === 'string'
      ? { path: '/bin/bash', argv: ['bash', '-c', run] }
      : { argv: ['calls'], program: (sys: Sys) => calling(sys, run) }),
    output: bytes => {
      output += decoder.decode(bytes, { stream: true })
    },
  })
  k.sched.run(k.clock + 60e9, () => true)
  return { k, output }
}

function* calling(sys: Sys, run: (sys: Sys) => Blocking<unknown>): Blocking<number> {
  try {
    yield* run(sys)
    return 0
  } catch {
    return 1
  }
}

/** Numbers that come by chance: namespaces by the order in which they are named (those of the host keep theirs), PIDs. */
export function withoutNumbers(text: string): string {
  const names: string[] = []
  return text
    .replace(/\w+:\[\d+\]/g, name => {
      if (/\[40265318\d\d\]/.test(name)) return name
      if (!names.includes(name)) names.push(name)
      return `${name.split('[')[0]}[${'ABC'[names.indexOf(name)]}]`
    })
    .replace(/(process |\/proc\/)1\d{3}\b/gi, '$1PID')
}
