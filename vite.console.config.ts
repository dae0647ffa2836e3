import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The console, which the service has at /console: its pages, and the frame in which a wall is previewed. */
export default defineConfig({
  root: 'src/console/web',
  base: '/console/',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: '../../../dist/console',
    emptyOutDir: true,
    target: 'es2023',
    // light-dark() is left as it is: the page chooses its scheme itself.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The content security policy knows files of our own only, no data: of scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'src/console/web/index.html', preview: 'src/console/web/preview.html' },
    },
  },
})
