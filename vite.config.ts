import { defineConfig } from 'vite'

/** The browser script: one classic file that a page loads with `<script async src="…/newsrack.js">`. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist/browser',
    // What else the script needs (adopted style sheets) came to browsers later than this.
    target: 'es2022',
    // light-dark() is used with a fallback of our own; lowering it would lose the page's color-scheme.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    lib: {
      entry: 'src/browser/newsrack.ts',
      formats: ['iife'],
      name: 'newsrack',
      fileName: () => 'newsrack.js',
    },
  },
})
