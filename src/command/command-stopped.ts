/** Why a command was not done, in words for the person at the terminal. */
export class CommandStopped extends Error {
  override name = 'CommandStopped'
}
