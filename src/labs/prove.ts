/**
 * Proves a lab: for each step with a check, the check fails on the host as the steps before left it, the solution
 * runs, and then the check passes. The solutions are typed into one root shell, as a person would.
 */
import { type HiddenCommand, Machine } from '../machine/index.ts'
import { loadLab } from './lab.ts'

export interface Proof {
  readonly lab: string
  readonly step: string
  readonly passed: boolean
  /** Why not, with what the check printed. */
  readonly reason?: string
}

const SECOND = 1_000_000_000
/** A script of a lab that takes longer than this in virtual time has failed. */
const TIME_LIMIT = 60 * SECOND

/** Let the machine run until the script is over; its exit status, 255 when the time is up. */
export function finish(machine: Machine, command: HiddenCommand): number {
  const limit = machine.now + TIME_LIMIT
  while (command.status === undefined && machine.now < limit)
    machine.runUntil(Math.min(limit, machine.nextEvent() ?? limit))
  return command.status === undefined ? 255 : command.status >> 8 || command.status & 0x7f
}

export async function proveLab(name: string): Promise<Proof[]> {
  const lab = await loadLab(name, 'en')
  const machine = new Machine(lab.cgroup ? { cgroup: lab.cgroup } : {})
  machine.openTerminal({ rows: 24, cols: 80 })
  const proofs: Proof[] = []
  for (const [i, step] of lab.steps.entries()) {
    if (step.background) finish(machine, machine.runHidden(step.background))
    if (!step.verify) continue
    const result = (passed: boolean, reason?: string) =>
      proofs.push({ lab: name, step: `${i}. ${step.title}`, passed, ...(reason !== undefined && { reason }) })
    if (finish(machine, machine.runHidden(step.verify)) === 0) {
      result(false, 'the check passes before the solution')
      continue
    }
    if (!step.solution) {
      result(false, 'there is no solution')
      continue
    }
    const solution = machine.runHidden(step.solution)
    const solved = finish(machine, solution)
    const check = machine.runHidden(step.verify)
    const status = finish(machine, check)
    if (status === 0) result(true)
    else
      result(
        false,
        `the check fails (${status}) after the solution (${solved}): ${solution.output}${check.output}`,
      )
  }
  return proofs
}
