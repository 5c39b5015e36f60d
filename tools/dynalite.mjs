// DynamoDB.
import { Level } from "level";
import { createIndexesOnUpdate } from "./dynalite-indexes.mjs";
import { HOST, fail, remedy, serve, settings } from "./emulator.mjs";

const options = settings("dynalite");
// What the package reads, beside AWS_REGION.
process.env.AWS_ACCOUNT_ID = options.account;

createIndexesOnUpdate();
const { default: dynalite } = await import("dynalite");

if (options.directory) await check(options.directory);
const server = dynalite({ path: options.directory, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });

// The package throws when a caller hangs up in mid-request, so a function killed while it writes would end the database too.
server.on("request", (request) => {
  request.removeAllListeners("error");
  request.on("error", () => {});
});

serve(server, options,
  (listening) => server.listen(options.port, HOST, listening),
  () => new Promise((resolve) => server.close(resolve)));

// The package would listen all the same on data that it cannot open, and answer nothing.
async function check(directory) {
  const database = new Level(directory);
  try {
    await database.open();
    await database.close();
  } catch (error) {
    const cause = error.cause ?? error;
    const locked = cause.code === "LEVEL_LOCKED";
    fail(locked ? `The data in ${directory} is in use by another dynalite.` : `The data in ${directory} cannot be opened: ${cause.message}. ${remedy(directory)}`);
  }
}
