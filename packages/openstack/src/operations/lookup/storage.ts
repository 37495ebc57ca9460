import { quota } from "./network.ts";
import { byName, judged, type Listed, named, query, type Row, type Rows, settled, text } from "./row.ts";

interface Volume extends Listed {
  readonly status: string;
}

const volume: Row = async (asked) => {
  const name = text(asked, "name");
  const path = `/volumes/detail${query({ name })}`;
  const ask = async () => byName(await asked.client.list<Volume>("block-storage", path, "volumes"), name);
  const volumes = await settled(ask, ({ status }) => ["creating", "downloading"].includes(status));
  return volumes.map(({ id, status }) =>
    judged({ id, by: "name" }, status.startsWith("error") ? `it is in ${status}` : undefined),
  );
};

const volumeType: Row = async (asked) =>
  named(
    byName(
      await asked.client.list<Listed>("block-storage", "/types?is_public=None", "volume_types"),
      text(asked, "name"),
    ),
  );

/** Path of a container or an object below the account. */
export const objectPath = (container: string, object?: string): string =>
  `/${encodeURIComponent(container)}${object === undefined ? "" : `/${object.split("/").map(encodeURIComponent).join("/")}`}`;

const container: Row = async (asked) => {
  const name = text(asked, "name");
  const { status } = await asked.client.request("object-store", objectPath(name), { method: "HEAD", accept: [404] });
  return status === 404 ? [] : [{ id: name, by: "name" }];
};

const containerObject: Row = async (asked) => {
  const [holder, name] = [text(asked, "containerName"), text(asked, "name")];
  const path = objectPath(holder, name);
  const { status } = await asked.client.request("object-store", path, { method: "HEAD", accept: [404] });
  return status === 404 ? [] : [{ id: `${holder}/${name}`, by: "name" }];
};

const image: Row = async (asked) => {
  const { projectId } = await asked.client.session();
  const by = query({ name: text(asked, "name"), owner: projectId });
  return named(await asked.client.list<Listed>("image", `/images${by}`, "images"));
};

export const storageRows: Rows = {
  "openstack:blockstorage/volume:Volume": volume,
  "openstack:blockstorage/volumeTypeV3:VolumeTypeV3": volumeType,
  "openstack:blockstorage/quoteSetV3:QuoteSetV3": quota,
  "openstack:objectstorage/container:Container": container,
  "openstack:objectstorage/containerObject:ContainerObject": containerObject,
  "openstack:images/image:Image": image,
};
