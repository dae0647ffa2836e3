import { runReplay } from './run-replay.ts'

process.exitCode = await runReplay({
  argv: process.argv.slice(2),
  env: process.env,
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  now: Date.now,
})
