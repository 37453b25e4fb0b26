// Decrypts records with http_ece: a line {privateKey, auth, record} in, the plaintext in base64url out, until stdin ends.
const crypto = require('crypto');
const ece = require('http_ece');

require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { privateKey, auth, record } = JSON.parse(line);
  const browser = crypto.createECDH('prime256v1');
  browser.setPrivateKey(Buffer.from(privateKey, 'base64url'));
  const plaintext = ece.decrypt(Buffer.from(record, 'base64url'), { version: 'aes128gcm', privateKey: browser, authSecret: auth });
  console.log(plaintext.toString('base64url'));
});
