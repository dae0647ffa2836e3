import { fileURLToPath } from 'node:url'
import { build, type InlineConfig } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The files of dist/verify as the build makes them, name to code, without writing any. */
export function buildVerify(): Promise<Map<string, string>> {
  return built({ configFile: `${root}vite.verify.config.ts` })
}

/** The guard for edge runtimes as one script without modules, which defines `newsrackVerify`. */
export async function buildVerifyForEdge(): Promise<string> {
  const files = await built({
    configFile: false,
    build: {
      target: 'es2022',
      lib: {
        entry: `${root}src/verify/fetch.ts`,
        formats: ['iife'],
        name: 'newsrackVerify',
        fileName: 'edge',
      },
    },
  })
  const [[, code] = ['', '']] = files
  return code
}

async function built({ build: options, ...config }: InlineConfig): Promise<Map<string, string>> {
  const outputs = await build({ root, logLevel: 'silent', ...config, build: { ...options, write: false } })
  const chunks = [outputs].flat().flatMap((output) => ('output' in output ? output.output : []))
  return new Map(chunks.flatMap((chunk) => (chunk.type === 'chunk' ? [[chunk.fileName, chunk.code]] : [])))
}
