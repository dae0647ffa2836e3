import { defineConfig } from 'vite'

/** What publishers import to verify grants: two modules and what they share, which need no package beside them. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist/verify',
    target: 'es2022',
    minify: false,
    rolldownOptions: { output: { chunkFileNames: 'shared.js' } },
    lib: {
      entry: { express: 'src/verify/express.ts', fetch: 'src/verify/fetch.ts' },
      formats: ['es'],
      fileName: (_format, name) => `${name}.js`,
    },
  },
})
