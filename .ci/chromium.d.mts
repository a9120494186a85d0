export function findChromium(): Promise<string | undefined>
export function needChromium(): Promise<string | undefined>
export const advice: string
export const flags: string[]
