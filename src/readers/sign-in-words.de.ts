import type { SignInWords } from './sign-in-words.ts'

export const germanSignIn: SignInWords = {
  mail: {
    subject: (paper) => `Anmelden bei ${paper}`,
    open: (paper) => `Öffnen Sie diesen Link, um sich bei ${paper} anzumelden:`,
    button: 'Anmelden',
    onceOnly: 'Der Link gilt einmal und 15 Minuten lang.',
    notYou:
      'Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun: Ohne diese E-Mail kann sich niemand anmelden.',
  },
  ask: {
    title: 'Anmelden',
    text: 'Wir senden Ihnen einen Link, der Sie anmeldet. Sie brauchen kein Passwort.',
    email: 'E-Mail-Adresse',
    button: 'Link senden',
    wrongAddress: 'Das ist keine E-Mail-Adresse. Bitte prüfen Sie die Eingabe.',
  },
  sent: {
    title: 'Sehen Sie in Ihr Postfach',
    text: (email) =>
      `Wir haben einen Link an ${email} gesendet. Öffnen Sie ihn innerhalb von 15 Minuten in diesem Browser.`,
    hint: 'Nichts angekommen? Sehen Sie im Spam-Ordner nach, oder prüfen Sie die Adresse.',
    again: 'Noch einmal anfordern',
  },
  confirm: {
    title: (paper) => `Bei ${paper} anmelden?`,
    text: (email) => `Sie werden in diesem Browser als ${email} angemeldet.`,
    otherBrowser:
      'Dieser Link wurde vielleicht in einem anderen Browser angefordert. Fahren Sie nur fort, wenn Sie ihn selbst angefordert haben.',
    signingIn: 'Sie werden angemeldet …',
    button: 'Anmelden',
  },
  ended: {
    title: 'Dieser Link gilt nicht mehr',
    text: 'Er wurde schon benutzt oder ist älter als 15 Minuten.',
    button: 'Neuen Link anfordern',
  },
  tooMany: (minutes) =>
    `Es wurden zu viele Links angefordert. Bitte versuchen Sie es in ${minutes} Min. noch einmal.`,
  notFromHere: 'Das wurde nicht von unserer eigenen Seite gesendet. Es ist nichts geschehen.',
  sorry: 'Das hat leider nicht geklappt',
  away: 'Das geht gerade nicht. Bitte versuchen Sie es gleich noch einmal.',
  back: (paper) => `Zurück zu ${paper}`,
}
