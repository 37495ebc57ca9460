import { randomBytes } from "node:crypto";
import { lab, labEnvironment } from "./lab.ts";
import { byPassword, login, loginAsAdmin, type Session } from "./session.ts";
import { sweep } from "./sweep.ts";

/** A project of one test, with a user in it. */
export interface Project {
  readonly id: string;
  readonly name: string;
  readonly user: { readonly id: string; readonly name: string; readonly password: string };
  /** What OpenStack's tools, the provider and `kasbah` read, over the whole environment of this process. */
  readonly env: NodeJS.ProcessEnv;
  /** The user's own session. */
  readonly session: Session;
  /** A further user in this project; to be logged in by {@link byPassword}. */
  addUser(name: string, roles: readonly string[]): Promise<Project["user"]>;
  /** Deletes what is left in it, its users and the project. */
  delete(): Promise<void>;
}

/** How a project differs from the usual. */
export interface ProjectOptions {
  /** The user also administers it: needed for what makes projects, users, roles or flavours. @default false */
  readonly admin?: boolean;
}

/** A fresh project, its names made unlike any other's, with room for what a test builds. */
export async function newProject(name: string, { admin = false }: ProjectOptions = {}): Promise<Project> {
  const unique = `${name}-${randomBytes(3).toString("hex")}`;
  const administrator = await loginAsAdmin();
  const { project } = await administrator.call<{ readonly project: { readonly id: string } }>("identity", "/projects", {
    method: "POST",
    body: { project: { name: unique, domain_id: "default" } },
  });
  await widen(administrator, project.id);
  const users: string[] = [];
  const addUser = async (wanted: string, roles: readonly string[]): Promise<Project["user"]> => {
    const user = await makeUser(administrator, `${unique}-${wanted}`, project.id, roles);
    users.push(user.id);
    return user;
  };
  const user = await addUser("user", admin ? ["member", "admin"] : ["member"]);
  const session = await login(byPassword(user, project.id));
  return {
    id: project.id,
    name: unique,
    user,
    session,
    env: { ...labEnvironment(), ...credentials(user, unique) },
    addUser,
    async delete() {
      await sweep(session);
      for (const id of users) await administrator.call("identity", `/users/${id}`, { method: "DELETE" });
      await administrator.call("identity", `/projects/${project.id}`, { method: "DELETE" });
    },
  };
}

const credentials = (user: Project["user"], project: string) => ({
  OS_AUTH_URL: lab().authUrl,
  OS_IDENTITY_API_VERSION: "3",
  OS_REGION_NAME: lab().region,
  OS_USERNAME: user.name,
  OS_PASSWORD: user.password,
  OS_PROJECT_NAME: project,
  OS_USER_DOMAIN_NAME: "Default",
  OS_PROJECT_DOMAIN_NAME: "Default",
});

async function makeUser(
  by: Session,
  name: string,
  projectId: string,
  roles: readonly string[],
): Promise<Project["user"]> {
  const password = randomBytes(12).toString("hex");
  const { user } = await by.call<{ readonly user: { readonly id: string } }>("identity", "/users", {
    method: "POST",
    body: { user: { name, password, domain_id: "default" } },
  });
  const all = await by.call<{ readonly roles: readonly { readonly id: string; readonly name: string }[] }>(
    "identity",
    "/roles",
  );
  for (const wanted of roles) {
    const role = all.roles.find((candidate) => candidate.name === wanted);
    if (role === undefined) throw new Error(`no role ${wanted}`);
    await by.call("identity", `/projects/${projectId}/users/${user.id}/roles/${role.id}`, { method: "PUT" });
  }
  return { id: user.id, name, password };
}

/** Volumes and networks have no quota in the lab; nova's defaults are for ten small servers. */
async function widen(administrator: Session, projectId: string): Promise<void> {
  const quota = { instances: -1, cores: -1, ram: -1, key_pairs: -1, server_groups: -1, server_group_members: -1 };
  await administrator.call("compute", `/os-quota-sets/${projectId}`, { method: "PUT", body: { quota_set: quota } });
}
