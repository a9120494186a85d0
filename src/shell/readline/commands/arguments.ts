/** Numeric arguments, abort, keys of other keys. Readline: misc.c:rl_digit_loop(), readline.c. */
import type { Blocking } from '../../../abi/index.ts'
import type { Command, Editor, Outcome } from '../editor.ts'

const MOST = 1_000_000

/** Read the digits of a numeric argument, and run what follows with it. */
function* digits(ed: Editor): Blocking<Outcome> {
  for (;;) {
    ed.message(`(arg: ${ed.argument * ed.sign}) `)
    const key = yield* ed.readKey()
    const binding = ed.settings.keymaps[ed.keymap].get(key)
    if (binding?.text === 'universal-argument') {
      if (!ed.isExplicit) ed.argument *= 4
      continue
    }
    if (/\d/.test(key)) {
      ed.argument = ed.isExplicit ? ed.argument * 10 + Number(key) : Number(key)
      ed.isExplicit = true
      if (ed.argument > MOST) {
        ed.message(undefined)
        ed.discardArgument()
        return ed.ding()
      }
    } else if (key === '-' && !ed.isExplicit) ed.sign = -1
    else {
      ed.message(undefined)
      // "M-- command" means "M--1 command".
      if (ed.sign < 0 && ed.argument === 1) ed.isExplicit = true
      return yield* ed.dispatch(key)
    }
  }
}

const digitArgument: Command = (ed, _count, key) => {
  ed.unread(key.at(-1)!)
  return digits(ed)
}

const universalArgument: Command = ed => {
  ed.argument *= 4
  return digits(ed)
}

/** \eA is \ea. */
function* lowercaseVersion(ed: Editor, _count: number, key: string): Blocking<Outcome> {
  const lower = key.slice(0, -1) + key.at(-1)!.toLowerCase()
  if (lower === key) return ed.ding()
  ed.unread(lower.slice(1))
  return yield* ed.dispatch(lower[0]!)
}

export const argumentCommands: Readonly<Record<string, Command>> = {
  'digit-argument': digitArgument,
  'universal-argument': universalArgument,
  'do-lowercase-version': lowercaseVersion,
  abort: ed => {
    ed.message(undefined)
    ed.recording = undefined
    return ed.ding()
  },
}
