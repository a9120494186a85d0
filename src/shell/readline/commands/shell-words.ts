/** Functions that need the shell: expansions of the line, commands bound to keys, the editor. Bash: bashline.c. */
import type { Blocking } from '../../../abi/index.ts'
import { executeText } from '../../exec/read.ts'
import { expandText } from '../../expand/command.ts'
import { homeOf } from '../../expand/tilde.ts'
import { parseWord } from '../../parse/index.ts'
import { Complaint, Discard } from '../../shell.ts'
import { Variable } from '../../variables.ts'
import type { Command, Editor, Outcome } from '../editor.ts'
import { expandHistory } from '../expand-history.ts'
import { addToHistory } from '../history.ts'
import { shellWordSpans } from '../shell-word.ts'
import { corrected } from '../spelling.ts'

/** Replace the whole line; the cursor goes to its end. */
function setLine({ buffer }: Editor, text: string): undefined {
  if (text !== buffer.text) buffer.replace(0, buffer.end, text)
  else buffer.point = buffer.end
  return undefined
}

/** The line with `!` references replaced; undefined if that cannot be done, which is told. */
function* withHistory(ed: Editor, text: string): Blocking<string | undefined> {
  const { sh } = ed
  const it = expandHistory(sh.history, text, { chars: sh.get('histchars') })
  if (it.error === undefined) return it.text
  yield* ed.below()
  yield* ed.flush(`${sh.name}: ${it.error}\n`)
  ed.startOver()
  return undefined
}

function* historyExpand(ed: Editor): Blocking<Outcome> {
  const text = yield* withHistory(ed, ed.buffer.text)
  return text === undefined ? undefined : setLine(ed, text)
}

function* magicSpace(ed: Editor): Blocking<Outcome> {
  const { buffer } = ed
  const behind = buffer.text.slice(buffer.point)
  const text = yield* withHistory(ed, buffer.text.slice(0, buffer.point))
  if (text === undefined) return undefined
  if (text + behind !== buffer.text) buffer.replace(0, buffer.point, text)
  buffer.insert(' ')
  return undefined
}

/** Commands that are aliases replaced by what they stand for. */
function withAliases({ sh }: Editor, text: string): string {
  return text.replace(/(^|[;|&(]\s*)([^\s;|&()]+)/g, (all, lead: string, name: string) => {
    const value = sh.aliases.get(name)
    return value === undefined ? all : lead + value
  })
}

function* aliasExpand(ed: Editor): Blocking<Outcome> {
  return setLine(ed, withAliases(ed, ed.buffer.text))
}

function* historyAndAliasExpand(ed: Editor): Blocking<Outcome> {
  const text = yield* withHistory(ed, ed.buffer.text)
  return text === undefined ? undefined : setLine(ed, withAliases(ed, text))
}

/** All expansions that the shell makes of words, but those of file names. */
function* shellExpand(ed: Editor): Blocking<Outcome> {
  const text = yield* withHistory(ed, ed.buffer.text)
  if (text === undefined) return undefined
  try {
    return setLine(ed, yield* expandText(ed.sh, parseWord(withAliases(ed, text))))
  } catch (e) {
    if (!(e instanceof Complaint)) throw e
    yield* ed.below()
    yield* ed.sh.tell(e)
    return ed.startOver()
  }
}

function tildeExpand({ buffer, sh }: Editor): Outcome {
  const span = shellWordSpans(buffer.text).findLast(([start]) => start <= buffer.point)
  const [start, end] = span ?? [0, 0]
  const word = buffer.text.slice(start, end)
  const home = word.startsWith('~') ? homeOf(sh, /^~([^/]*)/.exec(word)![1]!) : undefined
  if (home === undefined) return undefined
  buffer.replace(start, end, home + word.slice(word.search(/\/|$/)))
  return undefined
}

/** Run a command while the line is put aside, and draw the line again. */
function* aside(ed: Editor, work: () => Blocking<void>): Blocking<void> {
  const { sh } = ed
  const { status } = sh
  yield* ed.suspended(function* () {
    try {
      yield* work()
    } catch (e) {
      if (e instanceof Complaint) yield* sh.tell(e)
      else if (!(e instanceof Discard)) throw e
    }
  })
  sh.status = status
}

/** A command that `bind -x` bound: it sees the line and may change it. Bash: bash_execute_unix_command(). */
export function* runShellCommand(ed: Editor, text: string): Blocking<Outcome> {
  const { sh, buffer } = ed
  const offset = (at: number) => String([...buffer.text.slice(0, at)].length)
  const set = (name: string, value: string) => {
    const variable = new Variable(value)
    variable.exported = true
    sh.variables.map.set(name, variable)
  }
  set('READLINE_LINE', buffer.text)
  set('READLINE_POINT', offset(buffer.point))
  set('READLINE_MARK', offset(buffer.mark))
  if (ed.isExplicit) set('READLINE_ARGUMENT', String(ed.argument * ed.sign))
  yield* ed.refresh()
  yield* ed.flush(ed.eraseLine())
  yield* aside(ed, function* () {
    yield* executeText(sh, text, 1, '')
  })
  const line = sh.get('READLINE_LINE') ?? ''
  const chars = [...line]
  const place = (name: string) => chars.slice(0, Math.max(0, Number(sh.get(name)) || 0)).join('').length
  const point = place('READLINE_POINT')
  if (line !== buffer.text) buffer.replace(0, buffer.end, line)
  buffer.point = point
  buffer.mark = Math.min(place('READLINE_MARK'), buffer.end)
  for (const it of ['LINE', 'POINT', 'MARK', 'ARGUMENT']) sh.variables.unset(`READLINE_${it}`)
  return ed.startOver()
}

/** Let an editor have the line, and execute what it leaves. */
const editAndExecute = (editor: string): Command =>
  function* (ed, count): Blocking<Outcome> {
    const { buffer, sh } = ed
    const { text } = buffer
    yield* ed.below()
    const name = `"\${VISUAL:-\${EDITOR:-$(command -v editor || echo ${editor})}}"`
    if (!ed.isExplicit && text) addToHistory(sh, text)
    if (!ed.isExplicit && !text) sh.history.add('')
    buffer.reset('')
    yield* aside(ed, function* () {
      yield* executeText(sh, `fc -e ${name}${ed.isExplicit ? ` ${count}` : ''}`, 1, '')
    })
    ed.walk.begin()
    return ed.startOver()
  }

function* spellCorrect(ed: Editor): Blocking<Outcome> {
  const { buffer } = ed
  const span = shellWordSpans(buffer.text).findLast(([start]) => start <= buffer.point)
  const word = span && (yield* corrected(ed.sh, buffer.text.slice(...span)))
  if (!span || !word) return undefined
  buffer.replace(span[0], span[1], word)
  return undefined
}

export const shellCommands: Readonly<Record<string, Command>> = {
  'history-expand-line': historyExpand,
  'magic-space': magicSpace,
  'alias-expand-line': aliasExpand,
  'history-and-alias-expand-line': historyAndAliasExpand,
  'shell-expand-line': shellExpand,
  'tilde-expand': tildeExpand,
  'edit-and-execute-command': editAndExecute('emacs'),
  'vi-edit-and-execute-command': editAndExecute('vi'),
  'spell-correct-word': spellCorrect,
}
