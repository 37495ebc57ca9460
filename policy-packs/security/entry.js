// The SDK's runner hands an entry in TypeScript to its own old compiler; Node strips the types of what is imported here.
import "@kasbah/policy-security";
import { flushCompileCache } from "node:module";

// The engine ends a pack by a signal, so that Node would never write its compile cache (a third of the next start).
setImmediate(flushCompileCache);
