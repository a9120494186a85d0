/** Patterns as the shell has them: what is special in them, and how quoted text stands in them. See lib/fnmatch. */
import { fnmatch, type FnmatchOptions } from '../../userland/lib/fnmatch.ts'

export { globRegex, globSource } from '../../userland/lib/fnmatch.ts'
export { escapeRegex } from '../../userland/lib/regex.ts'

/** Whether the whole text matches. */
export const matches = (text: string, pattern: string, options?: FnmatchOptions): boolean =>
  fnmatch(pattern, text, options)

/** Whether a text holds anything that is special in patterns. */
export const isPattern = (text: string): boolean => /[*?[\\]|[@+!]\(/.test(text)

/** A text as a pattern that matches just it. */
export const escapePattern = (text: string): string =>
  /[*?[\]\\()|!@+]/.test(text) ? text.replace(/[*?[\]\\()|!@+]/g, '\\$&') : text
