// SQS, SNS and S3. The package's own entry point listens on every interface, so its parts are put together here.
import { buildApp } from "fauxqs";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SnsStore } from "./node_modules/fauxqs/dist/sns/snsStore.js";
import { SqsStore } from "./node_modules/fauxqs/dist/sqs/sqsStore.js";
import { HOST, fail, remedy, serve, settings } from "./emulator.mjs";
import { FileDatabase, FileStore } from "./fauxqs-files.mjs";

const options = settings("fauxqs");
const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new FileStore() };
// Without a host of its own a queue's URL has the request's: http://127.0.0.1:4566/ACCOUNT/NAME, which every SDK can call.
stores.sqsStore.host = undefined;

const persistence = options.directory ? open(options.directory) : undefined;
// Also without data to keep, what is in the buckets is on disk.
stores.s3Store.persistence = persistence ?? new FileDatabase(scratch(process.env.EMULATOR_SCRATCH_DIRECTORY || tmpdir()));
const app = buildApp({ logger: false, defaultRegion: options.region, stores });

app.addHook("onRequest", letPagesUpload);
app.addHook("preParsing", takeAnyBody);
app.addHook("preHandler", takeNoBody);

serve(app.server, options,
  (listening) => app.listen({ port: options.port, host: HOST }).then(listening, () => {}),
  async () => {
    await app.close();
    persistence?.close();
  });

function open(directory) {
  try {
    const manager = new FileDatabase(directory);
    // A second emulator on the same data would deliver its messages twice.
    manager.db.exec("PRAGMA locking_mode = EXCLUSIVE");
    // In WAL mode a commit is in the operating system's hands before it is confirmed, so the end of this process loses none.
    manager.db.exec("PRAGMA synchronous = NORMAL");
    // A queue's URL carries the port of the run that made it.
    manager.db.prepare("UPDATE sqs_queues SET url = ? || name").run(`http://${HOST}:${options.port}/${options.account}/`);
    keepEveryMessage(manager);
    manager.load(stores.sqsStore, stores.snsStore, stores.s3Store);
    stores.sqsStore.persistence = stores.snsStore.persistence = manager;
    for (const queue of stores.sqsStore.allQueues()) {
      queue.persistence = manager;
      moveAtOnce(queue, manager);
    }
    const create = stores.sqsStore.createQueue.bind(stores.sqsStore);
    stores.sqsStore.createQueue = (...parameters) => moveAtOnce(create(...parameters), manager);
    return manager;
  } catch (error) {
    const busy = /locked|busy/i.test(error.message);
    return fail(busy ? `The data in ${directory} is in use by another fauxqs.` : `The data in ${directory} cannot be opened: ${error.message}. ${remedy(directory)}`);
  }
}

// The package clears the receive count here, which its own table forbids: ChangeMessageVisibility(0) would fail and the message be gone.
function keepEveryMessage(manager) {
  const ready = manager.db.prepare("UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?");
  manager.updateMessageReady = (messageId) => void ready.run(messageId);
}

// Moving to the dead-letter queue is a delete and an insert: in one transaction a kill between them loses nothing.
function moveAtOnce(queue, manager) {
  const dequeue = queue.dequeue.bind(queue);
  queue.dequeue = (...parameters) => {
    let received;
    manager.transaction(() => void (received = dequeue(...parameters)));
    return received;
  };
  return queue;
}

/** A directory that ends with this process; also deletes those of processes that were killed. */
function scratch(parent) {
  const mine = "quizaspire-fauxqs-";
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(mine))) {
    if (!isRunning(Number(name.slice(mine.length).split("-")[0]))) rmSync(join(parent, name), { recursive: true, force: true });
  }

  const directory = mkdtempSync(join(parent, `${mine}${process.pid}-`));
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

// The bucket's CORS rule in AWS lets any page put parts to the addresses that the API has signed. Nothing here checks a signature, so only
// pages of this machine may.
function letPagesUpload(request, reply, done) {
  const { origin } = request.headers;
  const preflight = request.method === "OPTIONS" ? request.headers["access-control-request-method"] : undefined;
  if (!origin || (preflight ?? request.method) !== "PUT" || !isOfThisMachine(origin)) return done();

  reply.header("access-control-allow-origin", origin).header("vary", "Origin").header("access-control-expose-headers", "ETag");
  if (!preflight) return done();
  reply.header("access-control-allow-methods", "PUT").header("access-control-max-age", "3600");
  const headers = request.headers["access-control-request-headers"];
  if (headers) reply.header("access-control-allow-headers", headers);
  reply.status(204).send();
}

// `curl --data-binary` calls whatever it puts a form, and the package would read it as one.
function takeAnyBody(request, reply, payload, done) {
  const form = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  if (request.method === "PUT" && form) request.raw.headers["content-type"] = "application/octet-stream";
  done();
}

// The package fails on an object without bytes.
function takeNoBody(request, reply, done) {
  if (request.method === "PUT") request.body ??= Buffer.alloc(0);
  done();
}

function isOfThisMachine(origin) {
  return URL.canParse(origin) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(origin).hostname);
}
