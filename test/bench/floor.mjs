// What cannot be had for less: start Node, read the state, parse it, and look at each resource once.
import { readFileSync } from "node:fs";

const classes = new Set(["public", "internal", "confidential", "restricted", "critical"]);
const { deployment } = JSON.parse(readFileSync(process.argv[2], "utf8"));
let unlabelled = 0;
for (const { inputs } of deployment.resources) if (!classes.has(inputs?.tags?.["data-class"])) unlabelled += 1;
console.log(unlabelled);
