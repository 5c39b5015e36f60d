// SQS, SNS and S3. The package's own entry point listens on every interface, so its parts are put together here.
import { buildApp } from "fauxqs";
import { PersistenceManager } from "./node_modules/fauxqs/dist/persistence.js";
import { S3Store } from "./node_modules/fauxqs/dist/s3/s3Store.js";
import { SnsStore } from "./node_modules/fauxqs/dist/sns/snsStore.js";
import { SqsStore } from "./node_modules/fauxqs/dist/sqs/sqsStore.js";
import { HOST, fail, remedy, serve, settings } from "./emulator.mjs";

const options = settings("fauxqs");
const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
// Without a host of its own a queue's URL has the request's: http://127.0.0.1:4566/ACCOUNT/NAME, which every SDK can call.
stores.sqsStore.host = undefined;

const persistence = options.directory ? open(options.directory) : undefined;
const app = buildApp({ logger: false, defaultRegion: options.region, stores });

serve(app.server, options,
  (listening) => app.listen({ port: options.port, host: HOST }).then(listening, () => {}),
  async () => {
    await app.close();
    persistence?.close();
  });

function open(directory) {
  try {
    const manager = new PersistenceManager(directory);
    // A second emulator on the same data would deliver its messages twice.
    manager.db.exec("PRAGMA locking_mode = EXCLUSIVE");
    // In WAL mode a commit is in the operating system's hands before it is confirmed, so the end of this process loses none.
    manager.db.exec("PRAGMA synchronous = NORMAL");
    // A queue's URL carries the port of the run that made it.
    manager.db.prepare("UPDATE sqs_queues SET url = ? || name").run(`http://${HOST}:${options.port}/${options.account}/`);
    keepEveryMessage(manager);
    manager.load(stores.sqsStore, stores.snsStore, stores.s3Store);
    for (const store of Object.values(stores)) store.persistence = manager;
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
