import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { languageAmong } from '../../src/offers/languages.ts'
import { siteSchema } from '../../src/paywall/site.ts'
import { aSite } from './examples.ts'

describe('the language for a reader', () => {
  const languageFor = languageAmong(['en-US', 'en-GB', 'de-DE', 'ar'])

  it('is the very one asked for, else one of the same name, else the usual one', () => {
    for (const [asked, given] of [
      ['en-GB', 'en-GB'],
      ['EN-gb', 'en-GB'],
      ['en-AU', 'en-US'],
      ['en', 'en-US'],
      ['de', 'de-DE'],
      ['de-AT', 'de-DE'],
      ['de_CH', 'de-DE'],
      ['ar-EG', 'ar'],
      ['nl', 'en-US'],
      ['', 'en-US'],
      [undefined, 'en-US'],
    ] as const) {
      assert.equal(languageFor(asked), given, asked)
    }
  })
})

describe('the languages of a site', () => {
  const refused = (written: object) => siteSchema.safeParse({ ...aSite(), ...written }).error?.issues[0]

  it('have words of their own beside the usual one, which may have none', () => {
    assert.deepEqual(aSite({ language: 'ja-JP', languages: ['de', 'ar-EG'] }).languages, ['de', 'ar-EG'])
    assert.match(String(refused({ languages: ['fr'] })?.message), /words of its own \(en, de, ar\)/)
  })

  it('are each named once', () => {
    for (const languages of [['de', 'de'], ['en-US']]) {
      assert.deepEqual(refused({ languages })?.path, ['languages'])
    }
  })
})
