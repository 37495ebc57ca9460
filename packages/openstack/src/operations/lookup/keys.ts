import { judged, query, type Row, type Rows, settled, text } from "./row.ts";

interface Secret {
  readonly name: string | null;
  readonly status: string;
  readonly secret_ref: string;
  readonly content_types?: Readonly<Record<string, string>>;
}

interface Order {
  readonly order_ref: string;
  readonly status: string;
  readonly type: string;
  readonly meta: { readonly name?: string };
  readonly error_reason?: string;
}

/** The key manager calls its objects by address; the provider by the last part of it. */
const idOf = (ref: string): string => ref.split("/").at(-1) ?? ref;

/** The provider makes a secret first and its payload after it. */
const secret: Row = async (asked) => {
  const name = text(asked, "name");
  const path = `/secrets${query({ name, limit: "100" })}`;
  const found = await asked.client.list<Secret>("key-manager", path, "secrets");
  return found
    .filter((one) => one.name === name)
    .map(({ secret_ref, content_types }) =>
      judged({ id: idOf(secret_ref), by: "name" }, content_types === undefined ? "it has no payload" : undefined),
    );
};

/** An order cannot be asked for by name: all of them are read. */
const order: Row = async (asked) => {
  const meta = asked.inputs["meta"];
  const name: unknown = typeof meta === "object" && meta !== null ? Reflect.get(meta, "name") : undefined;
  if (typeof name !== "string") throw new Error(`${asked.type} is recognised by meta.name, and none was given`);
  const ask = async () => {
    const all = await asked.client.list<Order>("key-manager", "/orders?limit=100", "orders");
    return all.filter((one) => one.meta.name === name && one.type === text(asked, "type"));
  };
  const orders = await settled(ask, ({ status }) => status === "PENDING");
  return orders.map(({ order_ref, status, error_reason }) =>
    judged(
      { id: idOf(order_ref), by: "name" },
      status === "ERROR" ? `it is in ERROR: ${error_reason ?? ""}` : undefined,
    ),
  );
};

const container: Row = async (asked) => {
  const name = text(asked, "name");
  const path = `/containers${query({ name, limit: "100" })}`;
  const found = await asked.client.list<{ name: string; container_ref: string }>("key-manager", path, "containers");
  return found.filter((one) => one.name === name).map((one) => ({ id: idOf(one.container_ref), by: "name" }));
};

export const keyRows: Rows = {
  "openstack:keymanager/secretV1:SecretV1": secret,
  "openstack:keymanager/orderV1:OrderV1": order,
  "openstack:keymanager/containerV1:ContainerV1": container,
};
