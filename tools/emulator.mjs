// What the two emulators' launchers share: settings, the stamp on a kept data directory, and an end without loss.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const STAMP = "emulator.json";
// What a stop waits for: the requests being answered, then the rest is cut. AppHost allows 2 s.
const GRACE_MS = 1000;

export const HOST = "127.0.0.1";

/** Ends the process with one line that says what to do. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

/** What to do about kept data that cannot be used; tells both ways, because one of them loses it. */
export function remedy(directory) {
  return `Delete ${directory} to begin anew, or start with --data fresh, which leaves it alone.`;
}

/**
 * Reads EMULATOR_PORT, EMULATOR_ACCOUNT_ID, AWS_REGION and EMULATOR_DATA_DIRECTORY (absent: memory), and claims the directory for
 * this version of the package: another version's files might be read wrongly, so they are refused rather than tried.
 */
export function settings(packageName) {
  const { version } = createRequire(import.meta.url)(`./node_modules/${packageName}/package.json`);
  const port = Number(process.env.EMULATOR_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65535 || !process.env.EMULATOR_PORT) {
    fail(`EMULATOR_PORT is '${process.env.EMULATOR_PORT ?? ""}', not a port.`);
  }

  for (const name of ["EMULATOR_ACCOUNT_ID", "AWS_REGION"]) {
    if (!process.env[name]) fail(`${name} is not set. AppHost sets it.`);
  }
  const [account, region] = [process.env.EMULATOR_ACCOUNT_ID, process.env.AWS_REGION];
  const directory = process.env.EMULATOR_DATA_DIRECTORY || undefined;
  if (directory) claim(directory, packageName, version);
  return { name: packageName, version, port, account, region, directory };
}

function claim(directory, packageName, version) {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, STAMP);
  const mine = `${packageName} ${version}`;
  if (existsSync(file)) {
    const writer = readStamp(file);
    if (writer !== mine) fail(`The data in ${directory} was written by ${writer}, and this is ${mine}. ${remedy(directory)}`);
  } else if (readdirSync(directory).length > 0) {
    fail(`${directory} holds files that ${packageName} did not write. ${remedy(directory)}`);
  } else {
    writeFileSync(file, JSON.stringify({ writer: mine }));
  }
}

function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).writer ?? "an unknown program";
  } catch {
    return "an unknown program";
  }
}

/** Listens on loopback only; on SIGTERM or SIGINT lets `close` finish what is under way, then ends with code 0. */
export function serve(server, { name, version, port, directory }, listen, close) {
  // Longer than the AWS SDKs keep an idle connection, so that it is never closed just as one of them reuses it.
  server.keepAliveTimeout = 120_000;
  server.on("error", (error) =>
    fail(error.code === "EADDRINUSE" ? `Port ${port} on ${HOST} is taken by another program.` : `${name}: ${error.message}`));

  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
    await close();
    process.exit(0);
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  // For tests, which may be killed themselves.
  if (process.env.EMULATOR_ENDS_WITH_INPUT) process.stdin.on("end", end).resume();

  listen(() => {
    const data = directory ? `data in ${directory}` : "data in memory";
    console.log(`${name} ${version} on http://${HOST}:${server.address().port}, ${data}`);
  });
}
