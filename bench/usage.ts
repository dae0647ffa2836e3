// Loaded into every measured server before its own code (node --import): it tells the harness, over the channel between
// the two processes, what the server has used so far, and ends the server when the harness is gone.

/** Since the process started. */
export type Usage = { cpuMicroseconds: number; rssBytes: number }

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMicroseconds: user + system, rssBytes: process.memoryUsage.rss() } satisfies Usage)
})
process.on('disconnect', () => process.exit())
