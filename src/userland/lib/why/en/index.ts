/** why(1) in English. */
import type { Dictionary, Phrases } from '../dictionary.ts'
import { files } from './files.ts'
import { limits } from './limits.ts'
import { mounts } from './mounts.ts'
import { namespaces } from './namespaces.ts'

export const en: Dictionary = { ...files, ...mounts, ...namespaces, ...limits }

export const phrases: Phrases = {
  rule: 'Rule:',
  here: 'Here:',
  advice: 'Try: ',
  befell: 'no call failed',
  nothing:
    'No rule of the kernel refused the last command anything. "No such file or directory", "File exists" and "Not a directory" are about names (look with ls); and some programs refuse by themselves (mount and su look at who calls them).',
  earlier: 'Earlier commands were refused something: why -a',
  noProcess: pid => `no process ${pid}, and nothing was refused to one of that number`,
  notAllowed: pid => `process ${pid} is not yours to look into`,
  badPid: text => `${text}: not the number of a process`,
}
