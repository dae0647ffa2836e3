import type { AccountCatalogue } from './account-catalogue.ts'

const windows = { day: 'today', week: 'this week', month: 'this month', rolling: 'for now' }

export const englishAccount: AccountCatalogue = {
  direction: 'ltr',
  account: 'Your account',
  backTo: (paper) => `Back to ${paper}`,
  subscription: {
    heading: 'Subscription',
    none: 'You have no subscription.',
    ended: 'Your subscription has ended.',
    resumed: 'Your subscription goes on as before.',
    withdrawn: 'You have withdrawn from the contract. What you paid for the time not used is refunded.',
    canceled: 'Your subscription is canceled.',
    gift: 'A gift: it does not renew, and you are charged nothing.',
    readUntil: (date) => `You can read until ${date}.`,
    noCharge: 'You will not be charged.',
    noFurtherCharge: 'You will not be charged again.',
    stillOwed: 'The payment that failed may still be collected; nothing will be charged after it.',
    owing: 'Your last payment did not go through. We will try it again.',
    owingReadUntil: (date) => `Until ${date} you can read on.`,
    owingClosed: 'Until it succeeds you cannot read on.',
  },
  rows: {
    intro: 'Introductory period',
    introUntil: (date) => `until ${date}`,
    introPrice: 'Introductory price',
    introPriceUntil: (price, date) => `${price} until ${date}`,
    paidUntil: 'Paid until',
    next: 'Next charge',
    due: (amount, date) => `${amount}, due on ${date}`,
    waiting: (intro, regular) =>
      `${intro} for the introductory period and ${regular} for the period after it`,
    withTax: 'Tax included',
    regular: 'Regular price',
  },
  actions: {
    cancel: 'Cancel subscription',
    undo: 'Undo',
    undoLabel: 'Undo: keep the subscription',
    changedYourMind: 'Changed your mind?',
    changeCard: 'Change card',
    billing: 'Bills and cards',
    withdraw: 'Withdraw from the contract',
  },
  offers: {
    agree: 'I agree to these terms.',
    refused: 'This offer cannot be taken as it was shown, so nothing has changed. Please look at it again.',
  },
  gifts: {
    heading: 'Gifts',
    give: 'Give a subscription',
    how: 'You pay once and get a link to give on. Whoever opens it can accept the gift; it ends by itself.',
    none: 'There is nothing to give just now.',
    bought: (date) => `Bought on ${date}.`,
    accepted: (date) => `Accepted on ${date}.`,
    open: 'Not accepted yet. This is the link to give on:',
    unpaid: 'The payment has not come through yet.',
    refunded: 'Refunded; its link opens nothing any more.',
    disputed:
      'The payment is being clarified with the bank; meanwhile nobody can accept the gift. Please keep the link:',
  },
  confirmCancel: {
    title: 'Cancel your subscription?',
    undoable: 'Until it ends, you can undo this on your account page.',
    yes: 'Yes, cancel',
    no: 'Keep reading',
  },
  confirmWithdraw: {
    title: 'Withdraw from the contract?',
    until: (date) => `You may withdraw until ${date}, without giving a reason.`,
    effect:
      'Your subscription ends at once. What you paid for the time not used is refunded to your card. This cannot be undone.',
    yes: 'Confirm withdrawal',
    no: 'Keep reading',
  },
  invoices: {
    heading: 'Bills',
    none: 'There is no bill yet.',
    away: 'Your bills cannot be shown just now. Please try again in a moment.',
    date: 'Date',
    amount: 'Amount',
    status: 'Status',
    show: (number) => `Bill ${number}`,
    statuses: {
      paid: 'paid',
      open: 'open',
      void: 'void',
      uncollectible: 'not collected',
      draft: 'being prepared',
    },
  },
  free: {
    heading: 'Free articles',
    notCounted: 'Articles you read as a subscriber do not count.',
    left: ({ left, limit, window, from }) =>
      `You have ${left} of ${limit} free ${articles(limit)} left ${windows[window]}, and ${again(limit, window)} from ${from}.`,
    used: ({ limit, window, from }) =>
      `You have read your ${limit} free ${articles(limit)} ${windows[window]}. You have ${again(limit, window)} from ${from}.`,
  },
  deletion: {
    title: 'Delete everything we know of you?',
    text: 'What you have read, your subscription and your account are deleted. This cannot be undone.',
    subscriptionEnds: 'Your subscription ends at once, and what is paid is not refunded.',
    consentStays: 'We keep the terms that you agreed to when buying, as the law asks, without your name.',
    yes: 'Delete everything',
    no: 'Keep my data',
    done: {
      title: 'Your data is deleted',
      text: 'We know nothing of you any more. If you read on, you are a new reader.',
    },
  },
  trouble: {
    title: 'Please try again',
    payments:
      'Our payment service does not answer just now, so we cannot confirm this. Nothing was charged. Please try again in a moment; trying twice does no harm.',
    store: 'We cannot look up your account just now. Please try again in a moment.',
    again: 'Try again',
    notFromHere: 'This was not sent from your account page, so nothing has changed.',
    toAccount: 'Go to your account',
  },
}

function articles(limit: number): string {
  return limit === 1 ? 'article' : 'articles'
}

function again(limit: number, window: keyof typeof windows): string {
  return window === 'rolling' ? 'one more' : `${limit} again`
}
