/**
 * Which reader of ours an AMP reader has said to be. Both are named by the key of `readerKey()`; times are epoch
 * milliseconds. A link expires by itself.
 */
export type AmpLinkStore = {
  /** From now on `ampReader` is that reader, until another reader says so. */
  connect(link: { ampReader: string; now: number; expiresAtMs: number } & Connected): Promise<void>
  connected(ampReader: string): Promise<Connected | null>
  /** The AMP readers who are this reader, in order. */
  ampReadersOf(reader: string): Promise<string[]>
  /** `from` has signed in, and is the account `into` now. May be repeated. */
  moveReader(from: string, into: string): Promise<void>
  /** May be repeated. */
  forgetReader(reader: string): Promise<void>
}

/** `registered`: the reader is an account. */
export type Connected = { reader: string; registered: boolean }
