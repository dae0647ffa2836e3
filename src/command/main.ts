#!/usr/bin/env node
import { runCommand } from './run-command.ts'

process.exitCode = await runCommand({
  argv: process.argv.slice(2),
  env: process.env,
  output: process.stdout,
  errors: process.stderr,
})
