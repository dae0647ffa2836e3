import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { answerSchema } from '../../src/paywall/answer.ts'
import { nudgeWords } from '../../src/paywall/wall-words.ts'
import { writeAnswer } from '../../src/paywall/write-answer.ts'

const id = fc.stringMatching(/^[a-z0-9-]{1,30}$/)
const words = fc.string({ unit: 'grapheme', minLength: 1 })
const instant = fc.constantFrom('2026-12-01T00:00:00-05:00', '2027-02-28T23:59:59+01:00')
const reason = fc.constantFrom(...answerSchema.shape.reason.options)

const wallWords = fc
  .constantFrom('en-US', 'de-DE', 'ar')
  .chain((language) =>
    fc
      .record({ closed: words, later: fc.option(words) })
      .map((own) => ({ ...nudgeWords(language, null), ...own })),
  )

const answers = fc.record({
  granted: fc.boolean(),
  reason,
  meter: fc.option(
    fc.record({
      id,
      window: fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'rolling' as const),
      used: fc.nat(),
      limit: fc.nat(),
      left: fc.nat(),
      resetsAt: instant,
      words: fc.option(fc.record({ left: words, more: fc.option(words) })),
    }),
  ),
  wall: fc.option(
    fc.record({
      kind: fc.constantFrom('subscription' as const, 'registration' as const),
      layout: fc.constantFrom('inline' as const, 'overlay' as const, 'bar' as const),
      dismissible: fc.boolean(),
      words: wallWords,
    }),
  ),
  nudge: fc.option(fc.record({ words: wallWords })),
  offer: fc.option(
    fc.record({
      id,
      language: fc.constantFrom('en-US', 'de', 'ar'),
      headline: words,
      price: words,
      button: words,
      notes: fc.array(words),
      terms: words,
      termsHash: id,
      payments: fc.array(fc.record({ label: words, text: words })),
      endsAt: fc.option(instant),
    }),
  ),
  grant: fc.option(fc.stringMatching(/^[\w-]{1,300}\.[\w-]{1,300}\.[\w-]{86}$/)),
  decision: id,
  configVersion: fc.nat(),
})

it('an answer is written as the JSON that says just it, in ASCII', () => {
  fc.assert(
    fc.property(answers, (answer) => {
      const written = writeAnswer(answer)
      assert.match(written, /^[ -~]*$/)
      assert.deepEqual(JSON.parse(written), JSON.parse(JSON.stringify(answer)))
    }),
  )
})
