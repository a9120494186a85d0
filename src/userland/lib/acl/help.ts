/** --help and --version of getfacl and setfacl, which also know them as -h and -v. */
import type { Options } from '../command.ts'
import { longsOf, shortOf } from '../getopt.ts'

const VERSION = '2.3.1'

/** `setfacl 2.3.1`, what --version prints. */
export const versionOf = (name: string): string => `${name} ${VERSION}\n`

/** The options with what they do, one a line. */
export function helpOf(name: string, summary: string, usage: string, options: Options): string {
  const lines = Object.entries(options).map(([key, option]) => {
    const letter = shortOf(key, option)
    const name = `--${longsOf(key, option)[0]}${option.value ?? ''}`
    return `  ${letter ? `-${letter},` : '   '} ${name.padEnd(19)} ${option.help ?? ''}\n`
  })
  return `${name} ${VERSION} -- ${summary}\nUsage: ${usage}\n${lines.join('')}`
}
