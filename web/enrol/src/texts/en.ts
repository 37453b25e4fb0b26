/** The page in English, and the measure of the other languages: they have the same texts with the same {gaps}. */
export const en = {
  languageName: "English",
  languageLabel: "Language",
  loading: "One moment…",
  checkAgain: "Check again",
  cancel: "Cancel",
  previewTitle: "It works like this",
  previewBody: "News from {name} shows up on your screen, even when this page is closed.",
  previewTime: "now",

  ready: {
    title: "Hear from {name}",
    lead: "Get notifications on this device. Leave your email, so that {name} knows whom to tell.",
    email: "Your email",
    submit: "Turn on notifications",
    asking: "Answer your browser’s question…",
    promise: "Your browser asks you first. You can turn this off here at any time.",
  },
  failed: {
    email: "Please enter an email address, such as ann@example.com.",
    dismissed: "The question was closed without an answer. Try again, and choose “Allow”.",
    network: "The server could not be reached. Check your connection and try again.",
    subscribe: "The browser did not subscribe. If this is a private window, open the page in a normal one.",
    tooMany: "That was too often. Wait a minute and try again.",
    refused:
      "{name} did not accept this device. If you have many devices, turn notifications off on one of them first.",
    unexpected: "Something went wrong. Try again in a moment.",
  },

  subscribed: {
    title: "Notifications are on",
    forEmail: "For {email}",
    forNobody: "For this device",
    latest: "Latest",
    empty: "Nothing yet. What {name} sends appears here.",
    open: "Open",
    changeEmail: "Change email",
    save: "Save",
    saved: "Your email was changed.",
    turnOff: "Turn off",
    turnOffTitle: "Turn notifications off?",
    turnOffBody: "{name} can no longer reach this device, and the list here is emptied. You can turn them on again.",
    keep: "Keep them on",
    turnedOff: "Notifications are off.",
    offline: "You are offline. What is sent now arrives when you are back.",
  },

  install: {
    title: "Keep it at hand",
    body: "Install {name} as an app, with its own icon.",
    button: "Install",
  },

  addToHomeScreen: {
    title: "Put {name} on your Home Screen",
    lead: "On iPhone and iPad, notifications work for apps on the Home Screen. It takes three taps.",
    share: "Tap **Share** at the bottom of Safari. If you do not see it, tap **•••** first.",
    shareTablet: "Tap **Share** at the top of Safari. If you do not see it, tap **•••** first.",
    add: "Scroll down, choose **Add to Home Screen**, then **Add**.",
    open: "Open **{name}** from your Home Screen, and turn notifications on there.",
  },
  otherBrowser: {
    title: "Open this page in Safari",
    body: "On iPhone and iPad, notifications can be set up from Safari. Copy the address, open Safari and paste it there.",
    named: "{browser} cannot do it.",
    copy: "Copy address",
    copied: "Address copied",
    address: "The address of this page",
  },
  oldSystem: {
    title: "Your iPhone or iPad needs an update",
    body: "Notifications need iOS 16.4 or newer. Open Settings → General → Software Update, then come back.",
  },
  denied: {
    title: "Notifications are blocked",
    body: "This browser was told to block notifications from this page. You can allow them again:",
    chrome: "Click the icon left of the address, set **Notifications** to **Allow**, then come back here.",
    chromeAndroid: "Tap the icon left of the address, then **Permissions**, and switch **Notifications** on.",
    samsung: "Tap the padlock left of the address, then **Permissions**, and allow **Notifications**.",
    firefox:
      "Click the crossed-out bell or the padlock left of the address, and remove **Blocked** beside **Send notifications**.",
    firefoxAndroid: "Tap the padlock left of the address, then **Notification**, so that it says **Allowed**.",
    safari: "Open **Safari → Settings → Websites → Notifications**, and set this page to **Allow**.",
    homeScreen: "Open **Settings → Notifications → {name}**, and switch **Allow Notifications** on.",
    installedDesktop:
      "Open the menu **⋮** at the top of this window, then **App info** and **Settings**, and allow **Notifications**.",
    installedAndroid: "Hold this app’s icon, tap **App info**, then **Notifications**, and switch them on.",
    other: "Open your browser’s settings, look for the permissions of this page, and allow **Notifications**.",
    privateHint: "In a private window they stay blocked. Open this page in a normal window instead.",
  },
  privateWindow: {
    title: "This is a private window",
    body: "Private windows cannot receive notifications. Open this page in a normal window.",
  },
  unsupported: {
    title: "This browser cannot do it",
    body: "It has no web notifications. Open this page in a current Chrome, Edge, Firefox or Safari.",
  },
  insecure: {
    title: "This address is not secure",
    body: "Notifications need an address that begins with https://. Ask whoever gave you this one.",
  },
  offline: {
    title: "You are offline",
    body: "Turning notifications on needs a connection. This page goes on by itself when you are back.",
  },
  unreachable: {
    title: "The server does not answer",
    body: "This is not your doing. Try again in a moment.",
  },
  missing: {
    title: "There is nothing here",
    body: "This service does not exist, or it has been switched off. Check the address you were given.",
  },
  ownSite: {
    title: "Sign up on {name}’s own site",
    body: "{name} turns notifications on from its own site, where it knows you. Sign in there, and look for notifications.",
  },
};

export type Texts = typeof en;
