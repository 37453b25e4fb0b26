import type { Texts } from "./en";

export const es: Texts = {
  languageName: "Español",
  languageLabel: "Idioma",
  loading: "Un momento…",
  checkAgain: "Comprobar de nuevo",
  cancel: "Cancelar",
  previewTitle: "Así se ve",
  previewBody: "Las novedades de {name} aparecen en tu pantalla, aunque esta página esté cerrada.",
  previewTime: "ahora",

  ready: {
    title: "Novedades de {name}",
    lead: "Recibe notificaciones en este dispositivo. Con tu correo, {name} sabe a quién avisar.",
    email: "Tu correo electrónico",
    submit: "Activar notificaciones",
    asking: "Responde a la pregunta del navegador…",
    promise: "Tu navegador te pregunta antes. Puedes desactivarlas aquí cuando quieras.",
  },
  failed: {
    email: "Escribe una dirección de correo, por ejemplo ana@example.com.",
    dismissed: "La pregunta se cerró sin respuesta. Inténtalo de nuevo y elige «Permitir».",
    network: "No se pudo contactar con el servidor. Revisa tu conexión e inténtalo de nuevo.",
    subscribe: "El navegador no se suscribió. Si es una ventana privada, abre la página en una normal.",
    tooMany: "Han sido demasiadas veces. Espera un minuto e inténtalo de nuevo.",
    refused: "{name} no aceptó este dispositivo. Si tienes muchos, desactiva antes las notificaciones en alguno.",
    unexpected: "Algo ha fallado. Inténtalo de nuevo dentro de un momento.",
  },

  subscribed: {
    title: "Notificaciones activadas",
    forEmail: "Para {email}",
    forNobody: "Para este dispositivo",
    latest: "Últimas",
    empty: "Nada todavía. Lo que envíe {name} aparecerá aquí.",
    open: "Abrir",
    changeEmail: "Cambiar correo",
    save: "Guardar",
    saved: "Tu correo se ha cambiado.",
    turnOff: "Desactivar",
    turnOffTitle: "¿Desactivar las notificaciones?",
    turnOffBody: "{name} ya no podrá avisar a este dispositivo y esta lista se vaciará. Puedes activarlas otra vez.",
    keep: "Mantenerlas",
    turnedOff: "Las notificaciones están desactivadas.",
    offline: "No tienes conexión. Lo que se envíe ahora llegará cuando vuelvas.",
  },

  install: {
    title: "Siempre a mano",
    body: "Instala {name} como aplicación, con su propio icono.",
    button: "Instalar",
  },

  addToHomeScreen: {
    title: "Pon {name} en tu pantalla de inicio",
    lead: "En iPhone y iPad, las notificaciones funcionan con las apps de la pantalla de inicio. Son tres pasos.",
    share: "Toca **Compartir** en la parte inferior de Safari. Si no aparece, toca antes **•••**.",
    shareTablet: "Toca **Compartir** en la parte superior de Safari. Si no aparece, toca antes **•••**.",
    add: "Desplázate hacia abajo, elige **Añadir a pantalla de inicio** y después **Añadir**.",
    open: "Abre **{name}** desde la pantalla de inicio y activa allí las notificaciones.",
  },
  otherBrowser: {
    title: "Abre esta página en Safari",
    body: "En iPhone y iPad, las notificaciones se configuran desde Safari. Copia la dirección, abre Safari y pégala allí.",
    named: "{browser} no puede hacerlo.",
    copy: "Copiar dirección",
    copied: "Dirección copiada",
    address: "La dirección de esta página",
  },
  oldSystem: {
    title: "Tu iPhone o iPad necesita una actualización",
    body: "Las notificaciones necesitan iOS 16.4 o posterior: Ajustes → General → Actualización de software. Después, vuelve aquí.",
  },
  denied: {
    title: "Las notificaciones están bloqueadas",
    body: "Este navegador tiene orden de bloquear las notificaciones de esta página. Puedes permitirlas otra vez:",
    chrome:
      "Haz clic en el icono a la izquierda de la dirección, pon **Notificaciones** en **Permitir** y vuelve aquí.",
    chromeAndroid: "Toca el icono a la izquierda de la dirección, luego **Permisos**, y activa **Notificaciones**.",
    samsung: "Toca el candado a la izquierda de la dirección, luego **Permisos**, y permite **Notificaciones**.",
    firefox:
      "Haz clic en la campana tachada o el candado a la izquierda de la dirección, y quita **Bloqueado** junto a **Enviar notificaciones**.",
    firefoxAndroid:
      "Toca el candado a la izquierda de la dirección, luego **Notificación**, hasta que diga **Permitido**.",
    safari: "Abre **Safari → Ajustes → Sitios web → Notificaciones** y pon esta página en **Permitir**.",
    homeScreen: "Abre **Ajustes → Notificaciones → {name}** y activa **Permitir notificaciones**.",
    installedDesktop:
      "Abre el menú **⋮** en la parte superior de esta ventana, luego **Información de la aplicación** y **Configuración**, y permite **Notificaciones**.",
    installedAndroid:
      "Mantén pulsado el icono de esta app, toca **Información**, luego **Notificaciones**, y actívalas.",
    other: "En los ajustes del navegador, busca los permisos de esta página y permite **Notificaciones**.",
    privateHint: "En una ventana privada siguen bloqueadas. Abre esta página en una ventana normal.",
  },
  privateWindow: {
    title: "Esta es una ventana privada",
    body: "Las ventanas privadas no pueden recibir notificaciones. Abre esta página en una ventana normal.",
  },
  unsupported: {
    title: "Este navegador no puede hacerlo",
    body: "No tiene notificaciones web. Abre esta página en un Chrome, Edge, Firefox o Safari actual.",
  },
  insecure: {
    title: "Esta dirección no es segura",
    body: "Las notificaciones necesitan una dirección que empiece por https://. Pregunta a quien te dio esta.",
  },
  offline: {
    title: "No tienes conexión",
    body: "Para activar las notificaciones hace falta conexión. Esta página sigue sola cuando vuelva.",
  },
  unreachable: {
    title: "El servidor no responde",
    body: "No es culpa tuya. Inténtalo de nuevo dentro de un momento.",
  },
  missing: {
    title: "Aquí no hay nada",
    body: "Este servicio no existe o se ha desactivado. Comprueba la dirección que te dieron.",
  },
  ownSite: {
    title: "Apúntate en el sitio de {name}",
    body: "{name} activa las notificaciones desde su propio sitio, donde te conoce. Inicia sesión allí y busca las notificaciones.",
  },
};
