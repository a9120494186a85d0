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
  befell: 'not an error of a call',
  nothing:
    'The kernel has refused nothing to the commands of this shell. What failed, the program decided by itself: mount and su, for one, look at who calls them before they ask the kernel; "not found" is about names.',
  noProcess: pid => `no process ${pid}, and nothing was refused to one of that number`,
  notAllowed: pid => `process ${pid} is not yours to look into`,
  badPid: text => `${text}: not the number of a process`,
}
