import type { NoticeCatalogue } from './notice-words.ts'

export const englishNotices: NoticeCatalogue = {
  direction: 'ltr',
  notices: {
    welcome: ({ paper, plan, agreedOn, withdrawUntil }) => ({
      subject: `Thank you for subscribing to ${paper}`,
      before: [`You have subscribed to ${plan}. These are the terms that you agreed to on ${agreedOn}:`],
      after: [
        howToCancel,
        ...(withdrawUntil === null
          ? []
          : [
              `You may also withdraw from the contract until ${withdrawUntil}, without giving a reason: choose “Withdraw from the contract” in your account.`,
            ]),
        'Keep this mail: it is your record of the purchase.',
      ],
    }),
    intro_ends: (facts) => ({
      subject: `Your introductory price ends on ${facts.introEndsOn}`,
      before: [
        `Your introductory price for ${facts.plan} of ${facts.paper} ends on ${facts.introEndsOn}. From then on the regular price applies: ${facts.regular}.`,
        'If that is what you want, there is nothing to do.',
      ],
      after: [
        `Cancel before ${facts.next?.on ?? facts.introEndsOn} and you are not charged the regular price. ${howToCancel}`,
      ],
    }),
    yearly: ({ paper, plan, since }) => ({
      subject: `Your subscription to ${paper}: the yearly reminder`,
      before: [
        `You have been a subscriber since ${since}. Your subscription to ${plan} of ${paper} renews automatically until you cancel.`,
      ],
      after: [howToCancel],
    }),
    canceled: ({ paper, plan, endsOn }) => ({
      subject: 'Your subscription is canceled',
      before: [
        `You have canceled ${plan} of ${paper}. You can read until ${endsOn}; you are charged nothing after that.`,
      ],
      after: ['Changed your mind? Until that day you can undo it in your account.'],
    }),
    payment_failed: ({ paper, plan, readUntil }) => ({
      subject: 'Your payment did not go through',
      before: [
        `We could not collect the payment for ${plan} of ${paper}. We will try again in the next days.`,
        readUntil === null
          ? 'Until it succeeds you cannot read on.'
          : `You can read on until ${readUntil} meanwhile.`,
      ],
      after: ['If your card has changed or has expired, choose “Change card” in your account.'],
    }),
    refunded: ({ paper, plan }) => ({
      subject: 'Your payment is refunded',
      before: [
        `We have refunded your latest payment for ${plan} of ${paper}. It usually takes five to ten days until you see it at your bank.`,
      ],
      after: [],
    }),
    withdrawn: ({ paper, plan }) => ({
      subject: 'Your withdrawal from the contract',
      before: [
        `You have withdrawn from your subscription to ${plan} of ${paper}. It has ended, and nothing more is charged.`,
        'If you have paid for time that you have not used, it is refunded to your card. It usually takes five to ten days until you see it at your bank.',
      ],
      after: ['Keep this mail: it is your record of the withdrawal.'],
    }),
  },
  gift: ({ paper, plan, months, agreedOn }) => ({
    subject: `Your gift: ${paper} for ${months}`,
    before: [
      `You have bought ${plan} of ${paper} as a gift, for ${months}. These are the terms that you agreed to on ${agreedOn}:`,
    ],
    after: [
      'Send the link to the person it is for. It can be used once: whoever opens it first can accept the gift.',
      'You find the link in your account, too, and whether it has been used. Keep this mail: it is your record of the purchase.',
    ],
  }),
  labels: {
    next: 'Next charge',
    regular: 'Regular price',
    terms: 'The terms',
    account: 'Go to your account',
    giftLink: 'The link to give on',
  },
  on: (amount, date) => `${amount} on ${date}`,
  why: (paper) => `You get this mail because of your subscription to ${paper}. It is not advertising.`,
  whyGift: (paper) => `You get this mail because you have bought a gift at ${paper}. It is not advertising.`,
}

const howToCancel =
  'You can cancel at any time, in two clicks: choose “Cancel subscription” in your account. What you have paid for stays yours until its end.'
