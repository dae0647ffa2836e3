import type { PeopleParts } from './parts.ts'
import type { Person } from './person.ts'
import { makeToken } from './secret-token.ts'
import type { Link } from './session-store.ts'

/** The console's pages that a mailed link opens. The token stands behind #, so that no log of a server has it. */
export const linkPaths = { invitation: '/console/invitation', password: '/console/password' }

const lifeMs = { invitation: 7 * 24 * 3_600_000, password: 3_600_000 }

/** Mails a person a link that works once. Rejects with MailNotTaken. */
export async function mailLink(
  {
    sessionStore,
    mailer,
    serviceUrl,
    now,
  }: Pick<PeopleParts, 'sessionStore' | 'mailer' | 'serviceUrl' | 'now'>,
  person: Person,
  purpose: Link['purpose'],
  invitedBy = '',
): Promise<void> {
  const { token, hash } = makeToken()
  await sessionStore.saveLink(hash, { person: person.id, purpose }, now() + lifeMs[purpose])
  const url = new URL(linkPaths[purpose], serviceUrl)
  url.hash = token
  await mailer.send({
    id: `console-link:${hash}`,
    to: person.email,
    html: null,
    language: 'en',
    ...words[purpose](url, invitedBy),
  })
}

const words: Record<Link['purpose'], (url: URL, invitedBy: string) => { subject: string; text: string }> = {
  invitation: ({ href, host }, invitedBy) => ({
    subject: 'You are invited to the Newsrack console',
    text: [
      `${invitedBy === '' ? 'You are invited' : `${invitedBy} invites you`} to the console of ${host}, where offers and meters are changed.`,
      `Choose a password here, within seven days:\n${href}`,
      'If you did not expect this, do nothing: without you nothing happens.',
    ].join('\n\n'),
  }),
  password: ({ href, host }) => ({
    subject: 'A new password for the Newsrack console',
    text: [
      `Somebody, you we hope, wants a new password for the console of ${host}.`,
      `Choose it here, within an hour:\n${href}`,
      'If it was not you, do nothing: your password stays what it is.',
    ].join('\n\n'),
  }),
}
