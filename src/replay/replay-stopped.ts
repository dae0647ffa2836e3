/** Why a replay cannot start or go on, in one sentence for the person at the terminal. */
export class ReplayStopped extends Error {
  override name = 'ReplayStopped'
}
