import { articleIdOf } from './article-id.ts'
import type { LogRecord } from './parse-log-line.ts'
import { splitTarget } from './split-target.ts'

export type RequestClass =
  | { kind: 'page'; articleId: string; url: string | null }
  | { kind: 'asset' | 'feed' | 'other'; detail: string }

const assetsByExtension = new Map(
  Object.entries({
    image: 'png jpg jpeg gif svg webp avif ico cur bmp tif tiff',
    style: 'css less scss map',
    script: 'js mjs wasm',
    font: 'woff woff2 ttf otf eot',
    media: 'mp3 m4a ogg oga wav flac mp4 m4v webm ogv mov avi mkv swf m3u8 ts vtt',
    archive: 'zip gz tgz bz2 xz zst 7z rar tar jar war deb rpm gem whl dmg exe msi iso apk',
    document: 'pdf ps doc docx xls xlsx ppt pptx odt ods odp epub tex',
    'plain file':
      'txt log csv tsv json conf cfg ini yml yaml sql xsl c h cpp hpp java py pyc rb lua pl sh diff patch',
  }).flatMap(([detail, extensions]) => extensions.split(' ').map((extension) => [extension, detail])),
)

const staticFolders = new Set(
  'assets css downloads files fonts images img js static uploads wp-content wp-includes _next _nuxt'.split(
    ' ',
  ),
)

/** What a request was for: an article's page, or what a meter never sees, with the kind of it in one word or two. */
export function classifyRequest({ request, status }: Pick<LogRecord, 'request' | 'status'>): RequestClass {
  if (request === null) return { kind: 'other', detail: 'no request' }
  if (request.method !== 'GET') return { kind: 'other', detail: `method ${request.method.toUpperCase()}` }
  if (status !== 200 && status !== 304) return { kind: 'other', detail: `status ${status}` }
  const target = splitTarget(request.target)
  if (target === null) return { kind: 'other', detail: 'not a path' }

  const articleId = articleIdOf(target.path)
  const path = articleId.toLowerCase()
  const feed = feedKind(path, target.query)
  if (feed !== null) return { kind: 'feed', detail: feed }
  const asset = assetKind(path)
  if (asset !== null) return { kind: 'asset', detail: asset }
  return { kind: 'page', articleId, url: target.url }
}

function feedKind(path: string, query: URLSearchParams): string | null {
  if (/\.(?:rss|atom|rdf)$|\/(?:feeds?|rss2?|atom|rdf)$|^\/(?:feeds?|rss|atom)\//.test(path)) return 'by path'
  if (path.endsWith('.xml')) return 'xml'
  // One address for people and feed readers alike, told apart by a parameter: WordPress's feed, Blosxom's flav.
  const formats = ['feed', 'flav', 'format', 'output', 'type'].flatMap((name) => query.getAll(name))
  return formats.some((format) => /^(?:rss|atom|rdf)/i.test(format)) ? 'by query' : null
}

function assetKind(path: string): string | null {
  if (path === '/robots.txt') return 'robots.txt'
  if (/\/(?:favicon|apple-touch-icon)[^/]*$/.test(path)) return 'favicon'
  const byExtension = assetsByExtension.get(/\.([a-z0-9]+)$/.exec(path)?.[1] ?? '')
  if (byExtension !== undefined) return byExtension
  return staticFolders.has(path.split('/')[1] ?? '') ? 'static folder' : null
}
