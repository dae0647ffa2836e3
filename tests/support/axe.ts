import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { z } from 'zod'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const foundSchema = z.object({
  passes: z.int(),
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.string()) })),
})

/** What axe finds that keeps people out of a page: rules, and where they are broken. */
export async function violationsOn(page: Page): Promise<z.infer<typeof foundSchema>['violations']> {
  await page.evaluate(source)
  const found = foundSchema.parse(
    await page.evaluate(`axe.run().then(({ violations, passes }) => ({
      passes: passes.length,
      violations: violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })),
    }))`),
  )
  if (found.passes < 5) throw new Error('axe has hardly seen the page')
  return found.violations
}
