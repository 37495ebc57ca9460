import fs from "node:fs";
import path from "node:path";

/** Where the sandbox of `cwd` lies: `.kasbah/sandbox` at the top of the repository or workspace, else in `cwd`. */
export function sandboxFolder(cwd: string): string {
  return path.join(top(path.resolve(cwd)), ".kasbah", "sandbox");
}

/** Makes the folder, out of git's sight. */
export function makeSandboxFolder(cwd: string): string {
  const folder = sandboxFolder(cwd);
  fs.mkdirSync(folder, { recursive: true });
  const ignore = path.join(folder, ".gitignore");
  if (!fs.existsSync(ignore)) fs.writeFileSync(ignore, "*\n");
  return folder;
}

/** The nearest folder above with `.git` or with workspaces in its `package.json`. */
function top(cwd: string): string {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, ".git")) || hasWorkspaces(folder)) return folder;
    if (folder === path.dirname(folder)) return cwd;
  }
}

function hasWorkspaces(folder: string): boolean {
  try {
    const manifest: unknown = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
    return typeof manifest === "object" && manifest !== null && "workspaces" in manifest;
  } catch {
    return false;
  }
}
