/** Lists of names in one argument. Linux: util-linux lib/strutils.c:string_to_idarray(). */
import { fatal } from './command.ts'

/** The names of a list apart by commas; undefined if one is missing. A comma at the end belongs to the last name. */
export function splitIds(list: string): string[] | undefined {
  const last = list.length - 1
  const names = list.endsWith(',') ? list.slice(0, last).split(',') : list.split(',')
  if (list.endsWith(',')) names[names.length - 1] += ','
  return names.includes('') ? undefined : names
}

/**
 * The columns a list asks for, in capitals. A leading + is for who adds them to the usual ones. Fails without a word if a
 * name is missing; of a wrong one it says the rest of the list, too.
 */
export function columnIds(list: string, known: Readonly<Record<string, unknown>>): string[] {
  const words = list.replace(/^\+/, '')
  const names = splitIds(words)
  const tried = names ?? words.slice(0, Math.max(0, words.search(/^,|,,/))).split(',')
  for (const [i, name] of tried.entries())
    if ((names || name) && !Object.hasOwn(known, name.toUpperCase()))
      throw fatal(`unknown column: ${words.split(',').slice(i).join(',')}`)
  if (!names) throw fatal('')
  return names.map(it => it.toUpperCase())
}
