/** The page's language: the reader's choice, else the browser's. */
import { en, type Dictionary, type Message } from './en.ts'
import { ko } from './ko.ts'

export const LANGUAGES = { en: 'English', ko: '한국어' } as const
export type Language = keyof typeof LANGUAGES
const DICTIONARIES: Record<Language, Dictionary> = { en, ko }

const isLanguage = (name: string | null | undefined): name is Language => name === 'en' || name === 'ko'

function preferred(): Language {
  const asked = new URLSearchParams(location.search).get('lang')
  if (isLanguage(asked)) return asked
  return navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en'
}

const first = preferred()
let current = $state<Language>(first)

export const language = {
  get current(): Language {
    return current
  },
  set current(it: Language) {
    current = it
    document.documentElement.lang = it
  },
}
document.documentElement.lang = first

type Values = Readonly<Record<string, string | number>>

/** What gives the text of a message of some dictionaries, its `{name}` places filled in. */
export const translator =
  <M extends string>(dictionaries: Readonly<Record<Language, Readonly<Record<M, string>>>>) =>
  (message: M, values: Values = {}): string =>
    dictionaries[current][message].replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    )

export const t = translator<Message>(DICTIONARIES)
