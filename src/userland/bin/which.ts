/**
 * which - locate a command
 * Linux: debianutils which; which(1).
 */
import { Errno, isReg, type Sys, X_OK } from '../../abi/index.ts'
import { command } from '../lib/command.ts'

export default command({
  name: 'which',
  summary: 'locate a command',
  suite: 'other',
  usage: 'which [-a] filename ...',
  raw: true,

  *main(sys, _flags, args, me) {
    const names = [...args]
    let all = false
    while (names[0]?.startsWith('-') && names[0] !== '-') {
      const option = names.shift()!
      if (option === '--') break
      for (const letter of option.slice(1)) {
        if (letter === 'a') all = true
        else if (letter !== 's') {
          yield* sys.write(2, `Illegal option -${letter}\nUsage: /usr/bin/which [-a] args\n`)
          return 2
        }
      }
    }
    let status = names.length ? 0 : 1
    for (const name of names) {
      const found = candidates(name, me.env.get('PATH') ?? '').filter(path => runnable(sys, path))
      for (const path of all ? found : found.slice(0, 1)) me.out.line(path)
      if (!found.length) status = 1
    }
    return status
  },
})

const candidates = (name: string, path: string): string[] =>
  name.includes('/') ? [name] : path.split(':').map(dir => `${dir || '.'}/${name}`)

function runnable(sys: Sys, path: string): boolean {
  try {
    sys.access(path, X_OK)
    return isReg(sys.stat(path))
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}
