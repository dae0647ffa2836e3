import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { offerWords } from '../../src/offers/words.ts'
import { anOffer, aPlan, aSite } from './examples.ts'
import { type Showcase, showcase } from './showcase.ts'

const now = Date.parse('2026-11-24T09:30:00-05:00')
const languages = ['en-US', 'de-DE', 'ar', 'ar-EG']

describe('the words of every kind of offer, in every language', () => {
  it('are those that words.md holds; write it anew with --test-update-snapshots, and read what changed', (t) => {
    const table = [heading, ...showcase.map(chapter)].join('\n')
    t.assert.fileSnapshot(table, fileURLToPath(new URL('words.md', import.meta.url)), {
      serializers: [String],
    })
  })
})

const heading = `# What readers are told

Every kind of offer in every language, bought in the morning of November 24, 2026 in New York. A test compares this file
with what the service says.
`

function chapter({ name, offer, plan = {} }: Showcase): string {
  return `## ${name}\n\n${languages.map((language) => told({ offer, plan, language })).join('\n')}`
}

function told(given: Required<Pick<Showcase, 'offer' | 'plan'>> & { language: string }): string {
  const { language } = given
  const [offer, plan, site] = [anOffer(given.offer), aPlan(given.plan), aSite()]
  const words = offerWords({ offer, plan, site, language, now })
  const payments = words.payments.map(({ label, text }) => `${label}: ${text}`).join(' | ')
  return `**${language}** ${[words.price, ...words.notes].join(' · ')}\n\n> ${words.terms}\n\n${payments}\n`
}
