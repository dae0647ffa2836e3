import type { SignInWords } from './sign-in-words.ts'

export const englishSignIn: SignInWords = {
  mail: {
    subject: (paper) => `Sign in to ${paper}`,
    open: (paper) => `Open this link to sign in to ${paper}:`,
    button: 'Sign in',
    onceOnly: 'The link works once, and for 15 minutes.',
    notYou: 'If you did not ask for it, do nothing: nobody can sign in without this mail.',
  },
  ask: {
    title: 'Sign in',
    text: 'We send you a link that signs you in. You need no password.',
    email: 'E-mail address',
    button: 'Send me the link',
    wrongAddress: 'That is not an e-mail address. Please check it.',
  },
  sent: {
    title: 'Check your mail',
    text: (email) => `We have sent a link to ${email}. Open it in this browser, within 15 minutes.`,
    hint: 'Nothing there? Look among the spam, or check that the address is right.',
    again: 'Ask again',
  },
  confirm: {
    title: (paper) => `Sign in to ${paper}?`,
    text: (email) => `You will be signed in as ${email} in this browser.`,
    otherBrowser:
      'This link may have been asked for in another browser. Go on only if you asked for it yourself.',
    signingIn: 'Signing you in …',
    button: 'Sign in',
  },
  ended: {
    title: 'This link no longer works',
    text: 'It has been used already, or is older than 15 minutes.',
    button: 'Get a new link',
  },
  tooMany: (minutes) => `Too many links were asked for. Please try again in ${minutes} min.`,
  notFromHere: 'This was not sent from our own page, so nothing has happened.',
  sorry: 'Sorry, that did not work',
  away: 'We cannot do this just now. Please try again in a moment.',
  back: (paper) => `Back to ${paper}`,
}
