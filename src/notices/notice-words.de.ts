import type { NoticeCatalogue } from './notice-words.ts'

export const germanNotices: NoticeCatalogue = {
  direction: 'ltr',
  notices: {
    welcome: ({ paper, plan, agreedOn, withdrawUntil }) => ({
      subject: `Danke für Ihr Abo bei ${paper}`,
      before: [`Sie haben ${plan} abonniert. Diesen Bedingungen haben Sie am ${agreedOn} zugestimmt:`],
      after: [
        howToCancel,
        ...(withdrawUntil === null
          ? []
          : [
              `Sie können den Vertrag außerdem bis zum ${withdrawUntil} ohne Angabe von Gründen widerrufen: Wählen Sie in Ihrem Konto „Vertrag widerrufen“.`,
            ]),
        'Bitte bewahren Sie diese E-Mail auf: Sie ist Ihr Beleg über den Kauf.',
      ],
    }),
    intro_ends: (facts) => ({
      subject: `Ihr Einführungspreis endet am ${facts.introEndsOn}`,
      before: [
        `Ihr Einführungspreis für ${facts.plan} bei ${facts.paper} endet am ${facts.introEndsOn}. Von da an gilt der reguläre Preis: ${facts.regular}.`,
        'Wenn Ihnen das recht ist, brauchen Sie nichts zu tun.',
      ],
      after: [
        `Kündigen Sie vor dem ${facts.next?.on ?? facts.introEndsOn}, wird Ihnen der reguläre Preis nicht berechnet. ${howToCancel}`,
      ],
    }),
    yearly: ({ paper, plan, since }) => ({
      subject: `Ihr Abo bei ${paper}: die jährliche Erinnerung`,
      before: [
        `Sie sind seit dem ${since} Abonnent. Ihr Abo ${plan} bei ${paper} verlängert sich automatisch, bis Sie kündigen.`,
      ],
      after: [howToCancel],
    }),
    canceled: ({ paper, plan, endsOn }) => ({
      subject: 'Ihr Abo ist gekündigt',
      before: [
        `Sie haben ${plan} bei ${paper} gekündigt. Sie können bis zum ${endsOn} lesen; danach wird Ihnen nichts mehr berechnet.`,
      ],
      after: [
        'Haben Sie es sich anders überlegt? Bis dahin können Sie die Kündigung in Ihrem Konto zurücknehmen.',
      ],
    }),
    payment_failed: ({ paper, plan, readUntil }) => ({
      subject: 'Ihre Zahlung ist fehlgeschlagen',
      before: [
        `Die Zahlung für ${plan} bei ${paper} konnte nicht eingezogen werden. Wir versuchen es in den nächsten Tagen noch einmal.`,
        readUntil === null
          ? 'Bis die Zahlung gelingt, können Sie nicht weiterlesen.'
          : `Sie können inzwischen bis zum ${readUntil} weiterlesen.`,
      ],
      after: ['Ist Ihre Karte neu oder abgelaufen, wählen Sie in Ihrem Konto „Karte ändern“.'],
    }),
    refunded: ({ paper, plan }) => ({
      subject: 'Ihre Zahlung wird erstattet',
      before: [
        `Wir haben Ihre letzte Zahlung für ${plan} bei ${paper} erstattet. Meist dauert es fünf bis zehn Tage, bis Sie das Geld bei Ihrer Bank sehen.`,
      ],
      after: [],
    }),
    withdrawn: ({ paper, plan }) => ({
      subject: 'Ihr Widerruf',
      before: [
        `Sie haben Ihr Abo ${plan} bei ${paper} widerrufen. Es ist beendet, und nichts weiter wird berechnet.`,
        'Haben Sie für nicht genutzte Zeit bezahlt, wird es auf Ihre Karte erstattet. Meist dauert es fünf bis zehn Tage, bis Sie das Geld bei Ihrer Bank sehen.',
      ],
      after: ['Bitte bewahren Sie diese E-Mail auf: Sie ist Ihr Beleg über den Widerruf.'],
    }),
  },
  gift: ({ paper, plan, months, agreedOn }) => ({
    subject: `Ihr Geschenk: ${paper}, ${months}`,
    before: [
      `Sie haben ${plan} bei ${paper} als Geschenk gekauft, Dauer: ${months}. Diesen Bedingungen haben Sie am ${agreedOn} zugestimmt:`,
    ],
    after: [
      'Schicken Sie den Link an die Person, die Sie beschenken. Er lässt sich einmal einlösen: Wer ihn zuerst öffnet, kann das Geschenk annehmen.',
      'Sie finden den Link auch in Ihrem Konto, und ob er eingelöst ist. Bitte bewahren Sie diese E-Mail auf: Sie ist Ihr Beleg über den Kauf.',
    ],
  }),
  labels: {
    next: 'Nächste Zahlung',
    regular: 'Regulärer Preis',
    terms: 'Die Bedingungen',
    account: 'Zu Ihrem Konto',
    giftLink: 'Der Link zum Weitergeben',
  },
  on: (amount, date) => `${amount} am ${date}`,
  why: (paper) => `Sie erhalten diese E-Mail wegen Ihres Abos bei ${paper}. Sie ist keine Werbung.`,
  whyGift: (paper) =>
    `Sie erhalten diese E-Mail, weil Sie bei ${paper} ein Geschenk gekauft haben. Sie ist keine Werbung.`,
}

const howToCancel =
  'Sie können jederzeit mit zwei Klicks kündigen: Wählen Sie in Ihrem Konto „Abo kündigen“. Was Sie bezahlt haben, bleibt Ihnen bis zu seinem Ende.'
