#!/usr/bin/env node
// Plain enough for an old Node to read: it says what is needed before anything newer is loaded.
import module from "node:module";
import os from "node:os";
import path from "node:path";

var needed = [22, 18];
var found = process.versions.node.split(".").map(Number);
var env = process.env;
var cache = env.KASBAH_CACHE || path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"), "kasbah");

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
  // What Node compiled is kept beside the engine, for this process and those that it starts.
  env.NODE_COMPILE_CACHE = env.NODE_COMPILE_CACHE || path.join(cache, "node-compile-cache");
  module.enableCompileCache(env.NODE_COMPILE_CACHE);
  import("#main").then(
    (main) => main.run(process.argv.slice(2)),
    (error) => {
      console.error(error);
      process.exitCode = 3;
    },
  );
}
