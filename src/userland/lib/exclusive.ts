/** Options that cannot be given together. Linux: util-linux include/optutils.h:err_exclusive_options(). */
import { fatal } from './command.ts'

const longName = (key: string): string => `--${key.replace(/[A-Z]/g, it => `-${it.toLowerCase()}`)}`

/** Dies when two options of a group were given. `keys` are all options as they were given, `groups` in ASCII order. */
export function refuseTogether(keys: readonly string[], groups: readonly (readonly string[])[]): void {
  const seen: string[] = []
  for (const key of keys) {
    for (const group of groups)
      if (group.includes(key) && seen.some(it => it !== key && group.includes(it)))
        throw fatal(`mutually exclusive arguments: ${group.map(longName).join(' ')}`)
    seen.push(key)
  }
}
