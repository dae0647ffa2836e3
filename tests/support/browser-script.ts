import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The browser script as `vite build` makes it, without writing a file. */
export async function buildBrowserScript(): Promise<string> {
  const built = await build({
    root,
    configFile: `${root}vite.config.ts`,
    logLevel: 'silent',
    build: { write: false },
  })
  const chunks = [built].flat().flatMap((output) => ('output' in output ? output.output : []))
  const [script, ...others] = chunks
  if (script?.type !== 'chunk' || others.length > 0) {
    throw new Error(`expected one script, built ${chunks.map((chunk) => chunk.fileName).join(', ')}`)
  }
  return script.code
}
