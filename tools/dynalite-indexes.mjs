// What dynalite's UpdateTable lacks: it confirms the creation of a global secondary index, and makes none. Kept data may be of before an index.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const db = require("dynalite/db");
const path = require.resolve("dynalite/actions/updateTable.js");
const update = require(path);

/** Before dynalite itself is loaded, which takes its actions as they are then. */
export function createIndexesOnUpdate() {
  const { types } = require("dynalite/validations/updateTable.js");
  types.AttributeDefinitions = require("dynalite/validations/createTable.js").types.AttributeDefinitions;
  // As DynamoDB has it where requests are paid for one by one.
  delete types.GlobalSecondaryIndexUpdates.children.children.Create.children.ProvisionedThroughput.notNull;

  require.cache[path].exports = (store, data, done) => {
    const wanted = (data.GlobalSecondaryIndexUpdates ?? []).map((one) => one.Create).filter(Boolean);
    if (wanted.length === 0) return update(store, data, done);

    store.tableDb.lock(data.TableName, (release) =>
      create(store, data, wanted).then((table) => release(done)(null, { TableDescription: table }), release(done)));
  };
}

async function create(store, data, wanted) {
  const table = await promised((done) => store.getTable(data.TableName, false, done));
  const indexes = wanted.map((index) => ({
    ...index,
    IndexArn: `${table.TableArn}/index/${index.IndexName}`,
    IndexStatus: "ACTIVE",
    IndexSizeBytes: 0,
    ItemCount: 0,
    ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0, ...index.ProvisionedThroughput, NumberOfDecreasesToday: 0 },
  }));
  const defined = new Map([...table.AttributeDefinitions, ...(data.AttributeDefinitions ?? [])].map((one) => [one.AttributeName, one]));
  const changed = { ...table, AttributeDefinitions: [...defined.values()] };

  // The table is told of its index last: an end before that leaves it as it was, and what is filled then is filled again.
  for (const index of indexes) {
    await promised((done) => store.deleteIndexDb("Global", table.TableName, index.IndexName, done));
    await fill(store, { ...changed, LocalSecondaryIndexes: [], GlobalSecondaryIndexes: [index] });
  }

  changed.GlobalSecondaryIndexes = [...(table.GlobalSecondaryIndexes ?? []), ...indexes];
  await promised((done) => store.tableDb.put(table.TableName, changed, done));
  return changed;
}

async function fill(store, table) {
  for await (const item of store.getItemDb(table.TableName).createValueStream()) {
    await promised((done) => db.updateIndexes(store, table, null, item, done));
  }
}

const promised = (call) => new Promise((resolve, reject) => call((error, value) => (error ? reject(error) : resolve(value))));
