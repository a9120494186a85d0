/**
 * Programs that the kernel starts for itself: release agents, and what core_pattern pipes to. Linux: kernel/umh.c.
 * How a task is made lies above; it is handed in.
 */
import type { Kernel } from './kernel.ts'

/** Runs a program of the host outside of anybody's session, with `input` to read. Linux: call_usermodehelper(). */
export type UserModeHelper = (k: Kernel, argv: readonly string[], input?: Uint8Array) => void

const helpers = new WeakMap<Kernel, UserModeHelper>()

export const setUserModeHelper = (k: Kernel, helper: UserModeHelper): void => void helpers.set(k, helper)

export const userModeHelper: UserModeHelper = (k, argv, input) => helpers.get(k)?.(k, argv, input)
