import type { AccountCatalogue } from './account-catalogue.ts'

const windows = { day: 'heute', week: 'in dieser Woche', month: 'in diesem Monat', rolling: 'zurzeit' }

export const germanAccount: AccountCatalogue = {
  direction: 'ltr',
  account: 'Ihr Konto',
  backTo: (paper) => `Zurück zu ${paper}`,
  subscription: {
    heading: 'Abo',
    none: 'Sie haben kein Abo.',
    ended: 'Ihr Abo ist beendet.',
    resumed: 'Ihr Abo läuft weiter wie bisher.',
    withdrawn:
      'Sie haben den Vertrag widerrufen. Was Sie für nicht genutzte Zeit bezahlt haben, wird erstattet.',
    canceled: 'Ihr Abo ist gekündigt.',
    gift: 'Ein Geschenk: Es verlängert sich nicht, und Ihnen wird nichts berechnet.',
    readUntil: (date) => `Sie können bis zum ${date} lesen.`,
    noCharge: 'Ihnen wird nichts berechnet.',
    noFurtherCharge: 'Ihnen wird nichts mehr berechnet.',
    stillOwed: 'Die fehlgeschlagene Zahlung kann noch eingezogen werden; danach wird nichts mehr berechnet.',
    owing: 'Ihre letzte Zahlung ist fehlgeschlagen. Wir versuchen es noch einmal.',
    owingReadUntil: (date) => `Bis zum ${date} können Sie weiterlesen.`,
    owingClosed: 'Bis sie gelingt, können Sie nicht weiterlesen.',
  },
  rows: {
    intro: 'Einführungszeit',
    introUntil: (date) => `bis zum ${date}`,
    introPrice: 'Einführungspreis',
    introPriceUntil: (price, date) => `${price} bis zum ${date}`,
    paidUntil: 'Bezahlt bis',
    next: 'Nächste Zahlung',
    due: (amount, date) => `${amount}, fällig am ${date}`,
    waiting: (intro, regular) => `${intro} für die Einführungszeit und ${regular} für die Zeit danach`,
    withTax: 'Inklusive Steuern',
    regular: 'Regulärer Preis',
  },
  actions: {
    cancel: 'Abo kündigen',
    undo: 'Zurücknehmen',
    undoLabel: 'Kündigung zurücknehmen: das Abo behalten',
    changedYourMind: 'Anders überlegt?',
    changeCard: 'Karte ändern',
    billing: 'Rechnungen und Karten',
    withdraw: 'Vertrag widerrufen',
  },
  offers: {
    agree: 'Ich stimme diesen Bedingungen zu.',
    refused:
      'Dieses Angebot lässt sich so, wie es gezeigt wurde, nicht annehmen; es hat sich nichts geändert. Bitte sehen Sie es noch einmal an.',
  },
  gifts: {
    heading: 'Geschenke',
    give: 'Ein Abo verschenken',
    how: 'Sie zahlen einmal und bekommen einen Link zum Weitergeben. Wer ihn öffnet, kann das Geschenk annehmen; es endet von selbst.',
    none: 'Zurzeit gibt es nichts zu verschenken.',
    bought: (date) => `Gekauft am ${date}.`,
    accepted: (date) => `Angenommen am ${date}.`,
    open: 'Noch nicht angenommen. Das ist der Link zum Weitergeben:',
    unpaid: 'Die Zahlung ist noch nicht eingegangen.',
    refunded: 'Erstattet; der Link öffnet nichts mehr.',
    disputed:
      'Die Zahlung wird gerade mit der Bank geklärt; so lange kann niemand das Geschenk annehmen. Bitte heben Sie den Link auf:',
  },
  confirmCancel: {
    title: 'Möchten Sie Ihr Abo kündigen?',
    undoable: 'Bis es endet, können Sie die Kündigung in Ihrem Konto zurücknehmen.',
    yes: 'Ja, kündigen',
    no: 'Weiterlesen',
  },
  confirmWithdraw: {
    title: 'Möchten Sie den Vertrag widerrufen?',
    until: (date) => `Sie können bis zum ${date} ohne Angabe von Gründen widerrufen.`,
    effect:
      'Ihr Abo endet sofort. Was Sie für nicht genutzte Zeit bezahlt haben, wird auf Ihre Karte erstattet. Das lässt sich nicht rückgängig machen.',
    yes: 'Widerruf bestätigen',
    no: 'Weiterlesen',
  },
  invoices: {
    heading: 'Rechnungen',
    none: 'Es gibt noch keine Rechnung.',
    away: 'Ihre Rechnungen können gerade nicht angezeigt werden. Bitte versuchen Sie es gleich noch einmal.',
    date: 'Datum',
    amount: 'Betrag',
    status: 'Status',
    show: (number) => `Rechnung ${number}`,
    statuses: {
      paid: 'bezahlt',
      open: 'offen',
      void: 'storniert',
      uncollectible: 'nicht eingezogen',
      draft: 'in Vorbereitung',
    },
  },
  free: {
    heading: 'Freie Artikel',
    notCounted: 'Artikel, die Sie als Abonnent lesen, zählen nicht.',
    left: ({ left, limit, window, from }) =>
      `Sie haben ${windows[window]} noch ${left} von ${limit} freien Artikeln, und ${again(limit, window)} ab dem ${from}.`,
    used: ({ limit, window, from }) =>
      `Sie haben ${windows[window]} ${limit === 1 ? 'Ihren freien Artikel' : `Ihre ${limit} freien Artikel`} gelesen. Sie haben ${again(limit, window)} ab dem ${from}.`,
  },
  deletion: {
    title: 'Alles löschen, was wir über Sie wissen?',
    text: 'Was Sie gelesen haben, Ihr Abo und Ihr Konto werden gelöscht. Das lässt sich nicht rückgängig machen.',
    subscriptionEnds: 'Ihr Abo endet sofort; was bezahlt ist, wird nicht erstattet.',
    consentStays:
      'Die Bedingungen, denen Sie beim Kauf zugestimmt haben, bewahren wir ohne Ihren Namen auf, wie das Gesetz es verlangt.',
    yes: 'Alles löschen',
    no: 'Meine Daten behalten',
    done: {
      title: 'Ihre Daten sind gelöscht',
      text: 'Wir wissen nichts mehr über Sie. Wenn Sie weiterlesen, sind Sie für uns neu.',
    },
  },
  trouble: {
    title: 'Bitte versuchen Sie es noch einmal',
    payments:
      'Unser Zahlungsdienst antwortet gerade nicht, daher können wir das nicht bestätigen. Es wurde nichts berechnet. Bitte versuchen Sie es gleich noch einmal; zweimal schadet nicht.',
    store: 'Wir können Ihr Konto gerade nicht aufrufen. Bitte versuchen Sie es gleich noch einmal.',
    again: 'Noch einmal versuchen',
    notFromHere: 'Das wurde nicht von Ihrer Kontoseite gesendet, deshalb hat sich nichts geändert.',
    toAccount: 'Zu Ihrem Konto',
  },
}

function again(limit: number, window: keyof typeof windows): string {
  return window === 'rolling' ? 'einen weiteren' : `wieder ${limit}`
}
