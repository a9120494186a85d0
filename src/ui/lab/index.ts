/** All that labs need. A chunk of its own, fetched behind the first prompt. */
export { labTitles, loadLab, withOpen, withoutSteps } from '../../labs/index.ts'
export { LabRun } from './lab.svelte.ts'
export { default as LabPanel } from './LabPanel.svelte'
export { progress } from './progress.svelte.ts'
