/** Lists of names in one argument. Linux: util-linux lib/strutils.c:string_to_idarray(). */

/** The names of a list apart by commas; undefined if one is missing. A comma at the end belongs to the last name. */
export function splitIds(list: string): string[] | undefined {
  const last = list.length - 1
  const names = list.endsWith(',') ? list.slice(0, last).split(',') : list.split(',')
  if (list.endsWith(',')) names[names.length - 1] += ','
  return names.includes('') ? undefined : names
}
