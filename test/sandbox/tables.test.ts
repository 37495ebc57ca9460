import { describe, expect, it } from "vitest";
import { TOKENS } from "../../packages/sandbox/generate/tokens.ts";
import { unknownProperties } from "../../packages/sandbox/src/check.ts";
import { listSandbox, sandboxOperations } from "../../packages/sandbox/src/index.ts";
import cloudFormation from "../../packages/sandbox/src/tables/aws.cloudformation.json" with { type: "json" };
import { cloudOf, PACKAGES } from "../../packages/sandbox/src/tables/index.ts";
import terraform from "../../packages/sandbox/src/tables/openstack.terraform.json" with { type: "json" };
import type { Seen } from "../../packages/sandbox/src/tables/row.ts";
import { hasUnknown } from "../../packages/sandbox/src/values.ts";
import { SAMPLES } from "./samples.ts";
import { simulated } from "./support.ts";

const first = (path: string) => path.split(".")[0] ?? "";
const clouds = await Promise.all(PACKAGES.map(cloudOf));
const rows = clouds.flatMap((cloud) => Object.entries(cloud.rows).map(([type, row]) => ({ type, row, cloud })));

describe("the tables of the simulated cloud", () => {
  it("have a row for every type that is asked for, and no other", () => {
    for (const { package: name, rows: made, shapes } of clouds) {
      const wanted = (TOKENS[name] ?? []).map((token) => `${name}:${token}`).sort();
      expect(Object.keys(made).sort()).toEqual(wanted);
      expect(Object.keys(shapes.resources).sort()).toEqual(wanted);
    }
  });

  it.each(rows)("$type: has a source with a date", ({ row }) => {
    const [first = "", ...others] = row.source.split("; ");
    const page = /^(\w[\w ]*: )?(https:\/\/\S+|(PyPI|npm) \S+ \d\S+(, .+)?) \(read \d{4}-\d\d-\d\d\)$/;
    const generated = /^(PyPI cfn-lint \d\S+, .+|Go module \S+ v\d\S+)$/;
    expect(first).toMatch(row.seen === "generated" ? generated : page);
    for (const other of others) expect(other).toMatch(page);
    expect(row.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it("say how far they were looked up", () => {
    const seen = rows.map(({ type, row }) => ({ type, seen: row.seen }));
    const of = (kind: Seen) => seen.filter((one) => one.seen === kind).map(({ type }) => type);
    const [generated, read, unread] = [of("generated"), of("read"), of("unread")];
    console.log(
      `rows: ${generated.length} generated, ${read.length} read, ${unread.length} unread`,
      ...unread.map((type) => `\n  unread: ${type}`),
    );
    expect(generated.length + read.length + unread.length).toBe(rows.length);
  });

  it("take what is called generated from the data beside them", () => {
    const data: Readonly<Record<string, { readonly replaceOn: readonly string[] }>> = {
      ...cloudFormation.resources,
      ...terraform.resources,
    };
    const generated = rows.filter(({ row }) => row.seen === "generated");
    expect(generated.map(({ type }) => type).sort()).toEqual(Object.keys(data).sort());
    for (const { type, row } of generated) expect(row.replaceOn, type).toEqual(data[type]?.replaceOn);
  });

  it.each(rows)("$type: names only what its SDK declares", ({ type, row, cloud }) => {
    const declared = Object.keys(cloud.shapes.resources[type] ?? {});
    const outputs = Object.keys(row.outputs ?? {});
    const computed = ["projectId", "project", "tenantId", "access", "secret", "trustId"];
    expect([...declared, ...computed]).toEqual(expect.arrayContaining(row.replaceOn.map(first)));
    const inputs = [
      ...(row.unique ?? []).flatMap(({ by }) => by),
      ...(row.references ?? []).map(({ path }) => path),
      ...(row.updates ?? []).map(({ path }) => path),
      ...(row.find.by === "tag" ? [row.find.tags, ...(row.find.and ?? [])] : row.find.properties),
      ...(row.naming ? [row.naming.property] : []),
    ].map(first);
    expect([...declared, ...outputs]).toEqual(expect.arrayContaining(inputs));
  });

  it.each(rows)("$type: refers to types that are modelled", ({ row, cloud }) => {
    const named = (row.references ?? []).flatMap(({ to }) => to.map(({ type }) => type));
    expect(Object.keys(cloud.rows)).toEqual(expect.arrayContaining(named));
  });

  it.each(rows)("$type: can be recognised after its id was lost", ({ row }) => {
    const keys = row.find.by === "tag" ? [row.find.tags] : row.find.properties;
    expect(keys.length).toBeGreaterThan(0);
  });

  it("have a sample of every type", () => {
    expect(Object.values(SAMPLES).flatMap(Object.keys).sort()).toEqual(rows.map(({ type }) => type).sort());
  });
});

describe.each(PACKAGES)("every type of %s", (name) => {
  it("is made, read back without a difference, recognised, and deleted", async () => {
    const { provider, make, where, said } = await simulated(name);
    const cloud = await cloudOf(name);
    const made: Record<string, string> = {};
    for (const [type, sample] of Object.entries(SAMPLES[name] ?? {})) {
      const inputs = sample(made);
      expect(unknownProperties(cloud.shapes, type, inputs), type).toEqual([]);
      const preview = provider.previewCreate(type, inputs);
      expect(hasUnknown(preview.inputs), type).toBe(false);
      const { id, properties } = await make(type, inputs);
      made[type] = id;
      expect(hasUnknown(properties), `${type}: ${JSON.stringify(properties)}`).toBe(false);
      const read = await provider.read(type, id, properties, "");
      expect(read, type).toMatchObject({ id, properties });
      expect(provider.diff(type, read?.inputs ?? {}, inputs, properties, []).paths, type).toEqual([]);
      expect(await sandboxOperations(where).lookup({ type, inputs }), type).toEqual([
        { id, by: cloud.rows[type]?.find.by },
      ]);
    }
    expect(said).toEqual([]);
    for (const [type, id] of Object.entries(made).reverse()) await provider.delete(type, id, {}, "");
    expect(listSandbox(where).filter(({ kept }) => !kept)).toEqual([]);
  });
});
