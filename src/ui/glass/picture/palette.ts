/**
 * The colours of tasks and cgroups: those of Okabe and Ito, which colour-blind people tell apart, brightened for a dark
 * ground. By the number of what they stand for, so that the same has the same colour wherever it appears.
 */
const COLOURS = ['#56b4e9', '#e69f00', '#2bc29a', '#f0e442', '#ee7b4d', '#d68fbb', '#8fa8ff', '#c8b58e']

/** What is in no cgroup of its own. */
export const HOST = '#8793a3'

export const colourOf = (id: number): string => COLOURS[id % COLOURS.length]!

/** What memory is used for. */
export const MEMORY = {
  anon: '#ee7b4d',
  kernel: '#8793a3',
  shmem: '#8fa8ff',
  file: '#56b4e9',
  swap: '#c8b58e',
} as const
