export const root: string
export const cache: string
export const DEBUGPY: string
export function environment(name: string, packages: readonly string[], python?: string): string
export function basePython(): string
