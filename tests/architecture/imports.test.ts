import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, it } from 'node:test'

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, imports: importsOf(file) }))

/** What a file imports: packages by name, our own files by their path below src. */
function importsOf(file: string): string[] {
  const text = readFileSync(join('src', file), 'utf8')
  const specifiers = [...text.matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'|import\('([^']+)'\)/gm)]
  return specifiers.map(([, named, dynamic]) => {
    const specifier = named ?? dynamic ?? ''
    return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier
  })
}

function importersOf(wanted: (specifier: string) => boolean): string[] {
  return sources.filter(({ imports }) => imports.some(wanted)).map(({ file }) => file)
}

function isSandbox(file: string): boolean {
  return file.startsWith('sandbox/')
}

describe('the structure of the source', () => {
  it('is seen whole', () => {
    assert.ok(sources.length > 60)
    assert.ok(sources.reduce((sum, { imports }) => sum + imports.length, 0) > 200)
  })

  it('keeps Redis in the files that end in .redis.ts', () => {
    const importers = importersOf((specifier) => specifier === 'ioredis')
    assert.ok(importers.length >= 3)
    for (const file of importers) assert.match(file, /\.redis\.ts$/)
  })

  it('keeps Stripe in the files that end in .stripe.ts, and in its stand-in', () => {
    const importers = importersOf((specifier) => specifier === 'stripe').filter((file) => !isSandbox(file))
    assert.ok(importers.length >= 3)
    for (const file of importers) assert.match(file, /\.stripe\.ts$/)
  })

  it('keeps Express in the composition root, the routes and what http/ adds to it', () => {
    const importers = importersOf((specifier) => specifier === 'express').filter((file) => !isSandbox(file))
    assert.ok(importers.length >= 3)
    for (const file of importers) assert.match(file, /^app\.ts$|^http\/|\.routes\.ts$/)
  })

  it('loads the sandbox in one place only, and gives it nothing that a publisher has not', () => {
    const outside = (file: string) => !isSandbox(file)
    assert.deepEqual(importersOf(isSandbox).filter(outside), ['outside.ts'])
    const into = sources.filter(({ file }) => isSandbox(file)).flatMap(({ imports }) => imports)
    assert.deepEqual(
      into.filter((specifier) => specifier.endsWith('.ts') && outside(specifier)),
      ['verify/express.ts'],
    )
  })

  it('lets what publishers import to verify grants need nothing of the server', () => {
    const verify = sources.filter(({ file }) => file.startsWith('verify/'))
    assert.ok(verify.length >= 4)
    for (const specifier of verify.flatMap(({ imports }) => imports))
      assert.match(specifier, /^jose$|^verify\//)
  })

  it('lets the browser’s script import nothing of the server', () => {
    const imports = sources
      .filter(({ file }) => file.startsWith('browser/'))
      .flatMap((source) => source.imports)
    assert.ok(imports.length > 5)
    for (const specifier of imports) assert.match(specifier, /^browser\//)
  })

  it('lets the console’s web app know nothing of the server, and of the browser’s script only what it draws', () => {
    const web = sources.filter(({ file }) => file.startsWith('console/web/'))
    assert.ok(web.length > 40)
    const packages = /^(?:react(?:-dom\/client|-aria-components)?|@tanstack\/react-query|wouter)$/
    for (const specifier of web.flatMap(({ imports }) => imports)) {
      assert.match(
        specifier,
        new RegExp(
          `${packages.source}|^console/web/|^browser/(?:(?:nudge-)?wall\\.ts|fold\\.ts|page-api\\.d\\.ts)$`,
        ),
      )
    }
    const reachesForIt = importersOf((specifier) => specifier.startsWith('console/web/'))
    assert.deepEqual(
      reachesForIt.filter((file) => !file.startsWith('console/web/')),
      [],
    )
  })

  it('lets nothing but the start and the composition root reach for them', () => {
    assert.deepEqual(
      importersOf((specifier) => specifier === 'app.ts'),
      ['server.ts'],
    )
    assert.deepEqual(
      importersOf((specifier) => specifier === 'outside.ts'),
      ['app.ts'],
    )
    assert.deepEqual(
      importersOf((specifier) => specifier === 'server.ts'),
      [],
    )
  })

  it('keeps deciding free of HTTP, stores and clocks', () => {
    const deciding = [
      'paywall/decision.ts',
      'metering/views.ts',
      'metering/meter-question.ts',
      'offers/choose-offer.ts',
    ]
    for (const file of deciding) {
      const source = sources.find((source) => source.file === file)
      assert.ok(source, file)
      const outside = source.imports.filter((specifier) =>
        /^http\/|\.(redis|sqlite|stripe|routes)\.ts$/.test(specifier),
      )
      assert.deepEqual(outside, [], file)
      assert.doesNotMatch(readFileSync(join('src', file), 'utf8'), /Date\.now|new Date\(\)/)
    }
  })
})
