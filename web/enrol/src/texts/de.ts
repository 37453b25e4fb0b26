import type { Texts } from "./en";

export const de: Texts = {
  languageName: "Deutsch",
  languageLabel: "Sprache",
  loading: "Einen Moment …",
  checkAgain: "Noch einmal prüfen",
  cancel: "Abbrechen",
  previewTitle: "So sieht das aus",
  previewBody: "Neues von {name} erscheint auf Ihrem Bildschirm, auch wenn diese Seite geschlossen ist.",
  previewTime: "jetzt",

  ready: {
    title: "Neues von {name}",
    lead: "Lassen Sie sich auf diesem Gerät benachrichtigen. Mit Ihrer E-Mail-Adresse weiß {name}, wen es erreicht.",
    email: "Ihre E-Mail-Adresse",
    submit: "Benachrichtigungen einschalten",
    asking: "Bitte antworten Sie Ihrem Browser …",
    promise: "Ihr Browser fragt Sie vorher. Sie können es hier jederzeit wieder ausschalten.",
  },
  failed: {
    email: "Bitte geben Sie eine E-Mail-Adresse ein, zum Beispiel anna@example.com.",
    dismissed: "Die Frage wurde ohne Antwort geschlossen. Versuchen Sie es noch einmal und wählen Sie „Zulassen“.",
    network: "Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.",
    subscribe:
      "Der Browser hat nicht abonniert. Ist dies ein privates Fenster? Öffnen Sie die Seite in einem normalen.",
    tooMany: "Das war zu oft. Warten Sie eine Minute und versuchen Sie es noch einmal.",
    refused:
      "{name} hat dieses Gerät nicht angenommen. Bei vielen Geräten: Schalten Sie es zuerst auf einem anderen aus.",
    unexpected: "Etwas ist schiefgegangen. Versuchen Sie es gleich noch einmal.",
  },

  subscribed: {
    title: "Benachrichtigungen sind an",
    forEmail: "Für {email}",
    forNobody: "Für dieses Gerät",
    latest: "Zuletzt",
    empty: "Noch nichts. Was {name} sendet, erscheint hier.",
    open: "Öffnen",
    changeEmail: "E-Mail ändern",
    save: "Speichern",
    saved: "Ihre E-Mail-Adresse wurde geändert.",
    turnOff: "Ausschalten",
    turnOffTitle: "Benachrichtigungen ausschalten?",
    turnOffBody:
      "{name} erreicht dieses Gerät dann nicht mehr, und die Liste hier wird geleert. Sie können sie wieder einschalten.",
    keep: "Anlassen",
    turnedOff: "Benachrichtigungen sind aus.",
    offline: "Sie sind offline. Was jetzt gesendet wird, kommt an, wenn Sie wieder verbunden sind.",
  },

  install: {
    title: "Immer zur Hand",
    body: "Installieren Sie {name} als App mit eigenem Symbol.",
    button: "Installieren",
  },

  addToHomeScreen: {
    title: "{name} auf den Home-Bildschirm",
    lead: "Auf iPhone und iPad gibt es Benachrichtigungen für Apps auf dem Home-Bildschirm. Es braucht drei Schritte.",
    share: "Tippen Sie unten in Safari auf **Teilen**. Falls es fehlt, zuerst auf **•••**.",
    shareTablet: "Tippen Sie oben in Safari auf **Teilen**. Falls es fehlt, zuerst auf **•••**.",
    add: "Blättern Sie nach unten zu **Zum Home-Bildschirm**, dann **Hinzufügen**.",
    open: "Öffnen Sie **{name}** vom Home-Bildschirm, und schalten Sie dort die Benachrichtigungen ein.",
  },
  otherBrowser: {
    title: "Öffnen Sie diese Seite in Safari",
    body: "Auf iPhone und iPad richtet man Benachrichtigungen in Safari ein. Kopieren Sie die Adresse, und fügen Sie sie dort ein.",
    named: "{browser} kann das nicht.",
    copy: "Adresse kopieren",
    copied: "Adresse kopiert",
    address: "Die Adresse dieser Seite",
  },
  oldSystem: {
    title: "Ihr iPhone oder iPad braucht ein Update",
    body: "Benachrichtigungen brauchen iOS 16.4 oder neuer: Einstellungen → Allgemein → Softwareupdate. Kommen Sie dann wieder.",
  },
  denied: {
    title: "Benachrichtigungen sind blockiert",
    body: "Dieser Browser soll Benachrichtigungen dieser Seite blockieren. So lassen Sie sie wieder zu:",
    chrome:
      "Klicken Sie auf das Symbol links der Adresse, stellen Sie **Benachrichtigungen** auf **Zulassen**, und kommen Sie zurück.",
    chromeAndroid:
      "Tippen Sie auf das Symbol links der Adresse, dann **Berechtigungen**, und schalten Sie **Benachrichtigungen** ein.",
    samsung:
      "Tippen Sie auf das Schloss links der Adresse, dann **Berechtigungen**, und erlauben Sie **Benachrichtigungen**.",
    firefox:
      "Klicken Sie auf die durchgestrichene Glocke oder das Schloss links der Adresse, und entfernen Sie **Blockiert** bei **Benachrichtigungen senden**.",
    firefoxAndroid:
      "Tippen Sie auf das Schloss links der Adresse, dann **Benachrichtigung**, bis dort **Erlaubt** steht.",
    safari:
      "Öffnen Sie **Safari → Einstellungen → Websites → Mitteilungen**, und stellen Sie diese Seite auf **Erlauben**.",
    homeScreen: "Öffnen Sie **Einstellungen → Mitteilungen → {name}**, und schalten Sie **Mitteilungen erlauben** ein.",
    installedDesktop:
      "Öffnen Sie das Menü **⋮** oben in diesem Fenster, dann **App-Info** und **Einstellungen**, und erlauben Sie **Benachrichtigungen**.",
    installedAndroid:
      "Halten Sie das Symbol dieser App, tippen Sie auf **App-Info**, dann **Benachrichtigungen**, und schalten Sie sie ein.",
    other:
      "Suchen Sie in den Einstellungen Ihres Browsers die Berechtigungen dieser Seite, und erlauben Sie **Benachrichtigungen**.",
    privateHint: "In einem privaten Fenster bleiben sie blockiert. Öffnen Sie diese Seite in einem normalen.",
  },
  privateWindow: {
    title: "Dies ist ein privates Fenster",
    body: "Private Fenster können keine Benachrichtigungen empfangen. Öffnen Sie diese Seite in einem normalen Fenster.",
  },
  unsupported: {
    title: "Dieser Browser kann das nicht",
    body: "Ihm fehlen Web-Benachrichtigungen. Öffnen Sie diese Seite in einem aktuellen Chrome, Edge, Firefox oder Safari.",
  },
  insecure: {
    title: "Diese Adresse ist nicht sicher",
    body: "Benachrichtigungen brauchen eine Adresse, die mit https:// beginnt. Fragen Sie, wer Ihnen diese gab.",
  },
  offline: {
    title: "Sie sind offline",
    body: "Zum Einschalten braucht es eine Verbindung. Diese Seite macht von selbst weiter, wenn Sie wieder verbunden sind.",
  },
  unreachable: {
    title: "Der Server antwortet nicht",
    body: "Das liegt nicht an Ihnen. Versuchen Sie es gleich noch einmal.",
  },
  missing: {
    title: "Hier ist nichts",
    body: "Diesen Dienst gibt es nicht, oder er wurde abgeschaltet. Prüfen Sie die Adresse, die Sie bekommen haben.",
  },
  ownSite: {
    title: "Melden Sie sich bei {name} an",
    body: "{name} schaltet Benachrichtigungen auf der eigenen Website ein, wo man Sie kennt. Melden Sie sich dort an, und suchen Sie Benachrichtigungen.",
  },
};
