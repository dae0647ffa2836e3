/** Something that is to be done again and again, by one process at a time. It may be repeated and broken off. */
export type Job = {
  /** Names it in the store, in logs and in metrics. */
  name: string
  /** How long after one run the next one is due. */
  everyMs: number
  /** Rejects when it could not be done; it is then tried again soon. */
  run(): Promise<void>
}
