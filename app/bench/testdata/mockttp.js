// Lets mockttp pass everything on: node mockttp.js MODULE PORT SHOP
const net = require("net");
const [module_, port, shop] = process.argv.slice(2);

// It has no option for the interface; only this machine is to reach it.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  return typeof port === "number" ? listen.call(this, port, "127.0.0.1", ...rest) : listen.call(this, port, ...rest);
};

(async () => {
  const server = require(module_).getLocal();
  await server.start(Number(port));
  await server.forAnyRequest().thenForwardTo(shop);
})();
