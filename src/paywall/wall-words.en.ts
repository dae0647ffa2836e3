import type { CountedMeter, WallCatalogue } from './wall-words.ts'

export const englishWallWords: WallCatalogue = {
  fixed: {
    direction: 'ltr',
    agree: 'I agree to these terms',
    tickFirst: 'Please check the box to agree to these terms.',
    opening: 'Opening secure checkout…',
    refusals: {
      terms_changed: 'The terms have changed. Please read them again.',
      offer_ended: 'Sorry, that offer has just ended.',
      offer_unavailable: 'Sorry, that offer is no longer available.',
      too_many_attempts: 'You have tried this several times. Please wait a few minutes and try again.',
      checkout_in_progress: 'Another tab is opening the checkout. Please wait a moment and try again.',
      payments_unavailable: 'We cannot take payments at the moment. Please try again in a few minutes.',
      other: 'We could not open the checkout. Please try again.',
    },
    ends: 'Ends {time}',
    close: 'Close',
    open: 'Show options',
    signIn: {
      invitation: 'Already have an account? Sign in',
      heading: 'Read on with your e-mail address',
      ask: 'We send you a link that signs you in and brings you back to this article. No password needed.',
      email: 'E-mail address',
      send: 'Send me the link',
      sending: 'Sending…',
      sent: 'We have sent a link to {email}. Open it within 15 minutes to read on.',
      refusals: {
        invalid_request: 'Please enter your e-mail address, such as name@example.com.',
        too_many_sign_ins:
          'You have asked for several links. Please look into your mailbox, or try again later.',
        other: 'We could not send the link. Please try again.',
      },
      back: 'See the offer',
    },
  },
  needsAccount: 'This article is for readers with an account.',
  needsSubscription: 'This article is for subscribers.',
  usedUp: (meter) =>
    meter.limit === 1
      ? `You’ve read your free article${during(meter)}.`
      : `You’ve read your ${meter.limit} free articles${during(meter)}.`,
  later: (day, offered) => (offered ? `Or come back on ${day}.` : `You can read on from ${day}.`),
  left: (meter) =>
    `${meter.left || 'No'} free ${meter.left === 1 ? 'article' : 'articles'} left${during(meter)}`,
  last: (meter) => `This is your last free article${during(meter)}`,
  more: (day) => `More free articles on ${day}`,
}

/** A window that rolls with the reader has no name of its own. */
function during({ window }: CountedMeter): string {
  return { day: ' today', week: ' this week', month: ' this month', rolling: '' }[window]
}
