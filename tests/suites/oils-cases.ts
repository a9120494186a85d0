/**
 * The cases of the Oils project's shell tests (`spec/NAME.test.sh`), and what bash must print in each.
 *
 * A file is a row of cases: `#### title`, shell code, and assertions (`## stdout: x`, `## STDOUT:` … `## END`,
 * `## status: 1`, the `-json` forms). Assertions for one shell only are headed by why it differs and by its name:
 * `## OK bash/zsh status: 2`. Format: test/sh_spec.py of that project.
 */

export interface Case {
  readonly file: string
  /** From 0, in the order of the file. */
  readonly number: number
  readonly title: string
  readonly code: string
  readonly expected: Expectation
}

/** What is not said does not matter, but for the status, which is 0 then. */
export interface Expectation {
  readonly stdout?: string
  readonly stderr?: string
  readonly status: number
}

const PAIR = /^## +(?:(?:OK(?:-\d)?|BUG(?:-\d)?|N-I) +([\w+/]+) +)?([\w-]+):[ \t]*(.*)/

type Assertions = Map<string, string>

/** The cases of a file that bash is meant to run. Strings hold a character for each byte. */
export function parseCases(file: string, text: string): Case[] {
  const [head = '', ...bodies] = text.split(/^####/m)
  if (!isForBash(file, head)) return []
  return bodies.map((body, number) => ({ file, number, ...parseCase(body) }))
}

/** YSH and Hay are another language. */
function isForBash(file: string, head: string): boolean {
  const suite = /^## suite: *(\w+)/m.exec(head)?.[1]
  const shells = /^## compare_shells: *(.*)/m.exec(head)?.[1]?.split(/\s+/) ?? []
  return (
    shells.some(shell => shell.startsWith('bash')) && suite !== 'disabled' && !/^(ysh|hay|tea)/.test(file)
  )
}

function parseCase(body: string): Omit<Case, 'file' | 'number'> {
  const [first = '', ...rest] = body.split('\n')
  // Whole-line comments count nowhere, neither in code nor in what is expected.
  const lines = rest.filter(line => line.startsWith('## ') || !/^\s*#/.test(line))
  const common: Assertions = new Map()
  const bash: Assertions = new Map()
  const code: string[] = []
  let codeIsOver = false
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    const [, shells, key, value = ''] = PAIR.exec(line) ?? []
    if (key === undefined) {
      if (!codeIsOver && (code.length || line.trim())) code.push(line)
      continue
    }
    codeIsOver = code.length > 0
    const assertions = shells === undefined ? common : shells.split('/').includes('bash') ? bash : new Map()
    if (!/^STD(OUT|ERR)$/.test(key)) {
      assertions.set(key, /^std(out|err)$/.test(key) ? `${value}\n` : value)
      continue
    }
    let block = ''
    for (; at + 1 < lines.length && !lines[at + 1]!.startsWith('## '); at++) block += `${lines[at + 1]}\n`
    assertions.set(key.toLowerCase(), block)
  }
  const given = common.get('code')
  return { title: first.trim(), code: given ?? `${code.join('\n')}\n`, expected: expectation(common, bash) }
}

function expectation(common: Assertions, bash: Assertions): Expectation {
  const stream = (key: string) => text(bash, key) ?? text(common, key)
  const [stdout, stderr] = [stream('stdout'), stream('stderr')]
  return {
    ...(stdout !== undefined && { stdout }),
    ...(stderr !== undefined && { stderr }),
    status: Number(bash.get('status') ?? common.get('status') ?? 0),
  }
}

const text = (from: Assertions, key: string) => {
  const json = from.get(`${key}-json`)
  return json === undefined ? from.get(key) : Buffer.from(JSON.parse(json), 'utf8').toString('latin1')
}
