import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { startService } from './service.ts'

/**
 * A site made of files, on an origin of its own, that knows nothing of Newsrack but the one line; and a service for it,
 * whose host is `localhost`. On the host `127.0.0.1` the site is of a foreign domain to browsers, and the service's
 * cookies do not reach it. An article below `/for-accounts/` needs an account.
 */
export async function startStaticSite({ host = 'localhost' }: { host?: 'localhost' | '127.0.0.1' } = {}) {
  const port = await freePort()
  const origin = `http://${host}:${port}`
  const configDir = await configurationFor(origin)
  const service = await startService({ environment: { CONFIG_DIR: configDir } })
  const site = createServer((request, response) => {
    const path = new URL(request.url ?? '/', origin).pathname
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(path, service.url))
  })
  await once(site.listen(port, '127.0.0.1'), 'listening')
  return {
    origin,
    service,
    async stop() {
      site.closeAllConnections()
      site.close()
      await service.stop()
      await rm(configDir, { recursive: true, force: true })
    },
  }
}

export type StaticSite = Awaited<ReturnType<typeof startStaticSite>>

async function configurationFor(origin: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'newsrack-static-site-'))
  await cp('config', folder, { recursive: true })
  const sites = join(folder, 'sites.yaml')
  const text = await readFile(sites, 'utf8')
  await writeFile(
    sites,
    text.replace(/^ {2}(# )?url: .*$/m, `  url: ${origin}`).replace(/^ {2}grants:.*\n/m, ''),
  )
  return folder
}

function page(path: string, serviceUrl: string): string {
  const structured = {
    '@context': 'https://schema.org',
    '@graph': [
      { '@type': 'WebSite', name: 'The Upper Town Echo' },
      ...(path === '/about'
        ? []
        : [
            {
              '@type': 'NewsArticle',
              url: path,
              isAccessibleForFree: 'False',
              hasPart: { '@type': 'WebPageElement', isAccessibleForFree: 'False', cssSelector: '#story' },
            },
          ]),
    ],
  }
  const articleClass = path.startsWith('/for-accounts/') ? ' data-class="registered"' : ''
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Echo</title>
<meta name="viewport" content="width=device-width">
<script type="application/ld+json">${JSON.stringify(structured)}</script>
<script async src="${serviceUrl}/newsrack.js"${articleClass}></script>
<h1>${path}</h1><p data-newsrack-meter></p>
<div id="story"><p>It began so.</p><p>The rest of it.</p></div></html>`
}
