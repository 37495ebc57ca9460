#!/usr/bin/env node
// Plain enough for an old Node to read: it says what is needed before anything newer is loaded.
var needed = [22, 18];
var found = process.versions.node.split(".").map(Number);

if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  console.error(
    "Kasbah needs Node " +
      needed.join(".") +
      " or newer and this is " +
      process.versions.node +
      ": get one from https://nodejs.org, or run `npm install node@24` and use node_modules/.bin/node.",
  );
  process.exitCode = 3;
} else {
  import("#main").then(
    (main) => main.run(process.argv.slice(2)),
    (error) => {
      console.error(error);
      process.exitCode = 3;
    },
  );
}
