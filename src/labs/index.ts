export { labTitles, loadLab, type Lab, type LabStep, type LabTitle } from './lab.ts'
export type { Action, Block, Inline, Markdown } from './markdown.ts'
export {
  NO_PROGRESS,
  type LabProgress,
  type Progress,
  progressOf,
  withOpen,
  withoutSteps,
  withStep,
} from './progress.ts'
export { finish, type Proof, proveLab } from './prove.ts'
