// web-push-testing on a free loopback port; prints "READY <port>" and ends with its parent's stdin.
const { PushApiModel } = require('web-push-testing/src/PushApiModel.js');
const Server = require('web-push-testing/src/server.js');

const model = new PushApiModel();
const server = new Server(model, 0);
server.setRequestHandlers();
const listener = server._app.listen(0, '127.0.0.1', () => {
  const { port } = listener.address();
  model.notifyUrl = `http://127.0.0.1:${port}/notify/`;
  console.log(`READY ${port}`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
