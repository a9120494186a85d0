/**
 * The labs of sims/: a folder each, in the form of a Killercoda scenario. Beyond it, a step may have a `solution`
 * script, which tests replay, the index may say which cgroup version the host boots with, and every text may have a
 * translation beside it (`text.ko.md`). Source: killercoda.com/creators.
 */
import type { Markdown } from './markdown.ts'

interface ScenarioStep {
  readonly title?: string
  readonly text: string
  readonly verify?: string
  readonly background?: string
  readonly foreground?: string
  readonly solution?: string
}

/** index.json. */
interface Scenario {
  readonly title: string
  readonly description?: string
  readonly titles?: Readonly<Record<string, string>>
  readonly details: {
    readonly intro?: ScenarioStep
    readonly steps: readonly ScenarioStep[]
    readonly finish?: ScenarioStep
  }
  readonly vitrine?: {
    readonly cgroup?: 'v1' | 'v2'
    readonly stepTitles?: Readonly<Record<string, readonly string[]>>
  }
}

export interface LabStep {
  readonly title: string
  readonly text: Markdown
  /** Scripts, run as root: does the host stand as the step asks (exit status 0), what prepares it, what solves it. */
  readonly verify: string | undefined
  readonly background: string | undefined
  readonly solution: string | undefined
}

export interface Lab {
  readonly name: string
  readonly title: string
  readonly cgroup: 'v1' | 'v2' | undefined
  /** The introduction first, the finish last. */
  readonly steps: readonly LabStep[]
}

/** What a list of labs shows. */
export interface LabTitle {
  readonly name: string
  readonly title: string
  readonly cgroup: 'v1' | 'v2' | undefined
}

const indexes = import.meta.glob<Scenario>('/sims/*/index.json', { eager: true, import: 'default' })
const texts = import.meta.glob<Markdown>('/sims/**/*.md', { import: 'default' })
const scripts = import.meta.glob<string>('/sims/**/*.sh', { query: '?raw', import: 'default' })

const indexOf = (name: string): Scenario | undefined => indexes[`/sims/${name}/index.json`]

/** All labs, in the order of their folders' names. */
export function labTitles(language: string): readonly LabTitle[] {
  return Object.keys(indexes)
    .sort()
    .map(path => {
      const name = path.split('/')[2]!
      const it = indexes[path]!
      return { name, title: it.titles?.[language] ?? it.title, cgroup: it.vitrine?.cgroup }
    })
}

/** Read a lab in a language; English where there is no translation. Throws when there is no such lab or file. */
export async function loadLab(name: string, language: string): Promise<Lab> {
  const index = indexOf(name)
  if (!index) throw new Error(`there is no lab ${name}`)
  const { intro, steps, finish } = index.details
  const titles = index.vitrine?.stepTitles?.[language]
  const all = [...(intro ? [intro] : []), ...steps, ...(finish ? [finish] : [])]
  return {
    name,
    title: index.titles?.[language] ?? index.title,
    cgroup: index.vitrine?.cgroup,
    steps: await Promise.all(all.map((step, i) => loadStep(name, step, titles?.[i], language))),
  }
}

async function loadStep(
  name: string,
  step: ScenarioStep,
  title: string | undefined,
  language: string,
): Promise<LabStep> {
  const translated = texts[`/sims/${name}/${step.text.replace(/\.md$/, `.${language}.md`)}`]
  const original = texts[`/sims/${name}/${step.text}`]
  if (!original) throw new Error(`lab ${name}: no file ${step.text}`)
  const [text, verify, background, solution] = await Promise.all([
    (translated ?? original)(),
    script(name, step.verify),
    script(name, step.background),
    script(name, step.solution),
  ])
  return { title: title ?? step.title ?? '', text, verify, background, solution }
}

async function script(name: string, file: string | undefined): Promise<string | undefined> {
  if (!file) return undefined
  const load = scripts[`/sims/${name}/${file}`]
  if (!load) throw new Error(`lab ${name}: no file ${file}`)
  return load()
}
