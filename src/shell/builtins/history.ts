/** history and fc. Bash: builtins/history.def, fc.def. */
import { O_CREAT, O_TRUNC, O_WRONLY, O_APPEND, decode, type Blocking } from '../../abi/index.ts'
import { readFile } from '../exec/script.ts'
import { runSource } from '../exec/run.ts'
import { strftime } from '../strftime.ts'
import { Complaint, reason, type Shell } from '../shell.ts'
import { expandHistory } from '../readline/expand-history.ts'
import { output } from './echo.ts'
import { options } from './options.ts'

export function* history(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, 'cd:anrwps')
  if (given.has('c')) {
    sh.history.length = 0
    sh.historyBase = 1
    return 0
  }
  if (given.has('d')) return forget(sh, given.get('d')!)
  if (given.has('s')) {
    if (rest.length) {
      if (sh.isInteractive) sh.history.pop()
      sh.history.push(rest.join(' '))
    }
    return 0
  }
  if (given.has('p')) {
    let text = ''
    for (const word of rest) {
      const expanded = expandHistory(
        sh.isInteractive ? sh.history.slice(0, -1) : sh.history,
        sh.historyBase,
        word,
      )
      if (expanded.error) throw new Complaint(`${expanded.error}: history expansion failed`, 1)
      text += `${expanded.text}\n`
    }
    return yield* output(sh, text)
  }
  if (given.has('w') || given.has('a'))
    return yield* saveHistory(sh, rest[0] ?? historyFile(sh), given.has('a'))
  if (given.has('r') || given.has('n')) return yield* loadHistory(sh, rest[0] ?? historyFile(sh))
  if (rest[0] !== undefined && !/^\d+$/.test(rest[0]))
    throw new Complaint(`${rest[0]}: numeric argument required`, 1)
  const from = rest[0] === undefined ? 0 : Math.max(0, sh.history.length - Number(rest[0]))
  const stamp = sh.get('HISTTIMEFORMAT')
  const when = (_i: number) => (stamp ? strftime(sh, stamp, sh.now()) : '')
  return yield* output(
    sh,
    sh.history
      .slice(from)
      .map((it, i) => `${String(sh.historyBase + from + i).padStart(5)}  ${when(i)}${it}\n`)
      .join(''),
  )
}

function forget(sh: Shell, spec: string): number {
  const range = /^(-?\d+)-(-?\d+)$/.exec(spec)
  const at = (text: string) =>
    Number(text) < 0 ? sh.history.length + Number(text) : Number(text) - sh.historyBase
  const from = at(range ? range[1]! : spec)
  const to = range ? at(range[2]!) : from
  if (!(from >= 0 && to < sh.history.length && from <= to))
    throw new Complaint(`${spec}: history position out of range`, 1)
  sh.history.splice(from, to - from + 1)
  return 0
}

export const historyFile = (sh: Shell): string | undefined => sh.get('HISTFILE')

export function* loadHistory(sh: Shell, file: string | undefined): Blocking<number> {
  if (!file) return 0
  try {
    const text = decode(yield* readFile(sh, file))
    for (const line of text.split('\n')) if (line && !/^#\d+$/.test(line)) sh.history.push(line)
    sh.historySaved = sh.history.length
  } catch (e) {
    throw new Complaint(`${file}: ${reason(e)}`, 1)
  }
  return 0
}

export function* saveHistory(sh: Shell, file: string | undefined, append: boolean): Blocking<number> {
  if (!file) return 0
  const lines = append ? sh.history.slice(sh.historySaved) : sh.history
  try {
    const fd = yield* sh.sys.open(file, O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC), 0o600)
    if (lines.length) yield* sh.sys.write(fd, `${lines.join('\n')}\n`)
    sh.sys.close(fd)
    sh.historySaved = sh.history.length
  } catch (e) {
    throw new Complaint(`${file}: ${reason(e)}`, 1)
  }
  return 0
}

/** `fc -l` and `fc -s`; editing needs an editor, which the host may not have. */
export function* fc(sh: Shell, argv: readonly string[]): Blocking<number> {
  const words = argv.slice(1)
  const letters = words.filter(it => /^-[lnrs]+$/.test(it)).join('')
  const rest = words.filter(it => !/^-[lnrs]+$/.test(it))
  const known = sh.isInteractive ? sh.history.slice(0, -1) : sh.history
  const at = (text: string, fallback: number) => {
    if (text === undefined) return fallback
    if (/^-\d+$/.test(text)) return known.length + Number(text)
    if (/^\d+$/.test(text)) return Number(text) - sh.historyBase
    return known.findLastIndex(it => it.startsWith(text))
  }
  if (letters.includes('s')) {
    const swap = rest[0]?.includes('=') ? rest.shift()!.split('=', 2) : undefined
    let text = known[at(rest[0]!, known.length - 1)]
    if (text === undefined) throw new Complaint('no command found', 1)
    if (swap) text = text.replaceAll(swap[0]!, swap[1]!)
    if (sh.isInteractive) sh.history[sh.history.length - 1] = text
    yield* sh.print(2, `${text}\n`)
    return yield* runSource(sh, text, sh.line)
  }
  if (!letters.includes('l')) throw new Complaint('no editor on this host', 1)
  let from = Math.max(0, at(rest[0]!, known.length - 16))
  let to = Math.min(known.length - 1, at(rest[1]!, known.length - 1))
  const reverse = letters.includes('r') !== from > to
  if (from > to) [from, to] = [to, from]
  const lines = known
    .slice(from, to + 1)
    .map((it, i) => `${letters.includes('n') ? '' : sh.historyBase + from + i}\t ${it}\n`)
  return yield* output(sh, (reverse ? lines.reverse() : lines).join(''))
}
