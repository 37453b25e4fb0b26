import type { Texts } from "./en";

export const fr: Texts = {
  languageName: "Français",
  languageLabel: "Langue",
  loading: "Un instant…",
  checkAgain: "Vérifier à nouveau",
  cancel: "Annuler",
  previewTitle: "Voici à quoi ça ressemble",
  previewBody: "Les nouvelles de {name} s’affichent sur votre écran, même quand cette page est fermée.",
  previewTime: "maintenant",

  ready: {
    title: "Des nouvelles de {name}",
    lead: "Recevez des notifications sur cet appareil. Avec votre e-mail, {name} sait à qui s’adresser.",
    email: "Votre e-mail",
    submit: "Activer les notifications",
    asking: "Répondez à la question du navigateur…",
    promise: "Votre navigateur vous demande d’abord. Vous pouvez tout désactiver ici à tout moment.",
  },
  failed: {
    email: "Saisissez une adresse e-mail, par exemple anne@example.com.",
    dismissed: "La question a été fermée sans réponse. Réessayez, puis choisissez « Autoriser ».",
    network: "Le serveur est injoignable. Vérifiez votre connexion et réessayez.",
    subscribe:
      "Le navigateur ne s’est pas abonné. Si c’est une fenêtre privée, ouvrez la page dans une fenêtre normale.",
    tooMany: "C’était trop souvent. Attendez une minute et réessayez.",
    refused:
      "{name} n’a pas accepté cet appareil. Si vous en avez beaucoup, désactivez d’abord les notifications sur l’un d’eux.",
    unexpected: "Quelque chose s’est mal passé. Réessayez dans un instant.",
  },

  subscribed: {
    title: "Notifications activées",
    forEmail: "Pour {email}",
    forNobody: "Pour cet appareil",
    latest: "Dernières",
    empty: "Rien pour l’instant. Ce que {name} envoie apparaît ici.",
    open: "Ouvrir",
    changeEmail: "Changer d’e-mail",
    save: "Enregistrer",
    saved: "Votre e-mail a été changé.",
    turnOff: "Désactiver",
    turnOffTitle: "Désactiver les notifications ?",
    turnOffBody: "{name} ne pourra plus joindre cet appareil, et la liste ici sera vidée. Vous pourrez les réactiver.",
    keep: "Les garder",
    turnedOff: "Les notifications sont désactivées.",
    offline: "Vous êtes hors ligne. Ce qui est envoyé maintenant arrivera à votre retour.",
  },

  install: {
    title: "À portée de main",
    body: "Installez {name} comme une application, avec sa propre icône.",
    button: "Installer",
  },

  addToHomeScreen: {
    title: "Mettez {name} sur l’écran d’accueil",
    lead: "Sur iPhone et iPad, les notifications fonctionnent pour les apps de l’écran d’accueil. Trois gestes suffisent.",
    share: "Touchez **Partager** en bas de Safari. S’il n’y est pas, touchez d’abord **•••**.",
    shareTablet: "Touchez **Partager** en haut de Safari. S’il n’y est pas, touchez d’abord **•••**.",
    add: "Faites défiler, choisissez **Sur l’écran d’accueil**, puis **Ajouter**.",
    open: "Ouvrez **{name}** depuis l’écran d’accueil, et activez-y les notifications.",
  },
  otherBrowser: {
    title: "Ouvrez cette page dans Safari",
    body: "Sur iPhone et iPad, les notifications s’activent depuis Safari. Copiez l’adresse, ouvrez Safari et collez-la.",
    named: "{browser} ne peut pas le faire.",
    copy: "Copier l’adresse",
    copied: "Adresse copiée",
    address: "L’adresse de cette page",
  },
  oldSystem: {
    title: "Votre iPhone ou iPad doit être mis à jour",
    body: "Les notifications demandent iOS 16.4 ou plus récent : Réglages → Général → Mise à jour logicielle. Revenez ensuite.",
  },
  denied: {
    title: "Les notifications sont bloquées",
    body: "Ce navigateur a reçu l’ordre de bloquer les notifications de cette page. Pour les autoriser à nouveau :",
    chrome: "Cliquez sur l’icône à gauche de l’adresse, réglez **Notifications** sur **Autoriser**, puis revenez ici.",
    chromeAndroid: "Touchez l’icône à gauche de l’adresse, puis **Autorisations**, et activez **Notifications**.",
    samsung: "Touchez le cadenas à gauche de l’adresse, puis **Autorisations**, et autorisez **Notifications**.",
    firefox:
      "Cliquez sur la cloche barrée ou le cadenas à gauche de l’adresse, et retirez **Bloqué** à côté de **Envoyer des notifications**.",
    firefoxAndroid: "Touchez le cadenas à gauche de l’adresse, puis **Notification**, jusqu’à lire **Autorisé**.",
    safari: "Ouvrez **Safari → Réglages → Sites web → Notifications**, et réglez cette page sur **Autoriser**.",
    homeScreen: "Ouvrez **Réglages → Notifications → {name}**, et activez **Autoriser les notifications**.",
    installedDesktop:
      "Ouvrez le menu **⋮** en haut de cette fenêtre, puis **Infos sur l’application** et **Paramètres**, et autorisez **Notifications**.",
    installedAndroid:
      "Maintenez l’icône de cette app, touchez **Infos sur l’appli**, puis **Notifications**, et activez-les.",
    other: "Dans les réglages du navigateur, cherchez les autorisations de cette page, et autorisez **Notifications**.",
    privateHint: "Dans une fenêtre privée, elles restent bloquées. Ouvrez plutôt cette page dans une fenêtre normale.",
  },
  privateWindow: {
    title: "C’est une fenêtre privée",
    body: "Les fenêtres privées ne reçoivent pas de notifications. Ouvrez cette page dans une fenêtre normale.",
  },
  unsupported: {
    title: "Ce navigateur ne peut pas le faire",
    body: "Il n’a pas de notifications web. Ouvrez cette page dans un Chrome, Edge, Firefox ou Safari à jour.",
  },
  insecure: {
    title: "Cette adresse n’est pas sûre",
    body: "Les notifications demandent une adresse qui commence par https://. Demandez-la à qui vous a donné celle-ci.",
  },
  offline: {
    title: "Vous êtes hors ligne",
    body: "Activer les notifications demande une connexion. Cette page reprend d’elle-même à votre retour.",
  },
  unreachable: {
    title: "Le serveur ne répond pas",
    body: "Vous n’y êtes pour rien. Réessayez dans un instant.",
  },
  missing: {
    title: "Il n’y a rien ici",
    body: "Ce service n’existe pas, ou il a été arrêté. Vérifiez l’adresse que vous avez reçue.",
  },
  ownSite: {
    title: "Inscrivez-vous sur le site de {name}",
    body: "{name} active les notifications depuis son propre site, où l’on vous connaît. Connectez-vous là-bas et cherchez les notifications.",
  },
};
