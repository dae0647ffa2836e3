import type { ApiKey } from './api-key.ts'

/** The keys made in the console. Every process holds all of them in memory, so there are not too many. */
export type ApiKeyStore = {
  /** Goes up with every change; cheap enough to be asked twice a second. */
  keysRevision(): Promise<number>
  /** All of them, also those that have ended. */
  apiKeys(): Promise<ApiKey[]>
  /** Adds a key, or writes one anew. */
  saveApiKey(key: ApiKey): Promise<void>
}
