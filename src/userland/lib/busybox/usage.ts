/**
 * What busybox prints when it is asked for help or called wrongly: its banner, an applet's synopsis, its options.
 * Linux: busybox libbb/appletlib.c (bb_show_usage).
 */
import type { Program } from '../../../abi/index.ts'
import type { Command } from '../command.ts'
import { SYNOPSES } from './synopses.ts'

export const BANNER = 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.\n'

/** Applets to which --help is an argument like any other. */
const HELPLESS = new Set(['[', '[[', 'test', 'echo', 'true', 'false', 'printf', 'expr'])

export const takesHelp = (name: string): boolean => !HELPLESS.has(name)

/** An applet's help: how it is called, what it is for, its options of one letter. */
export function usageOf(name: string, program: Program | undefined): string {
  const { usage, about, options } = SYNOPSES[name] ?? {}
  if (usage === undefined) return `${BANNER}\nNo help available\n`
  const lines = usage
    .split('\n')
    .map((line, i) => (i === 0 ? `Usage: ${name} ${line}`.trimEnd() : line.replace(/^or: /, `or: ${name} `)))
  const letters = optionLines(options, program)
  const parts = [lines.join('\n'), ...(about ? [about] : []), ...(letters ? [letters] : [])]
  return `${BANNER}\n${parts.join('\n\n')}\n`
}

/** The options that the applet shares with the host's program, as that program describes them. */
function optionLines(letters: string | undefined, program: Program | undefined): string {
  const known = Object.entries((program as Partial<Command> | undefined)?.spec?.options ?? {})
  const lines = (letters?.match(/[^:+]:*/g) ?? []).flatMap(it => {
    const letter = it[0]!
    const [, option] =
      known.find(([key, { short }]) => (short ?? (key.length === 1 ? key : '')).includes(letter)) ?? []
    if (option?.help === undefined) return []
    const value = it.length > 1 ? ` ${(option.value ?? 'N').replace(/[[\]<>= ]/g, '').toUpperCase()}` : ''
    return [`\t-${letter}${value}\t${capital(option.help.split('\n')[0]!)}`]
  })
  return lines.join('\n')
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
