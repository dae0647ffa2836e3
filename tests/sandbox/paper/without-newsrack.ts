import type { Newsrack } from '../../../src/sandbox/paper/newsrack.ts'

/** The paper of a site that withholds its text, beside a Newsrack that does not answer. */
export const withoutNewsrack: Newsrack = {
  publicUrl: new URL('http://localhost'),
  address: new URL('http://127.0.0.1:9'),
  site: 'demo',
  siteKey: 'a-key-that-nobody-knows',
  withholdsText: () => true,
}
