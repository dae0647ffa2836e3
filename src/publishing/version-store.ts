import { z } from 'zod'

/** One numbered, immutable version of the configuration. */
export const versionSchema = z.object({
  number: z.int(),
  source: z.string().describe('What it was made from, to tell whether the files have changed'),
  configuration: z.unknown().describe('The configuration with every instant fixed'),
  publishedAtMs: z.int(),
})

export type Version = z.infer<typeof versionSchema>

/** Versions are only ever added: 1, 2, 3 … */
export type VersionStore = {
  /** The instant of the installation's first start: the given one the first time, that same one ever after. */
  firstStart(nowMs: number): Promise<number>
  latest(): Promise<Version | null>
  /** Adds a version. Answers false, and adds nothing, when that number has been taken meanwhile. */
  publishVersion(version: Version): Promise<boolean>
}
