import type { CountedMeter, WallCatalogue } from './wall-words.ts'

export const germanWallWords: WallCatalogue = {
  fixed: {
    direction: 'ltr',
    agree: 'Ich stimme diesen Bedingungen zu',
    tickFirst: 'Bitte setzen Sie das Häkchen, um den Bedingungen zuzustimmen.',
    opening: 'Die sichere Kasse öffnet sich …',
    refusals: {
      terms_changed: 'Die Bedingungen haben sich geändert. Bitte lesen Sie sie noch einmal.',
      offer_ended: 'Dieses Angebot ist leider gerade zu Ende gegangen.',
      offer_unavailable: 'Dieses Angebot gibt es leider nicht mehr.',
      too_many_attempts:
        'Sie haben es mehrmals versucht. Bitte warten Sie ein paar Minuten und versuchen Sie es dann noch einmal.',
      checkout_in_progress:
        'Die Kasse öffnet sich gerade in einem anderen Tab. Bitte warten Sie einen Augenblick und versuchen Sie es dann noch einmal.',
      payments_unavailable:
        'Zahlungen sind im Augenblick nicht möglich. Bitte versuchen Sie es in ein paar Minuten noch einmal.',
      other: 'Die Kasse ließ sich nicht öffnen. Bitte versuchen Sie es noch einmal.',
    },
    ends: 'Endet {time}',
    close: 'Schließen',
    open: 'Möglichkeiten zeigen',
    signIn: {
      invitation: 'Sie haben schon ein Konto? Anmelden',
      heading: 'Mit Ihrer E-Mail-Adresse weiterlesen',
      ask: 'Wir schicken Ihnen einen Link, der Sie anmeldet und zu diesem Artikel zurückbringt. Sie brauchen kein Passwort.',
      email: 'E-Mail-Adresse',
      send: 'Link schicken',
      sending: 'Wird gesendet …',
      sent: 'Wir haben einen Link an {email} geschickt. Öffnen Sie ihn innerhalb von 15 Minuten, um weiterzulesen.',
      refusals: {
        invalid_request: 'Bitte geben Sie Ihre E-Mail-Adresse ein, zum Beispiel name@example.com.',
        too_many_sign_ins:
          'Sie haben schon mehrere Links angefordert. Bitte sehen Sie in Ihrem Postfach nach, oder versuchen Sie es später noch einmal.',
        other: 'Der Link ließ sich nicht senden. Bitte versuchen Sie es noch einmal.',
      },
      back: 'Zum Angebot',
    },
  },
  needsAccount: 'Dieser Artikel ist für Leserinnen und Leser mit Konto.',
  needsSubscription: 'Dieser Artikel ist für Abonnentinnen und Abonnenten.',
  usedUp: (meter) =>
    meter.limit === 1
      ? `Sie haben ${during(meter)}Ihren freien Artikel gelesen.`
      : `Sie haben ${during(meter)}Ihre ${meter.limit} freien Artikel gelesen.`,
  later: (day, offered) =>
    offered ? `Oder kommen Sie am ${day} wieder.` : `Ab dem ${day} können Sie weiterlesen.`,
  left: (meter) =>
    capitalized(
      meter.left === 0
        ? `${during(meter)}kein freier Artikel mehr`
        : `${during(meter)}noch ${meter.left} ${meter.left === 1 ? 'freier' : 'freie'} Artikel`,
    ),
  last: (meter) => `Das ist ${during(meter)}Ihr letzter freier Artikel`,
  more: (day) => `Weitere freie Artikel ab dem ${day}`,
}

function during({ window }: CountedMeter): string {
  return { day: 'heute ', week: 'diese Woche ', month: 'diesen Monat ', rolling: '' }[window]
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
