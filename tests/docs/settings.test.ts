import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { settingNames } from '../../src/settings.ts'
import { headings, readText } from './markdown.ts'

const declared = settingNames.toSorted()

describe('the settings', () => {
  it('are seen', () => {
    assert.ok(declared.length >= 12, `${declared.length} settings`)
  })

  it('are each explained in docs/settings.md, and no others', () => {
    assert.deepEqual(headings(readText('docs/settings.md'), 2).sort(), declared)
  })

  it('are each in the form to fill in, and no others', () => {
    assert.deepEqual(namesIn(/^(?:# )?([A-Z][A-Z_]+)=/gm, readText('config/.env.example')), declared)
  })

  it('are left blank in the form where they are secret', () => {
    const form = readText('config/.env.example')
    for (const secret of [
      'NEWSRACK_SECRET',
      'STRIPE_SECRET_KEY',
      'STRIPE_WEBHOOK_SECRET',
      'SMTP_URL',
      'SITE_KEYS',
      'SIGN_IN_SECRETS',
      'METRICS_TOKEN',
      'OIDC_CLIENT_SECRET',
    ]) {
      assert.match(form, new RegExp(`^${secret}=$`, 'm'))
    }
  })
})

function namesIn(pattern: RegExp, text: string): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].sort()
}
