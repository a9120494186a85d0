#!/usr/bin/env node
// Records what real Linux prints for conformance cases.
//
//   npm run conformance:record                    every case
//   npm run conformance:record -- FILE|DIR...     these only
//   ... --missing   only cases that have no .out yet
//   ... --check     write nothing; report the cases whose output differs
//   ... --jobs N    machines at a time (default 3)
//
// The recorder is the program $RECORDER; without it tests/tools/record-here.sh runs the cases on this machine. It is called as
//   RECORDER run --jobs N --quiet --out DIR [--cgroup v1] [--user] [--tty] CASE.sh...
// and writes DIR/CASE.out for each: the output, then `[exit N]`. A recording that
// says the same as the .out at hand (but for namespace numbers) leaves it alone.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const recorder = process.env.RECORDER || join(here, '../tools/record-here.sh')

/** The `# key: value` comments at the head of a case. */
function headers(file) {
  const found = {}
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (!line.startsWith('#')) break
    const m = /^# (user|cgroup|tty): *(\S+)/.exec(line)
    if (m) found[m[1]] = m[2]
  }
  return found
}

function options({ user, cgroup, tty }) {
  return [
    ...(cgroup ? ['--cgroup', cgroup] : []),
    ...(user === '1' ? ['--user'] : []),
    ...(tty === '1' ? ['--tty'] : []),
  ]
}

/** Namespace numbers, renumbered in order of appearance. */
function normalize(text) {
  const seen = new Map()
  const name = key => {
    if (!seen.has(key)) seen.set(key, `NS${seen.size + 1}`)
    return seen.get(key)
  }
  return text.replace(
    /\b(mnt|net|pid|uts|ipc|user|time|cgroup|pid_for_children|time_for_children):\[(\d+)\]|(?<![\w.-])(40265[34]\d{4})(?![\w.-])/g,
    (all, kind, number, bare) => {
      if (kind) return `${kind}:[${name(number)}]`
      return bare >= 4026531834 && bare < 4026540026 ? name(bare) : all
    },
  )
}

function casesIn(path) {
  if (!statSync(path).isDirectory()) return path.endsWith('.sh') ? [path] : []
  return readdirSync(path)
    .sort()
    .flatMap(f => casesIn(join(path, f)))
}

const args = process.argv.slice(2)
const flag = name => args.includes(name) && Boolean(args.splice(args.indexOf(name), 1))
const missing = flag('--missing')
const check = flag('--check')
const jobsAt = args.indexOf('--jobs')
const jobs = jobsAt < 0 ? '3' : args.splice(jobsAt, 2)[1]

const wanted = args.length ? args.map(a => resolve(a)) : [here]
const cases = [...new Set(wanted.flatMap(casesIn))].filter(c => !missing || !existsSync(outOf(c)))

function outOf(file) {
  return file.replace(/\.sh$/, '.out')
}

/** Groups of cases that are recorded alike; within one, no two of the same name. */
const groups = new Map()
for (const file of cases) {
  const opts = options(headers(file))
  for (let turn = 0; ; turn++) {
    const key = `${opts.join(' ')} ${turn}`
    const group = groups.get(key) ?? { opts, files: new Map() }
    groups.set(key, group)
    if (group.files.has(basename(file))) continue
    group.files.set(basename(file), file)
    break
  }
}

const count = { same: 0, changed: 0, new: 0, failed: 0 }
for (const { opts, files } of groups.values()) {
  const dir = mkdtempSync(join(tmpdir(), 'record-'))
  try {
    const run = spawnSync(
      recorder,
      ['run', '--jobs', jobs, '--quiet', '--out', dir, ...opts, ...files.values()],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    )
    if (run.error) {
      console.error(`cannot run ${recorder}: ${run.error.message}`)
      process.exit(2)
    }
    if (run.status === 2) process.exit(2)
    for (const [name, file] of files) {
      const made = join(dir, outOf(name))
      const text = existsSync(made) ? readFileSync(made, 'latin1') : ''
      const old = existsSync(outOf(file)) ? readFileSync(outOf(file), 'latin1') : undefined
      let what = 'new'
      if (!/(^|\n)\[exit \d+\]\n$/.test(text)) what = 'failed'
      else if (old !== undefined) what = normalize(old) === normalize(text) ? 'same' : 'changed'
      count[what]++
      if (what === 'same') continue
      console.log(`${what.padEnd(8)} ${relative(here, file)}`)
      if (what === 'failed') console.log(text.slice(-300) || '(no recording)')
      else if (!check) writeFileSync(outOf(file), text, 'latin1')
      else if (old !== undefined) console.log(difference(normalize(old), normalize(text)))
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function difference(a, b) {
  const [x, y] = [a.split('\n'), b.split('\n')]
  const lines = []
  for (let i = 0; i < Math.max(x.length, y.length) && lines.length < 12; i++) {
    if (x[i] !== y[i])
      lines.push(`    ${i + 1} was: ${x[i] ?? '(nothing)'}`, `    ${i + 1} now: ${y[i] ?? '(nothing)'}`)
  }
  return lines.join('\n')
}

console.log(
  `${cases.length} cases: ${count.same} as before, ${count.changed} changed, ${count.new} new, ${count.failed} failed`,
)
process.exit(count.failed || (check && count.changed) ? 1 : 0)
