/** Keyboard macros, and functions about readline itself. Readline: macro.c, bind.c, misc.c. */
import type { Blocking } from '../../../abi/index.ts'
import type { Command, Editor, Outcome } from '../editor.ts'
import { functionLines, macroLines, variableLines } from '../describe.ts'
import { untranslate } from '../keyseq.ts'
import { ownSettings, readAgain } from '../startup.ts'

function start(ed: Editor): Outcome {
  if (ed.recording !== undefined) {
    ed.recording = undefined
    return ed.ding()
  }
  ed.recording = ed.isExplicit ? ed.macro : ''
  if (ed.isExplicit) ed.play(ed.macro)
  return undefined
}

function end(ed: Editor, count: number, key: string): Outcome {
  if (ed.recording === undefined) return ed.ding()
  ed.macro = ed.recording.slice(0, -key.length)
  ed.recording = undefined
  return count > 1 ? call(ed, count - 1) : undefined
}

function call(ed: Editor, count: number): Outcome {
  if (ed.recording !== undefined || !ed.macro) {
    ed.recording = undefined
    return ed.ding()
  }
  if (count > 0) ed.play(ed.macro.repeat(Math.min(count, 1000)))
  return undefined
}

/** Print something below the line, and the line again. */
export function* told(ed: Editor, text: string): Blocking<Outcome> {
  yield* ed.below()
  yield* ed.flush(text)
  return ed.startOver()
}

function* reRead(ed: Editor): Blocking<Outcome> {
  ed.sh.readline = undefined
  yield* readAgain(ed.sh)
  return undefined
}

const mode =
  (name: 'emacs' | 'vi'): Command =>
  ed => {
    ownSettings(ed.sh).editingMode(name)
    ed.sh.setOption('vi', name === 'vi')
    ed.sh.setOption('emacs', name === 'emacs')
    ed.keymap = name === 'vi' ? 'vi-insert' : 'emacs'
    return undefined
  }

export const macros: Readonly<Record<string, Command>> = {
  'start-kbd-macro': start,
  'end-kbd-macro': end,
  'call-last-kbd-macro': call,
  'print-last-kbd-macro': ed => (ed.macro ? told(ed, `"${untranslate(ed.macro, true)}"\n`) : ed.ding()),
  're-read-init-file': reRead,
  'dump-functions': ed => told(ed, functionLines(ed.settings.keymaps[ed.keymap], '', ed.isExplicit)),
  'dump-variables': ed => told(ed, variableLines(ed.settings, ed.isExplicit)),
  'dump-macros': ed => told(ed, macroLines(ed.settings.keymaps[ed.keymap], '', ed.isExplicit)),
  'display-shell-version': ed => told(ed, 'GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\n'),
  'emacs-editing-mode': mode('emacs'),
  'vi-editing-mode': mode('vi'),
  'tty-status': ed => ed.ding(),
}
