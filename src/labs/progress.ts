/** How far somebody has come in which lab: a document of the session, changed by copies (immer) and kept by the page. */
import { produce } from 'immer'

export interface Progress {
  /** The lab whose text is shown. */
  readonly open: string | undefined
  readonly labs: Readonly<Record<string, LabProgress>>
}

export interface LabProgress {
  /** The step that is shown. */
  readonly at: number
  /** Steps whose check has passed. */
  readonly passed: readonly number[]
}

export const NO_PROGRESS: Progress = { open: undefined, labs: {} }
const BEGINNING: LabProgress = { at: 0, passed: [] }

export const progressOf = (it: Progress, lab: string): LabProgress => it.labs[lab] ?? BEGINNING

/** A lab's text is opened, or none. */
export const withOpen = (it: Progress, lab: string | undefined): Progress =>
  produce(it, draft => {
    draft.open = lab
  })

/** A step is shown, and perhaps just passed. */
export const withStep = (it: Progress, lab: string, at: number, hasPassed: boolean): Progress =>
  produce(it, draft => {
    const mine = (draft.labs[lab] ??= { at: 0, passed: [] })
    mine.at = at
    if (hasPassed && !mine.passed.includes(at)) mine.passed.push(at)
  })

/** A fresh host: nothing has been done on it. */
export const withoutSteps = (it: Progress): Progress =>
  produce(it, draft => {
    draft.labs = {}
  })
