/**
 * why - say why the kernel refused the last command something
 * A program of Vitrine's own: `man why` is its manual.
 *
 * Left out: what programs refuse by themselves, before they ask the kernel.
 */
import { type Blocking, EPERM, Errno, ESRCH, type Refusal, type Sys } from '../../abi/index.ts'
import { command, fatal, type Process } from '../lib/command.ts'
import { readProc } from '../lib/proc.ts'
import { textWidth } from '../lib/wcwidth.ts'
import { explain, headline, type Language, languageOf, PHRASES } from '../lib/why/explain.ts'

/** How many -a shows. */
const MANY = 10
const WIDTH = 80
/** Where the text begins. */
const INDENT = 7

export default command({
  name: 'why',
  summary: 'say why the kernel refused the last command something',
  suite: 'other',
  usage: ['why [-a] [-p PID] [-l LANG]'],
  options: {
    all: { short: 'a', help: `the last ${MANY} refusals, the newest last` },
    pid: { short: 'p', value: '=PID', help: 'what process PID and its children were refused' },
    language: { short: 'l', value: '=LANG', help: 'the language: en or ko (default: from LANG)' },
  },

  *main(sys, flags, _args, me) {
    const language = chosenLanguage(flags.language, me)
    const phrases = PHRASES[language]
    const found = flags.pid === undefined ? yield* nearest(sys) : ofProcess(sys, flags.pid, language)
    if (!found.length) {
      yield* sys.write(2, `${paragraph('why:', phrases.nothing)}\n`)
      return 1
    }
    const shown = flags.all ? found.slice(-MANY) : flags.pid === undefined ? last(found) : found.slice(-1)
    if (!shown.length) {
      yield* sys.write(2, `${paragraph('why:', `${phrases.nothing} ${phrases.earlier}`)}\n`)
      return 1
    }
    me.out.line(shown.map(it => inFull(it, language)).join('\n\n'))
    return 0
  },
})

function chosenLanguage(wanted: string | undefined, me: Process): Language {
  if (wanted !== undefined && wanted !== 'en' && wanted !== 'ko')
    throw fatal(`unknown language: ${wanted} (there are en and ko)`)
  return wanted ?? languageOf(me.env)
}

/** What explains the last command: rather what it failed of than what it got over. */
function last(found: readonly Refusal[]): readonly Refusal[] {
  const recent = found.filter(it => it.isLast)
  const failed = recent.filter(it => !it.overcome)
  return (failed.length ? failed : recent).slice(-1)
}

/** Of the shell that runs this, or of the nearest process above that has anything to show: sudo may be in between. */
function* nearest(sys: Sys): Blocking<readonly Refusal[]> {
  for (let pid = sys.getpid(); pid > 0; pid = (yield* readProc(sys, pid))?.ppid ?? 0) {
    const found = refusalsOf(sys, pid)
    if (found instanceof Errno) return []
    if (found.length) return found
  }
  return []
}

function refusalsOf(sys: Sys, pid: number): readonly Refusal[] | Errno {
  try {
    return sys.refusals(pid)
  } catch (e) {
    if (e instanceof Errno) return e
    throw e
  }
}

function ofProcess(sys: Sys, text: string, language: Language): readonly Refusal[] {
  if (!/^[1-9]\d*$/.test(text)) throw fatal(PHRASES[language].badPid(text))
  const found = refusalsOf(sys, Number(text))
  if (found === ESRCH) throw fatal(PHRASES[language].noProcess(text))
  if (found === EPERM) throw fatal(PHRASES[language].notAllowed(text))
  if (found instanceof Errno) throw found
  return found
}

/** The headline, and below it the rule, the state and the advice. */
function inFull(refusal: Refusal, language: Language): string {
  const { rule, here, advice } = PHRASES[language]
  const [why, state, hint] = explain(refusal, language)
  const lines = [headline(refusal, PHRASES[language]), paragraph(rule, why), paragraph(here, state)]
  return [...lines, ...(hint ? [paragraph(advice, hint)] : [])].join('\n')
}

/** Folded at blanks, and set in below its heading. */
function paragraph(heading: string, text: string): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1]!
    if (line && textWidth(`${line} ${word}`) > WIDTH - INDENT) lines.push(word)
    else lines[lines.length - 1] = line ? `${line} ${word}` : word
  }
  const pad = ' '.repeat(Math.max(1, INDENT - textWidth(heading)))
  return heading + pad + lines.join(`\n${' '.repeat(INDENT)}`)
}
