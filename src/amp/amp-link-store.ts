/**
 * Which reader of ours an AMP reader has said to be. Both are named by the key of `readerKey()`; times are epoch
 * milliseconds. A link expires by itself.
 */
export type AmpLinkStore = {
  /** From now on `ampReader` is `reader`, until another reader says so. */
  connect(link: { ampReader: string; reader: string; now: number; expiresAtMs: number }): Promise<void>
  connected(ampReader: string): Promise<string | null>
}
